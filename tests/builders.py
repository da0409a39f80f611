"""Short ways to put organisations and letters in the house. Only name what the test is about."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx2
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from api.dependencies import TOKEN_AUDIENCE, TOKEN_KIND
from letterbox.people import service
from letterbox.people.models import Organisation
from letterbox.shared.ports import Supplies
from runtime.worker import JOBS

BSN = "999990019"
OTHER_BSN = "123456782"
GROUND = "Wabb art. 10, in tests"
EVERYTHING = ("letters.deliver", "consents.request", "overviews.read")
DEMAND = """%PDF-1.7
Woningstichting De Wilg
Postbus 12, 1000 AA Amsterdam
Datum: 20 februari 2026
Ons kenmerk: HU-2026-0417
Betreft: aanmaning huurachterstand
Wij hebben uw betaling nog niet ontvangen.
Het openstaande bedrag is € 634,18.
Betaal dit bedrag uiterlijk 6 maart 2026 op rekening NL91 ABNA 0417 1643 00
onder vermelding van HU-2026-0417.
U bent in gebreke. Betaalt u niet, dan schakelen wij een gerechtsdeurwaarder in.
"""
IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32,}\b")


def without_ids(text: str) -> str:
    """Return a text without identifiers: by chance they hold the digits of any amount."""
    return IDS.sub("", text)


@dataclass
class System:
    """An organisation's computer: its registration, its key, and a way to knock."""

    organisation: Organisation
    key: ECKey
    supplies: Supplies
    client: TestClient
    scopes: tuple[str, ...] = EVERYTHING
    sent: int = field(default=0)

    def token(self) -> str:
        now = int(self.supplies.clock().timestamp())
        claims = {
            "sub": str(self.organisation.id),
            "aud": TOKEN_AUDIENCE,
            "scope": " ".join(self.scopes),
            "exp": now + 900,
        }
        return self.supplies.signer.sign(claims, kind=TOKEN_KIND)

    def assertion(self, **changes: Any) -> str:
        """Return an assertion that holds, but for what is changed; `None` leaves a claim out."""
        now = int(self.supplies.clock().timestamp())
        claims: dict[str, Any] = {
            "iss": str(self.organisation.id),
            "sub": str(self.organisation.id),
            "aud": f"{self.supplies.public_url}/oauth2/token",
            "jti": uuid4().hex,
            "iat": now,
            "exp": now + 60,
        } | changes
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, kept, self.key)

    def get(self, path: str, **more: Any) -> httpx2.Response:
        return self.client.get(path, headers=self._headers(more), **more)

    def post(self, path: str, **more: Any) -> httpx2.Response:
        return self.client.post(path, headers=self._headers(more), **more)

    def deliver(
        self, pdf: bytes | str = DEMAND, *, bsn: str = BSN, **changes: Any
    ) -> httpx2.Response:
        """Deliver a letter; every one is a new message unless told otherwise."""
        self.sent += 1
        letter = a_letter(bsn=bsn, **({"messageId": f"m-{self.sent}"} | changes))
        return self.post("/v1/letters", files=parts(letter, pdf))

    def tell(self, *, bsn: str = BSN, **changes: Any) -> httpx2.Response:
        """Deliver a claim notice; every one is a new message unless told otherwise."""
        self.sent += 1
        notice = a_notice(bsn=bsn, **({"messageId": f"n-{self.sent}"} | changes))
        return self.post("/v1/claim-notices", json=notice)

    def _headers(self, more: dict[str, Any]) -> dict[str, str]:
        headers: dict[str, str] = more.pop("headers", {})
        return {"Authorization": f"Bearer {self.token()}"} | headers


def a_letter(*, bsn: str = BSN, **changes: Any) -> dict[str, Any]:
    """Return the JSON part of a delivery."""
    return {
        "messageId": "m-1",
        "recipient": {"scheme": "bsn", "value": bsn},
        "sentOn": "2026-02-20",
        "subject": "Aanmaning huur",
    } | changes


def a_notice(*, bsn: str = BSN, **changes: Any) -> dict[str, Any]:
    """Return a claim notice about the demand above, as a client posts it."""
    return {
        "messageId": "n-1",
        "recipient": {"scheme": "bsn", "value": bsn},
        "reference": "HU-2026-0417",
        "type": "payment_received",
        "amount": "100.00",
        "on": "2026-02-25",
    } | changes


def parts(letter: Any, pdf: bytes | str = DEMAND) -> dict[str, Any]:
    """Return both parts of a delivery, as a client posts them."""
    content = pdf.encode() if isinstance(pdf, str) else pdf
    return {
        "letter": (None, json.dumps(letter), "application/json"),
        "document": ("letter.pdf", content, "application/pdf"),
    }


def a_registration(
    session: Session,
    *,
    name: str,
    now: datetime,
    ground: str | None = GROUND,
    scopes: Iterable[str] = EVERYTHING,
) -> tuple[Organisation, ECKey]:
    """Register an organisation with a key of its own."""
    key = ECKey.generate_key("P-256", auto_kid=True)
    number = f"00000099{uuid4().int % 10**8:08d}0000"
    organisation = service.register(
        session,
        name=name,
        number=number,
        scopes=frozenset(scopes),
        bsn_ground=ground,
        jwks={"keys": [key.as_dict(private=False)]},
        now=now,
    )
    return organisation, key


def work_off(supplies: Supplies, owner: Engine) -> int:
    """Do every job that waits, and the jobs those leave. Return how many there were."""
    take = text(
        "DELETE FROM procrastinate_jobs WHERE id = "
        "(SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo') RETURNING task_name, args"
    )
    done = 0
    while True:
        with owner.begin() as connection:
            job = connection.execute(take).one_or_none()
        if job is None:
            return done
        ids = {name: UUID(value) for name, value in job.args.items()}
        with supplies.sessions.begin() as session:
            JOBS[job.task_name](session, supplies, ids)
        done += 1
