import hmac
import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from connectors.signing_keys import SigningKeys, prepare
from letterbox.shared.ports import NotSigned
from tests.fakes import NOON

ISSUER, KIND = "https://letterbox.example", "at+jwt"
AT = int(NOON.timestamp())
CLAIMS = {"sub": "De Wilg", "aud": "letterbox", "exp": AT + 900}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepare(tmp_path)
    return tmp_path


@pytest.fixture
def signer(folder: Path) -> SigningKeys:
    return SigningKeys(folder, issuer=ISSUER)


def add_key(folder: Path, name: str) -> None:
    (folder / name).write_bytes(ECKey.generate_key("P-256").as_pem(private=True))


def b64(part: bytes | dict[str, Any]) -> str:
    content = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(content).decode().rstrip("=")


def opened(signer: SigningKeys, token: str, **changes: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {"kind": KIND, "audience": "letterbox", "now": NOON} | changes
    return signer.opened(token, **asked)


class TestSigningKeys:
    def test_opens_what_it_signed(self, signer: SigningKeys) -> None:
        token = signer.sign(CLAIMS, kind=KIND)

        assert opened(signer, token) == {"iss": ISSUER, **CLAIMS}

    @pytest.mark.parametrize(
        "changes",
        [
            {"kind": "delivery-receipt+jwt"},
            {"audience": "other"},
            {"audience": None},
            {"now": NOON + timedelta(seconds=900)},
        ],
        ids=str,
    )
    def test_opens_nothing_for_something_else(
        self, signer: SigningKeys, changes: dict[str, Any]
    ) -> None:
        with pytest.raises(NotSigned):
            opened(signer, signer.sign(CLAIMS, kind=KIND), **changes)

    def test_goes_by_the_time_it_is_given(self, signer: SigningKeys) -> None:
        token = signer.sign(CLAIMS, kind=KIND)

        assert opened(signer, token, now=NOON + timedelta(seconds=900) - timedelta(milliseconds=1))

    def test_opens_no_token_that_never_ends(self, signer: SigningKeys) -> None:
        endless = {name: claim for name, claim in CLAIMS.items() if name != "exp"}

        with pytest.raises(NotSigned):
            opened(signer, signer.sign(endless, kind=KIND))

    def test_opens_nothing_of_another_issuer(self, folder: Path, signer: SigningKeys) -> None:
        elsewhere = SigningKeys(folder, issuer="https://elsewhere.example")

        with pytest.raises(NotSigned):
            opened(signer, elsewhere.sign(CLAIMS, kind=KIND))

    def test_opens_nothing_that_another_key_signed(
        self, signer: SigningKeys, tmp_path: Path
    ) -> None:
        prepare(tmp_path / "stranger")
        stranger = SigningKeys(tmp_path / "stranger", issuer=ISSUER)

        with pytest.raises(NotSigned):
            opened(signer, stranger.sign(CLAIMS, kind=KIND))


class TestForgery:
    @pytest.mark.parametrize("alg", ["none", "None", "ES512", "RS256", "HS256"])
    def test_with_another_algorithm_is_refused(self, signer: SigningKeys, alg: str) -> None:
        _, claims, signature = signer.sign(CLAIMS, kind=KIND).split(".")
        [key] = signer.public_keys()["keys"]
        head = b64({"alg": alg, "kid": key["kid"], "typ": KIND})

        for forged in (f"{head}.{claims}.{signature}", f"{head}.{claims}.", f"{head}.{claims}"):
            with pytest.raises(NotSigned):
                opened(signer, forged)

    def test_with_the_public_key_as_a_password_is_refused(self, signer: SigningKeys) -> None:
        [key] = signer.public_keys()["keys"]
        signed = f"{b64({'alg': 'HS256', 'kid': key['kid'], 'typ': KIND})}.{b64(CLAIMS)}"

        for password in (ECKey.import_key(key).as_pem(private=False), json.dumps(key).encode()):
            forged = f"{signed}.{b64(hmac.digest(password, signed.encode(), 'sha256'))}"
            with pytest.raises(NotSigned):
                opened(signer, forged)

    @given(token=st.one_of(st.text(), st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}")))
    def test_from_garbage_is_refused(
        self, tmp_path_factory: pytest.TempPathFactory, token: str
    ) -> None:
        with pytest.raises(NotSigned):
            opened(_kept_signer(tmp_path_factory), token)

    @given(head=st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit"]), st.text()))
    def test_with_any_header_is_refused(
        self, tmp_path_factory: pytest.TempPathFactory, head: dict[str, Any]
    ) -> None:
        signer = _kept_signer(tmp_path_factory)
        _, claims, signature = signer.sign(CLAIMS, kind=KIND).split(".")

        with pytest.raises(NotSigned):
            opened(signer, f"{b64(head)}.{claims}.{signature}")


class TestRotation:
    def test_signs_with_the_newest_and_opens_with_all(
        self, folder: Path, signer: SigningKeys
    ) -> None:
        before = signer.sign(CLAIMS, kind=KIND)
        add_key(folder, "sign-0002.pem")
        both = SigningKeys(folder, issuer=ISSUER)

        after = both.sign(CLAIMS, kind=KIND)

        assert opened(both, before) == opened(both, after)
        with pytest.raises(NotSigned):
            opened(signer, after)

    def test_forgets_a_key_that_was_taken_away(self, folder: Path, signer: SigningKeys) -> None:
        before = signer.sign(CLAIMS, kind=KIND)
        add_key(folder, "sign-0002.pem")
        (folder / "sign-0001.pem").unlink()

        with pytest.raises(NotSigned):
            opened(SigningKeys(folder, issuer=ISSUER), before)

    def test_keeps_the_name_of_a_key_after_a_restart(
        self, folder: Path, signer: SigningKeys
    ) -> None:
        assert SigningKeys(folder, issuer=ISSUER).public_keys() == signer.public_keys()


class TestPublicKeys:
    def test_let_others_verify_and_never_sign(self, signer: SigningKeys) -> None:
        receipt = signer.sign({"id": "1"}, kind="delivery-receipt+jwt")
        published = json.loads(json.dumps(signer.public_keys()))

        verified = jwt.decode(receipt, KeySet.import_key_set(published), ["ES256"])

        assert verified.claims == {"iss": ISSUER, "id": "1"}
        assert all("d" not in key for key in published["keys"])


class TestTheFolder:
    def test_is_prepared_once_for_its_owner_only(self, folder: Path) -> None:
        before = (folder / "sign-0001.pem").read_bytes()

        prepare(folder)

        assert [path.name for path in folder.iterdir()] == ["sign-0001.pem"]
        assert (folder / "sign-0001.pem").read_bytes() == before
        assert (folder / "sign-0001.pem").stat().st_mode & 0o777 == 0o600

    def test_is_refused_when_empty(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError, match="letterbox keys new"):
            SigningKeys(tmp_path, issuer=ISSUER)


def _kept_signer(places: pytest.TempPathFactory) -> SigningKeys:
    folder = places.getbasetemp() / "signer"
    prepare(folder)
    return SigningKeys(folder, issuer=ISSUER)
