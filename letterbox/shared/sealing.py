"""Sealing: AES-256-GCM, bound to the place where the sealed thing belongs.

The place (mailbox, table, row) is associated data: it is not stored, it must be known to
open the seal, so a row copied to another mailbox or another row does not open. A random
96-bit nonce is safe for 2^32 seals under one key (NIST SP 800-38D, section 8.3), far more
than one mailbox will ever hold.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from letterbox.shared.errors import LetterboxError

VERSION = b"\x01"
NONCE_BYTES = 12


class BrokenSeal(LetterboxError):
    """Something was changed, moved, or sealed with another key."""

    title = "A seal is broken"


def new_data_key() -> bytes:
    """Return a fresh 256-bit key."""
    return AESGCM.generate_key(256)


def place(mailbox_id: UUID, table: str, row: object) -> bytes:
    """Name the one row where a sealed thing belongs."""
    return f"{mailbox_id}/{table}/{row}".encode()


def seal(key: bytes, content: bytes, *, at: bytes) -> bytes:
    """Return version (1 byte), nonce (12 bytes) and ciphertext with its tag (16 bytes)."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, content, at)


def unseal(key: bytes, sealed: bytes, *, at: bytes) -> bytes:
    """Return what was sealed.

    :raises BrokenSeal: another key, another place, or changed bytes
    """
    version, nonce, content = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if version != VERSION:
        raise BrokenSeal("The seal is of a version we do not know.")
    try:
        return AESGCM(key).decrypt(nonce, content, at)
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal("The seal does not open here.") from error
