"""Logs people in with an OpenID Connect provider: code flow, PKCE S256, state and nonce.

Follows OpenID Connect Core 1.0 and the NL GOV profile (OIDC-NLGOV 1.0.1). Which claims hold what
we need is a setting: brokers for DigiD and eHerkenning differ.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import httpx2
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import Departure, LoginFailed, StaffMember

ALGORITHMS = ["RS256", "PS256", "ES256"]
SECONDS_TO_ANSWER = 10
NEEDED = {"authorization_endpoint", "token_endpoint", "jwks_uri"}
"""Of what a provider says about itself (OpenID Connect Discovery 1.0, section 3)."""


@dataclass(frozen=True)
class OpenIdProvider:
    """A provider that says who somebody is, in claims that were checked.

    :ivar levels: the values of `acr` that are good enough; none: it is not looked at
    """

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    levels: tuple[str, ...] = field(default=(), kw_only=True)

    scope: ClassVar[str] = "openid"

    def depart(self) -> Departure:
        """Start logging in.

        :raises Unavailable: the provider does not answer
        """
        wish = {"acr_values": " ".join(self.levels)} if self.levels else {}
        with self._client() as client:
            nonce, verifier = generate_token(32), generate_token(64)
            url, state = client.create_authorization_url(
                self._metadata["authorization_endpoint"],
                nonce=nonce,
                code_verifier=verifier,
                **wish,
            )
        return Departure(url=url, state=state, nonce=nonce, verifier=verifier)

    def claims(self, departure: Departure, *names: str, code: str) -> list[str]:
        """Return what these claims of the ID token say, once everything about it holds.

        :raises LoginFailed: the provider refuses, its answer does not hold, or a claim is missing
        :raises Unavailable: the provider does not answer
        """
        try:
            with self._client() as client:
                token = client.fetch_token(
                    self._metadata["token_endpoint"], code=code, code_verifier=departure.verifier
                )
                said = self._checked(token["id_token"], departure.nonce)
                return [str(said[name]) for name in names]
        except httpx2.HTTPError as error:
            raise Unavailable("The login provider does not answer. Try again later.") from error
        except (OAuthError, JoseError, KeyError, ValueError) as error:
            raise LoginFailed("Log in once more.") from error

    def _checked(self, id_token: str, nonce: str) -> dict[str, Any]:
        decoded = jwt.decode(id_token, self._keys(), algorithms=ALGORITHMS)
        jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            acr={"essential": True, "values": list(self.levels)} if self.levels else {},
        ).validate(decoded.claims)
        return decoded.claims

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.client_id,
            self.client_secret,
            scope=self.scope,
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


@dataclass(frozen=True)
class LoginProvider(OpenIdProvider):
    """Fulfils `Login`.

    :ivar claim: the claim of the ID token that holds the citizen service number
    """

    claim: str

    def arrive(self, departure: Departure, *, code: str) -> str:
        [number] = self.claims(departure, self.claim, code=code)
        return number


@dataclass(frozen=True)
class StaffLoginProvider(OpenIdProvider):
    """Fulfils `StaffLogin`.

    :ivar organisation_claim: the claim of the ID token that holds the OIN or KvK number
    :ivar name_claim: the one that holds the name of the person
    """

    organisation_claim: str
    name_claim: str

    # Names are only told to who asks for the profile (OpenID Connect Core 1.0, section 5.4).
    scope: ClassVar[str] = "openid profile"

    def arrive(self, departure: Departure, *, code: str) -> StaffMember:
        wanted = (self.organisation_claim, "sub", self.name_claim)
        number, subject, said = self.claims(departure, *wanted, code=code)
        # It is shown to citizens, and the database takes no NUL in a text.
        name = "".join(letter for letter in said if letter.isprintable()).strip()
        if not (number and subject and name):
            raise LoginFailed("The login provider does not say for whom you work, or who you are.")
        return StaffMember(number, subject, name)


def _fetched(url: str) -> Any:
    try:
        return httpx2.get(url, timeout=SECONDS_TO_ANSWER).raise_for_status().json()
    except (httpx2.HTTPError, ValueError) as error:
        raise Unavailable("The login provider does not answer. Try again later.") from error
