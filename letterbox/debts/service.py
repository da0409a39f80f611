"""Settling a mailbox: all that came in becomes its debts, kept as one sealed snapshot."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import MailboxKey
from letterbox.debts import queries
from letterbox.debts.facts import ClaimNotice, ReadLetter, to_json
from letterbox.debts.models import Snapshot
from letterbox.debts.rules import settle
from letterbox.letters import queries as letters
from letterbox.letters.rules import Party
from letterbox.people import queries as people
from letterbox.reading import queries as readings
from letterbox.shared import scope
from letterbox.shared.ports import Jobs, KeyStore

RULES_VERSION = 4
"""Raise it when a rule changes which debts follow, then run `letterbox settle --all`."""


def settle_mailbox(
    session: Session, keys: KeyStore, mailbox_id: UUID, *, now: datetime
) -> Snapshot:
    """Settle one mailbox from all that came in. Again gives the same debts.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    # Two workers that settled from different letters could keep the older result last. And who
    # counts on this job still to begin (`connectors.job_queue`) holds the same lock until what
    # they bring is there to be seen.
    scope.enter(session, scope.alone("settle", mailbox_id))
    key = access.open_for_machine(session, keys, mailbox_id)
    read = tuple(_read_letters(session, key))
    settled = settle(read, _notices(session, key), queries.corrections_in(session, key))
    snapshot = _snapshot(session, key)
    snapshot.version += 1
    snapshot.rules_version, snapshot.settled_at = RULES_VERSION, now
    snapshot.sealed = key.seal(Snapshot.__tablename__, mailbox_id, to_json(settled))
    letters.mark_settled(session, key, [letter.letter_id for letter in read])
    session.add(snapshot)
    session.flush()
    return snapshot


def settle_again(session: Session, keys: KeyStore, mailbox_id: UUID, *, now: datetime) -> bool:
    """Settle a mailbox whose debts follow from older rules. Return whether that was needed.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    scope.enter(session, scope.alone("settle", mailbox_id), mailbox=mailbox_id)
    outdated = _is_outdated(session, mailbox_id)
    if outdated:
        settle_mailbox(session, keys, mailbox_id, now=now)
    return outdated


def leave_outdated(session: Session, jobs: Jobs, mailbox_ids: Iterable[UUID]) -> int:
    """Leave those of these mailboxes to be settled again that were by older rules.

    Return how many there were. Doing it again changes nothing, so it may stop at any point.
    """
    found = 0
    for mailbox_id in mailbox_ids:
        scope.enter(session, mailbox=mailbox_id)
        kept = people.mailbox(session, mailbox_id)
        if kept and kept.closed_at is None and _is_outdated(session, mailbox_id):
            jobs.leave(session, "settle_again", mailbox_id=mailbox_id)
            found += 1
    return found


def _is_outdated(session: Session, mailbox_id: UUID) -> bool:
    by = queries.rules_version_of(session, mailbox_id)
    return by is not None and by < RULES_VERSION


def _snapshot(session: Session, key: MailboxKey) -> Snapshot:
    found = queries.snapshot_in(session, key)
    return found or Snapshot(mailbox_id=key.mailbox_id, version=0)


def _read_letters(session: Session, key: MailboxKey) -> Iterator[ReadLetter]:
    found = readings.readings_in(session, key)
    for letter in letters.letters_in(session, key):
        if letter.id in found:
            envelope = letters.kept_with(key, letter).envelope
            yield ReadLetter(
                letter_id=letter.id,
                received_at=letter.received_at,
                message_id=envelope.message_id if envelope else str(letter.id),
                replaces=envelope.replaces if envelope else None,
                sender_id=letter.sender_id,
                duplicate_of=letter.duplicate_of,
                reading=found[letter.id],
                added_by_citizen=letter.sender_id is None,
            )


def _notices(session: Session, key: MailboxKey) -> Iterator[ClaimNotice]:
    delivered = letters.notices_in(session, key)
    senders = {each.sender_id: _party(session, each.sender_id) for each in delivered}
    for each in delivered:
        said = letters.said_by(key, each)
        yield ClaimNotice(
            notice_id=each.id,
            received_at=each.received_at,
            sender_id=each.sender_id,
            sender=senders[each.sender_id],
            reference=said.reference,
            type=said.type,
            on=said.on,
            amount=said.amount,
            transferred_to=said.transferred_to,
        )


def _party(session: Session, organisation_id: UUID) -> Party:
    known = people.organisation(session, organisation_id)
    assert known is not None
    return Party(known.name, known.number)
