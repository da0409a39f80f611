"""Gathering what is in a mailbox: first what there is, then each letter by itself.

Whoever writes it down holds one letter at a time, however many there are. Each is fetched in a
transaction of its own, because a citizen's line may be slow; if the mailbox is closed
meanwhile, the rest does not open.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import MailboxKey
from letterbox.consent.models import Consent
from letterbox.consent.queries import consents_in
from letterbox.debts.queries import every_correction_in
from letterbox.export.facts import (
    ConsentTaken,
    CorrectionTaken,
    LetterHere,
    LetterTaken,
    LineTaken,
    LogbookTaken,
    MailTaken,
    NoticeTaken,
    SettingsTaken,
)
from letterbox.export.rules import file_name
from letterbox.letters import queries as letters
from letterbox.logbook.queries import lines_of
from letterbox.mailing.addresses import address_of
from letterbox.overview.service import left_out_by
from letterbox.people.queries import names_of, names_of_employees
from letterbox.preferences.queries import latest_notices, preferences_of
from letterbox.reading.queries import reading_of, why_unreadable
from letterbox.shared.days import day_of
from letterbox.shared.ports import FileStore, KeyStore

MOST_MAILS = 10_000


def letters_here(session: Session, key: MailboxKey, *, own: str) -> Sequence[LetterHere]:
    """Return the letters in a mailbox, in order of arrival, each with a file name of its own.

    :param own: what to call the sender of a letter that the citizen added
    """
    found = letters.letters_in(session, key)
    names = names_of(session, {each.sender_id for each in found if each.sender_id})
    taken: dict[str, LetterHere] = {}
    for each in found:
        sender = names[each.sender_id] if each.sender_id else None
        file = file_name(day_of(each.received_at), sender or own, taken)
        taken[file.lower()] = LetterHere(each.id, file, each.received_at, sender)
    return tuple(taken.values())


def letter_taken(
    session: Session, keys: KeyStore, mailbox_id: UUID, letter: LetterHere
) -> LetterTaken:
    """Return all that is known of one letter but its PDF.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    key = access.open_for_machine(session, keys, mailbox_id)
    kept_letter = letters.letter_in(session, key, letter.id)
    assert kept_letter is not None
    kept = letters.kept_with(key, kept_letter)
    return LetterTaken(
        letter=letter,
        status=letters.arrival_of(session, key, letter.id).status,
        sha256=kept.sha256,
        receipt=kept.receipt,
        came_with=kept.envelope,
        read=reading_of(session, key, letter.id),
        unreadable_because=why_unreadable(session, key, letter.id),
    )


def pdf_taken(
    session: Session, keys: KeyStore, files: FileStore, mailbox_id: UUID, letter_id: UUID
) -> bytes:
    """Return the PDF of one letter.

    :raises MailboxClosed: the mailbox was closed in the meantime
    :raises Unavailable: the file store does not answer
    """
    key = access.open_for_machine(session, keys, mailbox_id)
    return letters.pdf_of(session, files, key, letter_id)


def notices_taken(session: Session, key: MailboxKey) -> tuple[NoticeTaken, ...]:
    """Return the news about claims that came without a letter."""
    found = letters.notices_in(session, key)
    names = names_of(session, {each.sender_id for each in found})
    return tuple(
        NoticeTaken(each.id, each.received_at, names[each.sender_id], letters.said_by(key, each))
        for each in found
    )


def logbook_taken(session: Session, key: MailboxKey) -> LogbookTaken:
    """Return the whole logbook, as it is kept."""
    lines = lines_of(session, key.mailbox_id)
    organisations = names_of(session, {each.actor_id for each in lines if each.actor_id})
    people = names_of_employees(session, {each.person_id for each in lines if each.person_id})
    return LogbookTaken(
        lines[-1].hash,
        tuple(
            LineTaken(
                each.number,
                each.entry,
                organisations.get(each.actor_id) if each.actor_id else None,
                people.get(each.person_id) if each.person_id else None,
                each.hash,
            )
            for each in lines
        ),
    )


def consents_taken(session: Session, key: MailboxKey) -> tuple[ConsentTaken, ...]:
    """Return every consent that the citizen gave, newest first."""
    found = consents_in(session, key.mailbox_id)
    names = names_of(session, {each.organisation_id for each in found})
    return tuple(_consent(key, each, names[each.organisation_id]) for each in found)


def corrections_taken(session: Session, key: MailboxKey) -> tuple[CorrectionTaken, ...]:
    """Return what the citizen said about debts, what they took back as well."""
    return tuple(CorrectionTaken(*each) for each in every_correction_in(session, key))


def settings_taken(session: Session, key: MailboxKey) -> SettingsTaken:
    """Return what the citizen chose, and what was mailed to them."""
    chosen = preferences_of(session, key.mailbox_id)
    mails = latest_notices(session, key.mailbox_id, most=MOST_MAILS)
    if chosen is None:
        return SettingsTaken()
    return SettingsTaken(
        language=chosen.language,
        address=address_of(key, chosen),
        confirmed_at=chosen.confirmed_at,
        notices=tuple(chosen.notices),
        calendar=chosen.calendar_hash is not None,
        mails=tuple(MailTaken(each.kind, each.at, each.status) for each in mails),
    )


def _consent(key: MailboxKey, consent: Consent, organisation: str) -> ConsentTaken:
    return ConsentTaken(
        id=consent.id,
        organisation=organisation,
        counsellor_name=consent.counsellor_name,
        counsellor_role=consent.counsellor_role,
        purpose=consent.purpose,
        permissions=tuple(consent.permissions),
        creditors_left_out=tuple(sorted(left_out_by(key, consent).creditors)),
        granted_at=consent.granted_at,
        valid_until=consent.valid_until,
        ended_at=consent.ended_at,
        end_reason=consent.end_reason,
        receipt=consent.receipt,
    )
