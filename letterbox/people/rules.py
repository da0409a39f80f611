"""What makes a number a number. No database."""

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from letterbox.shared.errors import Invalid


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


def masked(number: str) -> str:
    """Return a number as people may see it: the last three digits only."""
    return "•" * (len(number) - 3) + number[-3:]
