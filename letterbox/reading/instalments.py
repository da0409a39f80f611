"""The table of a payment plan: when to pay how much."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from letterbox.reading.finders.dates import DateFound, find_dates, in_year_of
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.roles import Part, Role
from letterbox.shared.money import Euro

_MAY_BE = frozenset((Role.ITEM, Role.INSTALMENT, Role.TOTAL))
_SAME_HEIGHT = 5.0
_DATED = re.compile(r"(?i)factuur|nota|periode|maand\b|invoice|vervallen|voldaan|betaald|ontvangen")


@dataclass(frozen=True, slots=True)
class InstalmentFound:
    """One row of a plan, and where its amount stands."""

    on: date
    amount: Euro
    spot: Spot


def find_instalments(
    parts: Sequence[Part], layout: Layout, *, letter_on: date
) -> list[InstalmentFound]:
    """Return the dated rows of a plan, the first one first; none when fewer than two.

    :param letter_on: rows before it are payments of the past
    """
    dates = [in_year_of(letter_on, found) for found in find_dates(layout)]
    rows = {
        (day.on, part.amount): InstalmentFound(day.on, part.amount, part.found.spot)
        for part in parts
        if part.found.spot.cell and part.role in _MAY_BE
        for day in dates
        if day.on is not None and day.on >= letter_on and _in_one_row(day, part)
    }
    in_order = sorted(rows.values(), key=lambda row: row.on)
    return in_order if len({row.on for row in in_order}) > 1 else []


def _in_one_row(day: DateFound, part: Part) -> bool:
    here, there = day.spot, part.found.spot
    return (
        here.page == there.page
        and abs(here.box[1] - there.box[1]) < _SAME_HEIGHT
        and here.box[0] < there.box[0]
        and not _DATED.search(here.before)
    )
