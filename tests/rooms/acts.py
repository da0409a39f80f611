"""What a door would do in a room, each act a transaction of its own, as in the real house."""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import Engine, text

from letterbox import access
from letterbox.access import CitizenViewer, MailboxKey, OperatorViewer, Viewer
from letterbox.consent import service as consents
from letterbox.consent.models import Consent
from letterbox.consent.rules import Permission
from letterbox.consent.service import Asked, Narrowing
from letterbox.debts import queries as debts
from letterbox.debts.citizen import Said, correct_debt, withdraw_correction
from letterbox.debts.facts import Correction, Debt, Settlement
from letterbox.debts.service import settle_mailbox
from letterbox.letters.notices import deliver_notice
from letterbox.letters.own import add_letter
from letterbox.letters.pictures import Easel, picture_of
from letterbox.letters.rules import (
    Envelope,
    Incoming,
    IncomingNotice,
    Notice,
    NoticeReceived,
    NoticeType,
    Receipt,
    Status,
)
from letterbox.letters.service import PostRoom, deliver_letter
from letterbox.logbook.models import LogbookLine
from letterbox.logbook.queries import lines_of
from letterbox.logbook.rules import Act
from letterbox.logbook.service import first_broken_line
from letterbox.overview.rules import Overview
from letterbox.overview.service import show_overview
from letterbox.people import queries
from letterbox.people.models import Organisation
from letterbox.reading.service import ReadingDesk, read_letter
from letterbox.shared import scope
from letterbox.shared.ids import new_id
from letterbox.shared.money import Euro
from letterbox.shared.ports import Supplies
from tests.builders import BSN, DEMAND
from tests.polling import until

T = TypeVar("T")

BOTH = (Permission.OVERVIEW, Permission.LETTERS)


def a_mailbox(supplies: Supplies, bsn: str = BSN) -> UUID:
    with supplies.sessions.begin() as session:
        return access.mailbox_for(session, supplies.keys, bsn, now=supplies.clock())


def incoming(pdf: str = DEMAND, *, bsn: str = BSN, **envelope: Any) -> Incoming:
    facts: dict[str, Any] = {
        "message_id": uuid4().hex,
        "subject": "Aanmaning",
        "sent_on": date(2026, 2, 20),
    }
    whole = Envelope(**(facts | envelope))
    return Incoming(bsn, whole, pdf.encode(), canonical=f"{bsn}/{whole}")


def deliver(
    supplies: Supplies, sender: Organisation, pdf: str = DEMAND, *, bsn: str = BSN, **envelope: Any
) -> Receipt:
    with supplies.sessions.begin() as session:
        letter = incoming(pdf, bsn=bsn, **envelope)
        return deliver_letter(session, post_room(supplies), sender, letter, now=supplies.clock())


def add(supplies: Supplies, mailbox_id: UUID, *files: bytes) -> UUID:
    """Add a letter as its citizen, and return its id."""
    citizen, now = CitizenViewer(mailbox_id), supplies.clock()
    with supplies.sessions.begin() as session:
        return add_letter(session, post_room(supplies), citizen, files, now=now)


def picture(supplies: Supplies, viewer: Viewer, letter_id: UUID, page: int = 1) -> bytes:
    easel = Easel(supplies.sessions, supplies.keys, supplies.files, supplies.reader)
    with supplies.sessions() as session:
        drawn = picture_of(session, easel, viewer, letter_id, page, now=supplies.clock())
        session.commit()
        return drawn


def tell(
    supplies: Supplies,
    sender: Organisation,
    *,
    bsn: str = BSN,
    message_id: str | None = None,
    **facts: Any,
) -> NoticeReceived:
    """Deliver a claim notice about the demand of `tests.builders`."""
    known: dict[str, Any] = {
        "reference": "HU-2026-0417",
        "type": NoticeType.PAYMENT_RECEIVED,
        "on": date(2026, 2, 25),
        "amount": Euro(100_00),
    }
    notice = Notice(**(known | facts))
    told = IncomingNotice(bsn, message_id or uuid4().hex, notice, f"{bsn}/{notice}")
    keys, jobs, now = supplies.keys, supplies.jobs, supplies.clock()
    with supplies.sessions.begin() as session:
        return deliver_notice(session, keys, jobs, sender, told, now=now)


def correct(supplies: Supplies, mailbox_id: UUID, said: Said) -> Correction:
    keys, jobs, now = supplies.keys, supplies.jobs, supplies.clock()
    with supplies.sessions.begin() as session:
        return correct_debt(session, keys, jobs, CitizenViewer(mailbox_id), said, now=now)


def take_back(supplies: Supplies, mailbox_id: UUID, correction_id: UUID) -> None:
    keys, jobs, now = supplies.keys, supplies.jobs, supplies.clock()
    with supplies.sessions.begin() as session:
        citizen = CitizenViewer(mailbox_id)
        withdraw_correction(session, keys, jobs, citizen, correction_id, now=now)


def settlement(supplies: Supplies, mailbox_id: UUID) -> Settlement:
    """Return what the latest snapshot of this mailbox holds."""
    with supplies.sessions() as session:
        key = access.open_for_machine(session, supplies.keys, mailbox_id)
        snapshot = debts.snapshot_in(session, key)
        return debts.settlement_in(key, snapshot.sealed) if snapshot else Settlement()


def debts_in(supplies: Supplies, mailbox_id: UUID) -> tuple[Debt, ...]:
    return settlement(supplies, mailbox_id).debts


def read(supplies: Supplies, mailbox_id: UUID, letter_id: UUID) -> Status:
    with supplies.sessions.begin() as session:
        return read_letter(session, desk(supplies), mailbox_id, letter_id, now=supplies.clock())


