"""The database: two roles, their engines, and bringing the foundations up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from letterbox.consent import models as consent
from letterbox.debts import models as debts
from letterbox.letters import models as letters
from letterbox.logbook import models as logbook
from letterbox.overview import models as overview
from letterbox.people import models as people
from letterbox.preferences import models as preferences
from letterbox.reading import models as reading
from letterbox.shared.record import Record

ROOMS = (people, logbook, consent, preferences, letters, reading, debts, overview)
"""Imported so that their tables are in `metadata`."""

metadata = Record.metadata
MIGRATIONS = Path(__file__).parents[1] / "migrations"
LOGIN = "letterbox_web"
"""The login role of web and worker in the embedded database, member of `letterbox_app`."""


def engine_for(url: URL | str, *, connections: int = 20) -> Engine:
    """Return an engine on psycopg 3; at most this many connections at a time."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    # Parameters stay out of error messages, and so out of logs.
    return create_engine(address, pool_size=connections, max_overflow=0, hide_parameters=True)


def sessions_on(engine: Engine) -> sessionmaker[Session]:
    """Return what opens transactions. Objects stay readable after the commit at the edge."""
    return sessionmaker(engine, expire_on_commit=False)


def migrate(owner: Engine, *, revision: str = "head") -> None:
    """Bring the database up (or down) to a revision, all of it or nothing."""
    with owner.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def alembic_config() -> Config:
    """Return Alembic's configuration without its file: the wheel has none."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def add_login(owner: Engine) -> URL:
    """Make sure the application's login role exists, and return its URL (embedded only)."""
    with owner.begin() as connection:
        known = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
        if connection.scalar(known, {"name": LOGIN}) is None:
            connection.execute(text(f"CREATE ROLE {LOGIN} LOGIN IN ROLE letterbox_app"))
    return owner.url.set(username=LOGIN)
