"""Every kind of caller, each knocking at a door in its own way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx2
from sqlalchemy import Engine

from tests.api.assertions import ASSERTION_TYPE, suspend
from tests.api.consenting import A_REQUEST, agreed, asked, withdraw
from tests.builders import BSN, OTHER_BSN, System, a_letter, a_notice, parts
from tests.fakes import FakeClock
from tests.web.browser import Browser

PERIOD = {"days": 1, "hours": 1}
"""Longer than a token, a visit and a consent of one day may last."""


@dataclass
class World:
    """A house with a letter, a request and consents in it, and those who might come by."""

    connect: Callable[..., System]
    browse: Callable[[], Browser]
    owner: Engine
    clock: FakeClock
    ids: dict[str, UUID | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.system, self.other = self.connect("De Wilg"), self.connect("Iemand anders")
        self.suspended = self.connect("Geschorst")
        suspend(self.owner, self.suspended)
        self.lapsed = agreed(self.system, days=1)
        self.revoked = agreed(self.system)
        withdraw(self.system.supplies, self.revoked)
        self.old_token, self.old_assertion = self.system.token(), self.system.assertion()
        self.idle, self.idle_proof = self._logged_in(BSN)
        self.clock.advance(**PERIOD)
        self.citizen, self.proof = self._logged_in(BSN)
        self.stranger, self.strange_proof = self._logged_in(OTHER_BSN)
        self.ids = {
            "letterId": self.system.deliver().json()["id"],
            "requestId": asked(self.system)["id"],
            "consentId": agreed(self.system),
            "slug": "mailbox-closed",
        }

    def _logged_in(self, bsn: str) -> tuple[Browser, str]:
        browser = self.browse()
        browser.log_in(bsn)
        return browser, browser.proof

    def knock(self, door: str, caller: str) -> int:
        """Return the status with which this caller is answered at this door."""
        method, path = door.split()
        consent = {"lapsed consent": self.lapsed, "revoked consent": self.revoked}.get(caller)
        named = self.ids | ({"consentId": consent} if consent else {})
        address = path.format_map(named)
        ask = self._at_pages if door_is_page(path) else self._at_json
        return ask(method, address, caller).status_code

    def _at_json(self, method: str, address: str, caller: str) -> httpx2.Response:
        system = {"another organisation": self.other, "suspended": self.suspended}.get(
            caller, self.system
        )
        tokens = {"garbage": "garbage", "expired": self.old_token, "nobody": None}
        token = tokens.get(caller, system.token())
        if caller == "without the scope":
            token = System(
                system.organisation, system.key, system.supplies, system.client, ()
            ).token()
        browser = self.citizen if caller == "a citizen" else None
        client = browser.client if browser else system.client
        headers = {"Authorization": f"Bearer {token}"} if token and not browser else {}
        body = self._body(method, address, system, caller)
        return client.request(method, address, headers=headers, **body)

    def _body(self, method: str, address: str, system: System, caller: str) -> dict[str, Any]:
        if method == "GET":
            return {}
        if address == "/oauth2/token":
            return {"data": self._token_form(system, caller)}
        if address == "/v1/letters":
            return {"files": parts(a_letter(messageId=uuid4().hex))}
        if address == "/v1/claim-notices":
            return {"json": a_notice(messageId=uuid4().hex)}
        return {"json": A_REQUEST}

    def _token_form(self, system: System, caller: str) -> dict[str, str]:
        assertions = {"garbage": "garbage", "expired": self.old_assertion, "nobody": ""}
        return {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertions.get(caller, system.assertion()),
        }

    def _at_pages(self, method: str, address: str, caller: str) -> httpx2.Response:
        browser, proof = {
            "idle": (self.idle, self.idle_proof),
            "another citizen": (self.stranger, self.strange_proof),
            "the citizen": (self.citizen, self.proof),
            "without proof": (self.citizen, ""),
            "with another's proof": (self.citizen, self.strange_proof),
        }.get(caller, (self.browse(), ""))
        headers = {"Authorization": f"Bearer {self.system.token()}"} if caller == "a system" else {}
        form = {"proof": proof, "code": asked(self.system)["code"], "days": 30}
        if method == "GET":
            return browser.client.get(address, headers=headers)
        data = form | {"permissions": ["overview"]}
        return browser.client.post(address, headers=headers, data=data)


def door_is_page(path: str) -> bool:
    return not path.startswith(
        ("/v1/", "/oauth2/", "/.well-known/", "/health/", "/metrics", "/problems")
    )
