"""The only place that decides who may open a citizen's mailbox.

Asking "who can see this?" has one answer: whoever `open_mailbox` cuts a key for. A key is
what unseals, so forgetting the check is not a mistake you can make: the query would not
type-check, and without a key its rows are neither visible nor readable. Opening writes
the logbook line in the same transaction: no line, no look.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox.consent.models import Consent
from letterbox.consent.queries import consent_in_force, end_consents_in, mailbox_of
from letterbox.consent.rules import Permission
from letterbox.logbook.queries import looked_since
from letterbox.logbook.rules import Act, ActorKind, Entry
from letterbox.logbook.service import write_line
from letterbox.people import queries, visits
from letterbox.people.models import Mailbox, Recipient
from letterbox.preferences.queries import forget as forget_preferences
from letterbox.shared import scope, sealing
from letterbox.shared.days import start_of_day
from letterbox.shared.errors import NotFound
from letterbox.shared.ids import new_id
from letterbox.shared.ports import KeyStore

LOOK_LASTS = timedelta(minutes=15)
"""How long after a line in the logbook what belongs to that look may still be fetched."""


@dataclass(frozen=True, slots=True)
class CitizenViewer:
    """The citizen whose mailbox this is, logged in."""

    mailbox_id: UUID


@dataclass(frozen=True, slots=True)
class SenderViewer:
    """An organisation, at a mailbox it delivers to or has delivered to.

    :ivar person_id: the employee who does it, when it is not the organisation's computer
    """

    organisation_id: UUID
    mailbox_id: UUID
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CounsellorViewer:
    """A counselling organisation, by a consent.

    :ivar person_id: the employee who looks, when it is not the organisation's computer
    """

    organisation_id: UUID
    consent_id: UUID
    permission: Permission
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OperatorViewer:
    """Whoever runs this installation, at the command line."""

    mailbox_id: UUID


Viewer = CitizenViewer | SenderViewer | CounsellorViewer | OperatorViewer


@dataclass(frozen=True, slots=True)
class MailboxKey:
    """Proof that this mailbox may be opened, and the means to unseal what is in it."""

    mailbox_id: UUID
    consent: Consent | None
    _data_key: bytes = field(repr=False)

    def seal(self, table: str, row: object, content: bytes) -> bytes:
        """Seal something that belongs in this row of this mailbox."""
        at = sealing.place(self.mailbox_id, table, row)
        return sealing.seal(self._data_key, content, at=at)

    def unseal(self, table: str, row: object, sealed: bytes) -> bytes:
        """Unseal what belongs in this row of this mailbox.

        :raises BrokenSeal: it was changed, or belongs elsewhere
        """
        at = sealing.place(self.mailbox_id, table, row)
        return sealing.unseal(self._data_key, sealed, at=at)


class MailboxClosed(NotFound):
    """The mailbox does not open for this viewer, or does not exist: the answer is the same."""

    title = "There is nothing here that you may open"


def open_mailbox(
    session: Session,
    keys: KeyStore,
    viewer: Viewer,
    act: Act,
    *,
    now: datetime,
    subject_id: UUID | None = None,
) -> MailboxKey:
    """Cut a key to a mailbox, and write down who opened it and for what.

    :param subject_id: the letter or consent it is about, for the logbook
    :raises MailboxClosed: the viewer may not look inside
    """
    mailbox = _held(session, _found(session, viewer))
    # Looked at only now: whoever ends a consent holds the mailbox as well, so that once it
    # was ended nobody is still looking.
    consent = _consent_of(session, viewer, now)
    write_line(session, mailbox, _entry(viewer, consent, act, subject_id, now))
    return _cut(keys, mailbox, consent)


def open_for_list(
    session: Session, keys: KeyStore, viewer: CounsellorViewer, *, now: datetime
) -> MailboxKey:
    """Cut a key for the list of clients: what comes first, and what is new.

    The citizen has one line a day of it for each person who has them in their list: they look at
    it again and again, and the lines that matter more would drown.

    :raises MailboxClosed: the viewer may not look inside
    """
    mailbox = _held(session, _found(session, viewer))
    consent = _consent_of(session, viewer, now)
    entry = _entry(viewer, consent, Act.CLIENTS_LISTED, viewer.consent_id, now)
    said = {"act": entry.act, "actor_id": entry.actor_id, "person_id": entry.person_id}
    if not looked_since(session, mailbox.id, viewer.consent_id, start_of_day(now), **said):
        write_line(session, mailbox, entry)
    return _cut(keys, mailbox, consent)


def look_on(
    session: Session, keys: KeyStore, viewer: Viewer, *, subject_id: UUID, now: datetime
) -> MailboxKey:
    """Cut a key for more of what somebody is looking at: the pictures on the page of a letter.

    The look is in the logbook already, so this writes no line of its own.

    :param subject_id: the letter that `LETTER_SEEN` was written down for
    :raises MailboxClosed: the viewer may not look inside, or did not lately
    """
    mailbox = _held(session, _found(session, viewer))
    consent = _consent_of(session, viewer, now)
    looked = looked_since(
        session,
        mailbox.id,
        subject_id,
        now - LOOK_LASTS,
        act=Act.LETTER_SEEN,
        actor=_ACTORS[type(viewer)],
        consent_id=consent.id if consent else None,
        person_id=getattr(viewer, "person_id", None),
    )
    if not looked:
        raise _closed()
    return _cut(keys, mailbox, consent)


def open_for_machine(session: Session, keys: KeyStore, mailbox_id: UUID) -> MailboxKey:
    """Cut a key for the house's own reading and settling. Nobody looks, so no line.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    scope.enter(session, mailbox=mailbox_id)
    mailbox = queries.mailbox(session, mailbox_id)
    if mailbox is None or mailbox.wrapped_key is None:
        raise _closed()
    return _cut(keys, mailbox, None)


