"""Leaves jobs with Procrastinate, on the connection of the transaction that needs them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import procrastinate
from sqlalchemy import text
from sqlalchemy.orm import Session

from letterbox.shared import scope
from letterbox.shared.ports import JobName

_SETTLING: frozenset[JobName] = frozenset({"settle_mailbox", "settle_again"})
_LAST = -10
_PRIORITY: Mapping[JobName, int] = {"settle_again": _LAST}
"""News comes before what is only to be worked out by newer rules."""

# A job that waits to be tried again does not count: it may wait for a quarter of an hour.
_WAITS = text("""
    SELECT EXISTS (
        SELECT FROM procrastinate_jobs
        WHERE lock = :lock AND task_name = :name AND status = 'todo'
          AND (scheduled_at IS NULL OR scheduled_at <= now())
    )
""")


class JobQueue:
    """Fulfils `Jobs`. Reading is done side by side, settling one at a time per mailbox.

    Letters that come in together are settled together: while a mailbox waits to be settled, it
    is not left a second time. Procrastinate has a lock of its own for that (`queueing_lock`),
    which fails the transaction, and fails a job that is to be tried again.
    """

    def __init__(self) -> None:
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def leave(self, session: Session, name: JobName, *, mailbox_id: UUID, **ids: UUID) -> None:
        lock = f"settle/{mailbox_id}" if name in _SETTLING else None
        if lock is not None and _waits(session, name, lock, mailbox_id):
            return
        task = self._app.configure_task(
            name,
            queue=name,
            lock=lock,
            priority=_PRIORITY.get(name),
            connection=session.connection().connection.driver_connection,
        )
        task.defer(mailbox_id=str(mailbox_id), **{key: str(value) for key, value in ids.items()})

    def counts(self, session: Session) -> Sequence[tuple[str, str, int]]:
        jobs = text(
            "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
        )
        return [(name, status, count) for name, status, count in session.execute(jobs)]


def _waits(session: Session, name: JobName, lock: str, mailbox_id: UUID) -> bool:
    if name == "settle_mailbox":
        # Held until we commit. Settling begins with the same lock, so a job that we count on
        # now waits for us, and sees what we bring.
        scope.enter(session, scope.alone("settle", mailbox_id))
    return bool(session.scalar(_WAITS, {"lock": lock, "name": name}))
