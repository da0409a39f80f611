"""Runs migrations on the connection it is handed, or as the owner named in the settings."""

from alembic import context
from sqlalchemy import Connection

from runtime.database import engine_for, metadata
from runtime.settings import settings


def run(connection: Connection) -> None:
    # Procrastinate brings its own tables; comparing them with ours would propose to drop them.
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=lambda name, kind, _: (
            not (kind == "table" and (name or "").startswith("procrastinate_"))
        ),
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = settings().owner_database_url
    assert url is not None, "Set LETTERBOX_OWNER_DATABASE_URL."
    with engine_for(url.get_secret_value()).begin() as connection:
        run(connection)
