"""Taking letters in.

The order, and why: look at the PDF before the database is touched, so that a bad file
costs no connection; take the turn of this message id, so that twins are one letter; open
the mailbox, which writes the logbook line; then file, letter, register and job. All of it
is one transaction: after a crash there is the whole letter or nothing of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import MailboxClosed, MailboxKey, SenderViewer
from letterbox.letters import queries
from letterbox.letters.models import Delivery, Letter
from letterbox.letters.rules import Incoming, Kept, Receipt, Status, fingerprint
from letterbox.logbook.rules import Act
from letterbox.people.models import Organisation
from letterbox.shared import scope
from letterbox.shared.errors import Conflict, NotFound, Refused
from letterbox.shared.ids import new_id
from letterbox.shared.ports import FileStore, Jobs, KeyStore, PdfReader, Signer


class NoGroundForBsn(Refused):
    """Private parties may use the number only where a statute says so (Wabb art. 10)."""

    title = "Your organisation may not use citizen service numbers here"


class MessageIdTaken(Conflict):
    """The sender used this message id before, for another letter."""

    title = "This message id belongs to another letter"

    def __init__(self, detail: str, *, letter_id: UUID) -> None:
        super().__init__(detail)
        self.letter_id = letter_id


class NoSuchLetter(NotFound):
    """The letter does not exist, or is not for whoever asks."""

    title = "There is no such letter"


@dataclass(frozen=True, slots=True)
class PostRoom:
    """What taking letters in needs from outside."""

    keys: KeyStore
    files: FileStore
    reader: PdfReader
    signer: Signer
    jobs: Jobs


def deliver_letter(
    session: Session, post: PostRoom, sender: Organisation, incoming: Incoming, *, now: datetime
) -> Receipt:
    """Take a letter in and leave it to be read. Delivering it again is harmless.

    :raises NoGroundForBsn: the sender has no registered ground to use the number
    :raises PdfRefused: the file cannot be taken in safely
    :raises MessageIdTaken: the message id was used for another letter
    """
    if sender.bsn_ground is None:
        raise NoGroundForBsn("Register the legal ground with the operator first.")
    pages = post.reader.inspect(incoming.pdf).pages
    message_id = incoming.envelope.message_id
    scope.enter(
        session,
        scope.together("register", sender.id),
        scope.alone("message", sender.id, message_id),
        organisation=sender.id,
    )
    earlier = queries.delivery_by_message(session, sender.id, message_id)
    if earlier is not None:
        return _delivered_again(session, post, earlier, incoming, now)
    letter_id = new_id(now)
    try:
        key = _opened(session, post, sender.id, letter_id, incoming, now)
    except MailboxClosed:
        # It was closed while we waited for it. By now its number leads to a fresh one.
        key = _opened(session, post, sender.id, letter_id, incoming, now)
    delivery = _noted(post, key, sender.id, letter_id, incoming, pages, now)
    return _keep(session, post, key, delivery, incoming)


def deliveries_after(
    session: Session, sender_id: UUID, sequence: int, *, limit: int
) -> Sequence[Delivery]:
    """Return a sender's deliveries after a place in its register, oldest first, none missing."""
    # A delivery gets its place before it is committed. Waiting for those on their way makes
    # sure that none turns up later at a place the reader has passed.
    scope.enter(session, scope.alone("register", sender_id), organisation=sender_id)
    return queries.deliveries_after(session, sender_id, sequence, limit=limit)


def latest_deliveries(
    session: Session, sender_id: UUID, *, before: int | None = None, limit: int
) -> Sequence[Delivery]:
    """Return a sender's deliveries, newest first, from before a place in its register.

    For people who look: nobody waits for what is on its way.
    """
    scope.enter(session, organisation=sender_id)
    return queries.latest_deliveries(session, sender_id, before=before, limit=limit)


def delivery_by_message(session: Session, sender_id: UUID, message_id: str) -> Delivery | None:
    """Return what this sender delivered under this message id, if anything."""
    scope.enter(session, organisation=sender_id)
    return queries.delivery_by_message(session, sender_id, message_id)


