"""Access tokens for systems: OAuth 2.0 client credentials with `private_key_jwt`.

Source: RFC 6749 section 4.4, RFC 7523, RFC 9068 for the token, RFC 8414 for the metadata,
and the NL GOV assurance profile for OAuth 2.0. These addresses are not under /v1: they are
fixed by those standards, not by us.
"""

from datetime import timedelta
from secrets import token_hex
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form
from pydantic import BaseModel

from api.catalogue import InvalidScope
from api.dependencies import TOKEN_AUDIENCE, TOKEN_KIND, Anyone, Now, SessionHere, SuppliesHere
from letterbox.people import service
from letterbox.people.assertions import ALGORITHMS

router = APIRouter(tags=["tokens"], dependencies=[Anyone])

LIFETIME = timedelta(minutes=15)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class TokenOut(BaseModel):
    """An access token (RFC 6749, section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


@router.post("/oauth2/token", summary="Get an access token", operation_id="getToken")
def get_token(
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    grant_type: Annotated[Literal["client_credentials"], Form()],
    client_assertion_type: Annotated[
        Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"], Form()
    ],
    client_assertion: Annotated[str, Form(max_length=4000)],
    scope: Annotated[str | None, Form(max_length=200)] = None,
) -> TokenOut:
    """Exchange a signed assertion for an access token of 15 minutes."""
    audience = f"{supplies.public_url}/oauth2/token"
    caller = service.recognise(session, client_assertion, audience=audience, now=now)
    scopes = scope.split() if scope else caller.scopes
    if not {*scopes} <= {*caller.scopes}:
        raise InvalidScope("Ask for what you were given, or leave `scope` out.", pointer="/scope")
    claims = {
        "sub": str(caller.id),
        "client_id": str(caller.id),
        "aud": TOKEN_AUDIENCE,
        "scope": " ".join(scopes),
        "jti": token_hex(16),
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
    }
    token = supplies.signer.sign(claims, kind=TOKEN_KIND)
    return TokenOut(
        access_token=token,
        token_type="Bearer",  # noqa: S106
        expires_in=int(LIFETIME.total_seconds()),
        scope=claims["scope"],
    )


@router.get("/.well-known/oauth-authorization-server", operation_id="showMetadata")
def show_metadata(supplies: SuppliesHere) -> dict[str, Any]:
    """Describe this authorization server (RFC 8414)."""
    return {
        "issuer": supplies.public_url,
        "token_endpoint": f"{supplies.public_url}/oauth2/token",
        "jwks_uri": f"{supplies.public_url}/.well-known/jwks.json",
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
        "scopes_supported": sorted(service.SCOPES),
    }


@router.get("/.well-known/jwks.json", operation_id="showKeys")
def show_keys(supplies: SuppliesHere) -> dict[str, Any]:
    """Show the keys that tokens and receipts are signed with (RFC 7517)."""
    return supplies.signer.public_keys()
