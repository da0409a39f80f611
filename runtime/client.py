"""What an organisation's own computer does: prove who it is, get a token, knock at the door.

The demo, the command line and the benchmarks use it; it is also an example for those who
write their own.
"""

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx2
from joserfc import jwt
from joserfc.jwk import ECKey

from api.oauth import ASSERTION_TYPE

SECONDS_LEFT = 60
"""A token that is over within this time is replaced before it is used."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an organisation keeps secret: a private key, and for which client id and address."""

    url: str
    client_id: str
    key: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read credentials from the file that `write` made."""
        return cls(**json.loads(path.read_text()))

    def write(self, path: Path) -> None:
        """Write credentials to a file that only its owner can read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(self), file)

    def assertion(self) -> str:
        """Return a fresh assertion for the token endpoint (RFC 7523), good for one minute."""
        key, now = ECKey.import_key(self.key), int(time.time())
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": f"{self.url}/oauth2/token",
            "jti": uuid4().hex,
            "iat": now,
            "exp": now + 60,
        }
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)


def new_key() -> ECKey:
    """Return a new key pair on P-256, named after itself (RFC 7638)."""
    return ECKey.generate_key("P-256", auto_kid=True)


class Client:
    """Talks to one Letterbox for one organisation, and renews its token by itself."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._http = httpx2.Client(base_url=credentials.url, timeout=60)
        self._token, self._over_at = "", 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def token(self) -> str:
        """Return an access token that holds for another minute at least.

        :raises httpx2.HTTPStatusError: the organisation is not recognised
        """
        if time.time() > self._over_at - SECONDS_LEFT:
            form = {
                "grant_type": "client_credentials",
                "client_assertion_type": ASSERTION_TYPE,
                "client_assertion": self._credentials.assertion(),
            }
            answer = self._http.post("/oauth2/token", data=form).raise_for_status().json()
            self._token, self._over_at = answer["access_token"], time.time() + answer["expires_in"]
        return self._token

    def deliver(self, letter: dict[str, Any], pdf: bytes) -> dict[str, Any]:
        """Deliver a letter and return the receipt.

        :raises httpx2.HTTPStatusError: it was refused
        """
        parts = {
            "letter": (None, json.dumps(letter), "application/json"),
            "document": ("letter.pdf", pdf, "application/pdf"),
        }
        return self._answer("POST", "/v1/letters", files=parts)

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Return what stands at an address.

        :raises httpx2.HTTPStatusError: it was refused
        """
        return self._answer("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Hand in a JSON body and return the answer.

        :raises httpx2.HTTPStatusError: it was refused
        """
        return self._answer("POST", path, json=body)

    def _answer(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token()}"}
        response = self._http.request(method, path, headers=headers, **more)
        return dict(response.raise_for_status().json())
