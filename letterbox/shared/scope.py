"""Telling the database for whom this transaction works, and waiting for one's turn.

Row-level security shows a row only to a transaction that has said whose it is, or that
holds the secret the row is found by. A scope lasts until the transaction ends; a query
outside of every scope sees nothing. Locks are by name (advisory) and last as long.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, TextClause, cast, func, text
from sqlalchemy.orm import InstrumentedAttribute, Session


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock by its name, and the function of PostgreSQL that takes it."""

    function: str
    name: str


def enter(session: Session, *locks: Lock, **scopes: object) -> None:
    """Enter scopes (such as `mailbox`, `organisation`, `visit`) and take locks.

    All in one round trip; locks are waited for in the order given.
    """
    statement = _entering(tuple(scopes), tuple(lock.function for lock in locks))
    named = {f"lock{number}": lock.name for number, lock in enumerate(locks)}
    session.execute(statement, {name: str(value) for name, value in scopes.items()} | named)


def entering(
    name: str, column: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> ColumnElement[str]:
    """Return what makes a query enter the scope of the row that it finds."""
    return func.set_config(f"letterbox.{name}", cast(column, String), True)


def alone(*name: object) -> Lock:
    """Return a lock that one transaction at a time can hold."""
    return Lock("pg_advisory_xact_lock", "/".join(map(str, name)))


def together(*name: object) -> Lock:
    """Return a lock that many can share, and none of them with one who is `alone`."""
    return Lock("pg_advisory_xact_lock_shared", "/".join(map(str, name)))


@cache
def _entering(scopes: tuple[str, ...], locks: tuple[str, ...]) -> TextClause:
    # Built once: every request goes through here several times.
    entered = [f"set_config('letterbox.{name}', :{name}, true)" for name in scopes]
    taken = [
        f"{function}(hashtextextended(:lock{number}, 0))" for number, function in enumerate(locks)
    ]
    return text(f"SELECT {', '.join(entered + taken)}")