def settle(supplies: Supplies, mailbox_id: UUID) -> int:
    """Settle the mailbox, and return the version of its snapshot."""
    with supplies.sessions.begin() as session:
        return settle_mailbox(session, supplies.keys, mailbox_id, now=supplies.clock()).version


def post_room(supplies: Supplies) -> PostRoom:
    return PostRoom(supplies.keys, supplies.files, supplies.reader, supplies.signer, supplies.jobs)


def desk(supplies: Supplies) -> ReadingDesk:
    return ReadingDesk(supplies.keys, supplies.files, supplies.reader, supplies.jobs)


def ask(
    supplies: Supplies,
    organisation: Organisation,
    *,
    permissions: Iterable[Permission] = BOTH,
    days: int = 30,
) -> tuple[UUID, str]:
    """Ask for consent, and return the id of the request and its code."""
    asked = Asked("Samen een overzicht maken.", tuple(permissions), days, "S. Okafor", "hulp", None)
    with supplies.sessions.begin() as session:
        request, code = consents.ask(
            session, supplies.keys, organisation.id, asked, now=supplies.clock()
        )
        return request.id, code


def grant(
    supplies: Supplies,
    code: str,
    mailbox_id: UUID,
    *,
    permissions: Iterable[Permission] = BOTH,
    days: int = 30,
) -> Consent:
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        request = consents.open_request(session, supplies.keys, code, now=now)
        consent_id, viewer = new_id(now), CitizenViewer(mailbox_id)
        access.open_mailbox(
            session, supplies.keys, viewer, Act.CONSENT_GRANTED, subject_id=consent_id, now=now
        )
        organisation = queries.organisation(session, request.organisation_id)
        assert organisation is not None
        return consents.grant(
            session,
            supplies.signer,
            request,
            organisation,
            Narrowing(tuple(permissions), days),
            mailbox_id=mailbox_id,
            consent_id=consent_id,
            now=now,
        )


def decline(supplies: Supplies, code: str) -> None:
    with supplies.sessions.begin() as session:
        request = consents.open_request(session, supplies.keys, code, now=supplies.clock())
        consents.decline(session, request, now=supplies.clock())


def a_consent(
    supplies: Supplies,
    organisation: Organisation,
    mailbox_id: UUID,
    *,
    permissions: Collection[Permission] = BOTH,
    days: int = 30,
) -> Consent:
    _, code = ask(supplies, organisation, permissions=permissions, days=days)
    return grant(supplies, code, mailbox_id, permissions=permissions, days=days)


def revoke(supplies: Supplies, mailbox_id: UUID, consent_id: UUID) -> Consent:
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        viewer, act = CitizenViewer(mailbox_id), Act.CONSENT_ENDED
        access.open_mailbox(session, supplies.keys, viewer, act, subject_id=consent_id, now=now)
        return consents.end(session, mailbox_id, consent_id, reason=None, now=now)


def look(
    supplies: Supplies,
    viewer: Viewer,
    act: Act = Act.OVERVIEW_SEEN,
    *,
    subject_id: UUID | None = None,
) -> MailboxKey:
    keys, now = supplies.keys, supplies.clock()
    with supplies.sessions.begin() as session:
        return access.open_mailbox(session, keys, viewer, act, subject_id=subject_id, now=now)


def overview(supplies: Supplies, viewer: Viewer) -> Overview:
    with supplies.sessions.begin() as session:
        now, act = supplies.clock(), Act.OVERVIEW_SEEN
        key = access.open_mailbox(session, supplies.keys, viewer, act, now=now)
        return show_overview(session, key, now=now)


def close(supplies: Supplies, mailbox_id: UUID) -> None:
    with supplies.sessions.begin() as session:
        operator = OperatorViewer(mailbox_id)
        access.close_mailbox(session, supplies.keys, operator, now=supplies.clock())


def logbook(supplies: Supplies, mailbox_id: UUID) -> Sequence[LogbookLine]:
    with supplies.sessions() as session:
        scope.enter(session, mailbox=mailbox_id)
        return lines_of(session, mailbox_id)


def broken_line(supplies: Supplies, mailbox_id: UUID) -> int | None:
    with supplies.sessions() as session:
        scope.enter(session, mailbox=mailbox_id)
        mailbox = queries.mailbox_held(session, mailbox_id)
        assert mailbox is not None
        return first_broken_line(session, mailbox)


def verified(supplies: Supplies, receipt: str) -> jwt.Token:
    """Open a receipt as anyone can, with the public keys only."""
    published: Any = supplies.signer.public_keys()
    return jwt.decode(receipt, KeySet.import_key_set(published), ["ES256"])


def at_once(times: int, act: Callable[[int], T]) -> list[T]:
    """Do something in so many threads, all at the same moment."""
    ready = Barrier(times, timeout=10)

    def wait_and_act(number: int) -> T:
        ready.wait()
        return act(number)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(wait_and_act, range(times)))


def until_someone_waits(owner: Engine, *, unless: "Future[Any]") -> None:
    """Return once a transaction waits for another one's lock.

    :param unless: the work that should wait; if it ends instead, it did not
    """
    until_done_or_waiting(owner, unless)
    assert not unless.done(), "It went on without waiting."


def until_done_or_waiting(owner: Engine, work: "Future[Any]") -> None:
    """Return once work is done, or waits for the lock of another transaction."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")

    def seen() -> bool:
        with owner.connect() as connection:
            return work.done() or bool(connection.scalar(waiting))

    until(seen, "It is done, or waits")
