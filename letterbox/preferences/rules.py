"""What there is to choose, and what counts as an e-mail address. No database."""

import re
from enum import StrEnum

from letterbox.shared.errors import Invalid

LONGEST_ADDRESS = 254
"""In characters (RFC 5321, 4.5.3.1.3, less the brackets)."""

# Stricter than RFC 5321: what it leaves out (quoted names, comments) only typing errors use. A
# question mark would let it hold an encoded word (RFC 2047), which mail programs decode: into
# another address, perhaps.
_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=^_`{|}~-]{1,64}@([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}", re.I | re.ASCII
)


class MailKind(StrEnum):
    """What an e-mail is about."""

    NEW_LETTER = "new_letter"
    NEAR_DAY = "near_day"
    CODE = "code"


NOTICES = (MailKind.NEW_LETTER, MailKind.NEAR_DAY)
"""What a citizen may want to hear of. A code they ask for themselves."""


class MailStatus(StrEnum):
    """What became of an e-mail.

    `joined` needs no mail: another one tells of it, too. `begun` is what remains of a crash
    between handing it over and noting that: nobody knows, so it is not sent again.
    """

    WAITING = "waiting"
    JOINED = "joined"
    BEGUN = "begun"
    DELIVERED = "delivered"
    FAILED = "failed"


class NotAnAddress(Invalid):
    """Nothing can be mailed to this."""

    title = "This is not an e-mail address"


def compact_address(typed: str) -> str:
    """Return an e-mail address without the spaces around it.

    :raises NotAnAddress: it cannot be one
    """
    address = typed.strip()
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise NotAnAddress("Write it like name@example.nl.", code="not-an-address")
    return address
