"""Mending what OCR takes for each other in an account: O and 0, S and 5.

A repair is a guess with a proof, the check digits. Where the proof fits two repairs there is
none. What OCR took for another character of the same kind, a 5 for a 9, cannot be seen here.
"""

import re
from itertools import product
from math import prod

from stdnum import iban
from stdnum.exceptions import ValidationError

_DIGITS = {
    "O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "l": "1", "i": "1", "|": "1", "!": "1",
    "L": "1", "Z": "2", "z": "2", "A": "4", "S": "5", "s": "5", "G": "6", "b": "6", "T": "7",
    "B": "8", "g": "9", "q": "9",
}  # fmt: skip
_LETTERS = {
    "0": "OD", "1": "IL", "|": "IL", "!": "IL", "l": "IL", "2": "Z", "4": "A", "5": "S",
    "6": "G", "7": "T", "8": "B",
}  # fmt: skip
_FORMS = {
    "NL": "AA00AAAA0000000000",
    "BE": "AA00000000000000",
    "DE": "AA00000000000000000000",
}
"""A for a letter, 0 for a digit: the IBAN registry (ISO 13616-2) of the likeliest countries."""
LENGTHS = tuple(map(len, _FORMS.values()))
_MOST_REPAIRED = 5
_MOST_READINGS = 16
"""Of 97 wrong numbers one passes the check: with more readings it would prove nothing."""
_BETWEEN = re.compile(r"[\s.\-]")


def repaired_iban(text: str) -> str | None:
    """Return the only account that this can have been, without spaces, or None.

    Letters and digits stand where the form of the country wants them (ISO 13616), and the check
    digits hold (mod 97).

    :param text: what was read, with or without spaces
    """
    read = _BETWEEN.sub("", text)
    readings = {
        number
        for country, form in _FORMS.items()
        if len(form) == len(read)
        for number in _readings(read, form)
        if number.startswith(country) and _holds(number)
    }
    return readings.pop() if len(readings) == 1 else None


def _readings(read: str, form: str) -> list[str]:
    """Return all ways to read this in that form; none when it takes too much imagination."""
    choices = [_choices(character, kind) for character, kind in zip(read, form, strict=True)]
    repaired = sum(c not in choice for c, choice in zip(read, choices, strict=True))
    if repaired > _MOST_REPAIRED or prod(map(len, choices)) > _MOST_READINGS:
        return []
    return ["".join(reading) for reading in product(*choices)]


def _choices(character: str, kind: str) -> str:
    if kind == "0":
        digit = character.isascii() and character.isdigit()
        return character if digit else _DIGITS.get(character, "")
    if character in _LETTERS:
        return _LETTERS[character]
    return character.upper() if character.isascii() and character.isalpha() else ""


def _holds(number: str) -> bool:
    try:
        iban.validate(number)
    except ValidationError:
        return False
    return True
