"""Signs tokens and receipts with ES256 keys in files (JWS, RFC 7515).

A folder with `sign-*.pem`; the last name signs, all of them verify, so a key is replaced by
adding one and removing the old one when what it signed has expired.
"""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet

from letterbox.shared.ports import NotSigned

ALGORITHM = "ES256"


class SigningKeys:
    """Fulfils `Signer`, in the name of one issuer."""

    def __init__(self, folder: Path, *, issuer: str) -> None:
        """Read every key once.

        :raises FileNotFoundError: the folder was not prepared with `prepare`
        """
        keys: list[Key] = [_read(path) for path in sorted(folder.glob("sign-*.pem"))]
        if not keys:
            raise FileNotFoundError(f"No signing key in {folder}: run `letterbox keys new`.")
        self._issuer, self._newest, self._all = issuer, keys[-1], KeySet(keys)

    def sign(self, claims: Mapping[str, object], *, kind: str) -> str:
        header = {"alg": ALGORITHM, "kid": self._newest.kid, "typ": kind}
        return jwt.encode(header, {"iss": self._issuer, **claims}, self._newest, [ALGORITHM])

    def opened(
        self, token: str, *, kind: str, now: datetime, audience: str | None = None
    ) -> dict[str, Any]:
        try:
            opened = jwt.decode(token, self._all, [ALGORITHM])
        except (JoseError, ValueError) as error:
            raise NotSigned("The token does not hold.") from error
        claims = opened.claims
        # A receipt is not a token: without its kind the one could be shown for the other.
        named = opened.header.get("typ"), claims.get("iss"), claims.get("aud")
        if named != (kind, self._issuer, audience) or now.timestamp() >= claims.get("exp", 0):
            raise NotSigned("The token is for something else, or over its time.")
        return claims

    def public_keys(self) -> dict[str, Any]:
        return dict(self._all.as_dict(private=False))


def prepare(folder: Path) -> None:
    """Make a first signing key where there is none. Doing it again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not list(folder.glob("sign-*.pem")):
        descriptor = os.open(folder / "sign-0001.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(ECKey.generate_key("P-256").as_pem(private=True))


def _read(path: Path) -> ECKey:
    key = ECKey.import_key(path.read_bytes(), {"use": "sig"})
    return ECKey.import_key(path.read_bytes(), {"use": "sig", "kid": key.thumbprint()})