def mailbox_for(session: Session, keys: KeyStore, bsn: str, *, now: datetime) -> UUID:
    """Return the mailbox of this citizen service number, opening an unclaimed one if need be.

    The caller learns nothing from it: with or without a mailbox the answer is an id.
    """
    keyed_hash = keys.digest("bsn", bsn)
    scope.enter(session, recipient=keyed_hash)
    found = queries.mailbox_found_by(session, keyed_hash)
    if found is None:
        # Two first letters may arrive at once: the second waits here and then finds it.
        scope.enter(session, scope.alone("recipient", keyed_hash))
        found = queries.mailbox_found_by(session, keyed_hash)
    return found or _new_mailbox(session, keys, keyed_hash, bsn, now)


def claim_mailbox(session: Session, keys: KeyStore, mailbox_id: UUID, *, now: datetime) -> None:
    """Note that its citizen came in for the first time. Doing it again changes nothing.

    :raises MailboxClosed: it was closed
    """
    scope.enter(session, mailbox=mailbox_id)
    mailbox = _held(session, mailbox_id)
    if mailbox.claimed_at is None:
        open_mailbox(session, keys, CitizenViewer(mailbox_id), Act.CLAIMED, now=now)
        mailbox.claimed_at = now


def close_mailbox(
    session: Session, keys: KeyStore, viewer: CitizenViewer | OperatorViewer, *, now: datetime
) -> None:
    """Destroy the data key: what the mailbox holds here can never be read again.

    The last line of the logbook says who did it. Everyone is logged out, and nobody looks along
    any more. A backup from before holds the wrapped key. It is unreadable, too, once the key of
    the ring that wrapped it is gone (`docs/operating.md`).

    :raises MailboxClosed: it was closed before
    """
    open_mailbox(session, keys, viewer, Act.CLOSED, now=now)
    mailbox = _held(session, viewer.mailbox_id)
    mailbox.wrapped_key, mailbox.closed_at = None, now
    queries.forget_recipients(session, mailbox.id)
    visits.end_visits_to(session, mailbox.id)
    end_consents_in(session, mailbox.id, by=_ACTORS[type(viewer)], now=now)
    forget_preferences(session, mailbox.id)


