"""Every kind of caller, each knocking at a door in its own way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx2
from sqlalchemy import Engine

from letterbox.consent.rules import Permission
from letterbox.debts.citizen import Said
from letterbox.debts.facts import CorrectionKind
from tests.api.assertions import ASSERTION_TYPE, suspend
from tests.api.consenting import A_REQUEST, agreed, asked, withdraw
from tests.builders import BSN, DEMAND, OTHER_BSN, System, a_letter, a_notice, parts, work_off
from tests.fakes import FakeClock
from tests.rooms import acts
from tests.web.browser import Browser, markup
from tests.web.office import Office

BOTH = (Permission.OVERVIEW, Permission.LETTERS)
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
        self.lapsed = agreed(self.system, days=1, permissions=BOTH)
        self.revoked = agreed(self.system, permissions=BOTH)
        withdraw(self.system.supplies, self.revoked)
        self.old_token, self.old_assertion = self.system.token(), self.system.assertion()
        self.idle, self.idle_proof = self._logged_in(BSN)
        self.idle_employee = self._at_work(self.system)
        self.clock.advance(**PERIOD)
        self.citizen, self.proof = self._logged_in(BSN)
        self.stranger, self.strange_proof = self._logged_in(OTHER_BSN)
        self.ids = {
            "letterId": self.system.deliver().json()["id"],
            "requestId": asked(self.system)["id"],
            "consentId": agreed(self.system, permissions=BOTH),
            "slug": "mailbox-closed",
            "token": self._calendar(),
            "ending": "json",
            "pageNumber": "1",
        }
        work_off(self.system.supplies, self.owner)
        self.ids["debtId"] = self._a_debt()
        self.ids["correctionId"] = self._a_correction()
        # The pictures of a letter are shown to whoever looks at it.
        self.citizen.get(f"/me/letters/{self.ids['letterId']}")
        self.employees = {
            "an idle employee": self.idle_employee,
            "another organisation": self._at_work(self.other),
            "suspended": self._at_work(self.connect("Straks geschorst"), suspended=True),
            "without the scope": self._at_work(self.connect("Zonder", scopes=())),
            "an employee": self._at_work(self.system),
        }

    def _a_debt(self) -> str:
        overview = self.system.get(f"/v1/consents/{self.ids['consentId']}/overview").json()
        return str(overview["debts"][0]["id"])

    def _a_correction(self) -> UUID:
        supplies = self.system.supplies
        said = Said(CorrectionKind.DISPUTED, debt_id=UUID(str(self.ids["debtId"])))
        return acts.correct(supplies, acts.a_mailbox(supplies), said).correction_id

    def _logged_in(self, bsn: str) -> tuple[Browser, str]:
        browser = self.browse()
        browser.log_in(bsn)
        return browser, browser.proof

    def _calendar(self) -> str:
        made = self.citizen.send("/me/settings/calendar")
        (address,) = markup(made).named("textarea")
        return address.text.strip().rpartition("/")[2].removesuffix(".ics")

    def _at_work(self, employer: System, *, suspended: bool = False) -> tuple[Office, str]:
        browser = Office(self.browse().client)
        browser.log_in_for(employer.organisation)
        proof = browser.proof
        if suspended:
            suspend(self.owner, employer)
        return browser, proof

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
            "an employee without proof": (self.employees["an employee"][0], ""),
            "an employee with a citizen's proof": (self.employees["an employee"][0], self.proof),
            **self.employees,
            # Of the right organisation: it is the consent that is not in force.
            **dict.fromkeys(("lapsed consent", "revoked consent"), self.employees["an employee"]),
        }.get(caller, (self.browse(), ""))
        headers = {"Authorization": f"Bearer {self.system.token()}"} if caller == "a system" else {}
        form = {"proof": proof, "code": asked(self.system)["code"], "days": 30}
        form |= {"purpose": A_REQUEST["purpose"], "name": "S. Okafor", "role": "hulpverlener"}
        if method == "GET":
            return browser.client.get(address, headers=headers)
        data = form | {"permissions": ["overview"], "address": "x@post.example", "sure": "yes"}
        data |= {"kind": "disputed", "field": "outstanding", "value": "634.18"}
        if address.startswith("/office/letters"):
            letter = {"document": ("brief.pdf", DEMAND, "application/pdf")}
            data |= {"mark": "AAAAAAAA", "bsn": BSN, "sent_on": "2026-02-20", "subject": "Huur"}
            return browser.client.post(address, headers=headers, data=data, files=letter)
        return browser.client.post(address, headers=headers, data=data)


def door_is_page(path: str) -> bool:
    return not path.startswith(
        ("/v1/", "/oauth2/", "/.well-known/", "/health/", "/metrics", "/problems")
    )
