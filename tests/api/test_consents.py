from uuid import UUID, uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from letterbox.consent.rules import Permission
from letterbox.shared.ports import Supplies
from tests.api.consenting import agreed, withdraw
from tests.builders import BSN, OTHER_BSN, System
from tests.fakes import FakeClock


class TestListConsents:
    def test_is_empty_at_first(self, counsellor: System) -> None:
        assert counsellor.get("/v1/consents").json() == {"consents": [], "next": None}

    def test_shows_what_was_granted(self, counsellor: System) -> None:
        consent_id = agreed(counsellor, permissions=(Permission.OVERVIEW,), days=30)

        (consent,) = counsellor.get("/v1/consents").json()["consents"]

        assert consent | {"receipt": "…"} == {
            "id": str(consent_id),
            "status": "active",
            "permissions": ["overview"],
            "purpose": "Samen een overzicht maken.",
            "counsellorName": "S. Okafor",
            "validFrom": "2026-03-01T12:00:00Z",
            "validUntil": "2026-03-31T12:00:00Z",
            "endedAt": None,
            "receipt": "…",
        }

    @pytest.mark.parametrize("limit", [1, 2, 5])
    def test_is_complete_and_in_order(
        self, counsellor: System, clock: FakeClock, limit: int
    ) -> None:
        granted = [str(agreed_at(clock, counsellor)) for _ in range(5)]

        assert everything(counsellor, limit=limit) == granted

    def test_shows_no_consents_of_another_organisation(
        self, counsellor: System, sender: System
    ) -> None:
        agreed(counsellor)

        assert sender.get("/v1/consents").json()["consents"] == []

    def test_shows_consents_of_several_citizens(self, counsellor: System) -> None:
        mine, theirs = agreed(counsellor, bsn=BSN), agreed(counsellor, bsn=OTHER_BSN)

        assert {*everything(counsellor, limit=100)} == {str(mine), str(theirs)}

    @pytest.mark.parametrize("query", [{"after": "-7"}, {"limit": 0}, {"limit": 1001}], ids=str)
    def test_refuses_what_is_no_cursor_or_limit(
        self, counsellor: System, query: dict[str, str]
    ) -> None:
        assert counsellor.get("/v1/consents", params=query).status_code == 400


class TestShowConsent:
    def test_is_active_until_it_is_over_to_the_second(
        self, counsellor: System, clock: FakeClock
    ) -> None:
        consent_id = agreed(counsellor, days=30)

        clock.advance(days=30, seconds=-1)
        assert status(counsellor, consent_id) == "active"
        clock.advance(seconds=1)
        assert status(counsellor, consent_id) == "expired"

    def test_is_revoked_at_once(
        self, counsellor: System, supplies: Supplies, clock: FakeClock
    ) -> None:
        consent_id = agreed(counsellor)
        clock.advance(seconds=1)
        withdraw(supplies, consent_id)

        consent = counsellor.get(f"/v1/consents/{consent_id}").json()
        assert (consent["status"], consent["endedAt"]) == ("revoked", "2026-03-01T12:00:01Z")

    def test_stays_revoked_after_it_would_have_expired(
        self, counsellor: System, supplies: Supplies, clock: FakeClock
    ) -> None:
        consent_id = agreed(counsellor)
        withdraw(supplies, consent_id)
        clock.advance(days=400)

        assert status(counsellor, consent_id) == "revoked"

    def test_has_a_receipt_that_holds(self, counsellor: System) -> None:
        consent = counsellor.get(f"/v1/consents/{agreed(counsellor)}").json()
        keys = KeySet.import_key_set(counsellor.client.get("/.well-known/jwks.json").json())

        receipt = jwt.decode(consent["receipt"], keys, ["ES256"])

        assert receipt.header["typ"] == "consent-receipt+jwt"
        assert receipt.claims["jti"] == consent["id"]
        assert receipt.claims["personal_data"] == consent["permissions"]
        assert receipt.claims["recipient"]["name"] == "Schuldhulp Zuid"

    def test_says_nothing_of_how_the_citizen_narrowed_it(self, counsellor: System) -> None:
        whole, narrowed = agreed(counsellor), agreed(counsellor, left_out={"De Wilg"})

        shown = [counsellor.get(f"/v1/consents/{each}").json() for each in (whole, narrowed)]
        assert shown[0].keys() == shown[1].keys()
        assert "De Wilg" not in str(shown)

    def test_of_somebody_else_looks_like_none_at_all(
        self, counsellor: System, sender: System
    ) -> None:
        theirs = agreed(counsellor)

        real, imagined = sender.get(f"/v1/consents/{theirs}"), sender.get(f"/v1/consents/{uuid4()}")

        assert real.status_code == imagined.status_code == 404
        assert real.json() == imagined.json()
        assert real.json()["type"] == "/problems/no-such-consent"


def agreed_at(clock: FakeClock, counsellor: System) -> UUID:
    clock.advance(seconds=1)
    return agreed(counsellor)


def everything(system: System, *, limit: int) -> list[str]:
    """Follow the cursor until a page is empty."""
    found: list[str] = []
    query: dict[str, str | int] = {"limit": limit}
    while page := (answer := system.get("/v1/consents", params=query).json())["consents"]:
        found += [consent["id"] for consent in page]
        query["after"] = answer["next"]
    return found


def status(system: System, consent_id: UUID) -> str:
    return str(system.get(f"/v1/consents/{consent_id}").json()["status"])
