"""What makes a number a number. No database."""

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from letterbox.shared.errors import Invalid

KVK_DIGITS = 8


class NotABsn(Invalid):
    """The number fails the eleven test."""

    title = "This is not a citizen service number"


def compact_bsn(text: str, *, pointer: str = "/letter/recipient/value") -> str:
    """Return the nine digits of a citizen service number (burgerservicenummer).

    :param pointer: where it stands in what was sent
    :raises NotABsn: it fails the eleven test (source: Logisch Ontwerp BSN, RvIG)
    """
    try:
        return str(bsn.validate(text))
    except ValidationError as error:
        raise NotABsn(
            "The value is not a valid citizen service number.",
            code="not-a-bsn",
            pointer=pointer,
        ) from error


def numbers_of(claimed: str) -> tuple[str, ...]:
    """Return the numbers by which an organisation with this number may be registered.

    A number of the trade register (KvK, eight digits) is part of an OIN: `00000003`, the number,
    `0000` (source: OIN-Stelsel, Logius).
    """
    number = claimed.strip()
    is_kvk = len(number) == KVK_DIGITS and number.isascii() and number.isdigit()
    return (number, f"00000003{number}0000") if is_kvk else (number,)


def masked(number: str) -> str:
    """Return a number as people may see it: the last three digits only."""
    return "•" * (len(number) - 3) + number[-3:]
