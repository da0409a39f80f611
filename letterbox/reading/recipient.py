"""To whom a letter is addressed: the first line of the address, above the street."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letterbox.reading.layout import Layout, Spot
from letterbox.reading.lines import Line

_POSTCODE = re.compile(r"^[1-9]\d{3}\s?[A-Z]{2}\s+\S")
_TITLE = re.compile(
    r"(?i)^(?:aan\s)?(?:de\s)?(?:mevr(?:ouw|\.)?|mw\.?|dhr\.?|heer|meneer|familie|fam\.?|erven"
    r"|ms\.?|mrs?\.?)\s"
)
_NO_PERSON = re.compile(
    r"(?i)postbus|b\.?v\.?$|n\.?v\.?$|stichting|gemeente|antwoordnummer|\d{4}|@|www\."
    r"|^(?:aan|persoonlijk|vertrouwelijk|port betaald|retouradres)\b.{0,20}$"
)
_SALUTATION = re.compile(r"(?i)^(?:geachte|beste|dear)\s(?P<rest>.{3,60}?),?$")


_ADDRESS_HEIGHT = 62.0

Placed = tuple[int, int, Line]
"""A line with the number of its block and the character at which it starts there."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The name in the address, and whether the salutation bears it out."""

    name: str
    spot: Spot
    sure: bool


def find_recipient(layout: Layout) -> Recipient | None:
    """Return the person a letter is addressed to, or None when no address stands on page 1."""
    lines = [placed for placed in _placed_lines(layout) if placed[2].page == 1]
    for *_, postcode in (placed for placed in lines if _POSTCODE.match(placed[2].text)):
        above = [placed for placed in lines if _stands_above(placed[2], postcode)]
        named = _named(sorted(above, key=lambda placed: placed[2].middle)[-3:-1])
        if named is not None:
            number, start, line = named
            spot = layout.spot(number, start, start + len(line.text))
            bare = _TITLE.sub("", line.text).strip()
            return Recipient(bare, spot, sure=bare != line.text or _is_greeted(layout, bare))
    return None


def _placed_lines(layout: Layout) -> Iterator[Placed]:
    for number, block in enumerate(layout.blocks):
        start = 0
        for line in block.lines:
            yield number, start, line
            start += len(line.text) + 1


def _stands_above(line: Line, postcode: Line) -> bool:
    down = postcode.middle - line.middle
    return 0 < down < _ADDRESS_HEIGHT and abs(postcode.box[0] - line.box[0]) <= 4


def _named(lines: Sequence[Placed]) -> Placed | None:
    """Return the line with a person's name: with a title, or else the first that may be one."""
    persons = [placed for placed in lines if not _NO_PERSON.search(placed[2].text)]
    titled = [placed for placed in persons if _TITLE.match(placed[2].text)]
    return next(iter(titled or persons), None)


def _is_greeted(layout: Layout, name: str) -> bool:
    surname = name.split()[-1].lower()
    greetings = (_SALUTATION.match(line.text) for block in layout.blocks for line in block.lines)
    return any(greeting and surname in greeting["rest"].lower() for greeting in greetings)
