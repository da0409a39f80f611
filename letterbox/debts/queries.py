"""Every question the debts room asks the database."""

from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.debts.facts import Settlement, from_json
from letterbox.debts.models import Snapshot


def snapshot_in(session: Session, key: MailboxKey) -> Snapshot | None:
    """Return the latest snapshot of this mailbox, still sealed."""
    return session.get(Snapshot, key.mailbox_id)


def settlement_in(key: MailboxKey, sealed: bytes) -> Settlement:
    """Unseal what a snapshot of this mailbox holds."""
    return from_json(key.unseal(Snapshot.__tablename__, key.mailbox_id, sealed))
