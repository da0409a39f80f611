"""Row-level security in a migration: who sees a row is said where its table is made.

A transaction enters a scope with `letterbox.shared.scope.enter`; a policy compares. A scope
that was not entered is NULL, and NULL shows nothing. It is forced: the owner of a table
sees no more than the application does.
"""

from collections.abc import Mapping

from alembic import op

APPLICATION = "letterbox_app"
"""The group role of web and worker. It owns nothing."""


def protect(table: str, *, by: Mapping[str, str], may: str) -> None:
    """Show a row by any of these columns, each equal to its scope.

    :param by: column to name of scope
    :param may: the privileges of the application on the table
    """
    sees = " OR ".join(f"{column} = {_scope(name, column)}" for column, name in by.items())
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY scope ON {table} USING ({sees})")
    op.execute(f"GRANT {may} ON {table} TO {APPLICATION}")


def _scope(name: str, column: str) -> str:
    setting = f"NULLIF(current_setting('letterbox.{name}', true), '')"
    return f"{setting}::uuid" if column == "id" or column.endswith("_id") else setting
