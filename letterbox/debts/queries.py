"""Every question the debts room asks the database."""

from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.debts.facts import Settlement, from_json
from letterbox.debts.models import Snapshot


def snapshot_in(session: Session, key: MailboxKey) -> Snapshot | None:
    """Return the latest snapshot of this mailbox, still sealed."""
    return session.get(Snapshot, key.mailbox_id)


def settlement_in(key: MailboxKey, snapshot: Snapshot) -> Settlement:
    """Unseal a snapshot."""
    opened = key.unseal(Snapshot.__tablename__, snapshot.mailbox_id, snapshot.sealed)
    return from_json(opened)
