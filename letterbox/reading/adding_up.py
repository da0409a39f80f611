"""Parts of a balance that come to it, to the cent, are the parts; others are left open.

`principal + interest + collection costs + increase - paid = balance`: where that closes, each
says what the others are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, takewhile

from letterbox.reading.candidates import Choice
from letterbox.reading.roles import Part, Role
from letterbox.reading.sums import Closing
from letterbox.shared.money import Euro

_SIGNS = {"interest": 1, "collection_costs": 1, "increase": 1, "paid": -1}
_CLOSES = 0.97
_ADDED = frozenset((Role.INTEREST, Role.COLLECTION_COSTS, Role.INCREASE))
_UNNAMED = frozenset((Role.ITEM, Role.TOTAL, Role.WHOLE))
_NO_CLAIM = re.compile(
    r"(?i)kosten|costs|fees?\b|\bvat\b|btw|exploot|beteken|aanmaning|boete|beslag|\brest|nog open"
)
"""What is no claim by itself, or no longer the whole of it."""
_FINES = frozenset((Role.PRINCIPAL, Role.ITEM))
_FINE = re.compile(r"(?i)\b(?:geld)?boete|sanctie|\bfine\b|\bpenalty\b")
_HANDLING = re.compile(r"(?i)^\W*administrati(?:on|ekosten)\b")


def with_parts_that_add_up(amounts: Mapping[str, Choice[Euro]]) -> dict[str, Choice[Euro]]:
    """Return the amounts, parts that close made sure, unsure ones that do not close left out."""
    balance, principal = amounts["outstanding"], amounts["principal"]
    if balance.value is None or principal.value is None or not balance.value.cents:
        return dict(amounts)
    closing = next(_closing(amounts, balance.value.cents - principal.value.cents), None)
    if closing is None or (not closing and any(_is_sure_part(amounts[name]) for name in _SIGNS)):
        return {**amounts, "principal": _left_open(principal)}
    closed = {name: _sure(amounts[name]) for name in ("principal", *closing) if closing}
    beside = {name: _left_open(amounts[name]) for name in _SIGNS if name not in closing}
    return {**amounts, **beside, **closed}


def parts_in_table(closings: Sequence[Closing], balance: Euro | None) -> dict[str, Choice[Euro]]:
    """Return the parts that a table names which comes to the balance, all of them sure; where
    all its rows are understood, nothing else was added to the principal.

    None when it has no principal: then its rows are something else than parts.
    """
    closing = next((c for c in reversed(closings) if c.total.amount == balance), None)
    parts = _with_fine(_with_claims(_with_vat(_opened(closing, closings)))) if closing else []
    if not any(part.role is Role.PRINCIPAL for part in parts):
        return {}
    named = [part for part in parts if part.role.value in ("principal", *_SIGNS)]
    others = [role.value for role in _ADDED] if len(named) == len(parts) else []
    return dict.fromkeys(others, Choice[Euro](None, None, True, _CLOSES)) | {
        part.role.value: Choice(
            Euro(sum(other.amount.cents for other in named if other.role is part.role)),
            part.found.spot,
            True,
            _CLOSES,
        )
        for part in reversed(named)
    }


def _opened(closing: Closing, closings: Sequence[Closing]) -> list[Part]:
    """Return the parts of a sum, those of a nested total of costs in its place."""
    inner = {id(c.total): c.parts for c in closings if c.total.role is Role.SUM}
    return [each for part in closing.parts for each in inner.get(id(part), (part,))]


def _with_vat(parts: Sequence[Part]) -> list[Part]:
    """VAT right below the collection costs is VAT on them, and so belongs to them."""
    costs = Role.COLLECTION_COSTS
    return [
        part._replace(role=costs)
        if part.role is Role.VAT and at and parts[at - 1].role is costs
        else part
        for at, part in enumerate(parts)
    ]


def _with_fine(parts: Sequence[Part]) -> list[Part]:
    """A fine is imposed together with the costs of handling it: both are the principal. Not where
    something else is claimed beside it."""
    fine = [part for part in parts if part.role in _FINES and _FINE.search(part.found.spot.label)]
    handling = [part for part in parts if _HANDLING.search(part.found.spot.label)]
    imposed = [*fine, *handling]
    if not fine or any(p.role in _FINES and p not in imposed for p in parts):
        return [*parts]
    return [p._replace(role=Role.PRINCIPAL) if p in imposed else p for p in parts]


def _with_claims(parts: Sequence[Part]) -> list[Part]:
    """The invoices at the head of a table in which interest or costs are added are the principal;
    not where another row is not understood."""
    claims = [*takewhile(_is_a_claim, parts)]
    rest = parts[len(claims) :]
    if not any(part.role in _ADDED for part in rest) or any(map(_is_a_claim, rest)):
        return [*parts]
    return [*(part._replace(role=Role.PRINCIPAL) for part in claims), *rest]


def _is_a_claim(part: Part) -> bool:
    named = _NO_CLAIM.search(part.found.spot.label)
    return part.role in _UNNAMED and not part.found.minus and not named


def _closing(amounts: Mapping[str, Choice[Euro]], rest: int) -> Iterator[tuple[str, ...]]:
    """Yield the parts that come to the rest, the most parts first."""
    cents = {
        name: sign * amount.cents
        for name, sign in _SIGNS.items()
        if (amount := amounts[name].value) is not None and amount.cents
    }
    for count in range(len(cents), -1, -1):
        for names in combinations(cents, count):
            if abs(sum(cents[name] for name in names) - rest) <= 1:
                yield names


def _is_sure_part(choice: Choice[Euro]) -> bool:
    return choice.sure and choice.value is not None and choice.value.cents > 0


def _sure(choice: Choice[Euro]) -> Choice[Euro]:
    return choice._replace(sure=True, confidence=max(choice.confidence, _CLOSES))


def _left_open(choice: Choice[Euro]) -> Choice[Euro]:
    """What is sure stays, and is a question for a person: it may be part of another sum."""
    return choice if choice.sure else choice._replace(value=None, spot=None)
