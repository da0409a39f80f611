"""The database from behind: every table as its owner sees it, row-level security set aside."""

from sqlalchemy import Engine, text

from runtime.database import metadata

TABLES = (*metadata.tables, "procrastinate_jobs")


def row_counts(owner: Engine) -> dict[str, int]:
    """Return how many rows each table holds."""
    with owner.connect() as connection:
        connection.execute(text("SET row_security = off"))
        return {
            table: connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608
            for table in TABLES
        }


def everything_in(owner: Engine) -> str:
    """Return every row of every table as text; bytes also as the text they may hold."""
    with owner.connect() as connection:
        connection.execute(text("SET row_security = off"))
        return "\n".join(
            _as_text(value)
            for table in TABLES
            for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            for value in row
        )


def _as_text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
