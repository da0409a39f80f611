"""Keeps the keys in files: a ring of key-encryption keys, and the key of the keyed hash.

A folder with one file per key, 32 random bytes in base64. The ring is `kek-*.key`; the last
name in alphabetical order is the newest. `hash.key` never changes: the hashes in the
database would find nothing any more. Keep the folder apart from the database's backups.
"""

import os
from base64 import b64decode, b64encode
from hashlib import sha256
from hmac import HMAC
from pathlib import Path
from uuid import UUID

from letterbox.shared import sealing

KEY_BYTES = 32


class KeyFiles:
    """Fulfils `KeyStore`. A wrapped key starts with the name of the key that wrapped it."""

    def __init__(self, folder: Path) -> None:
        """Read every key; later, only when one turns up that was added in the meantime.

        :raises FileNotFoundError: the folder was not prepared with `prepare`
        """
        self._folder, self._ring = folder, _ring(folder)
        self._hash_key = _read(folder / "hash.key")

    def wrap(self, data_key: bytes, *, mailbox_id: UUID) -> bytes:
        newest, key = max(self._ring.items())
        return newest + b":" + sealing.seal(key, data_key, at=_at(mailbox_id))

    def unwrap(self, wrapped: bytes, *, mailbox_id: UUID) -> bytes:
        name, _, sealed = wrapped.partition(b":")
        if name not in self._ring:
            # Keys are rotated while the service runs: this one may be there by now.
            self._ring = _ring(self._folder)
        if name not in self._ring:
            raise sealing.BrokenSeal("The key that wrapped this is not in the ring.")
        return sealing.unseal(self._ring[name], sealed, at=_at(mailbox_id))

    def is_newest(self, wrapped: bytes) -> bool:
        return wrapped.partition(b":")[0] == max(self._ring)

    def digest(self, kind: str, text: str) -> str:
        # The kind has no NUL, so no kind and text read like another kind and text.
        return HMAC(self._hash_key, f"{kind}\0{text}".encode(), sha256).hexdigest()


def prepare(folder: Path) -> None:
    """Make a first ring and hash key where there are none. Doing it again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not list(folder.glob("kek-*.key")):
        add_key(folder)
    if not (folder / "hash.key").exists():
        _write(folder / "hash.key")


def add_key(folder: Path) -> str:
    """Add a key to the ring, the newest from now on, and return its name."""
    numbered = folder.glob(f"kek-{'[0-9]' * 4}.key")
    # Not how many there are: an old one may have been taken away.
    name = f"kek-{max((int(path.stem[4:]) for path in numbered), default=0) + 1:04d}"
    _write(folder / f"{name}.key")
    return name


def _ring(folder: Path) -> dict[bytes, bytes]:
    ring = {path.stem.encode(): _read(path) for path in folder.glob("kek-*.key")}
    if not ring:
        raise FileNotFoundError(f"No key-encryption key in {folder}: run `letterbox keys new`.")
    return ring


def _at(mailbox_id: UUID) -> bytes:
    return sealing.place(mailbox_id, "mailboxes", "wrapped_key")


def _read(path: Path) -> bytes:
    key = b64decode(path.read_text())
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path} does not hold {KEY_BYTES} bytes in base64.")
    return key


def _write(path: Path) -> None:
    # Never over an existing key: what it sealed would be lost.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(b64encode(os.urandom(KEY_BYTES)).decode())
