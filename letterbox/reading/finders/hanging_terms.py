"""Finding terms that hang on another day: `vóór de zittingsdag`, `twee dagen vóór die dag`.

The other day is a hearing or an eviction that the letter names anywhere, the day that was named
last before the words that point back at it, or the first of the next month.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from letterbox.reading.finders.dates import DateFound, find_dates, in_year_of
from letterbox.reading.finders.events import EventFound, EventKind, find_events
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.numbers import NUMBER_WORD, number_in_words
from letterbox.reading.phrases.words import Words
from letterbox.reading.working_days import working_days_before
from letterbox.shared.days import months_later

_COUNT = rf"(?P<count>\d{{1,2}}|{NUMBER_WORD})\s(?P<unit>(?:werk|working )?(?:dag(?:en)?|days?))\s"
_EVENT = (
    r"(?P<hearing>(?:rol)?zitting(?:s?dag|sdatum)?|hearing)"
    r"|(?P<eviction>ontruiming(?:s?dag|sdatum)?|eviction)"
    r"|(?P<cut_off>afsluiting|afsluitdatum|disconnection)"
    r"|(?P<sale>(?:executie)?verkoop|veiling|auction)"
)
_HANGING = re.compile(
    rf"(?i)\b(?:{_COUNT})?(?:v[óo]{{2}}r|voor|voorafgaand aan|before|prior to)\s"
    r"(?:(?P<month>(?:het |the )?(?:einde?|end) (?:van|of) (?:de|deze|the|this) (?:maand|month)\b)"
    r"|(?P<back>(?:die|deze|de genoemde|that|this|the said) (?:dag|datum|day|date)\b"
    r"|dan\b|then\b|het einde van\b)"
    r"|(?:de|het|deze|uw|the|your)\s(?:(?:dag|datum|day|date) (?:van|of) (?:de|het|the)\s)?"
    rf"(?:geplande |genoemde |aangezegde )?(?:{_EVENT})\b)"
    r"|(?P<eve>\b(?:de|the) (?:dag|day) (?:ervoor|daarvoor|before)\b)"
)
_HAVING = Words("voor", "before", "prior")


@dataclass(frozen=True, slots=True)
class HangingFound:
    """The last day before another day, and the words for it."""

    on: date
    words: str
    spot: Spot


def find_hanging(layout: Layout, *, letter_on: date) -> Iterator[HangingFound]:
    """Yield the terms that hang on another day which the letter names.

    :param letter_on: days before it are history
    """
    for match, spot in layout.matches(_HANGING, having=_HAVING):
        other = _other_day(match, spot, layout, letter_on)
        if other is not None:
            yield HangingFound(_before(other, match), match.group(), spot)


def _other_day(match: re.Match[str], spot: Spot, layout: Layout, letter_on: date) -> date | None:
    if match["month"]:
        return months_later(letter_on.replace(day=1), 1)
    if match["back"] or match["eve"]:
        return _day_named_before(spot, find_dates(layout), letter_on)
    what = next(kind for kind in EventKind if match[kind.value])
    return _only_day(what, find_events(layout, letter_on=letter_on))


def _only_day(what: EventKind, events: Sequence[EventFound]) -> date | None:
    """Return the day of an event; none when the letter names two."""
    days = {event.on for event in events if event.what is what}
    return days.pop() if len(days) == 1 else None


def _day_named_before(spot: Spot, dates: Sequence[DateFound], letter_on: date) -> date | None:
    """Return the day ahead that was named last, here or in the block above."""
    days = [
        day
        for found in dates
        if (found.spot.block, found.spot.start) < (spot.block, spot.start)
        and spot.block - found.spot.block <= 1
        and (day := in_year_of(letter_on, found).on)
        and day > letter_on
    ]
    return days[-1] if days else None


def _before(day: date, match: re.Match[str]) -> date:
    written = match["count"]
    if not written:
        return day - timedelta(days=1)
    count = int(written) if written.isdigit() else number_in_words(written) or 1
    if match["unit"].lower().startswith("w"):
        return working_days_before(day, count)
    return day - timedelta(days=count)
