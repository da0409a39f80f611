"""New identities: UUID version 7, whose order is the order in time (RFC 9562, section 5.7)."""

import os
from datetime import datetime
from uuid import UUID


def new_id(now: datetime) -> UUID:
    """Return a UUIDv7: 48 bits of milliseconds, then 74 random bits."""
    milliseconds = int(now.timestamp() * 1000)
    number = (milliseconds << 80) | int.from_bytes(os.urandom(10))
    return UUID(int=number & ~(0xF << 76) & ~(0x3 << 62) | (7 << 76) | (2 << 62))
