"""Every question the letters room asks the database."""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.letters.models import Delivery, Letter
from letterbox.letters.rules import Kept


def delivery_by_message(session: Session, sender_id: UUID, message_id: str) -> Delivery | None:
    """Return what this sender delivered under this message id."""
    return session.get(Delivery, (sender_id, message_id))


def delivery_of(session: Session, sender_id: UUID, letter_id: UUID) -> Delivery | None:
    """Return this sender's delivery of this letter."""
    statement = select(Delivery).where(
        Delivery.sender_id == sender_id, Delivery.letter_id == letter_id
    )
    return session.scalars(statement).one_or_none()


def delivery_into(session: Session, key: MailboxKey, letter_id: UUID) -> Delivery:
    """Return the delivery that brought this letter into this mailbox."""
    statement = select(Delivery).where(
        Delivery.mailbox_id == key.mailbox_id, Delivery.letter_id == letter_id
    )
    return session.scalars(statement).one()


def deliveries_after(
    session: Session, sender_id: UUID, sequence: int, *, limit: int
) -> Sequence[Delivery]:
    """Return this sender's deliveries after this place in its register, oldest first."""
    statement = (
        select(Delivery)
        .where(Delivery.sender_id == sender_id, Delivery.sequence > sequence)
        .order_by(Delivery.sequence)
        .limit(limit)
    )
    return session.scalars(statement).all()


def letter_in(session: Session, key: MailboxKey, letter_id: UUID) -> Letter | None:
    """Return one letter in this mailbox."""
    return session.get(Letter, (key.mailbox_id, letter_id))


def letters_in(session: Session, key: MailboxKey) -> Sequence[Letter]:
    """Return the letters in this mailbox, in order of arrival."""
    statement = (
        select(Letter)
        .where(Letter.mailbox_id == key.mailbox_id)
        .order_by(Letter.received_at, Letter.id)
    )
    return session.scalars(statement).all()


def same_file_in(session: Session, key: MailboxKey, keyed_fingerprint: str) -> Letter | None:
    """Return the first letter in this mailbox that is this very file."""
    statement = (
        select(Letter)
        .where(Letter.mailbox_id == key.mailbox_id, Letter.keyed_fingerprint == keyed_fingerprint)
        .order_by(Letter.received_at, Letter.id)
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def unsettled_in(session: Session, key: MailboxKey) -> Sequence[Delivery]:
    """Return the deliveries into this mailbox that no overview takes account of yet."""
    statement = (
        select(Delivery)
        .where(Delivery.mailbox_id == key.mailbox_id, Delivery.settled.is_(False))
        .order_by(Delivery.received_at, Delivery.letter_id)
    )
    return session.scalars(statement).all()


def mark_settled(session: Session, key: MailboxKey, letter_ids: Collection[UUID]) -> None:
    """Note that the overview takes account of these letters from now on."""
    session.execute(
        update(Delivery)
        .where(Delivery.mailbox_id == key.mailbox_id, Delivery.settled.is_(False))
        .where(Delivery.letter_id.in_(letter_ids))
        .values(settled=True)
    )


def kept_with(key: MailboxKey, letter: Letter) -> Kept:
    """Unseal what came with a letter."""
    opened = key.unseal(Letter.__tablename__, letter.id, letter.sealed_envelope)
    return msgspec.json.decode(opened, type=Kept)
