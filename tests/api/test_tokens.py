import json
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from sqlalchemy import Engine

from api.dependencies import TOKEN_AUDIENCE, TOKEN_KIND
from tests.api.assertions import by_hand, by_public_key, get_token, nested, registered, suspend
from tests.builders import EVERYTHING, System, a_letter, parts
from tests.fakes import FakeClock


class TestGetToken:
    def test_exchanges_an_assertion_for_a_token_of_a_quarter_of_an_hour(
        self, sender: System
    ) -> None:
        answer = get_token(sender, sender.assertion())

        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json() | {"access_token": "…"} == {
            "access_token": "…",
            "token_type": "Bearer",
            "expires_in": 900,
            "scope": "consents.request letters.deliver overviews.read",
        }

    def test_hands_out_a_token_that_opens_the_door(self, sender: System) -> None:
        token = get_token(sender, sender.assertion()).json()["access_token"]

        assert knock(sender, token).status_code == 200

    def test_hands_out_a_token_that_other_software_can_verify(self, sender: System) -> None:
        token = get_token(sender, sender.assertion()).json()["access_token"]
        keys = sender.client.get("/.well-known/jwks.json").json()

        opened = jwt.decode(token, KeySet.import_key_set(keys), ["ES256"])

        assert opened.header["typ"] == "at+jwt"
        assert opened.claims["iss"] == sender.supplies.public_url
        assert opened.claims["sub"] == str(sender.organisation.id)

    def test_narrows_to_the_scope_that_is_asked_for(self, sender: System) -> None:
        answer = get_token(sender, sender.assertion(), scope="consents.request")

        assert answer.json()["scope"] == "consents.request"
        assert knock(sender, answer.json()["access_token"]).status_code == 403

    def test_says_what_is_wrong_in_the_words_of_oauth_too(self, sender: System) -> None:
        wrong = get_token(sender, sender.assertion(aud="elsewhere"))
        wide = get_token(sender, sender.assertion(), scope="everything")

        assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
        assert (wide.status_code, wide.json()["error"]) == (400, "invalid_scope")

    def test_says_so_nowhere_else(self, sender: System) -> None:
        assert "error" not in knock(sender, "no token").json()

    @pytest.mark.parametrize("scope", ["letters.deliver overviews.read", "everything"])
    def test_never_widens(self, sender: System, owner: Engine, scope: str) -> None:
        registered(owner, sender, scopes=["letters.deliver"])

        answer = get_token(sender, sender.assertion(), scope=scope)

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/invalid-scope"

    def test_accepts_ps256(self, sender: System, owner: Engine) -> None:
        key = RSAKey.generate_key(2048, auto_kid=True)
        registered(owner, sender, jwks={"keys": [key.as_dict(private=False)]})

        assert get_token(sender, by_hand(sender, key, alg="PS256")).status_code == 200

    def test_accepts_an_audience_among_others(self, sender: System) -> None:
        audience = [f"{sender.supplies.public_url}/oauth2/token", "https://elsewhere.example"]

        assert get_token(sender, sender.assertion(aud=audience)).status_code == 200

    def test_does_not_say_what_was_sent(self, sender: System) -> None:
        answer = get_token(sender, "SECRET", grant_type="SECRET", scope="SECRET")

        assert answer.status_code == 400
        assert "SECRET" not in answer.text

    @pytest.mark.parametrize(
        "form",
        [
            {"grant_type": "password"},
            {"client_assertion_type": "urn:other"},
            {"client_assertion": "x" * 4001},
            {"scope": "x" * 201},
        ],
        ids=lambda form: next(iter(form)),
    )
    def test_refuses_a_form_that_is_not_as_described(
        self, sender: System, form: dict[str, str]
    ) -> None:
        assert get_token(sender, sender.assertion(), **form).status_code == 400


