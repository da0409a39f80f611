"""What people type in a form: amounts and days as they write them in the Netherlands."""

import re
from datetime import date

from letterbox.shared.money import Euro

_AMOUNT = re.compile(r"(?:€|EUR)?(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:[.,](\d\d|-{1,2}))?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)


def clean(typed: object) -> str:
    """Return what was typed on one line, without what cannot be seen."""
    spaced = " ".join(typed.split()) if isinstance(typed, str) else ""
    return "".join(letter for letter in spaced if letter.isprintable())


def amount_in(typed: str) -> Euro:
    """Return the amount that someone typed: `45,50`, `€ 1.234,56`, `45.50`, `45,-`.

    :raises ValueError: it is no amount
    """
    found = _AMOUNT.fullmatch("".join(typed.split()).upper())
    if found is None:
        raise ValueError("no amount")
    euros, cents = found.groups(default="00")
    return Euro(int(euros.replace(".", "")) * 100 + int(cents.replace("-", "0")))


def day_in(typed: str) -> date:
    """Return the day that a browser sent, or that someone typed: `2026-01-31`, `31-1-2026`.

    :raises ValueError: it is no day
    """
    found = _DAY.fullmatch(typed)
    if found is None:
        return date.fromisoformat(typed)
    day, month, year = map(int, found.groups())
    return date(year, month, day)
