"""Telling the database for whom this transaction works.

Row-level security shows a row only to a transaction that has said whose it is, or that
holds the secret the row is found by. A scope lasts until the transaction ends; a query
outside of every scope sees nothing.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def enter(session: Session, **scopes: object) -> None:
    """Enter one or more scopes: `mailbox`, `organisation`, `recipient`, `code`, `visit`."""
    session.execute(
        select(
            *(
                func.set_config(f"letterbox.{name}", str(value), True)
                for name, value in scopes.items()
            )
        )
    )


def lock(session: Session, *parts: object) -> None:
    """Wait until no other transaction holds the lock of this name; hold it until the end."""
    name = "/".join(map(str, parts))
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def lock_shared(session: Session, *parts: object) -> None:
    """Hold the lock of this name together with others who share it, against `lock`."""
    name = "/".join(map(str, parts))
    session.execute(select(func.pg_advisory_xact_lock_shared(func.hashtextextended(name, 0))))
