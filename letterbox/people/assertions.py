"""How an organisation proves who it is: an assertion signed with its own key (RFC 7523).

Pure: the time, the registered keys and the expected audience come in.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from letterbox.shared.errors import LetterboxError

ALGORITHMS = ["ES256", "PS256"]
"""Nothing symmetric and nothing unsigned: `none` and HS256 are refused whatever a key says."""

LONGEST_LIFE = timedelta(seconds=60)
CLOCK_SKEW = timedelta(seconds=5)
LONGEST_JTI = 200

UNUSABLE = (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What taking a foreign payload apart may raise; it can be nested as deep as it is long."""


class NotRecognised(LetterboxError):
    """The caller could not prove who it is."""

    title = "We do not recognise you"


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a valid assertion says beside who made it."""

    jti: str
    expires_at: datetime


def claimed_id(assertion: str) -> UUID:
    """Return who the assertion says it is from. Not verified: for finding the keys only.

    :raises NotRecognised: it does not say so in the form of a client id
    """
    try:
        payload = json.loads(jws.extract_compact(assertion.encode()).payload)
        return UUID(payload["sub"])
    except UNUSABLE as error:
        raise NotRecognised("Send a JWT whose `sub` is your client id.") from error


def verified(
    assertion: str, *, client_id: UUID, jwks: Any, audience: str, now: datetime
) -> Assertion:
    """Return what the assertion says, once everything about it holds.

    :raises NotRecognised: signature, algorithm, issuer, audience or time is not right
    """
    try:
        claims = jwt.decode(assertion, KeySet.import_key_set(jwks), ALGORITHMS).claims
    except (JoseError, ValueError, KeyError) as error:
        raise NotRecognised("Sign with a key that is registered, ES256 or PS256.") from error
    aud = claims.get("aud")
    if claims.get("iss") != str(client_id) or claims.get("sub") != str(client_id):
        raise NotRecognised("`iss` and `sub` are both your client id.")
    if audience not in (aud if isinstance(aud, list) else [aud]):
        raise NotRecognised("`aud` is the address of the token endpoint.")
    return _timely(claims, now)


def _timely(claims: dict[str, Any], now: datetime) -> Assertion:
    jti = claims.get("jti")
    try:
        made_at = datetime.fromtimestamp(claims["iat"], UTC)
        expires_at = datetime.fromtimestamp(claims["exp"], UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        raise NotRecognised("Give `iat` and `exp` in seconds since 1970.") from error
    if not (made_at - CLOCK_SKEW <= now < expires_at <= made_at + LONGEST_LIFE):
        raise NotRecognised("An assertion lives 60 seconds at most, and is over or not yet valid.")
    # Printable: the database takes no NUL in a text.
    if not (isinstance(jti, str) and 0 < len(jti) <= LONGEST_JTI and jti.isprintable()):
        raise NotRecognised("Give each assertion a `jti` of its own, of at most 200 characters.")
    return Assertion(jti, expires_at)
