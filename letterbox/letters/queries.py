"""Every question the letters room asks the database."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select, text, update
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.letters.models import DeliveredNotice, Delivery, Letter, LetterFile
from letterbox.letters.rules import Kept, Notice
from letterbox.shared.ports import FileStore

_BY_MESSAGE = select(Delivery).where(
    Delivery.sender_id == bindparam("sender_id"), Delivery.message_id == bindparam("message_id")
)
_KEEP = text("""
    WITH same AS (
        SELECT id, sender_id FROM letters
        WHERE mailbox_id = :mailbox_id AND keyed_fingerprint = :keyed_fingerprint
        ORDER BY received_at, id LIMIT 1
    ), letter AS (
        INSERT INTO letters
            (mailbox_id, id, sender_id, received_at, keyed_fingerprint, duplicate_of,
             sealed_envelope)
        VALUES
            (:mailbox_id, :id, :sender_id, :received_at, :keyed_fingerprint,
             (SELECT id FROM same), :sealed_envelope)
    )
    INSERT INTO deliveries
        (sender_id, message_id, mailbox_id, letter_id, keyed_content, received_at, byte_count,
         pages, status, settled, possible_duplicate_of)
    VALUES
        (:sender_id, :message_id, :mailbox_id, :letter_id, :keyed_content, :received_at,
         :byte_count, :pages, :status, :settled,
         (SELECT id FROM same WHERE sender_id = :sender_id))
    RETURNING possible_duplicate_of
""")
"""Three questions in one round trip: a mass mailing asks them a million times."""


def delivery_by_message(session: Session, sender_id: UUID, message_id: str) -> Delivery | None:
    """Return what this sender delivered under this message id."""
    named = {"sender_id": sender_id, "message_id": message_id}
    return session.scalars(_BY_MESSAGE, named).one_or_none()


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


def keep_delivered(session: Session, letter: Letter, delivery: Delivery) -> None:
    """Keep a letter and its line in the sender's register, and note of which it is a duplicate.

    Another sender's letter is none of this sender's business: its register does not name it.
    """
    words = _words(letter) | _words(delivery) | {"settled": False}
    delivery.possible_duplicate_of = session.scalar(_KEEP, words)


def mark_settled(session: Session, key: MailboxKey, letter_ids: Collection[UUID]) -> None:
    """Note that the overview takes account of these letters from now on."""
    session.execute(
        update(Delivery)
        .where(Delivery.mailbox_id == key.mailbox_id, Delivery.settled.is_(False))
        .where(Delivery.letter_id.in_(letter_ids))
        .values(settled=True)
    )


def keep_pdf(
    session: Session, files: FileStore, key: MailboxKey, letter_id: UUID, pdf: bytes
) -> None:
    """Seal the PDF of a letter and keep it, wherever files are kept."""
    sealed_pdf = key.seal(LetterFile.__tablename__, letter_id, pdf)
    files.put(session, key.mailbox_id, letter_id, sealed_pdf)


def pdf_of(session: Session, files: FileStore, key: MailboxKey, letter_id: UUID) -> bytes:
    """Return the PDF of a letter in this mailbox.

    :raises Unavailable: the file store does not answer
    """
    sealed_pdf = files.get(session, key.mailbox_id, letter_id)
    return key.unseal(LetterFile.__tablename__, letter_id, sealed_pdf)


def sealed(key: MailboxKey, letter_id: UUID, kept: Kept) -> bytes:
    """Seal what comes with a letter."""
    return key.seal(Letter.__tablename__, letter_id, msgspec.json.encode(kept))


def kept_with(key: MailboxKey, letter: Letter) -> Kept:
    """Unseal what came with a letter."""
    opened = key.unseal(Letter.__tablename__, letter.id, letter.sealed_envelope)
    return msgspec.json.decode(opened, type=Kept)


def notice_by_message(session: Session, sender_id: UUID, message_id: str) -> DeliveredNotice | None:
    """Return the claim notice that this sender delivered under this message id."""
    statement = select(DeliveredNotice).where(
        DeliveredNotice.sender_id == sender_id, DeliveredNotice.message_id == message_id
    )
    return session.scalars(statement).one_or_none()


def notices_in(session: Session, key: MailboxKey) -> Sequence[DeliveredNotice]:
    """Return the claim notices in this mailbox, in order of arrival."""
    statement = (
        select(DeliveredNotice)
        .where(DeliveredNotice.mailbox_id == key.mailbox_id)
        .order_by(DeliveredNotice.received_at, DeliveredNotice.id)
    )
    return session.scalars(statement).all()


def sealed_notice(key: MailboxKey, notice_id: UUID, notice: Notice) -> bytes:
    """Seal what a claim notice says."""
    return key.seal(DeliveredNotice.__tablename__, notice_id, msgspec.json.encode(notice))


def said_by(key: MailboxKey, delivered: DeliveredNotice) -> Notice:
    """Unseal what a claim notice says."""
    opened = key.unseal(DeliveredNotice.__tablename__, delivered.id, delivered.sealed)
    return msgspec.json.decode(opened, type=Notice)


def _words(row: Letter | Delivery) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}
