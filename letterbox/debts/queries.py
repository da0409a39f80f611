"""Every question the debts room asks the database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.debts.facts import Correction, Debt, Settlement, from_json
from letterbox.debts.models import KeptCorrection, Snapshot


def snapshot_in(session: Session, key: MailboxKey) -> Snapshot | None:
    """Return the latest snapshot of this mailbox, still sealed."""
    return session.get(Snapshot, key.mailbox_id)


def settlement_in(key: MailboxKey, sealed: bytes) -> Settlement:
    """Unseal what a snapshot of this mailbox holds."""
    return from_json(key.unseal(Snapshot.__tablename__, key.mailbox_id, sealed))


def rules_version_of(session: Session, mailbox_id: UUID) -> int | None:
    """Return by which rules a mailbox was settled, if it was; within its scope only."""
    statement = select(Snapshot.rules_version).where(Snapshot.mailbox_id == mailbox_id)
    return session.scalar(statement)


def correction_in(session: Session, key: MailboxKey, correction_id: UUID) -> KeptCorrection | None:
    """Return one correction that still stands."""
    found = session.get(KeptCorrection, (key.mailbox_id, correction_id))
    return found if found is not None and found.withdrawn_at is None else None


def corrections_in(session: Session, key: MailboxKey) -> Sequence[Correction]:
    """Return what the citizen says and did not take back, oldest first."""
    statement = (
        select(KeptCorrection)
        .where(KeptCorrection.mailbox_id == key.mailbox_id)
        .where(KeptCorrection.withdrawn_at.is_(None))
        .order_by(KeptCorrection.made_at, KeptCorrection.id)
    )
    return [_opened(key, row) for row in session.scalars(statement)]


def every_correction_in(
    session: Session, key: MailboxKey
) -> Sequence[tuple[Correction, datetime | None]]:
    """Return all that the citizen ever said, oldest first, each with when it was taken back."""
    statement = (
        select(KeptCorrection)
        .where(KeptCorrection.mailbox_id == key.mailbox_id)
        .order_by(KeptCorrection.made_at, KeptCorrection.id)
    )
    return [(_opened(key, row), row.withdrawn_at) for row in session.scalars(statement)]


def version_of(session: Session, mailbox_id: UUID) -> int:
    """Return how often a mailbox was settled; within its scope only."""
    statement = select(Snapshot.version).where(Snapshot.mailbox_id == mailbox_id)
    return session.scalar(statement) or 0


def corrections_about(session: Session, key: MailboxKey, letter_id: UUID) -> Sequence[Correction]:
    """Return what the citizen says about this letter by itself, oldest first."""
    said = corrections_in(session, key)
    return [each for each in said if each.letter_id == letter_id and not each.whole_debt]


def with_latest_words(session: Session, key: MailboxKey, debt: Debt) -> Debt:
    """Return a debt with what the citizen says of it now: settling comes a moment later."""
    letters = {line.letter_id for line in debt.history}
    said = corrections_in(session, key)
    return replace(debt, says=tuple(each for each in said if each.letter_id in letters))


def kept(key: MailboxKey, correction: Correction) -> KeptCorrection:
    """Return a correction as it is kept."""
    row_id, written = correction.correction_id, msgspec.json.encode(correction)
    return KeptCorrection(
        mailbox_id=key.mailbox_id,
        id=row_id,
        made_at=correction.at,
        sealed=key.seal(KeptCorrection.__tablename__, row_id, written),
    )


def _opened(key: MailboxKey, row: KeptCorrection) -> Correction:
    opened = key.unseal(KeptCorrection.__tablename__, row.id, row.sealed)
    return msgspec.json.decode(opened, type=Correction)
