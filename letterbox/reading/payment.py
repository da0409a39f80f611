"""What the words around an account say of it, and which references identify a case.

A letter may print two accounts: one to pay into, and the office's own in the small print. It
may print the citizen's account as well, which is never the one to pay into.
"""

import re
from collections.abc import Container, Sequence

from letterbox.reading.finders.references import (
    ReferenceFound,
    compact,
)
from letterbox.reading.layout import Spot

_TO_PAY = re.compile(
    r"(?i)\b(?:betal\w*|betaal\w*|voldoen|overmaken|over te maken|maak\b"
    r"|bijgeschreven|ten name van|t\.?n\.?v|vermeld\w*|kenmerk|rekeningnummer"
    r"|rekening|iban|derdengeld\w*|kwaliteitsrekening|transfer|pay\b)"
)
_NOT_TO_PAY = re.compile(
    r"(?i)kantoorrekening|kantoor\s|waarborgsom|niet voor betaling|\buw rekening"
    r"|alleen voor|oude rekening|overgemaakt naar|not for payment|your account"
    r"|nog aan ons"
)
_SMALL_PRINT = re.compile(r"(?i)\bkvk\b|\bbtw\b|k\.v\.k|·|\|")


def is_for_paying(spot: Spot) -> bool:
    """Say whether the words around an account say that one pays into it."""
    return bool(_TO_PAY.search(f"{_before(spot)} {_after(spot)}"))


def is_not_for_paying(spot: Spot) -> bool:
    """Say whether they say that it is somebody else's, or for something else."""
    return bool(_NOT_TO_PAY.search(f"{_before(spot)[-35:]} {_after(spot)}"))


def is_in_small_print(spot: Spot) -> bool:
    """Say whether an account stands among the numbers of an organisation."""
    return bool(_SMALL_PRINT.search(spot.line))


def _before(spot: Spot) -> str:
    return f"{spot.label[-30:]} {spot.above if spot.cell else ''} {spot.before[-90:]}"


def _after(spot: Spot) -> str:
    return re.split(r"[.·|]", spot.after)[0][:60]


def case_references(
    found: Sequence[ReferenceFound], chosen: Container[str]
) -> tuple[ReferenceFound, ...]:
    """Return every chosen reference once, where its name stands beside it if it does anywhere."""
    first: dict[str, ReferenceFound] = {}
    for find in found:
        plain = compact(find.reference)
        if plain in chosen and not (plain in first and first[plain].label):
            first[plain] = find
    return tuple(first.values())