def delivery_of(session: Session, sender_id: UUID, letter_id: UUID) -> Delivery:
    """Return this sender's delivery of a letter.

    :raises NoSuchLetter: it delivered no such letter
    """
    scope.enter(session, organisation=sender_id)
    delivery = queries.delivery_of(session, sender_id, letter_id)
    if delivery is None:
        raise NoSuchLetter("Use the id from the receipt of one of your own letters.")
    return delivery


def _opened(
    session: Session,
    post: PostRoom,
    sender_id: UUID,
    letter_id: UUID,
    incoming: Incoming,
    now: datetime,
) -> MailboxKey:
    mailbox_id = access.mailbox_for(session, post.keys, incoming.bsn, now=now)
    viewer, act = SenderViewer(sender_id, mailbox_id, incoming.person_id), Act.LETTER_DELIVERED
    return access.open_mailbox(session, post.keys, viewer, act, subject_id=letter_id, now=now)


def _delivered_again(
    session: Session, post: PostRoom, earlier: Delivery, incoming: Incoming, now: datetime
) -> Receipt:
    if earlier.keyed_content != post.keys.digest("content", incoming.content):
        raise MessageIdTaken(
            "You delivered another letter under this message id. Use a new one.",
            letter_id=earlier.letter_id,
        )
    viewer = SenderViewer(earlier.sender_id, earlier.mailbox_id, incoming.person_id)
    act = Act.LETTER_DELIVERED_AGAIN
    try:
        key = access.open_mailbox(
            session, post.keys, viewer, act, subject_id=earlier.letter_id, now=now
        )
    except MailboxClosed:
        # The citizen left, and the receipt with them. A sender is not told: it gets the same
        # facts, signed once more.
        digest = fingerprint(incoming.pdf)
        kept = Kept(incoming.envelope, digest, _signed(post.signer, earlier, digest))
        return _receipt(earlier, kept, again=True)
    letter = queries.letter_in(session, key, earlier.letter_id)
    assert letter is not None
    return _receipt(earlier, queries.kept_with(key, letter), again=True)


def _noted(
    post: PostRoom,
    key: MailboxKey,
    sender_id: UUID,
    letter_id: UUID,
    incoming: Incoming,
    pages: int,
    now: datetime,
) -> Delivery:
    return Delivery(
        sender_id=sender_id,
        message_id=incoming.envelope.message_id,
        mailbox_id=key.mailbox_id,
        letter_id=letter_id,
        keyed_content=post.keys.digest("content", incoming.content),
        received_at=now,
        byte_count=len(incoming.pdf),
        pages=pages,
        status=Status.RECEIVED,
    )


def _keep(
    session: Session, post: PostRoom, key: MailboxKey, delivery: Delivery, incoming: Incoming
) -> Receipt:
    letter_id, digest = delivery.letter_id, fingerprint(incoming.pdf)
    kept = Kept(incoming.envelope, digest, _signed(post.signer, delivery, digest))
    letter = Letter(
        mailbox_id=key.mailbox_id,
        id=letter_id,
        sender_id=delivery.sender_id,
        received_at=delivery.received_at,
        keyed_fingerprint=post.keys.digest("file", digest),
        sealed_envelope=queries.sealed(key, letter_id, kept),
    )
    queries.keep_delivered(session, letter, delivery)
    queries.keep_pdf(session, post.files, key, letter_id, incoming.pdf)
    post.jobs.leave(session, "read_letter", mailbox_id=key.mailbox_id, letter_id=letter_id)
    return _receipt(delivery, kept, again=False)


def _signed(signer: Signer, delivery: Delivery, digest: str) -> str:
    facts = {
        "id": str(delivery.letter_id),
        "messageId": delivery.message_id,
        "receivedAt": delivery.received_at.astimezone(UTC).isoformat(),
        "sha256": digest,
        "bytes": delivery.byte_count,
        "pages": delivery.pages,
    }
    return signer.sign(facts, kind="delivery-receipt+jwt")


def _receipt(delivery: Delivery, kept: Kept, *, again: bool) -> Receipt:
    return Receipt(
        id=delivery.letter_id,
        message_id=delivery.message_id,
        received_at=delivery.received_at,
        sha256=kept.sha256,
        byte_count=delivery.byte_count,
        pages=delivery.pages,
        receipt=kept.receipt,
        possible_duplicate_of=delivery.possible_duplicate_of,
        again=again,
    )
