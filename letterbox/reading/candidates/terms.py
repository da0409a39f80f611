"""Which day could be the last day to pay: every last day that a letter names, and every date."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from letterbox.reading import context
from letterbox.reading.candidates import Candidate, clues_around, words_of
from letterbox.reading.finders.dates import DateFound, find_dates, in_year_of
from letterbox.reading.finders.terms import Counted, TermFound
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.phrases import any_of

_LABELLED = any_of("terms", "labelled")
_PAYING = any_of("terms", "paying")
_OTHER_MATTER = any_of("terms", "other_matter")
_BY_THEN = re.compile(r"(?i)\bbedrag\b.{0,60}\b(?:ontvangen|betaald|voldaan|bijgeschreven)")
_DAYS = (3, 8, 13, 17, 25, 35, 50, 70)


def term_candidates(
    terms: Sequence[TermFound],
    layout: Layout,
    *,
    letter_on: date,
    asked: Iterable[Spot],
) -> list[Candidate[date]]:
    """Return every day from the date of the letter on that is named, with its clues.

    :param asked: where amounts stand that are asked for
    """
    places = [(spot.block, spot.start) for spot in asked]
    bare = [in_year_of(letter_on, found) for found in find_dates(layout)]
    found: dict[date, list[tuple[Spot, set[str]]]] = defaultdict(list)
    for term in terms:
        if term.on is not None:
            clues = clues_around(term.spot, layout).union(_clues_of_term(term, layout, places))
            found[term.on].append((term.spot, clues))
    for day in bare:
        if day.on is not None and day.on not in found:
            clues = clues_around(day.spot, layout).union(_clues_of_date(day, layout, places))
            found[day.on].append((day.spot, clues))
    days = sorted(day for day in found if day >= letter_on)
    return [
        Candidate(
            day,
            found[day][0][0],
            frozenset().union(
                *(clues for _, clues in found[day]), _clues_of_day(day, days, letter_on)
            ),
        )
        for day in days
    ]


def _clues_of_day(day: date, days: Sequence[date], letter_on: date) -> Iterator[str]:
    ahead = (day - letter_on).days
    yield f"days {next((limit for limit in _DAYS if ahead <= limit), 99)}"
    yield f"choice of {min(len(days), 6)}"
    if day == days[0]:
        yield "first day"
    if ahead == 0:
        yield "same day"


def _clues_of_term(
    term: TermFound, layout: Layout, asked: Sequence[tuple[int, int]]
) -> Iterator[str]:
    yield from (f"term {word}" for word in words_of(term.words))
    yield f"counted {term.counted.value}"
    yield from _clues_of_place(term.spot, len(term.words), layout, asked)
    seen = {
        "for paying": _is_for_paying(term),
        "for another matter": _is_for_another_matter(term),
        "counted and said from when": term.counted
        not in (Counted.FIXED, Counted.UNSAID, Counted.HANGING),
    }
    yield from (name for name, holds in seen.items() if holds)


def _clues_of_date(
    day: DateFound, layout: Layout, asked: Sequence[tuple[int, int]]
) -> Iterator[str]:
    yield "bare date"
    yield from _clues_of_place(day.spot, len(day.words), layout, asked)


def _clues_of_place(
    spot: Spot, length: int, layout: Layout, asked: Sequence[tuple[int, int]]
) -> Iterator[str]:
    start, end = spot.start - len(spot.before), spot.start + length + len(spot.after)
    if any(block == spot.block and start <= at <= end for block, at in asked):
        yield "with an amount asked"
    if any(block == spot.block for block, _ in asked):
        yield "near an amount asked"
    if context.is_conditional(layout, spot.block, spot.start):
        yield "conditional"


def _is_for_paying(term: TermFound) -> bool:
    spot = term.spot
    label = spot.label if len(spot.label) < 40 else ""
    around = f"{label} {'' if spot.before else spot.above} {spot.sentence}"
    return bool(_LABELLED.search(f"{around} {term.words}") or _PAYING.search(around))


def _is_for_another_matter(term: TermFound) -> bool:
    nearby = f"{term.spot.before[-90:]} … {term.spot.after[:70]}"
    return bool(_OTHER_MATTER.search(nearby)) and not _BY_THEN.search(term.spot.after)
