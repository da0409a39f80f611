"""Leaves jobs with Procrastinate, on the connection of the transaction that needs them."""

from collections.abc import Sequence
from uuid import UUID

import procrastinate
from sqlalchemy import text
from sqlalchemy.orm import Session

from letterbox.shared.ports import JobName


class JobQueue:
    """Fulfils `Jobs`. Reading is done side by side, settling one at a time per mailbox."""

    def __init__(self) -> None:
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def leave(self, session: Session, name: JobName, *, mailbox_id: UUID, **ids: UUID) -> None:
        task = self._app.configure_task(
            name,
            queue=name,
            lock=f"settle/{mailbox_id}" if name == "settle_mailbox" else None,
            connection=session.connection().connection.driver_connection,
        )
        task.defer(mailbox_id=str(mailbox_id), **{key: str(value) for key, value in ids.items()})

    def counts(self, session: Session) -> Sequence[tuple[str, str, int]]:
        jobs = text(
            "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
        )
        return [(name, status, count) for name, status, count in session.execute(jobs)]
