"""Finding dates, in the ways in which letters write them. Always day before month.

`12 mei` without a year is found as well; which year is meant depends on the letter's date.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from letterbox.reading.layout import Layout, Spot
from letterbox.reading.phrases.words import DASHED_NUMBERS, Words

_MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTH = (
    r"(?:jan(?:uari|uary|\.)?|feb(?:ruari|ruary|r\.|r|\.)?|maart|march|mrt\.?|mar\.?|apr(?:il|\.)?"
    r"|mei|may|jun[ie]?\.?|jul[iy]?\.?|aug(?:ustus|ust|\.)?|sept?(?:ember|\.)?|o[kc]t(?:ober|\.)?"
    r"|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_MONTH = rf"(?P<month>{MONTH})"
_YEAR = r"(?P<year>(?:19|20)\d\d|['’]\d\d)"
_NAMED_MONTH = Words(*_MONTHS)
_PATTERNS = (
    (
        re.compile(
            rf"(?=\d)(?<![\d.,-])(?P<day>[0-3]?\d)(?:e|de|ste|st|nd|rd|th|\.)?\s{_MONTH}\b\.?"
            rf"(?:,?\s{_YEAR}\b)?(?!\d)",
            re.IGNORECASE,
        ),
        _NAMED_MONTH,
    ),
    (
        re.compile(rf"\b{_MONTH}\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,\s{_YEAR}\b", re.IGNORECASE),
        Words(", 19", ", 20"),
    ),
    (
        re.compile(
            r"(?=\d)(?<![\w./-])(?P<day>[0-3]?\d)(?P<sep>[-/.])(?P<month>[01]?\d)(?P=sep)"
            r"(?P<year>(?:19|20)\d\d|['’]?\d\d)(?![\w/-]|\.\d)"
        ),
        DASHED_NUMBERS,
    ),
    (
        re.compile(
            r"(?<![\w./-])(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w/-])"
        ),
        Words("-0", "-1"),
    ),
)
"""Every way of writing a date, with words of which each such date holds one."""


class DateFound(NamedTuple):
    """A date and where it stands. Without a year, `on` is None until `in_year_of` fills it."""

    day: int
    month: int
    on: date | None
    words: str
    spot: Spot


def find_dates(layout: Layout) -> list[DateFound]:
    """Return all dates in a letter, in reading order."""
    return layout.once(_find_dates)


def _find_dates(layout: Layout) -> list[DateFound]:
    found = [date for pattern, having in _PATTERNS for date in _written(layout, pattern, having)]
    return sorted(found, key=lambda find: (find.spot.block, find.spot.start))


def in_year_of(letter_on: date, found: DateFound) -> DateFound:
    """Fill in the year: the first such day on or after the date of the letter."""
    if found.on is not None:
        return found
    years = (letter_on.year, letter_on.year + 1)
    days = (_date(year, found.month, found.day) for year in years)
    return found._replace(on=next((day for day in days if day and day >= letter_on), None))


def _written(layout: Layout, pattern: re.Pattern[str], having: Words) -> Iterator[DateFound]:
    for match, spot in layout.matches(pattern, having=having):
        groups = match.groupdict()
        month = _month(groups["month"])
        day = int(groups["day"])
        year = _year(groups["year"])
        on = _date(year, month, day) if year else None
        if on is not None or (not year and _date(2024, month, day)):
            yield DateFound(day, month, on, match.group(), spot)


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS[written[:3].lower()]


def _year(written: str | None) -> int | None:
    if not written:
        return None
    digits = written.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
