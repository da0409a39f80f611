"""Signs tokens and receipts with ES256 keys in files (JWS, RFC 7515).

A folder with `sign-*.pem`; the last name signs, all of them verify, so a key is replaced by
adding one and removing the old one when what it signed has expired.
"""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jose import JWTError, jwk, jwt
from jose.constants import ALGORITHMS

from letterbox.shared.ports import NotSigned

ALGORITHM = ALGORITHMS.ES256


class SigningKeys:
    """Fulfils `Signer`, in the name of one issuer."""

    def __init__(self, folder: Path, *, issuer: str) -> None:
        """Read every key once.

        :raises FileNotFoundError: the folder was not prepared with `prepare`
        """
        self._issuer = issuer
        self._keys = {}
        for path in sorted(folder.glob("sign-*.pem")):
            key = jwk.construct(path.read_text(), ALGORITHM)
            self._keys[_name(key.public_key().to_pem())] = key
            self._newest = _name(key.public_key().to_pem())
        if not self._keys:
            raise FileNotFoundError(f"No signing key in {folder}: run `letterbox keys new`.")

    def sign(self, claims: Mapping[str, object], *, kind: str) -> str:
        headers = {"kid": self._newest, "typ": kind}
        claims = {"iss": self._issuer, **claims}
        return str(jwt.encode(claims, self._keys[self._newest], ALGORITHM, headers))

    def opened(self, token: str, *, kind: str, audience: str | None = None) -> dict[str, Any]:
        try:
            headers = jwt.get_unverified_header(token)
            key = self._keys[headers["kid"]].public_key()
            # A receipt is not a token: without this the one could be shown for the other.
            if headers.get("typ") != kind:
                raise NotSigned("The token is of another kind.")
            return dict(jwt.decode(token, key, [ALGORITHM], audience=audience, issuer=self._issuer))
        except (JWTError, KeyError, TypeError, AttributeError) as error:
            raise NotSigned("The token does not hold.") from error

    def public_keys(self) -> dict[str, Any]:
        return {"keys": [self._public(name) for name in self._keys]}

    def _public(self, name: str) -> dict[str, Any]:
        return {**self._keys[name].public_key().to_dict(), "kid": name, "use": "sig"}


def prepare(folder: Path) -> None:
    """Make a first signing key where there is none. Doing it again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not list(folder.glob("sign-*.pem")):
        descriptor = os.open(folder / "sign-0001.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(new_private_key())


def new_private_key() -> bytes:
    """Return a new private key on P-256, as PEM."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def public_key_set(private_key: bytes) -> dict[str, Any]:
    """Return the JSON Web Key Set with the public half of this private key."""
    public = jwk.construct(private_key.decode(), ALGORITHM).public_key()
    return {"keys": [{**public.to_dict(), "kid": _name(public.to_pem()), "use": "sig"}]}


def _name(public_pem: bytes) -> str:
    return sha256(public_pem).hexdigest()[:16]