class TestAnAssertion:
    """Every way in which it does not hold gives the same answer."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"aud": "https://letterbox.example"},
            {"aud": "https://evil.example/oauth2/token"},
            {"aud": None},
            {"aud": []},
            {"iss": str(UUID(int=7))},
            {"iss": None},
            {"sub": str(UUID(int=7))},
            {"sub": "not-an-id"},
            {"sub": 7},
            {"sub": None},
            {"jti": None},
            {"jti": ""},
            {"jti": 7},
            {"jti": "x" * 201},
            {"jti": "a\0b"},
            {"iat": None},
            {"exp": None},
            {"exp": "soon"},
            {"exp": float("inf")},
            {"exp": 10**40},
        ],
        ids=str,
    )
    def test_is_refused_when_a_claim_is_not_right(
        self, sender: System, changes: dict[str, Any]
    ) -> None:
        assert_not_recognised(get_token(sender, sender.assertion(**changes)))

    @pytest.mark.parametrize(
        ("iat", "exp"),
        [(-61, -1), (-60, 0), (0, 61), (10, 50), (0, 3600), (-90, 10)],
        ids=["expired", "over right now", "61 seconds", "from the future", "an hour", "too old"],
    )
    def test_is_refused_outside_its_minute(
        self, sender: System, clock: FakeClock, iat: int, exp: int
    ) -> None:
        now = int(clock().timestamp())

        assert_not_recognised(get_token(sender, sender.assertion(iat=now + iat, exp=now + exp)))

    @pytest.mark.parametrize(("iat", "exp"), [(0, 60), (-59, 1), (5, 60)])
    def test_is_good_within_its_minute_give_or_take_a_slow_clock(
        self, sender: System, clock: FakeClock, iat: int, exp: int
    ) -> None:
        now = int(clock().timestamp())
        assertion = sender.assertion(iat=now + iat, exp=now + exp)

        assert get_token(sender, assertion).status_code == 200

    def test_is_good_once(self, sender: System) -> None:
        assertion = sender.assertion()
        get_token(sender, assertion)

        assert_not_recognised(get_token(sender, assertion))

    def test_is_good_once_even_when_signed_anew(self, sender: System) -> None:
        get_token(sender, sender.assertion(jti="once"))

        assert_not_recognised(get_token(sender, sender.assertion(jti="once")))

    def test_may_have_the_jti_of_another_organisation(
        self, sender: System, counsellor: System
    ) -> None:
        get_token(sender, sender.assertion(jti="once"))

        assert get_token(counsellor, counsellor.assertion(jti="once")).status_code == 200

    def test_is_not_spent_when_it_is_refused(self, sender: System) -> None:
        get_token(sender, sender.assertion(jti="once", aud="elsewhere"))

        assert get_token(sender, sender.assertion(jti="once")).status_code == 200

    def test_is_refused_without_a_signature(self, sender: System) -> None:
        assert_not_recognised(get_token(sender, by_hand(sender, None, alg="none")))

    @pytest.mark.parametrize("form", ["pem", "json"])
    def test_is_refused_when_signed_with_the_public_key_as_a_secret(
        self, sender: System, form: str
    ) -> None:
        public = sender.key.as_dict(private=False)
        secret = sender.key.as_pem(private=False) if form == "pem" else json.dumps(public).encode()

        assert_not_recognised(get_token(sender, by_public_key(sender, secret)))

    def test_is_refused_when_signed_with_a_key_of_somebody_else(self, sender: System) -> None:
        stranger = ECKey.generate_key("P-256", {"kid": str(sender.key.kid)})

        assert_not_recognised(get_token(sender, by_hand(sender, stranger, alg="ES256")))

    @pytest.mark.parametrize("alg", ["RS256", "PS256", "PS512"])
    def test_is_refused_when_its_algorithm_is_of_another_family(
        self, sender: System, alg: str
    ) -> None:
        key = RSAKey.generate_key(2048, {"kid": str(sender.key.kid)})

        assert_not_recognised(get_token(sender, by_hand(sender, key, alg=alg)))

    def test_is_refused_with_rs256_though_the_key_is_registered(
        self, sender: System, owner: Engine
    ) -> None:
        key = RSAKey.generate_key(2048, auto_kid=True)
        registered(owner, sender, jwks={"keys": [key.as_dict(private=False)]})

        assert_not_recognised(get_token(sender, by_hand(sender, key, alg="RS256")))

    def test_is_refused_when_it_brings_its_own_key(self, sender: System) -> None:
        own = ECKey.generate_key("P-256")
        header = {"jwk": own.as_dict(private=False)}

        assert_not_recognised(get_token(sender, by_hand(sender, own, alg="ES256", **header)))

    @pytest.mark.parametrize(
        "assertion",
        ["", "a.b.c", "....", "é.é.é", nested(payload=True), nested(payload=False), "e30.W10.e30"],
        ids=["nothing", "letters", "dots", "accents", "deep payload", "deep header", "a list"],
    )
    def test_is_refused_when_it_is_not_a_jwt(self, sender: System, assertion: str) -> None:
        assert get_token(sender, assertion).status_code in (400, 401)

    def test_of_an_unknown_organisation_is_refused_like_any_other(self, sender: System) -> None:
        nobody = str(uuid4())

        assert_not_recognised(get_token(sender, sender.assertion(iss=nobody, sub=nobody)))


class TestAKeyThatIsReplaced:
    @pytest.fixture
    def newer(self, sender: System, owner: Engine) -> ECKey:
        key = ECKey.generate_key("P-256", auto_kid=True)
        both = [sender.key.as_dict(private=False), key.as_dict(private=False)]
        registered(owner, sender, jwks={"keys": both})
        return key

    def test_works_next_to_the_new_one(self, sender: System, newer: ECKey) -> None:
        assert get_token(sender, sender.assertion()).status_code == 200
        assert get_token(sender, by_hand(sender, newer, alg="ES256")).status_code == 200

    def test_must_be_named_while_there_are_two(self, sender: System, newer: ECKey) -> None:
        unnamed = ECKey.import_key(newer.as_dict(private=True) | {"kid": ""})

        assert_not_recognised(get_token(sender, by_hand(sender, unnamed, alg="ES256")))

    def test_is_refused_once_it_is_gone(self, sender: System, newer: ECKey, owner: Engine) -> None:
        registered(owner, sender, jwks={"keys": [newer.as_dict(private=False)]})

        assert_not_recognised(get_token(sender, sender.assertion()))


class TestASuspendedOrganisation:
    def test_gets_no_token(self, sender: System, owner: Engine) -> None:
        suspend(owner, sender)

        assert_not_recognised(get_token(sender, sender.assertion()))

    def test_is_out_at_once_with_the_token_it_has(self, sender: System, owner: Engine) -> None:
        token = get_token(sender, sender.assertion()).json()["access_token"]
        suspend(owner, sender)

        assert_not_recognised(knock(sender, token))


class TestAnAccessToken:
    def test_is_good_up_to_its_last_second(self, sender: System, clock: FakeClock) -> None:
        token = sender.token()

        clock.advance(minutes=14, seconds=59)
        assert knock(sender, token).status_code == 200
        clock.advance(seconds=1)
        assert_not_recognised(knock(sender, token))

    @pytest.mark.parametrize("kind", ["delivery-receipt+jwt", "login+jwt", "JWT"])
    def test_of_another_kind_opens_nothing(self, sender: System, kind: str) -> None:
        token = sender.supplies.signer.sign(claims_of(sender), kind=kind)

        assert_not_recognised(knock(sender, token))

    def test_is_not_a_receipt(self, sender: System) -> None:
        assert_not_recognised(knock(sender, sender.deliver().json()["receipt"]))

    @pytest.mark.parametrize("audience", ["elsewhere", None])
    def test_for_another_audience_opens_nothing(self, sender: System, audience: str | None) -> None:
        token = sender.supplies.signer.sign(claims_of(sender) | {"aud": audience}, kind=TOKEN_KIND)

        assert_not_recognised(knock(sender, token))

    def test_that_was_tampered_with_opens_nothing(self, sender: System, counsellor: System) -> None:
        header, _, signature = sender.token().split(".")
        _, others, _ = counsellor.token().split(".")

        assert_not_recognised(knock(sender, f"{header}.{others}.{signature}"))

    def test_signed_by_the_organisation_itself_opens_nothing(self, sender: System) -> None:
        header = {"alg": "ES256", "kid": sender.key.kid, "typ": TOKEN_KIND}
        claims = claims_of(sender) | {"iss": sender.supplies.public_url}

        assert_not_recognised(knock(sender, jwt.encode(header, claims, sender.key)))

    @pytest.mark.parametrize(
        "token",
        ["a.b.c", "é", " ", nested(payload=True), nested(payload=False)],
        ids=["letters", "accent", "nothing", "deep payload", "deep header"],
    )
    def test_that_is_none_opens_nothing(self, sender: System, token: str) -> None:
        assert_not_recognised(knock(sender, token))

    @pytest.mark.parametrize("header", ["", "Bearer", "Basic QTpC", "Bearer  "])
    def test_is_needed(self, sender: System, header: str) -> None:
        answer = sender.client.get("/v1/letters", headers={"Authorization": header})

        assert_not_recognised(answer)
        assert answer.headers["www-authenticate"] == "Bearer"

    def test_reaches_no_further_than_the_registration(self, sender: System, owner: Engine) -> None:
        registered(owner, sender, scopes=["overviews.read"])

        assert sender.scopes == EVERYTHING
        assert knock(sender, sender.token()).status_code == 403

    def test_is_asked_for_before_a_delivery_is_read(self, sender: System) -> None:
        answer = sender.client.post("/v1/letters", files=parts(a_letter() | {"wrong": 1}))

        assert_not_recognised(answer)


class TestTheMetadata:
    def test_leads_to_the_token_endpoint_and_the_keys(self, sender: System) -> None:
        metadata = sender.client.get("/.well-known/oauth-authorization-server").json()

        assert metadata["issuer"] == sender.supplies.public_url
        assert metadata["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
        assert metadata["token_endpoint_auth_signing_alg_values_supported"] == ["ES256", "PS256"]
        assert {*metadata["scopes_supported"]} == {*EVERYTHING}
        assert get_token(sender, sender.assertion(), at=metadata["token_endpoint"]).is_success
        assert sender.client.get(metadata["jwks_uri"]).is_success

    def test_leads_to_keys_that_verify_a_receipt(self, sender: System) -> None:
        receipt = sender.deliver().json()["receipt"]
        metadata = sender.client.get("/.well-known/oauth-authorization-server").json()

        keys = KeySet.import_key_set(sender.client.get(metadata["jwks_uri"]).json())

        assert jwt.decode(receipt, keys, ["ES256"]).claims["iss"] == metadata["issuer"]

    def test_shows_no_private_key(self, sender: System) -> None:
        keys = sender.client.get("/.well-known/jwks.json").json()["keys"]

        assert keys
        assert not any({"d", "k", "p", "q"} & {*key} for key in keys)


def claims_of(system: System) -> dict[str, Any]:
    return {
        "sub": str(system.organisation.id),
        "aud": TOKEN_AUDIENCE,
        "scope": " ".join(EVERYTHING),
        "exp": int(system.supplies.clock().timestamp()) + 900,
    }


def knock(system: System, token: str) -> httpx2.Response:
    headers = {b"Authorization": f"Bearer {token}".encode()}
    return system.client.get("/v1/letters", headers=headers)


def assert_not_recognised(answer: httpx2.Response) -> None:
    assert answer.status_code == 401, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] in ("/problems/not-recognised", "/problems/not-signed")
