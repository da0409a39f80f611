"""How strongly a letter claims each amount as its total: labels, asking, and arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from letterbox.reading.roles import PARTS, Part, Role, is_a_row_of_its_own
from letterbox.reading.sums import Closing, columns_in, signed

CLAIMING = {Role.ASKED: 4.0, Role.TOTAL: 3.0, Role.WHOLE: 3.0}
"""What a first mention in this role weighs; every further one in the same way weighs one."""

_ADDS_UP = 4.0
_MANY = 100  # amounts that are taken in pairs: no text of a letter has more, and pairs take long


def evidence_for(parts: Sequence[Part], closings: Sequence[Closing]) -> dict[int, float]:
    """Return for every amount in cents how strongly the letter claims it."""
    scores = _mentions(parts)
    for cents in made_by_arithmetic(parts, closings):
        if cents in scores:
            scores[cents] += _ADDS_UP
    if 0 in scores and len(scores) > 1:
        scores[0] -= 2
    return scores


def _mentions(parts: Iterable[Part]) -> dict[int, float]:
    scores: dict[int, float] = defaultdict(float)
    counted: set[tuple[int, Role, bool]] = set()
    for part in parts:
        weight = CLAIMING.get(part.role)
        if weight is None or part.found.minus:
            continue
        labelled = part.found.spot.cell or is_a_row_of_its_own(part.found)
        way = (part.amount.cents, part.role, labelled)
        scores[part.amount.cents] += 1 if way in counted else weight
        counted.add(way)
    return dict(scores)


def made_by_arithmetic(parts: Sequence[Part], closings: Sequence[Closing]) -> set[int]:
    """Return every amount in cents to which other amounts of the letter come."""
    made = {closing.total.amount.cents for closing in closings}
    made |= {sum(map(signed, column)) for column in columns_in(parts) if len(column) > 2}
    made.add(_components(parts))
    made.update(_what_is_left(parts), _added_in_prose(parts))
    return made


def _components(parts: Iterable[Part]) -> int:
    """Return what principal, interest and costs, each named once, come to; -1 for nothing."""
    first: dict[Role, int] = {}
    for part in parts:
        if part.role in PARTS - {Role.VAT}:
            first.setdefault(part.role, signed(part))
    return sum(first.values()) if Role.PRINCIPAL in first and len(first) > 1 else -1


def _what_is_left(parts: Sequence[Part]) -> Iterator[int]:
    taken_off = [part for part in parts if signed(part) < 0]
    if len(taken_off) > _MANY:
        return
    for part in parts:
        yield from (part.amount.cents + signed(less) for less in taken_off if less is not part)


def _added_in_prose(parts: Iterable[Part]) -> Iterator[int]:
    """Yield what any two amounts in one text come to."""
    prose: dict[int, set[int]] = defaultdict(set)
    for part in parts:
        if not part.found.spot.cell and part.amount.cents:
            prose[part.found.spot.block].add(part.amount.cents)
    for amounts in prose.values():
        if len(amounts) <= _MANY:
            yield from map(sum, combinations(amounts, 2))
