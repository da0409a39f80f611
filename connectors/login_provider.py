"""Logs citizens in with an OpenID Connect provider: code flow, PKCE S256, state and nonce.

Follows OpenID Connect Core 1.0 and the NL GOV profile (OIDC-NLGOV 1.0.1). Which claim holds
the citizen service number is a setting: brokers for DigiD differ.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx2
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import Departure, LoginFailed

ALGORITHMS = ["RS256", "PS256", "ES256"]
SECONDS_TO_ANSWER = 10
NEEDED = {"authorization_endpoint", "token_endpoint", "jwks_uri"}
"""Of what a provider says about itself (OpenID Connect Discovery 1.0, section 3)."""


@dataclass(frozen=True)
class LoginProvider:
    """Fulfils `Login`.

    :ivar claim: the claim of the ID token that holds the citizen service number
    """

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    claim: str

    def depart(self) -> Departure:
        with self._client() as client:
            nonce, verifier = generate_token(32), generate_token(64)
            url, state = client.create_authorization_url(
                self._metadata["authorization_endpoint"], nonce=nonce, code_verifier=verifier
            )
        return Departure(url=url, state=state, nonce=nonce, verifier=verifier)

    def arrive(self, departure: Departure, *, code: str) -> str:
        try:
            with self._client() as client:
                token = client.fetch_token(
                    self._metadata["token_endpoint"], code=code, code_verifier=departure.verifier
                )
                return self._number(token["id_token"], departure.nonce)
        except httpx2.HTTPError as error:
            raise Unavailable("The login provider does not answer. Try again later.") from error
        except (OAuthError, JoseError, KeyError, ValueError) as error:
            raise LoginFailed("Log in once more.") from error

    def _number(self, id_token: str, nonce: str) -> str:
        decoded = jwt.decode(id_token, self._keys(), algorithms=ALGORITHMS)
        jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
        ).validate(decoded.claims)
        return str(decoded.claims[self.claim])

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.client_id,
            self.client_secret,
            scope="openid",
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
            timeout=SECONDS_TO_ANSWER,
        )

    @cached_property
    def _metadata(self) -> dict[str, Any]:
        said = _fetched(f"{self.issuer}/.well-known/openid-configuration")
        if not (isinstance(said, dict) and said.keys() >= NEEDED):
            raise Unavailable("The login provider is not set up as we need it.")
        return said

    def _keys(self) -> KeySet:
        # Fetched for every login: a provider may replace its keys at any time.
        return KeySet.import_key_set(_fetched(self._metadata["jwks_uri"]))


def _fetched(url: str) -> Any:
    try:
        return httpx2.get(url, timeout=SECONDS_TO_ANSWER).raise_for_status().json()
    except (httpx2.HTTPError, ValueError) as error:
        raise Unavailable("The login provider does not answer. Try again later.") from error
