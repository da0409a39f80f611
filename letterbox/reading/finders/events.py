"""Finding days on which something happens that is hard to undo: a hearing, an eviction.

A letter that warns of an eviction names its day also where it is only carried out if nobody
pays: the day counts all the same.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from letterbox.reading.finders.dates import find_dates, in_year_of
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.phrases import any_of


class EventKind(StrEnum):
    """What happens on a day that a letter names."""

    HEARING = "hearing"
    EVICTION = "eviction"
    CUT_OFF = "cut_off"
    SALE = "sale"


class EventFound(NamedTuple):
    """A day, what happens on it, and where the letter says so."""

    what: EventKind
    on: date
    spot: Spot


_CUES = {what: any_of("events", what.value) for what in EventKind}
_NEAR = 90  # characters between a day and the word that says what happens on it
_PAY_BY = re.compile(
    r"(?i)(?:uiterlijk|v[oó]{2}r|voor|binnen|by|before|dus|so)\s(?:op\s|on\s)?(?:\w+da[gy],?\s)?$"
)


def find_events(layout: Layout, *, letter_on: date) -> list[EventFound]:
    """Return what happens on which day, each once, in reading order.

    :param letter_on: days before it are history
    """
    first: dict[tuple[EventKind, date], EventFound] = {}
    for event in _events(layout, letter_on):
        first.setdefault((event.what, event.on), event)
    return list(first.values())


def _events(layout: Layout, letter_on: date) -> Iterator[EventFound]:
    for found in find_dates(layout):
        day = in_year_of(letter_on, found).on
        if day is None or day <= letter_on or _PAY_BY.search(found.spot.before):
            continue
        what = _what_happens(found.spot)
        if what is not None:
            yield EventFound(what, day, found.spot)


def _what_happens(spot: Spot) -> EventKind | None:
    """Return what the nearest cue before the day says, or else the nearest one after it."""
    label = f"{spot.label} " if not spot.before.strip() else ""
    above = f"{spot.above} " if spot.cell and not label.strip() else ""
    before = f"{above}{label}{spot.before}"[-_NEAR:]
    ends = {what: _last_end(cue, before) for what, cue in _CUES.items()}
    nearest = max(ends, key=lambda what: ends[what])
    if ends[nearest] >= 0:
        return nearest
    after = spot.after[:_NEAR]
    return next((what for what, cue in _CUES.items() if cue.search(after)), None)


def _last_end(cue: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in cue.finditer(text)), default=-1)