def rewrap(session: Session, keys: KeyStore, mailbox_id: UUID) -> bool:
    """Wrap the data key with the newest key of the ring. Return whether that was needed."""
    scope.enter(session, mailbox=mailbox_id)
    mailbox = queries.mailbox_held(session, mailbox_id)
    if mailbox is None or mailbox.wrapped_key is None or keys.is_newest(mailbox.wrapped_key):
        return False
    data_key = keys.unwrap(mailbox.wrapped_key, mailbox_id=mailbox_id)
    mailbox.wrapped_key = keys.wrap(data_key, mailbox_id=mailbox_id)
    return True


_ACTORS = {
    CitizenViewer: ActorKind.CITIZEN,
    SenderViewer: ActorKind.SENDER,
    CounsellorViewer: ActorKind.COUNSELLOR,
    OperatorViewer: ActorKind.OPERATOR,
}


def _entry(
    viewer: Viewer, consent: Consent | None, act: Act, subject_id: UUID | None, now: datetime
) -> Entry:
    return Entry(
        at=now,
        act=act,
        actor=_ACTORS[type(viewer)],
        actor_id=getattr(viewer, "organisation_id", None),
        consent_id=consent.id if consent else None,
        subject_id=subject_id,
        person_id=getattr(viewer, "person_id", None),
    )


def _found(session: Session, viewer: Viewer) -> UUID:
    """Return which mailbox it is about, having entered its scope."""
    if not isinstance(viewer, CounsellorViewer):
        scope.enter(session, mailbox=viewer.mailbox_id)
        return viewer.mailbox_id
    organisation_id, consent_id = viewer.organisation_id, viewer.consent_id
    scope.enter(session, organisation=organisation_id)
    found = mailbox_of(session, organisation_id=organisation_id, consent_id=consent_id)
    if found is None:
        raise _closed()
    return found


def _consent_of(session: Session, viewer: Viewer, now: datetime) -> Consent | None:
    if not isinstance(viewer, CounsellorViewer):
        return None
    consent = consent_in_force(
        session, organisation_id=viewer.organisation_id, consent_id=viewer.consent_id, now=now
    )
    if consent is None or viewer.permission not in consent.permissions:
        raise _closed()
    return consent


def _held(session: Session, mailbox_id: UUID) -> Mailbox:
    mailbox = queries.mailbox_held(session, mailbox_id)
    if mailbox is None or mailbox.wrapped_key is None:
        raise _closed()
    return mailbox


def _cut(keys: KeyStore, mailbox: Mailbox, consent: Consent | None) -> MailboxKey:
    assert mailbox.wrapped_key is not None
    data_key = keys.unwrap(mailbox.wrapped_key, mailbox_id=mailbox.id)
    return MailboxKey(mailbox.id, consent, data_key)


def _closed() -> MailboxClosed:
    # The same words for "not yours" and "not there": a "no" must not tell a stranger that
    # someone has debts.
    return MailboxClosed("Check the address, and whether the consent is still in force.")


def _new_mailbox(
    session: Session, keys: KeyStore, keyed_hash: str, bsn: str, now: datetime
) -> UUID:
    mailbox_id, data_key = new_id(now), sealing.new_data_key()
    scope.enter(session, mailbox=mailbox_id)
    wrapped_key = keys.wrap(data_key, mailbox_id=mailbox_id)
    session.add(Mailbox(id=mailbox_id, wrapped_key=wrapped_key, opened_at=now))
    session.flush()
    at = sealing.place(mailbox_id, Recipient.__tablename__, keyed_hash)
    sealed_number = sealing.seal(data_key, bsn.encode(), at=at)
    session.add(
        Recipient(keyed_hash=keyed_hash, mailbox_id=mailbox_id, sealed_number=sealed_number)
    )
    session.flush()
    return mailbox_id
