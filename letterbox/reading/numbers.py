"""Numbers written as words, in Dutch and (up to a hundred) in English."""

import re
import unicodedata

_SMALL = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
    "zeventien",
    "achttien",
    "negentien",
]
_TENS = dict(
    zip(
        ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"],
        range(20, 100, 10),
        strict=True,
    )
)
_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]

_BELOW_HUNDRED: dict[str, int] = (
    {word: number for number, word in enumerate(_SMALL)}
    | _TENS
    | {
        f"{unit}en{tens}": number + value
        for number, unit in enumerate(_SMALL[1:10], start=1)
        for tens, value in _TENS.items()
    }
)
_OTHERS = {word: number for number, word in enumerate(_ENGLISH)} | {"thirty": 30}

_PLACES = {"derde": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20}

_UNIT = "|".join(sorted(_BELOW_HUNDRED, key=len, reverse=True))
_HUNDREDS = rf"(?:(?:{_UNIT})?honderd(?:en)?)?(?:{_UNIT})?"
_WRITTEN = re.compile(rf"(?:(?P<thousands>{_HUNDREDS})duizend(?:en)?)?(?P<rest>{_HUNDREDS})")

BELOW_HUNDRED = rf"(?:{_UNIT}|[a-z]+ën(?:{'|'.join(_TENS)}))"
"""A number word up to 99, in a pattern."""

NUMBER_WORD = r"[a-zàáäèéëïíóöü]{2,60}"
"""What a number word may look like in a pattern; `number_in_words` says whether it is one."""


def number_in_words(words: str) -> int | None:
    """Return the number that is written, or None when it is not a number.

    Spaces inside are allowed: `zevenduizend honderdzevenenzeventig`.
    """
    plain = _plain(words)
    if plain in _OTHERS:
        return _OTHERS[plain]
    match = _WRITTEN.fullmatch(plain) if plain else None
    if match is None:
        return None
    thousands, rest = match["thousands"], match["rest"]
    above = 0 if thousands is None else 1000 * (_below_thousand(thousands) or 1)
    return above + _below_thousand(rest)


def ordinal_in_words(words: str) -> int | None:
    """Return the place in a row that is written: `zevende`, `twintigste`, `fourteenth`."""
    plain = _plain(words)
    if plain in _PLACES:
        return _PLACES[plain]
    root = next((plain.removesuffix(end) for end in ("ste", "de", "th") if plain.endswith(end)), "")
    return number_in_words(root)


def _below_thousand(plain: str) -> int:
    before, hundred, after = plain.partition("honderd")
    if not hundred:
        return _BELOW_HUNDRED.get(plain, 0)
    rest = _BELOW_HUNDRED.get(after, _BELOW_HUNDRED.get(after.removeprefix("en"), 0))
    return 100 * _BELOW_HUNDRED.get(before, 1) + rest


def _plain(words: str) -> str:
    flat = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[\s\-]+", "", flat)
