"""Columns of amounts that add up: the strongest evidence of which amount is which."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from letterbox.reading.roles import PARTS, Part, Role

_SAME_EDGE, _NEXT_ROW = 16.0, 45.0
_TOTALS = frozenset((Role.TOTAL, Role.SUM, Role.PRINCIPAL, Role.COLLECTION_COSTS, Role.WHOLE))


class Closing(NamedTuple):
    """An amount and the parts right above it that add up to it, to the cent."""

    total: Part
    parts: tuple[Part, ...]


def sums_in(parts: Iterable[Part]) -> list[Closing]:
    """Return every sum that closes in a column of a table, from top to bottom."""
    return [closing for column in columns_in(parts) for closing in _closings(column)]


def signed(part: Part) -> int:
    """Return the amount in cents, below zero for what was paid or taken off."""
    less = part.found.minus or part.role is Role.PAID
    return -part.amount.cents if less else part.amount.cents


def columns_in(parts: Iterable[Part]) -> list[list[Part]]:
    """Return the columns of amounts in the tables of a letter."""
    columns: list[list[Part]] = []
    cells = [part for part in parts if part.found.spot.cell]
    for part in sorted(cells, key=lambda p: (p.found.spot.page, p.found.spot.box[1])):
        column = next((c for c in reversed(columns) if _goes_on(c[-1], part)), None)
        if column is None:
            columns.append([part])
        else:
            column.append(part)
    return columns


def _goes_on(last: Part, part: Part) -> bool:
    here, there = last.found.spot, part.found.spot
    return (
        here.page == there.page
        and abs(here.box[2] - there.box[2]) <= _SAME_EDGE
        and 0 < there.box[1] - here.box[1] <= _NEXT_ROW
    )


def _closings(column: Sequence[Part]) -> list[Closing]:
    found = []
    pending: list[Part] = []
    for part in column:
        count = _adds_up(pending, part)
        if count:
            found.append(Closing(part, tuple(pending[-count:])))
            del pending[-count:]
        pending.append(part)
    return found


def _adds_up(pending: Sequence[Part], total: Part) -> int:
    """Return how many of the last parts make this total, the most first; 0 for none.

    Of payments (`totaal afgelost`) the amounts as they stand, of all else what they come to.
    """
    of_payments = total.role is Role.PAID
    if not of_payments and (total.role not in _TOTALS or total.found.minus):
        return 0
    for count in range(len(pending), 1, -1):
        chosen = pending[-count:]
        come_to = sum(p.amount.cents if of_payments else signed(p) for p in chosen)
        if come_to == total.amount.cents and any(p.amount.cents for p in chosen):
            return count
    return 0


def is_left_open(parts: Sequence[Part], closings: Iterable[Closing], cents: int) -> bool:
    """Say whether a table names the parts of this total and they do not come to it, nor do they
    less a payment that is spoken of outside of it."""
    if any(closing.total.amount.cents == cents for closing in closings):
        return False
    paid = {p.amount.cents for p in parts if p.role is Role.PAID and not p.found.spot.cell}
    return any(
        part.amount.cents == cents
        and sum(other.role in PARTS for other in column[:at]) > 1
        and sum(map(signed, column[:at])) - cents not in {0, *paid}
        for column in columns_in(parts)
        for at, part in enumerate(column)
        if part.role is Role.TOTAL
    )
