from collections.abc import Callable, Iterator

import httpx2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.doorstep import LARGEST_REQUEST, VERSION
from letterbox.shared.ports import Supplies
from runtime.app import create_app
from tests.api.assertions import get_token
from tests.api.consenting import A_REQUEST, asked
from tests.builders import System

REQUIRED = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "api-version": VERSION,
    "access-control-allow-origin": "https://letterbox.example",
}
EVERY_KIND: dict[str, tuple[int, Callable[[System], httpx2.Response]]] = {
    "200": (200, lambda system: system.get("/v1/letters")),
    "200 of the keys": (200, lambda system: system.get("/.well-known/jwks.json")),
    "200 of a token": (200, lambda system: get_token(system, system.assertion())),
    "200 of health": (200, lambda system: system.get("/health/ready")),
    "201": (201, lambda system: system.deliver()),
    "400": (400, lambda system: system.get("/v1/letters?limit=0")),
    "400 of a token": (400, lambda system: get_token(system, "", grant_type="x")),
    "401": (401, lambda system: system.client.get("/v1/letters")),
    "401 of a token": (401, lambda system: get_token(system, "x")),
    "404": (404, lambda system: system.get("/v1/nothing")),
    "404 of a room": (404, lambda system: system.get(f"/v1/letters/{'0' * 32}")),
    "405": (405, lambda system: system.client.request("DELETE", "/v1/letters")),
    "413": (413, lambda system: system.post("/v1/consent-requests", content=b" " * 200_000)),
    "415": (415, lambda system: system.post("/v1/letters")),
}


class TestEveryAnswer:
    @pytest.mark.parametrize(("status", "ask"), EVERY_KIND.values(), ids=EVERY_KIND)
    def test_has_the_headers_of_the_api_rules(
        self, sender: System, status: int, ask: Callable[[System], httpx2.Response]
    ) -> None:
        answer = ask(sender)

        assert answer.status_code == status, answer.text
        assert {name: answer.headers.get(name) for name in REQUIRED} == REQUIRED
        assert answer.status_code < 400 or is_problem(answer)

    @pytest.mark.parametrize("path", ["/v1/letters", "/health/ready", "/.well-known/jwks.json"])
    def test_has_them_when_we_fall_over(
        self, sender: System, monkeypatch: pytest.MonkeyPatch, path: str
    ) -> None:
        break_everything(sender.supplies, monkeypatch)

        answer = sender.get(path, headers={"Authorization": "Bearer x"})

        assert answer.status_code == 500
        assert {name: answer.headers.get(name) for name in REQUIRED} == REQUIRED
        assert is_problem(answer)

    def test_says_nothing_of_what_went_wrong(
        self, sender: System, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        break_everything(sender.supplies, monkeypatch)

        answer = sender.get("/v1/letters", headers={"Authorization": "Bearer x"})

        assert "secret" not in answer.text
        assert answer.json()["instance"] in caplog.text
        assert "secret" not in caplog.text


class TestAnAddress:
    @pytest.mark.parametrize(
        "path", ["/v1/letters/", "/v1/consents/", "/oauth2/token/", "/health/live/"]
    )
    def test_has_no_slash_at_the_end(self, sender: System, path: str) -> None:
        assert sender.get(path).status_code == 404

    @pytest.mark.parametrize(
        ("path", "allowed"), [("/v1/letters", {"GET", "POST"}), ("/v1/consents", {"GET"})]
    )
    def test_says_which_methods_it_knows(
        self, sender: System, path: str, allowed: set[str]
    ) -> None:
        answer = sender.client.request("DELETE", path)

        assert answer.status_code == 405
        assert {*answer.headers["allow"].split(", ")} == allowed


class TestABody:
    @pytest.mark.parametrize("path", ["/v1/consent-requests", "/v1/letters", "/oauth2/token"])
    def test_is_not_read_when_it_is_too_large(self, sender: System, path: str) -> None:
        answer = sender.post(path, content=endless(), headers=types_for(path))

        assert answer.status_code == 413
        assert answer.json()["type"] == "/problems/too-large"

    def test_may_be_as_large_as_the_limit(self, sender: System) -> None:
        padding = " " * (LARGEST_REQUEST - 2)
        headers = {"Content-Type": "application/json"}

        answer = sender.post("/v1/consent-requests", content="{}" + padding, headers=headers)

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/invalid-request"

    def test_is_not_read_of_a_stranger(self, sender: System) -> None:
        answer = sender.client.post("/v1/letters", content=never())

        assert answer.status_code == 401


class TestTheHostHeader:
    def test_is_never_repeated(self, counsellor: System) -> None:
        evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}

        answers = [
            counsellor.post("/v1/consent-requests", json=A_REQUEST, headers=evil),
            counsellor.get("/.well-known/oauth-authorization-server", headers=evil),
            counsellor.get("/v1/openapi.json", headers=evil),
        ]

        assert [answer.is_success for answer in answers] == [True] * 3
        assert not any("evil" in answer.text + str(answer.headers) for answer in answers)

    def test_must_be_one_of_ours(self, supplies: Supplies) -> None:
        app = create_app(supplies, trusted_hosts=("letterbox.example",))
        stranger = TestClient(app, base_url="https://evil.example")

        answer = stranger.get("/health/live")

        assert answer.status_code == 400
        assert {name: answer.headers.get(name) for name in REQUIRED} == REQUIRED

    def test_does_not_decide_where_a_link_leads(self, counsellor: System) -> None:
        assert asked(counsellor)["url"].startswith("https://letterbox.example/")


def is_problem(answer: httpx2.Response) -> bool:
    return answer.headers["content-type"] == "application/problem+json"


def break_everything(supplies: Supplies, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(*_: object, **__: object) -> None:
        raise RuntimeError("a secret")

    for name in ("opened", "public_keys"):
        monkeypatch.setattr(supplies.signer, name, fall_over)
    monkeypatch.setattr(Session, "execute", fall_over)


def types_for(path: str) -> dict[str, str]:
    forms = {
        "/v1/letters": "multipart/form-data; boundary=x",
        "/oauth2/token": "application/x-www-form-urlencoded",
    }
    return {"Content-Type": forms.get(path, "application/json")}


def endless() -> Iterator[bytes]:
    """Yield more than anyone may send, without saying how much beforehand."""
    yield b"--x\r\nContent-Disposition: form-data; name=document; filename=x\r\n\r\n"
    for _ in range(24):
        yield b" " * 1024 * 1024


def never() -> Iterator[bytes]:
    yield b""
    raise AssertionError("somebody read on")
