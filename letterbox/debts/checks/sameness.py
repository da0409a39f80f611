"""Two debts that may be one, and letters that may have been counted twice."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from uuid import UUID

from letterbox.debts.checks.proof import newest_balance
from letterbox.debts.facts import Check, CheckSeverity, Debt, DebtStatus, HistoryLine
from letterbox.debts.links import alike
from letterbox.letters.rules import Party
from letterbox.shared.money import Euro

_RUNNING = frozenset((DebtStatus.OPEN, DebtStatus.PAYMENT_PLAN))


def debts_alike(debts: Sequence[Debt]) -> Iterator[tuple[UUID, Check]]:
    """Ask of every two debts that look like one whether they are; the stronger question only."""
    for pair in combinations(debts, 2):
        code = _likeness(*pair)
        if code is not None:
            yield from ((debt.id, _asked(code, debt)) for debt in pair)


def possible_duplicate(one: Debt, other: Debt) -> bool:
    """Say whether one letter may stand in both debts: same kind, day, amounts and creditor."""
    return _may_be_one(one, other) and bool(
        {_told(line) for line in one.history if line.outstanding}
        & {_told(line) for line in other.history if line.outstanding}
    )


def maybe_same_debt(one: Debt, other: Debt) -> bool:
    """Say whether two debts look like one: same creditor, same amount, no shared reference.

    What one claims as its principal may be what the other claims in all: a collector adds costs.
    """
    return _may_be_one(one, other) and bool(_amounts(one) & _amounts(other))


def _likeness(one: Debt, other: Debt) -> str | None:
    if possible_duplicate(one, other):
        return "possible_duplicate"
    return "maybe_same_debt" if maybe_same_debt(one, other) else None


def _may_be_one(one: Debt, other: Debt) -> bool:
    return (
        one.status in _RUNNING
        and other.status in _RUNNING
        and alike(one.creditor, other.creditor)
        and not (one.payment_reference and other.payment_reference and _same_writer(one, other))
    )


def _same_writer(one: Debt, other: Debt) -> bool:
    """Only who writes both would want two numbers quoted for two debts."""
    return _same_collector(one.collector, other.collector)


def _same_collector(one: Party | None, other: Party | None) -> bool:
    return alike(one, other) if one or other else True


def _told(line: HistoryLine) -> tuple[object, ...]:
    return line.on, line.kind, line.outstanding, line.due_on


def _amounts(debt: Debt) -> set[Euro]:
    unsure = {"outstanding", "principal"} & set(debt.unsure)
    known = {"outstanding": debt.outstanding, "principal": debt.principal}
    return {
        amount
        for field, amount in known.items()
        if amount is not None and amount.cents > 0 and field not in unsure
    }


def _asked(code: str, debt: Debt) -> Check:
    dutch, english = _WORDS[code]
    return Check(
        code, CheckSeverity.NOTICE, dutch, evidence=newest_balance(debt), message_en=english
    )


_WORDS = {
    "possible_duplicate": (
        "Is dit dubbel geteld? Bij een andere schuld aan deze schuldeiser hoort een brief van "
        "dezelfde dag met hetzelfde bedrag.",
        "Was this counted twice? Another debt to this creditor has a letter of the same day with "
        "the same amount.",
    ),
    "maybe_same_debt": (
        "Is dit dezelfde schuld als een andere? Schuldeiser en bedrag zijn gelijk.",
        "Is this the same debt as another? Creditor and amount are the same.",
    ),
}
