"""A citizen who says yes, narrows and says stop, without a browser."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from letterbox import access
from letterbox.access import CitizenViewer, OperatorViewer
from letterbox.consent import service
from letterbox.consent.rules import Permission
from letterbox.consent.service import Narrowing
from letterbox.logbook.models import LogbookLine
from letterbox.logbook.queries import lines_of
from letterbox.logbook.rules import Act
from letterbox.overview.service import seal_left_out
from letterbox.people import queries
from letterbox.shared.ids import new_id
from letterbox.shared.ports import Supplies
from tests.builders import BSN, System

A_REQUEST = {
    "purpose": "Samen een overzicht maken.",
    "permissions": ["overview"],
    "days": 30,
    "counsellor": {"name": "S. Okafor", "role": "schuldhulpverlener"},
}


def asked(counsellor: System, **changes: Any) -> dict[str, Any]:
    """Ask for consent and return the answer."""
    answer = counsellor.post("/v1/consent-requests", json=A_REQUEST | changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def agreed(counsellor: System, *, bsn: str = BSN, **narrowing: Any) -> UUID:
    """Ask for consent, let the citizen grant it, and return its id."""
    permissions = list(narrowing.get("permissions", (Permission.OVERVIEW,)))
    request = asked(counsellor, permissions=permissions, days=narrowing.get("days", 30))
    return grant(counsellor.supplies, request["code"], bsn=bsn, **narrowing)


def grant(
    supplies: Supplies,
    code: str,
    *,
    bsn: str = BSN,
    permissions: tuple[Permission, ...] = (Permission.OVERVIEW,),
    days: int = 30,
    letters_from: date | None = None,
    left_out: Collection[str] = (),
) -> UUID:
    """Agree to the request with this code, and return the id of the consent."""
    now = supplies.clock()
    consent_id = new_id(now)
    with supplies.sessions.begin() as session:
        mailbox_id = access.mailbox_for(session, supplies.keys, bsn, now=now)
        request = service.open_request(session, supplies.keys, code, now=now)
        viewer, act = CitizenViewer(mailbox_id), Act.CONSENT_GRANTED
        key = access.open_mailbox(session, supplies.keys, viewer, act, now=now)
        organisation = queries.organisation(session, request.organisation_id)
        assert organisation is not None
        sealed = seal_left_out(session, key, consent_id, frozenset(left_out))
        narrowing = Narrowing(permissions, days, letters_from, sealed)
        service.grant(
            session,
            supplies.signer,
            request,
            organisation,
            narrowing,
            mailbox_id=mailbox_id,
            consent_id=consent_id,
            now=now,
        )
    return consent_id


def decline(supplies: Supplies, code: str) -> None:
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        request = service.open_request(session, supplies.keys, code, now=now)
        service.decline(session, request, now=now)


def withdraw(supplies: Supplies, consent_id: UUID, *, bsn: str = BSN) -> None:
    """End a consent at once, as its citizen."""
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        mailbox_id = access.mailbox_for(session, supplies.keys, bsn, now=now)
        viewer, act = CitizenViewer(mailbox_id), Act.CONSENT_ENDED
        access.open_mailbox(session, supplies.keys, viewer, act, now=now)
        service.end(session, mailbox_id, consent_id, reason=None, now=now)


def claim(supplies: Supplies, *, bsn: str = BSN) -> None:
    """Come in for the first time."""
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        mailbox_id = access.mailbox_for(session, supplies.keys, bsn, now=now)
        access.claim_mailbox(session, supplies.keys, mailbox_id, now=now)


def close(supplies: Supplies, *, bsn: str = BSN) -> None:
    """Close the mailbox for good."""
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        mailbox_id = access.mailbox_for(session, supplies.keys, bsn, now=now)
        access.close_mailbox(session, supplies.keys, OperatorViewer(mailbox_id), now=now)


def logbook(supplies: Supplies, *, bsn: str = BSN) -> list[LogbookLine]:
    """Return the lines of a mailbox, oldest first. Looking leaves nothing behind."""
    now = supplies.clock()
    with supplies.sessions() as session:
        mailbox_id = access.mailbox_for(session, supplies.keys, bsn, now=now)
        viewer, act = OperatorViewer(mailbox_id), Act.LOGBOOK_SEEN
        access.open_mailbox(session, supplies.keys, viewer, act, now=now)
        return [line for line in lines_of(session, mailbox_id) if line.actor != "operator"]
