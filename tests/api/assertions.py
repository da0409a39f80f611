"""Assertions for the token endpoint, good and forged."""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import HMAC
from typing import Any

import httpx2
from joserfc import jws, jwt
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import Engine

from letterbox.people import service
from letterbox.people.models import Organisation
from runtime.database import sessions_on
from tests.builders import System

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def get_token(
    system: System, assertion: str, *, at: str = "/oauth2/token", **changes: str
) -> httpx2.Response:
    """Post an assertion to the token endpoint."""
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    return system.client.post(at, data=form | changes)


def by_hand(system: System, key: ECKey | RSAKey | None, *, alg: str, **header: Any) -> str:
    """Return an assertion of which all claims are right, signed in any way at all."""
    claims = jwt_claims(system.assertion())
    if key is None:
        return f"{_packed({'alg': alg, **header})}.{_packed(claims)}."
    named = {"kid": key.kid} if key.kid else {}
    return jwt.encode({"alg": alg, **named, **header}, claims, key, [alg])


def by_public_key(system: System, secret: bytes) -> str:
    """Return an assertion signed with HS256: the public key, which everybody has, as secret."""
    unsigned = by_hand(system, None, alg="HS256", kid=system.key.kid).removesuffix(".")
    signature = HMAC(secret, unsigned.encode(), sha256).digest()
    return f"{unsigned}.{_in_base64(signature)}"


def jwt_claims(token: str) -> dict[str, Any]:
    """Return what a token says, whoever signed it."""
    payload = jws.extract_compact(token.encode()).payload
    return dict(json.loads(payload))


def nested(*, payload: bool) -> str:
    """Return a token of which a part is nested deeper than a parser can follow."""
    deep = _in_base64(b"[" * 1400)
    good = _packed({"alg": "ES256", "sub": "x"})
    return f"{good}.{deep}.x" if payload else f"{deep}.{good}.x"


def registered(owner: Engine, system: System, **changes: Any) -> None:
    """Change the registration of an organisation, as the operator."""
    with sessions_on(owner).begin() as session:
        organisation = session.get_one(Organisation, system.organisation.id)
        for name, value in changes.items():
            setattr(organisation, name, value)


def suspend(owner: Engine, system: System) -> None:
    with sessions_on(owner).begin() as session:
        service.suspend(session, system.organisation.id, now=system.supplies.clock())


def _packed(claims: dict[str, Any]) -> str:
    return _in_base64(json.dumps(claims).encode())


def _in_base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
