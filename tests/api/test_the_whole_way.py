"""From a pushed letter to a pulled overview, through the doors only."""

from collections.abc import Callable

from letterbox import access
from letterbox.access import CitizenViewer
from letterbox.consent import service as consents
from letterbox.consent.rules import Permission
from letterbox.consent.service import Narrowing
from letterbox.logbook.rules import Act
from letterbox.people import queries
from letterbox.shared.ids import new_id
from letterbox.shared.ports import Supplies
from tests.builders import BSN, System


def test_a_pushed_letter_becomes_a_line_in_the_overview(
    connect: Callable[..., System], work: Callable[[], int], supplies: Supplies
) -> None:
    sender, counsellor = connect("De Wilg"), connect("Schuldhulp Zuid")
    sender.deliver()
    assert work() == 2
    asked = counsellor.post("/v1/consent-requests", json=A_REQUEST).json()
    grant(supplies, asked["code"])

    answered = counsellor.get(f"/v1/consent-requests/{asked['id']}").json()
    overview = counsellor.get(f"/v1/consents/{answered['consentId']}/overview")

    assert overview.status_code == 200, overview.text
    (debt,) = overview.json()["debts"]
    assert debt["creditor"]["name"] == "De Wilg"
    assert debt["outstanding"] == "634.18"
    assert debt["dueDate"] == "2026-03-06"


A_REQUEST = {
    "purpose": "Samen een overzicht maken.",
    "permissions": ["overview"],
    "days": 30,
    "counsellor": {"name": "S. Okafor", "role": "schuldhulpverlener"},
}


def grant(supplies: Supplies, code: str) -> None:
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        mailbox_id = access.mailbox_for(session, supplies.keys, BSN, now=now)
        request = consents.open_request(session, supplies.keys, code, now=now)
        viewer = CitizenViewer(mailbox_id)
        access.open_mailbox(session, supplies.keys, viewer, Act.CONSENT_GRANTED, now=now)
        organisation = queries.organisation(session, request.organisation_id)
        assert organisation
        consents.grant(
            session,
            supplies.signer,
            request,
            organisation,
            Narrowing((Permission.OVERVIEW,), 30),
            mailbox_id=mailbox_id,
            consent_id=new_id(now),
            now=now,
        )
