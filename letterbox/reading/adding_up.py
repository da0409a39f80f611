"""Parts of a balance that come to it, to the cent, are the parts; others are left open.

`principal + interest + collection costs + increase - paid = balance`: where that closes, each
says what the others are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from letterbox.reading.candidates import Choice
from letterbox.shared.money import Euro

_SIGNS = {"interest": 1, "collection_costs": 1, "increase": 1, "paid": -1}
_CLOSES = 0.97


def with_parts_that_add_up(amounts: Mapping[str, Choice[Euro]]) -> dict[str, Choice[Euro]]:
    """Return the amounts, parts that close made sure, unsure ones that do not close left out."""
    balance, principal = amounts["outstanding"], amounts["principal"]
    if balance.value is None or principal.value is None or not balance.value.cents:
        return dict(amounts)
    closing = next(_closing(amounts, balance.value.cents - principal.value.cents), None)
    if closing is None:
        return {**amounts, "principal": _left_open(principal)}
    closed = {name: _sure(amounts[name]) for name in ("principal", *closing) if closing}
    beside = {name: _left_open(amounts[name]) for name in _SIGNS if name not in closing}
    return {**amounts, **beside, **closed}


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


def _sure(choice: Choice[Euro]) -> Choice[Euro]:
    return replace(choice, sure=True, confidence=max(choice.confidence, _CLOSES))


def _left_open(choice: Choice[Euro]) -> Choice[Euro]:
    """What is sure stays, and is a question for a person: it may be part of another sum."""
    return choice if choice.sure else replace(choice, value=None, spot=None)
