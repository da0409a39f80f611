"""The application's role, and the tables of Procrastinate.

They are made by the version of Procrastinate that is installed when this first runs. A later
version brings its changes as SQL files; apply those in a step of their own.
"""

from alembic import op
from procrastinate.schema import SchemaManager

from migrations.row_security import APPLICATION

revision = "0001"
down_revision = None


def upgrade() -> None:
    # A role belongs to the whole server, so another database of it may have made it already.
    op.execute(
        f"DO $$ BEGIN CREATE ROLE {APPLICATION} NOLOGIN; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    for kind in ("TABLES", "SEQUENCES"):
        op.execute(f"GRANT ALL ON ALL {kind} IN SCHEMA public TO {APPLICATION}")
    op.execute(f"REVOKE ALL ON alembic_version FROM {APPLICATION}")


def downgrade() -> None:
    _drop_every("TABLE", "oid::regclass FROM pg_class WHERE relkind = 'r' AND relname")
    _drop_every("FUNCTION", "oid::regprocedure FROM pg_proc WHERE proname")
    _drop_every("TYPE", "oid::regtype FROM pg_type WHERE typtype IN ('e', 'c') AND typname")
    # The role stays: other databases of this server may use it.


def _drop_every(kind: str, which: str) -> None:
    op.execute(
        f"DO $$ DECLARE name text; BEGIN FOR name IN SELECT {which} LIKE 'procrastinate%' "
        f"LOOP EXECUTE 'DROP {kind} IF EXISTS ' || name || ' CASCADE'; END LOOP; END $$"
    )
