"""Which amount of a letter is the balance, which is to be paid now, and which are its parts.

An amount wins by evidence: what the label says, whether the letter asks for it, whether a
column adds up to it. Costs that a letter only threatens are never part of a balance.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from letterbox.reading.evidence import built_on, evidence_for
from letterbox.reading.layout import Spot
from letterbox.reading.roles import PARTS, Part, Role
from letterbox.reading.sums import Closing, columns_in, signed
from letterbox.shared.money import Euro

_ENOUGH, _CLEAR = 6, 1.5


@dataclass(frozen=True, slots=True)
class Chosen:
    """The amount that won for a field, its best proof, and whether the evidence decides.

    :ivar part: None when words say it, not an amount: `u bent niets meer verschuldigd`
    """

    amount: Euro
    part: Part | None
    sure: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Money:
    """What the amounts of a letter come down to, by field of `Reading`."""

    chosen: dict[str, Chosen] = field(default_factory=dict)

    def amount(self, name: str) -> Euro | None:
        """Return what won for this field, if anything."""
        chosen = self.chosen.get(name)
        return chosen.amount if chosen else None


def choose_money(parts: Sequence[Part], closings: Sequence[Closing], *, term: Spot | None) -> Money:
    """Weigh all amounts of a letter and return what won for each field.

    :param term: where the letter says until when to pay
    """
    total = _best(parts, closings, term)
    if total is None:
        return Money(_threatened(parts))
    whole = _whole(parts, total)
    chosen = {"outstanding": whole or total, "payable_now": total}
    if whole is None:
        chosen |= _parts(parts, closings, total)
    return Money(chosen | _threatened(parts))


def _best(parts: Sequence[Part], closings: Sequence[Closing], term: Spot | None) -> Chosen | None:
    scores = evidence_for(parts, closings, term=term)
    ranking = sorted(scores, key=lambda cents: (-scores[cents], -cents))
    if not ranking or scores[ranking[0]] < 3:
        return None
    first, best = ranking[0], scores[ranking[0]]
    second = scores[ranking[1]] if len(ranking) > 1 else 0.0
    larger = built_on(parts, first)
    proof = _proof(parts, larger or first)
    alone = len({p.amount for p in parts if p.role is not Role.CONDITIONAL}) == 1
    enough = best >= _ENOUGH or (alone and best >= 3)
    sure = (
        enough
        and best >= _CLEAR * second
        and larger is None
        and not _left_open(parts, closings, first)
    )
    return Chosen(Euro(larger or first), proof, sure, round(best / (best + second + 1), 2))


def _left_open(parts: Sequence[Part], closings: Sequence[Closing], cents: int) -> bool:
    """Say whether a table names the parts of this total and they do not come to it."""
    if any(closing.total.amount.cents == cents for closing in closings):
        return False
    return any(
        part.amount.cents == cents
        and sum(other.role in PARTS for other in column[:at]) > 1
        and sum(map(signed, column[:at])) != cents
        for column in columns_in(parts)
        for at, part in enumerate(column)
        if part.role is Role.TOTAL
    )


def _proof(parts: Sequence[Part], cents: int) -> Part:
    order = (Role.ASKED, Role.TOTAL, Role.WHOLE)
    same = [part for part in parts if part.amount.cents == cents and part.role in order]
    return min(same, key=lambda part: (not part.found.spot.cell, order.index(part.role)))


def _whole(parts: Sequence[Part], total: Chosen) -> Chosen | None:
    """Return the whole debt where the letter asks for less: arrears next to a loan."""
    larger = [p for p in parts if p.role is Role.WHOLE and p.amount > total.amount]
    if not larger:
        return None
    one = len({part.amount for part in larger}) == 1
    return Chosen(
        larger[0].amount, larger[0], sure=one and larger[0].found.spot.cell, confidence=0.7
    )


def _parts(parts: Sequence[Part], closings: Sequence[Closing], total: Chosen) -> dict[str, Chosen]:
    closing = next((c for c in reversed(closings) if c.total.amount == total.amount), None)
    opened = _opened(closing, closings) if closing else list(parts)
    fields = {
        role.value: chosen
        for role in (Role.INTEREST, Role.COLLECTION_COSTS, Role.INCREASE, Role.PAID)
        if (chosen := _summed(role, opened, sure=closing is not None)) is not None
    }
    principal = _principal(opened, total, fields, closed=closing is not None)
    return fields if principal is None else {"principal": principal, **fields}


def _opened(closing: Closing, closings: Sequence[Closing]) -> list[Part]:
    """Return the parts of a sum, those of a nested total of costs in its place."""
    opened: list[Part] = []
    for part in closing.parts:
        inner = next((c for c in closings if c.total is part and part.role is Role.SUM), None)
        opened += inner.parts if inner else [part]
    return [_vat_on_costs(part, opened[:at]) for at, part in enumerate(opened)]


def _vat_on_costs(part: Part, before: Sequence[Part]) -> Part:
    """VAT right below the collection costs is VAT on them, and so belongs to them."""
    on_costs = part.role is Role.VAT and before and before[-1].role is Role.COLLECTION_COSTS
    return replace(part, role=Role.COLLECTION_COSTS) if on_costs else part


def _summed(role: Role, parts: Iterable[Part], *, sure: bool) -> Chosen | None:
    found = [part for part in parts if part.role is role]
    if not found:
        return None
    if not sure:
        found = found[:1]
    amount = Euro(sum(part.amount.cents for part in found))
    return Chosen(amount, found[0], sure, 0.9 if sure else 0.5)


def _principal(
    opened: Sequence[Part], total: Chosen, fields: dict[str, Chosen], *, closed: bool
) -> Chosen | None:
    named = next((part for part in opened if part.role is Role.PRINCIPAL), None)
    if named is not None:
        return Chosen(named.amount, named, _fits(named.amount, opened, total), 0.8)
    beside = PARTS - {Role.VAT, Role.PRINCIPAL}
    added = sum(signed(part) for part in opened if part.role in beside) if closed or fields else 0
    rest = Euro(total.amount.cents - added)
    if rest.cents <= 0 or (fields and not closed and rest not in {p.amount for p in opened}):
        return None
    return Chosen(rest, total.part, sure=total.sure and (closed or not fields), confidence=0.7)


def _fits(principal: Euro, opened: Iterable[Part], total: Chosen) -> bool:
    others = sum(signed(p) for p in opened if p.role in PARTS - {Role.PRINCIPAL, Role.VAT})
    return abs(principal.cents + others - total.amount.cents) <= 1


def _threatened(parts: Iterable[Part]) -> dict[str, Chosen]:
    """Return the costs that a letter says will follow, the last and so largest total of them."""
    costs = [p for p in parts if p.role is Role.CONDITIONAL and _names_costs(p)]
    if not costs:
        return {}
    return {
        "conditional_costs": Chosen(costs[0].amount, costs[0], sure=len(costs) == 1, confidence=0.5)
    }


def _names_costs(part: Part) -> bool:
    return bool(re.search(r"(?i)kosten|costs", part.found.spot.sentence))
