"""Finding bank accounts: only numbers whose check digits hold (ISO 13616, mod 97)."""

import re
from collections.abc import Container, Iterator
from functools import cache
from typing import NamedTuple

from stdnum import iban
from stdnum.exceptions import ValidationError

from letterbox.reading.finders.ocr_repair import LENGTHS, repaired_iban
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.phrases.words import DIGITS

_LOOKS_LIKE = re.compile(r"(?=[A-Z])\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]){11,30}")
_MISREAD = re.compile(r"\b[A-Z][A-Z0-9|!][\w|!]{2}(?:[ .]?[\w|!]){12,18}(?![\w|!])")
_SHORTEST, _LONGEST = 15, 34


class IbanFound(NamedTuple):
    """A bank account, written without spaces, and where it stands."""

    iban: str
    spot: Spot


def find_ibans(layout: Layout) -> list[IbanFound]:
    """Return all bank accounts in a letter, in reading order."""
    found = []
    valid_start = cache(_valid_start)  # most letters print one account twice
    for block, match in layout.finds(_LOOKS_LIKE, having=DIGITS):
        number = valid_start(re.sub(r"\s", "", match.group()))
        if number is not None:
            end = match.start() + _length(match.group(), len(number))
            found.append(IbanFound(number, layout.spot(block, match.start(), end)))
    mended = _mended(layout, {(find.spot.block, find.spot.start) for find in found})
    return sorted([*found, *mended], key=lambda find: (find.spot.block, find.spot.start))


def _mended(layout: Layout, known: Container[tuple[int, int]]) -> Iterator[IbanFound]:
    """Yield accounts of which a character was misread in a picture."""
    for match, spot in layout.matches(_MISREAD, having=DIGITS) if layout.by_ocr else ():
        if spot.page in layout.by_ocr and (spot.block, spot.start) not in known:
            read = re.sub(r"[\s.]", "", match.group())
            number = next(filter(None, (repaired_iban(read[:long]) for long in LENGTHS)), None)
            if number is not None:
                yield IbanFound(number, spot)


def _valid_start(plain: str) -> str | None:
    """Return the account with which this begins: words may follow without a mark."""
    for length in range(min(len(plain), _LONGEST), _SHORTEST - 1, -1):
        try:
            return iban.validate(plain[:length])
        except ValidationError:
            continue
    return None


def _length(written: str, letters: int) -> int:
    """Return how far into the written form this many letters go."""
    for at, character in enumerate(written):
        letters -= not character.isspace()
        if letters == 0:
            return at + 1
    return len(written)
