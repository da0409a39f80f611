import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from letterbox.people.assertions import Assertion, NotRecognised, claimed_id, verified
from tests.fakes import NOON

AUDIENCE = "https://letterbox.example/oauth2/token"
CLIENT = uuid4()
EC, RSA = ECKey.generate_key("P-256", auto_kid=True), RSAKey.generate_key(2048, auto_kid=True)
JWKS = {"keys": [EC.as_dict(private=False), RSA.as_dict(private=False)]}
AT = int(NOON.timestamp())


def an_assertion(*, alg: str = "ES256", key: Any = EC, **changes: Any) -> str:
    """Return an assertion that holds, but for what is changed; `None` leaves a claim out."""
    claims = {
        "iss": str(CLIENT),
        "sub": str(CLIENT),
        "aud": AUDIENCE,
        "jti": "once",
        "iat": AT,
        "exp": AT + 60,
    } | changes
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": key.kid}, kept, key, [alg])


def b64(part: bytes | dict[str, Any]) -> str:
    content = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(content).decode().rstrip("=")


def verify(assertion: str, *, jwks: Any = JWKS, now: datetime = NOON) -> Assertion:
    return verified(assertion, client_id=CLIENT, jwks=jwks, audience=AUDIENCE, now=now)


class TestVerified:
    @pytest.mark.parametrize(("alg", "key"), [("ES256", EC), ("PS256", RSA)])
    def test_takes_what_a_registered_key_signed(self, alg: str, key: Any) -> None:
        opened = verify(an_assertion(alg=alg, key=key))

        assert opened == Assertion("once", NOON + timedelta(seconds=60))

    def test_takes_a_list_of_audiences(self) -> None:
        assert verify(an_assertion(aud=["https://other.example", AUDIENCE]))

    @pytest.mark.parametrize(
        "changes",
        [
            {"iss": str(UUID(int=7))},
            {"iss": None},
            {"sub": str(UUID(int=7))},
            {"sub": None},
            {"aud": "https://letterbox.example"},
            {"aud": ["https://letterbox.example"]},
            {"aud": None},
            {"jti": None},
            {"jti": ""},
            {"jti": "x" * 201},
            {"jti": 7},
            {"iat": None},
            {"iat": "now"},
            {"iat": 10**30},
            {"exp": None},
            {"exp": "later"},
            {"exp": AT + 61},
            {"exp": AT},
            {"iat": AT + 6, "exp": AT + 60},
        ],
        ids=str,
    )
    def test_refuses_what_is_not_exactly_right(self, changes: dict[str, Any]) -> None:
        with pytest.raises(NotRecognised):
            verify(an_assertion(**changes))

    def test_is_over_at_the_very_second_it_expires(self) -> None:
        assertion = an_assertion()

        assert verify(assertion, now=NOON + timedelta(seconds=60) - timedelta(microseconds=1))
        with pytest.raises(NotRecognised):
            verify(assertion, now=NOON + timedelta(seconds=60))

    def test_forgives_a_clock_that_is_five_seconds_ahead(self) -> None:
        assert verify(an_assertion(iat=AT + 5))

    def test_refuses_a_key_that_is_not_registered(self) -> None:
        stranger = ECKey.generate_key("P-256", {"kid": str(EC.kid)})

        with pytest.raises(NotRecognised):
            verify(an_assertion(key=stranger))

    @pytest.mark.parametrize("alg", ["RS256", "RS512", "PS512"])
    def test_refuses_other_algorithms_of_a_registered_key(self, alg: str) -> None:
        with pytest.raises(NotRecognised):
            verify(an_assertion(alg=alg, key=RSA))

    def test_refuses_a_public_key_used_as_a_password(self) -> None:
        head = b64({"alg": "HS256", "kid": RSA.kid})
        signed = f"{head}.{an_assertion().split('.')[1]}"
        password = RSA.as_pem(private=False)

        with pytest.raises(NotRecognised):
            verify(f"{signed}.{b64(hmac.digest(password, signed.encode(), 'sha256'))}")

    def test_refuses_what_nobody_signed(self) -> None:
        head, body, _ = an_assertion().split(".")
        unsigned = f"{b64({'alg': 'none'})}.{body}"

        for forged in (f"{unsigned}.", unsigned, f"{head}.{body}."):
            with pytest.raises(NotRecognised):
                verify(forged)

    @pytest.mark.parametrize("jwks", [{}, {"keys": []}, {"keys": [{"kty": "EC"}]}], ids=str)
    def test_refuses_everything_when_no_key_is_usable(self, jwks: Any) -> None:
        with pytest.raises(NotRecognised):
            verify(an_assertion(), jwks=jwks)


VALID = an_assertion()


class TestGarbage:
    @pytest.mark.parametrize("look", [verify, claimed_id])
    @given(garbage=st.one_of(st.text(), st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}")))
    def test_is_not_recognised(self, look: Callable[[str], object], garbage: str) -> None:
        with pytest.raises(NotRecognised):
            look(garbage)

    @given(
        part=st.integers(0, 2),
        at=st.integers(0, 1000),
        letter=st.sampled_from("AZaz09-_=. é"),
    )
    def test_is_not_recognised_with_one_letter_changed(
        self, part: int, at: int, letter: str
    ) -> None:
        parts = VALID.split(".")
        place = at % (len(parts[part]) - 1)  # the last letter carries bits that mean nothing
        changed = parts[part][:place] + letter + parts[part][place + 1 :]
        if changed == parts[part]:
            return
        parts[part] = changed

        with pytest.raises(NotRecognised):
            verify(".".join(parts))


class TestClaimedId:
    def test_says_who_it_claims_to_be_from(self) -> None:
        assert claimed_id(an_assertion()) == CLIENT

    @pytest.mark.parametrize("sub", [None, "De Wilg", 7, ["a"], {"id": "b"}], ids=str)
    def test_does_not_recognise_what_is_no_id(self, sub: Any) -> None:
        with pytest.raises(NotRecognised):
            claimed_id(an_assertion(sub=sub))
