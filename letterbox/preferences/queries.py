"""Every question about a citizen's choices that the house asks the database."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from letterbox.preferences.models import Preferences, SentNotice
from letterbox.preferences.rules import MailKind, MailStatus


def preferences_of(session: Session, mailbox_id: UUID) -> Preferences | None:
    """Return what this citizen chose, if anything."""
    return session.get(Preferences, mailbox_id)


def preferences_to_change(session: Session, mailbox_id: UUID) -> Preferences:
    """Return what this citizen chose, held; at first that is nothing."""
    untouched = insert(Preferences).values(
        mailbox_id=mailbox_id, notices=[], wrong_codes=0, calendar_names=False
    )
    session.execute(untouched.on_conflict_do_nothing())
    held = select(Preferences).where(Preferences.mailbox_id == mailbox_id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


def preferences_with_calendar(session: Session, calendar_hash: str) -> Preferences | None:
    """Return the choices with this calendar feed; only visible in its `calendar` scope."""
    statement = select(Preferences).where(Preferences.calendar_hash == calendar_hash)
    return session.scalars(statement).one_or_none()


def mailboxes_that_want(
    session: Session, kind: MailKind, *, after: UUID | None, most: int
) -> Sequence[UUID]:
    """Return mailboxes whose citizen wants these notices, by id: the only list there is."""
    found = select(func.mailboxes_that_want(kind.value, after, most))
    return session.scalars(found).all()


def note_notice(
    session: Session,
    mailbox_id: UUID,
    notice_id: UUID,
    kind: MailKind,
    *,
    occasion: str,
    status: MailStatus,
    now: datetime,
) -> bool:
    """Note that something is to be mailed. Return whether it is the first for this occasion."""
    noted = insert(SentNotice).values(
        mailbox_id=mailbox_id,
        id=notice_id,
        kind=kind,
        occasion=occasion,
        at=now,
        status=status,
    )
    first = noted.on_conflict_do_nothing().returning(SentNotice.id)
    return session.scalar(first) is not None


def notice_held(session: Session, mailbox_id: UUID, notice_id: UUID) -> SentNotice | None:
    """Return what is to be mailed, held, so that one worker does."""
    statement = select(SentNotice).where(
        SentNotice.mailbox_id == mailbox_id, SentNotice.id == notice_id
    )
    return session.scalars(statement.with_for_update()).one_or_none()


def latest_notices(session: Session, mailbox_id: UUID, *, most: int) -> Sequence[SentNotice]:
    """Return what was mailed to this citizen lately, newest first."""
    statement = (
        select(SentNotice)
        .where(SentNotice.mailbox_id == mailbox_id, SentNotice.status != MailStatus.JOINED)
        .order_by(SentNotice.at.desc(), SentNotice.id.desc())
    )
    return session.scalars(statement.limit(most)).all()


def count_since(session: Session, mailbox_id: UUID, kind: MailKind, moment: datetime) -> int:
    """Return how many mails of a kind were asked for after this moment."""
    statement = select(func.count()).where(
        SentNotice.mailbox_id == mailbox_id, SentNotice.kind == kind, SentNotice.at > moment
    )
    return session.scalar(statement) or 0


def forget(session: Session, mailbox_id: UUID) -> None:
    """Delete what a citizen chose and what was mailed: no more mail, and the feed is gone.

    What was mailed goes, too: the hash of a day can be guessed by whoever has the key for hashes.
    """
    for kept in (Preferences, SentNotice):
        session.execute(delete(kept).where(kept.mailbox_id == mailbox_id))
