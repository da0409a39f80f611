"""Every question the reading room asks the database."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.letters.rules import Status
from letterbox.reading.findings import Reading, from_json
from letterbox.reading.models import LetterReading


def readings_in(session: Session, key: MailboxKey) -> Mapping[UUID, Reading]:
    """Return what was read, per letter in this mailbox. What could not be read is not there."""
    statement = select(LetterReading).where(
        LetterReading.mailbox_id == key.mailbox_id, LetterReading.status == Status.READ
    )
    return {row.letter_id: _opened(key, row) for row in session.scalars(statement)}


def reading_of(session: Session, key: MailboxKey, letter_id: UUID) -> Reading | None:
    """Return what was read in one letter, if it was read."""
    row = session.get(LetterReading, (key.mailbox_id, letter_id))
    return _opened(key, row) if row is not None and row.status == Status.READ else None


def was_read(session: Session, key: MailboxKey, letter_id: UUID) -> bool:
    """Say whether reading this letter was tried to the end before, with or without success."""
    return session.get(LetterReading, (key.mailbox_id, letter_id)) is not None


def why_unreadable(session: Session, key: MailboxKey, letter_id: UUID) -> str | None:
    """Return why this letter could not be read, if it could not."""
    row = session.get(LetterReading, (key.mailbox_id, letter_id))
    if row is None or row.status != Status.UNREADABLE:
        return None
    return key.unseal(LetterReading.__tablename__, row.letter_id, row.sealed).decode()


def _opened(key: MailboxKey, row: LetterReading) -> Reading:
    return from_json(key.unseal(LetterReading.__tablename__, row.letter_id, row.sealed))
