"""Leaving a mail to be sent, in the transaction of what it tells of.

Its row comes first, and only the first row of an occasion stays: so nothing is mailed twice,
whoever else notices the same at the same moment.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox.preferences import queries
from letterbox.preferences.models import Preferences
from letterbox.preferences.rules import MailKind, MailStatus
from letterbox.shared.days import day_of
from letterbox.shared.ids import new_id
from letterbox.shared.ports import Jobs, KeyStore


def leave_new_letter(session: Session, jobs: Jobs, mailbox_id: UUID, *, now: datetime) -> None:
    """Leave a notice of a new letter if the citizen wants it. More letters a day are silent.

    To be called within the scope of the mailbox.
    """
    if wants(queries.preferences_of(session, mailbox_id), MailKind.NEW_LETTER):
        _leave(session, jobs, mailbox_id, MailKind.NEW_LETTER, [day_of(now).isoformat()], now)


def leave_near_days(
    session: Session,
    keys: KeyStore,
    jobs: Jobs,
    mailbox_id: UUID,
    days: Iterable[date],
    *,
    now: datetime,
) -> None:
    """Leave one notice of the days that come near. Each day is told of once."""
    # Hashed: when somebody has to pay is not for the database to know.
    occasions = [keys.digest("near-day", f"{mailbox_id}/{day}") for day in sorted({*days})]
    _leave(session, jobs, mailbox_id, MailKind.NEAR_DAY, occasions, now)


def leave_code(session: Session, jobs: Jobs, mailbox_id: UUID, *, now: datetime) -> None:
    """Leave the code to be mailed that was made now. Every code is an occasion of its own."""
    _leave(session, jobs, mailbox_id, MailKind.CODE, [str(new_id(now))], now)


def wants(chosen: Preferences | None, kind: MailKind) -> bool:
    """Test whether notices of this kind are wanted, at an address that was confirmed."""
    return chosen is not None and chosen.confirmed_at is not None and kind in chosen.notices


def _leave(
    session: Session,
    jobs: Jobs,
    mailbox_id: UUID,
    kind: MailKind,
    occasions: Iterable[str],
    now: datetime,
) -> None:
    """Note every occasion, and leave one mail for all that are new."""
    status = MailStatus.WAITING
    for occasion in occasions:
        notice_id = new_id(now)
        if queries.note_notice(
            session, mailbox_id, notice_id, kind, occasion=occasion, status=status, now=now
        ):
            if status is MailStatus.WAITING:
                jobs.leave(session, "send_notice", mailbox_id=mailbox_id, notice_id=notice_id)
            status = MailStatus.JOINED
