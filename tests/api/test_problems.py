"""The catalogue: each type of problem can be met, and nothing else can."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from api.catalogue import Entry, catalogue
from connectors.turnstile import CountingTurnstile
from letterbox.shared.errors import Unavailable
from runtime.contract import as_page
from schemas.problems import Problem
from tests.api.assertions import get_token
from tests.builders import System

HOUSE = Path(__file__).parents[2]
Provoke = Callable[[System, pytest.MonkeyPatch], httpx2.Response]


def without_scope(system: System, _: pytest.MonkeyPatch) -> httpx2.Response:
    system.scopes = ()
    return system.get("/v1/letters")


def without_ground(system: System, patch: pytest.MonkeyPatch) -> httpx2.Response:
    patch.setattr("api.dependencies.working", lambda *_: groundless(system))
    return system.deliver()


def groundless(system: System) -> object:
    system.organisation.bsn_ground = None
    return system.organisation


def other_letter(system: System, _: pytest.MonkeyPatch) -> httpx2.Response:
    system.deliver(messageId="m-1")
    return system.deliver(messageId="m-1", subject="Iets anders")


def other_notice(system: System, _: pytest.MonkeyPatch) -> httpx2.Response:
    system.tell(messageId="n-1")
    return system.tell(messageId="n-1", amount="1.00")


def too_large(system: System, _: pytest.MonkeyPatch) -> httpx2.Response:
    return system.post("/v1/consent-requests", content=b" " * 200_000)


def not_html(system: System, _: pytest.MonkeyPatch) -> httpx2.Response:
    return system.get(f"/v1/consents/{uuid4()}/overview", headers={"Accept": "text/html"})


def falling(error: Exception) -> Provoke:
    def provoke(system: System, patch: pytest.MonkeyPatch) -> httpx2.Response:
        def fall_over(*_: object, **__: object) -> None:
            raise error

        patch.setattr(system.supplies.jobs, "leave", fall_over)
        return system.deliver()

    return provoke


def once_too_often(system: System, patch: pytest.MonkeyPatch) -> httpx2.Response:
    strict = CountingTurnstile(per_minute=1)
    patch.setattr(system.supplies.turnstile, "let_through", strict.let_through)
    system.get("/v1/letters")
    return system.get("/v1/letters")


CASES: dict[str, Provoke] = {
    "invalid-request": lambda system, _: system.get("/v1/letters?limit=0"),
    "invalid-scope": lambda system, _: get_token(system, system.assertion(), scope="all"),
    "not-a-bsn": lambda system, _: system.deliver(bsn="999990018"),
    "not-an-iban": lambda system, _: system.deliver(claim={"iban": "NL00BANK"}),
    "pdf-refused": lambda system, _: system.deliver(b"GIF89a"),
    "not-recognised": lambda system, _: get_token(system, "x"),
    "not-signed": lambda system, _: system.client.get(
        "/v1/letters", headers={"Authorization": "Bearer x"}
    ),
    "scope-missing": without_scope,
    "no-ground-for-bsn": without_ground,
    "no-such-address": lambda system, _: system.get("/v1/nothing"),
    "no-such-letter": lambda system, _: system.get(f"/v1/letters/{uuid4()}"),
    "no-such-request": lambda system, _: system.get(f"/v1/consent-requests/{uuid4()}"),
    "no-such-consent": lambda system, _: system.get(f"/v1/consents/{uuid4()}"),
    "mailbox-closed": lambda system, _: system.get(f"/v1/consents/{uuid4()}/overview"),
    "method-not-allowed": lambda system, _: system.client.request("DELETE", "/v1/letters"),
    "not-acceptable": not_html,
    "message-id-taken": other_letter,
    "notice-id-taken": other_notice,
    "too-large": too_large,
    "too-many-requests": once_too_often,
    "wrong-media-type": lambda system, _: system.post("/v1/letters", json={}),
    "our-mistake": falling(RuntimeError("a surprise")),
    "unavailable": falling(Unavailable("The pile of notes is out of reach.")),
}


class TestTheCatalogue:
    def test_has_a_case_for_every_type(self) -> None:
        assert sorted(CASES) == sorted(entry.slug for entry in catalogue())

    @pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.slug)
    def test_describes_what_can_be_met(
        self, sender: System, entry: Entry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = CASES[entry.slug](sender, monkeypatch)

        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["type"] == f"/problems/{entry.slug}"
        assert (problem["status"], problem["title"]) == (entry.status, entry.title)
        assert answer.status_code == entry.status
        assert problem["detail"]

    @pytest.mark.parametrize("slug", CASES)
    def test_is_met_in_the_promised_shape(
        self, sender: System, slug: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        problem = CASES[slug](sender, monkeypatch).json()

        assert None not in problem.values()
        assert problem.keys() <= Problem.model_json_schema(by_alias=True)["properties"].keys()
        assert Problem.model_validate_json(json.dumps(problem))

    @pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.slug)
    def test_is_explained_where_its_type_leads(self, sender: System, entry: Entry) -> None:
        explained = sender.client.get(f"/problems/{entry.slug}")

        assert explained.status_code == 200
        assert entry.title in explained.text
        assert entry.slug in sender.client.get("/problems").text

    def test_does_not_explain_what_is_no_type(self, sender: System) -> None:
        answer = sender.client.get("/problems/SECRET")

        assert answer.status_code == 404
        assert "SECRET" not in answer.text

    def test_stands_in_the_documentation(self) -> None:
        assert (HOUSE / "docs" / "problems.md").read_text() == as_page(), "run `make contract`"
