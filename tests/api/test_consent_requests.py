import re
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from letterbox.shared.ports import Supplies
from tests.api.consenting import A_REQUEST, asked, decline, grant
from tests.api.tables import everything_in
from tests.builders import System
from tests.fakes import FakeClock


class TestAskConsent:
    def test_hands_out_a_code_that_lapses_after_fourteen_days(self, counsellor: System) -> None:
        request = asked(counsellor)

        assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", request["code"])
        assert request["url"] == f"https://letterbox.example/me/sharing?code={request['code']}"
        assert request["lapsesAt"] == "2026-03-15T12:00:00Z"

    def test_hands_out_another_code_every_time(self, counsellor: System) -> None:
        assert asked(counsellor)["code"] != asked(counsellor)["code"]

    def test_does_not_keep_the_code(self, counsellor: System, owner: Engine) -> None:
        code = asked(counsellor)["code"]

        assert code not in everything_in(owner)

    def test_says_where_the_request_stands(self, counsellor: System) -> None:
        answer = counsellor.post("/v1/consent-requests", json=A_REQUEST)

        where = answer.headers["location"]
        assert where == f"/v1/consent-requests/{answer.json()['id']}"
        assert counsellor.get(where).status_code == 200

    @pytest.mark.parametrize(
        "changes",
        [
            {"purpose": "kort"},
            {"purpose": "x" * 281},
            {"purpose": "met een NUL\0 erin"},
            {"permissions": []},
            {"permissions": ["everything"]},
            {"permissions": ["overview"] * 3},
            {"days": 0},
            {"days": 366},
            {"days": "30"},
            {"days": 30.5},
            {"days": True},
            {"counsellor": {"name": "S. Okafor"}},
            {"counsellor": {"name": "", "role": "x"}},
            {"counsellor": {"name": "S.\0", "role": "x"}},
            {"clientReference": "x" * 101},
            {"clientReference": "\0"},
            {"bsn": "999990019"},
        ],
        ids=str,
    )
    def test_refuses_what_is_not_as_described(
        self, counsellor: System, changes: dict[str, Any]
    ) -> None:
        answer = counsellor.post("/v1/consent-requests", json=A_REQUEST | changes)

        assert answer.status_code == 400, answer.text
        assert answer.json()["type"] == "/problems/invalid-request"
        assert "999990019" not in answer.text

    @pytest.mark.parametrize("body", ["", "SECRET", '{"purpose":', "[" * 50_000, '"\\ud800"'])
    def test_refuses_what_is_no_json(self, counsellor: System, body: str) -> None:
        headers = {"Content-Type": "application/json"}

        answer = counsellor.post("/v1/consent-requests", content=body, headers=headers)

        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
        assert {each["pointer"] for each in answer.json().get("errors", [])} <= {""}
        assert "SECRET" not in answer.text

    def test_takes_a_purpose_in_any_language(self, counsellor: System) -> None:
        assert asked(counsellor, purpose="Résumé de vos dettes — 债务 👍\nSamen.")


class TestShowConsentRequest:
    def test_is_pending_at_first(self, counsellor: System) -> None:
        request = asked(counsellor, clientReference="D-77")

        assert status(counsellor, request) == {
            "id": request["id"],
            "status": "pending",
            "clientReference": "D-77",
            "askedAt": "2026-03-01T12:00:00Z",
            "lapsesAt": "2026-03-15T12:00:00Z",
            "consentId": None,
        }

    def test_is_granted_and_names_the_consent(self, counsellor: System, supplies: Supplies) -> None:
        request = asked(counsellor)
        consent_id = grant(supplies, request["code"])

        shown = status(counsellor, request)
        assert (shown["status"], shown["consentId"]) == ("granted", str(consent_id))

    def test_is_declined_and_says_no_more(self, counsellor: System, supplies: Supplies) -> None:
        request = asked(counsellor)
        decline(supplies, request["code"])

        shown = status(counsellor, request)
        assert (shown["status"], shown["consentId"]) == ("declined", None)

    def test_lapses_to_the_second(self, counsellor: System, clock: FakeClock) -> None:
        request = asked(counsellor)

        clock.advance(days=14, seconds=-1)
        assert status(counsellor, request)["status"] == "pending"
        clock.advance(seconds=1)
        assert status(counsellor, request)["status"] == "lapsed"

    def test_does_not_show_the_code_again(self, counsellor: System) -> None:
        request = asked(counsellor)

        assert request["code"] not in str(status(counsellor, request))

    def test_of_somebody_else_looks_like_none_at_all(
        self, counsellor: System, sender: System
    ) -> None:
        request = asked(counsellor)

        real = sender.get(f"/v1/consent-requests/{request['id']}")
        imagined = sender.get(f"/v1/consent-requests/{uuid4()}")

        assert real.status_code == imagined.status_code == 404
        assert real.json() == imagined.json()
        assert real.json()["type"] == "/problems/no-such-request"


def status(system: System, request: dict[str, Any]) -> dict[str, Any]:
    answer = system.get(f"/v1/consent-requests/{request['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
