"""The one question that an overview asks the database."""

from collections.abc import Sequence

from sqlalchemy import Uuid, bindparam, null, select, true, union_all
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.debts.models import Snapshot
from letterbox.letters.models import Delivery, OwnLetter
from letterbox.overview.rules import Unread
from letterbox.people.models import Mailbox, Organisation
from letterbox.shared.days import day_of

_MAILBOX = bindparam("mailbox_id", type_=Uuid())
_UNSETTLED = union_all(
    select(Delivery.letter_id, Delivery.received_at, Delivery.status, Delivery.sender_id).where(
        Delivery.mailbox_id == _MAILBOX, Delivery.settled.is_(False)
    ),
    select(
        OwnLetter.letter_id, OwnLetter.received_at, OwnLetter.status, null().label("sender_id")
    ).where(OwnLetter.mailbox_id == _MAILBOX, OwnLetter.settled.is_(False)),
).subquery()
_SHOWN = (
    select(
        Snapshot.sealed,
        _UNSETTLED.c.letter_id,
        _UNSETTLED.c.received_at,
        _UNSETTLED.c.status,
        Organisation.name,
    )
    .select_from(Mailbox)
    .outerjoin(Snapshot, Snapshot.mailbox_id == Mailbox.id)
    .outerjoin(_UNSETTLED, true())
    .outerjoin(Organisation, Organisation.id == _UNSETTLED.c.sender_id)
    .where(Mailbox.id == _MAILBOX)
    .order_by(_UNSETTLED.c.received_at, _UNSETTLED.c.letter_id)
)


def shown_in(session: Session, key: MailboxKey) -> tuple[bytes | None, Sequence[Unread]]:
    """Return the sealed snapshot of this mailbox, and the letters it takes no account of."""
    rows = session.execute(_SHOWN, {"mailbox_id": key.mailbox_id}).all()
    unread = [
        Unread(
            row.letter_id,
            day_of(row.received_at),
            row.name,
            row.status,
            # Whoever sends letters is registered, for as long as letters are kept.
            added_by_citizen=row.name is None,
        )
        for row in rows
        if row.letter_id is not None
    ]
    return rows[0].sealed, unread
