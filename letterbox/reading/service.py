"""Reading a letter that came in, and leaving its mailbox to be settled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import MailboxClosed, MailboxKey, SenderViewer
from letterbox.letters import queries as letters
from letterbox.letters.models import Delivery, Letter
from letterbox.letters.rules import Party, Status
from letterbox.letters.service import delivery_of
from letterbox.logbook.rules import Act
from letterbox.mailing.leaving import leave_new_letter
from letterbox.people.queries import organisation
from letterbox.reading import queries, rules
from letterbox.reading.contradictions import Contradiction, contradictions_in
from letterbox.reading.findings import Reading, to_json
from letterbox.reading.models import LetterReading
from letterbox.shared.days import day_of
from letterbox.shared.ports import FileStore, Jobs, KeyStore, PdfReader, Unreadable

RULES_VERSION = 9
"""Raise it when a rule changes what is read in a letter that was read before."""


@dataclass(frozen=True, slots=True)
class ReadingDesk:
    """What reading needs from outside."""

    keys: KeyStore
    files: FileStore
    reader: PdfReader
    jobs: Jobs


def read_letter(
    session: Session, desk: ReadingDesk, mailbox_id: UUID, letter_id: UUID, *, now: datetime
) -> Status:
    """Read one letter, keep what was read, and leave the mailbox to be settled.

    Doing it again gives the same reading. A letter that no machine can read is kept as
    `unreadable` with the reason; any other failure is the caller's to retry.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    key = access.open_for_machine(session, desk.keys, mailbox_id)
    letter = letters.letter_in(session, key, letter_id)
    assert letter is not None
    pdf = letters.pdf_of(session, desk.files, key, letter_id)
    try:
        reading = _read(session, desk.reader, key, letter, pdf)
    except Unreadable as reason:
        return _keep(
            session, desk.jobs, key, letter, Status.UNREADABLE, reason.detail.encode(), now
        )
    return _keep(session, desk.jobs, key, letter, Status.READ, to_json(reading), now)


def give_up(
    session: Session,
    keys: KeyStore,
    jobs: Jobs,
    mailbox_id: UUID,
    letter_id: UUID,
    *,
    now: datetime,
) -> None:
    """Keep a letter as unreadable because reading it keeps failing on our side.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    key = access.open_for_machine(session, keys, mailbox_id)
    letter = letters.letter_in(session, key, letter_id)
    assert letter is not None
    _keep(session, jobs, key, letter, Status.UNREADABLE, b"a mistake of ours", now)


@dataclass(frozen=True, slots=True)
class SentLetter:
    """What a sender may know of a letter of its own."""

    delivery: Delivery
    reading: Reading | None = None
    contradictions: tuple[Contradiction, ...] = ()
    reason: str | None = None
    receipt: str | None = None


def sent_letter(
    session: Session,
    keys: KeyStore,
    sender_id: UUID,
    letter_id: UUID,
    *,
    now: datetime,
    person_id: UUID | None = None,
) -> SentLetter:
    """Return what became of a letter, for the organisation that sent it.

    :param person_id: the employee who asks, when it is not the organisation's computer
    :raises NoSuchLetter: it delivered no such letter
    """
    delivery = delivery_of(session, sender_id, letter_id)
    viewer = SenderViewer(sender_id, delivery.mailbox_id, person_id)
    act = Act.LETTER_STATUS_ASKED
    try:
        key = access.open_mailbox(session, keys, viewer, act, subject_id=letter_id, now=now)
    except MailboxClosed:
        # The citizen left. A sender is not told, and what was read is gone for good.
        return SentLetter(delivery)
    reading = queries.reading_of(session, key, letter_id)
    letter = letters.letter_in(session, key, letter_id)
    assert letter is not None
    return SentLetter(
        delivery,
        reading,
        contradictions_in(reading) if reading else (),
        queries.why_unreadable(session, key, letter_id),
        letters.kept_with(key, letter).receipt,
    )


def _read(
    session: Session, reader: PdfReader, key: MailboxKey, letter: Letter, pdf: bytes
) -> Reading:
    sender = organisation(session, letter.sender_id) if letter.sender_id else None
    return rules.read(
        reader.paper(pdf),
        received_on=day_of(letter.received_at),
        sender=Party(sender.name, sender.number) if sender else None,
        envelope=letters.kept_with(key, letter).envelope,
    )


def _keep(
    session: Session,
    jobs: Jobs,
    key: MailboxKey,
    letter: Letter,
    status: Status,
    written: bytes,
    now: datetime,
) -> Status:
    # What citizens add themselves is no news to them, nor is what is read once more.
    is_news = letter.sender_id is not None and not queries.was_read(session, key, letter.id)
    session.merge(
        LetterReading(
            mailbox_id=key.mailbox_id,
            letter_id=letter.id,
            status=status,
            rules_version=RULES_VERSION,
            read_at=now,
            sealed=key.seal(LetterReading.__tablename__, letter.id, written),
        )
    )
    letters.arrival_of(session, key, letter.id).status = status
    session.flush()
    if is_news:
        leave_new_letter(session, jobs, key.mailbox_id, now=now)
    jobs.leave(session, "settle_mailbox", mailbox_id=key.mailbox_id)
    return status
