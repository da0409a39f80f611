"""Which amount could be which: every amount of a letter once, with all its mentions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from letterbox.reading import context
from letterbox.reading.candidates import Candidate, clues_around
from letterbox.reading.evidence import evidence_for, made_by_arithmetic
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.numbers import BELOW_HUNDRED, number_in_words
from letterbox.reading.roles import Part, Role
from letterbox.reading.sums import Closing, columns_in
from letterbox.shared.money import Euro

_ROLES = (Role.ASKED, Role.TOTAL, Role.WHOLE)
_NOT_OWED = frozenset((Role.CONDITIONAL, Role.ASIDE, Role.UNSAID))
_OFTEN = 4
_MOST_IN_SUMS = 6
_ON_THE_WAY = "makes what comes after"
PART_OF_WHAT_COMES = (_ON_THE_WAY, "makes what comes before")
"""Clues of an amount that makes another one with those beside it."""
# No digit and no word for a number begins otherwise than the first part says.
_SO_MANY_PARTS = re.compile(
    rf"(?=[\dadentvz])\b(?P<count>\d{{1,2}}|{BELOW_HUNDRED})\s?(?:x\b|(?:\w+\s){{0,2}}?"
    r"(?:termijn|del|maand|keer|week|weken|kwarta|part|instal|month|payment|times))"
)


def amount_candidates(
    parts: Sequence[Part],
    closings: Sequence[Closing],
    layout: Layout,
    *,
    terms: Sequence[Spot],
    accounts: Sequence[Spot],
) -> list[Candidate[Euro]]:
    """Return all amounts, the one of nothing at all among them, with their clues.

    :param terms: where the letter names a last day; an amount beside it is likely asked for
    :param accounts: where it names an account
    """
    shared = _Shared(parts, closings, terms, accounts, _counts_of_parts(layout))
    mentions: dict[Euro, list[Part]] = defaultdict(list)
    for part in parts:
        mentions[part.amount].append(part)
    mentions.setdefault(Euro(0), [])
    return [
        Candidate(
            amount,
            _best_spot(mentioned),
            frozenset().union(
                _clues_of_value(amount.cents, len(mentioned), shared),
                *(clues_around(part.found.spot, layout) for part in mentioned),
                *(_clues_of_part(part, layout, shared) for part in mentioned),
            ),
        )
        for amount, mentioned in mentions.items()
    ]


class _Shared:
    """What all amounts of a letter have to do with one another."""

    def __init__(
        self,
        parts: Sequence[Part],
        closings: Sequence[Closing],
        terms: Sequence[Spot],
        accounts: Sequence[Spot],
        counts: frozenset[int],
    ) -> None:
        owed = [part.amount.cents for part in parts if part.role not in _NOT_OWED]
        self.largest = max((p.amount.cents for p in parts), default=0)
        self.largest_owed = max(owed, default=0)
        asked = [p.amount.cents for p in parts if p.role is Role.ASKED and not p.found.spot.cell]
        self.asked_most = max(asked, default=None)
        self.whole = max((p.amount.cents for p in parts if p.role is Role.WHOLE), default=0)
        self.count = len({part.amount for part in parts})
        self.totals = {closing.total.amount.cents for closing in closings}
        self.summands = {p.amount.cents for closing in closings for p in closing.parts}
        self.made = made_by_arithmetic(parts, closings)
        self.equations = _equations(parts)
        self.order = [part.amount.cents for part in parts if not part.found.minus]
        self.evidence = evidence_for(parts, closings)
        self.strongest = max(self.evidence.values(), default=0.0)
        self.lowest = {id(column[-1]) for column in columns_in(parts) if len(column) > 1}
        self.terms = {(spot.block, _sentence(spot)) for spot in terms}
        self.near_terms = {spot.block for spot in terms}
        self.accounts = {spot.block for spot in accounts}
        stated = {part.amount.cents for part in parts}
        self.equal_parts = {c for c in stated if c and any(c * k in stated for k in counts)}
        self.divided = {c for c in stated if any(c % k == 0 and c // k in stated for k in counts)}


def _counts_of_parts(layout: Layout) -> frozenset[int]:
    """Return in how many terms, months or parts the letter says that something is paid."""
    counts = (match["count"] for match in _SO_MANY_PARTS.finditer(layout.plain))
    numbers = (int(it) if it.isdigit() else number_in_words(it) for it in counts)
    return frozenset(number for number in numbers if number and number > 1)


def _sentence(spot: Spot) -> int:
    return spot.start - len(spot.before)


def _best_spot(mentioned: Sequence[Part]) -> Spot | None:
    def order(part: Part) -> tuple[bool, int]:
        at = _ROLES.index(part.role) if part.role in _ROLES else len(_ROLES)
        return not part.found.spot.cell, at

    return min(mentioned, key=order).found.spot if mentioned else None


def _clues_of_value(cents: int, times: int, shared: _Shared) -> Iterator[str]:
    yield f"times {min(times, _OFTEN)}"
    yield f"amounts {min(shared.count, 2 * _OFTEN)}"
    evidence = shared.evidence.get(cents, 0.0)
    yield f"evidence {min(int(evidence), 12)}"
    seen = {
        "nothing": cents == 0,
        "largest": cents == shared.largest,
        "largest owed": cents == shared.largest_owed,
        "only": shared.count == 1,
        "asked most": cents == shared.asked_most,
        "less than asked": shared.asked_most is not None and cents < shared.asked_most,
        "more than asked": shared.asked_most is not None and cents > shared.asked_most,
        "is the whole": cents == shared.whole > 0,
        "less than the whole": cents < shared.whole,
        "total of a sum": cents in shared.totals,
        "part of a sum": cents in shared.summands,
        "made": cents in shared.made,
        "first": shared.order[:1] == [cents],
        "last": shared.order[-1:] == [cents],
        "strongest": evidence > 0 and evidence == shared.strongest,
        "not strongest": evidence < shared.strongest,
        "is an equal part": cents in shared.equal_parts,
        "is in equal parts": cents in shared.divided,
    }
    yield from (name for name, holds in seen.items() if holds)
    equations = shared.equations[cents]
    yield from equations
    if _ON_THE_WAY in equations and ("made before" in equations or cents in shared.totals):
        yield "between"


def _clues_of_part(part: Part, layout: Layout, shared: _Shared) -> Iterator[str]:
    spot = part.found.spot
    kind_of_place = "cell" if spot.cell else "prose"
    yield f"role {part.role.value}"
    yield f"role {part.role.value} {kind_of_place}"
    seen = {
        "minus": part.found.minus,
        "marked": part.found.marked,
        "lowest": id(part) in shared.lowest,
        "with a term": (spot.block, _sentence(spot)) in shared.terms,
        "near a term": spot.block in shared.near_terms,
        "near an account": spot.block in shared.accounts,
        "conditional": context.is_conditional(layout, spot.block, spot.start),
        "rate": context.is_a_rate(spot.before, spot.after),
        "bound": context.is_a_bound(spot.before),
        "history": context.is_history(spot.before),
        "not asked": context.is_not_asked(f"{spot.label} {spot.sentence}"),
        "later page": spot.page > 1,
    }
    yield from (name for name, holds in seen.items() if holds)


def _equations(parts: Sequence[Part]) -> dict[int, set[str]]:
    """Return for every amount in cents what it is in sums of the amounts around it.

    People write a sum in order: what is added or taken off first, and what it comes to last.
    """
    amounts = [part.amount.cents for part in parts]
    seen: dict[int, set[str]] = defaultdict(set)
    last = 0
    for at, total in enumerate(amounts):
        for some, where in ((amounts[:at][::-1], "before"), (amounts[at + 1 :], "after")):
            made = _makes(some, total)
            if not made:
                continue
            seen[total] |= {f"made {where}", f"made {where} of {len(made)}"}
            if any(sign < 0 for sign in made):
                seen[total].add(f"made {where} with a payment")
            for part in some[: len(made)]:
                seen[part].add(f"makes what comes {'after' if where == 'before' else 'before'}")
            last = total if where == "before" else last
    if last:
        seen[last].add("made last")
    return seen


def _makes(amounts: Sequence[int], total: int) -> tuple[int, ...]:
    """Return the signs with which the first few of these make a total, none if they do not."""
    if not total:
        return ()
    sums = [0]
    for count, amount in enumerate(amounts[:_MOST_IN_SUMS], start=1):
        if amount in (0, total):
            return ()
        sums = [made for one in sums for made in (one + amount, one - amount)]
        if count > 1 and total in sums:
            at = sums.index(total)
            return tuple(-1 if at >> place & 1 else 1 for place in reversed(range(count)))
    return ()
