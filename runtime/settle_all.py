"""The operator's round that leaves every mailbox with outdated debts to be settled again."""

from collections.abc import Sequence
from uuid import UUID

from rich.progress import track
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from letterbox.debts.service import leave_outdated
from letterbox.people.models import Mailbox
from letterbox.shared.ports import Jobs

BATCH = 200
"""Mailboxes per transaction: stopped halfway, the batches before it stay done."""


def leave_all_outdated(sessions: sessionmaker[Session], jobs: Jobs) -> int:
    """Leave a job for each mailbox that was settled by older rules. Return how many.

    Nothing is remembered but the versions of the rules: what was settled since, or waits
    already, is passed over the next time.

    :param sessions: as the owner of the database, who may list mailboxes
    """
    found = mailbox_ids(sessions)
    batches = [found[at : at + BATCH] for at in range(0, len(found), BATCH)]
    return sum(_leave(sessions, jobs, batch) for batch in track(batches, "Looking for old rules"))


def mailbox_ids(sessions: sessionmaker[Session]) -> list[UUID]:
    """Return every mailbox there is, closed ones too. Only the owner of the database sees them."""
    with sessions() as session:
        return list(session.scalars(select(Mailbox.id).order_by(Mailbox.id)))


def _leave(sessions: sessionmaker[Session], jobs: Jobs, batch: Sequence[UUID]) -> int:
    with sessions.begin() as session:
        return leave_outdated(session, jobs, batch)
