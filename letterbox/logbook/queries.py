"""Every question about the logbook that the house asks the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from letterbox.logbook.models import LogbookLine


def lines_of(session: Session, mailbox_id: UUID) -> Sequence[LogbookLine]:
    """Return the whole logbook of a mailbox, oldest first."""
    statement = (
        select(LogbookLine).where(LogbookLine.mailbox_id == mailbox_id).order_by(LogbookLine.number)
    )
    return session.scalars(statement).all()


def latest_lines(session: Session, mailbox_id: UUID, *, most: int) -> Sequence[LogbookLine]:
    """Return the latest lines of a mailbox, newest first."""
    statement = (
        select(LogbookLine)
        .where(LogbookLine.mailbox_id == mailbox_id)
        .order_by(LogbookLine.number.desc())
        .limit(most)
    )
    return session.scalars(statement).all()


def latest_looks(session: Session, mailbox_id: UUID, *, most: int) -> Sequence[LogbookLine]:
    """Return the latest lines of whoever was let in by the citizen, newest first.

    Apart from the others: a calendar or a sender that asks again and again has more of them.
    """
    statement = (
        select(LogbookLine)
        .where(LogbookLine.mailbox_id == mailbox_id, LogbookLine.actor == "counsellor")
        .order_by(LogbookLine.number.desc())
        .limit(most)
    )
    return session.scalars(statement).all()


def looks_under(
    session: Session, mailbox_id: UUID, consent_id: UUID, *, most: int = 100
) -> Sequence[LogbookLine]:
    """Return what counsellors did under this consent, newest first."""
    statement = (
        select(LogbookLine)
        .where(LogbookLine.mailbox_id == mailbox_id, LogbookLine.consent_id == consent_id)
        .where(LogbookLine.actor == "counsellor")
        .order_by(LogbookLine.number.desc())
        .limit(most)
    )
    return session.scalars(statement).all()


def looked_since(
    session: Session, mailbox_id: UUID, subject_id: UUID, since: datetime, **by: object
) -> bool:
    """Test whether there is a line about this since then.

    :param by: what else the line must say, by column
    """
    statement = (
        select(LogbookLine.number)
        .filter_by(mailbox_id=mailbox_id, subject_id=subject_id, **by)
        .where(LogbookLine.at >= since)
        .limit(1)
    )
    return session.scalar(statement) is not None


def looks_by_consent(session: Session, mailbox_id: UUID) -> Mapping[UUID, tuple[int, datetime]]:
    """Return how often counsellors looked under each consent, and when they last did."""
    statement = (
        select(LogbookLine.consent_id, func.count(), func.max(LogbookLine.at))
        .where(LogbookLine.mailbox_id == mailbox_id, LogbookLine.actor == "counsellor")
        .group_by(LogbookLine.consent_id)
    )
    found = session.execute(statement)
    return {consent_id: (times, last) for consent_id, times, last in found if consent_id}
