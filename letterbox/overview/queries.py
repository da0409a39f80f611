"""The one question that an overview asks the database."""

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.debts.models import Snapshot
from letterbox.letters.models import Delivery
from letterbox.overview.rules import Unread
from letterbox.people.models import Mailbox, Organisation
from letterbox.shared.days import day_of

_SHOWN = (
    select(
        Snapshot.sealed,
        Delivery.letter_id,
        Delivery.received_at,
        Delivery.status,
        Organisation.name,
    )
    .select_from(Mailbox)
    .outerjoin(Snapshot, Snapshot.mailbox_id == Mailbox.id)
    .outerjoin(Delivery, and_(Delivery.mailbox_id == Mailbox.id, Delivery.settled.is_(False)))
    .outerjoin(Organisation, Organisation.id == Delivery.sender_id)
    .where(Mailbox.id == bindparam("mailbox_id"))
    .order_by(Delivery.received_at, Delivery.letter_id)
)


def shown_in(session: Session, key: MailboxKey) -> tuple[bytes | None, Sequence[Unread]]:
    """Return the sealed snapshot of this mailbox, and the letters it takes no account of."""
    rows = session.execute(_SHOWN, {"mailbox_id": key.mailbox_id}).all()
    unread = [
        Unread(row.letter_id, day_of(row.received_at), row.name, row.status)
        for row in rows
        if row.letter_id is not None
    ]
    return rows[0].sealed, unread
