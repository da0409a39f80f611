"""Every question the letters room asks the database."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.letters.models import (
    DeliveredNotice,
    Delivery,
    Letter,
    LetterFile,
    OwnLetter,
    PagePicture,
)
from letterbox.letters.rules import Kept, Notice
from letterbox.shared.ports import FileStore

_BY_MESSAGE = select(Delivery).where(
    Delivery.sender_id == bindparam("sender_id"), Delivery.message_id == bindparam("message_id")
)
_KEEP = text("""
    WITH same AS (
        SELECT id, sender_id FROM letters
        WHERE mailbox_id = :mailbox_id AND keyed_fingerprint = :keyed_fingerprint
        ORDER BY received_at, id
    ), letter AS (
        INSERT INTO letters
            (mailbox_id, id, sender_id, received_at, keyed_fingerprint, duplicate_of,
             sealed_envelope)
        VALUES
            (:mailbox_id, :id, :sender_id, :received_at, :keyed_fingerprint,
             (SELECT id FROM same LIMIT 1), :sealed_envelope)
    )
    INSERT INTO deliveries
        (sender_id, message_id, mailbox_id, letter_id, keyed_content, received_at, byte_count,
         pages, status, settled, possible_duplicate_of)
    VALUES
        (:sender_id, :message_id, :mailbox_id, :letter_id, :keyed_content, :received_at,
         :byte_count, :pages, :status, :settled,
         (SELECT id FROM same WHERE sender_id = :sender_id LIMIT 1))
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


def arrival_of(session: Session, key: MailboxKey, letter_id: UUID) -> Delivery | OwnLetter:
    """Return how this letter came into this mailbox: delivered, or added by the citizen."""
    statement = select(Delivery).where(
        Delivery.mailbox_id == key.mailbox_id, Delivery.letter_id == letter_id
    )
    delivery = session.scalars(statement).one_or_none()
    return delivery or session.get_one(OwnLetter, (key.mailbox_id, letter_id))


def first_with(session: Session, key: MailboxKey, keyed_fingerprint: str) -> UUID | None:
    """Return the first letter in this mailbox with this very PDF."""
    statement = (
        select(Letter.id)
        .where(Letter.mailbox_id == key.mailbox_id, Letter.keyed_fingerprint == keyed_fingerprint)
        .order_by(Letter.received_at, Letter.id)
        .limit(1)
    )
    return session.scalar(statement)


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


def latest_deliveries(
    session: Session, sender_id: UUID, *, before: int | None, limit: int
) -> Sequence[Delivery]:
    """Return this sender's deliveries, newest first, from before this place in its register."""
    statement = select(Delivery).where(Delivery.sender_id == sender_id)
    if before is not None:
        statement = statement.where(Delivery.sequence < before)
    return session.scalars(statement.order_by(Delivery.sequence.desc()).limit(limit)).all()


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

    Another sender's letter is none of this sender's business, nor one that the citizen added: its
    register names its own first, whatever else is there.
    """
    words = _words(letter) | _words(delivery) | {"settled": False}
    delivery.possible_duplicate_of = session.scalar(_KEEP, words)


def mark_settled(session: Session, key: MailboxKey, letter_ids: Collection[UUID]) -> None:
    """Note that the overview takes account of these letters from now on."""
    for arrived in (Delivery, OwnLetter):
        session.execute(
            update(arrived)
            .where(arrived.mailbox_id == key.mailbox_id, arrived.settled.is_(False))
            .where(arrived.letter_id.in_(letter_ids))
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


def picture_in(session: Session, key: MailboxKey, letter_id: UUID, page: int) -> bytes | None:
    """Return the picture of a page, if it was drawn before."""
    kept = session.get(PagePicture, (key.mailbox_id, letter_id, page))
    if kept is None:
        return None
    return key.unseal(PagePicture.__tablename__, f"{letter_id}/{page}", kept.sealed)


def keep_picture(
    session: Session, key: MailboxKey, letter_id: UUID, page: int, picture: bytes
) -> None:
    """Seal the picture of a page and keep it. Of two drawn at once the first stays."""
    sealed_picture = key.seal(PagePicture.__tablename__, f"{letter_id}/{page}", picture)
    drawn = {"mailbox_id": key.mailbox_id, "letter_id": letter_id, "page": page}
    statement = insert(PagePicture).values(**drawn, sealed=sealed_picture)
    session.execute(statement.on_conflict_do_nothing())


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
