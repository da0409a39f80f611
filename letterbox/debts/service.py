"""Settling a mailbox: all its readings become its debts, kept as one sealed snapshot."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import MailboxKey
from letterbox.debts import queries
from letterbox.debts.facts import ReadLetter, to_json
from letterbox.debts.models import Snapshot
from letterbox.debts.rules import settle
from letterbox.letters import queries as letters
from letterbox.reading import queries as readings
from letterbox.shared import scope
from letterbox.shared.ports import KeyStore


def settle_mailbox(
    session: Session, keys: KeyStore, mailbox_id: UUID, *, now: datetime
) -> Snapshot:
    """Settle one mailbox from all that was read in its letters. Again gives the same debts.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    # Two workers that settled from different letters could keep the older result last.
    scope.enter(session, scope.alone("settle", mailbox_id))
    key = access.open_for_machine(session, keys, mailbox_id)
    read = tuple(_read_letters(session, key))
    sealed = key.seal(Snapshot.__tablename__, mailbox_id, to_json(settle(read)))
    snapshot = queries.snapshot_in(session, key)
    if snapshot is None:
        snapshot = Snapshot(mailbox_id=mailbox_id, version=0)
        session.add(snapshot)
    snapshot.version, snapshot.settled_at, snapshot.sealed = snapshot.version + 1, now, sealed
    letters.mark_settled(session, key, [letter.letter_id for letter in read])
    session.flush()
    return snapshot


def _read_letters(session: Session, key: MailboxKey) -> Iterator[ReadLetter]:
    found = readings.readings_in(session, key)
    for letter in letters.letters_in(session, key):
        if letter.id in found:
            envelope = letters.kept_with(key, letter).envelope
            yield ReadLetter(
                letter_id=letter.id,
                received_at=letter.received_at,
                message_id=envelope.message_id,
                replaces=envelope.replaces,
                sender_id=letter.sender_id,
                duplicate_of=letter.duplicate_of,
                reading=found[letter.id],
            )
