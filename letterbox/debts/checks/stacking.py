"""Costs of collecting that are counted once for every instalment of one contract."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from letterbox.debts.checks.costs import ROUNDING, costs_limit
from letterbox.debts.checks.proof import TITLES, newest_balance
from letterbox.debts.checks.tables import COLLECTION_COSTS, in_force, is_public
from letterbox.debts.facts import Check, CheckSeverity, Debt
from letterbox.debts.links import alike
from letterbox.shared.money import Euro

_MONTH = timedelta(days=31)


def costs_stacked(debts: Sequence[Debt]) -> Iterator[tuple[UUID, Check]]:
    """Costs on instalments of one contract, within six months, are those on their sum.

    Source: Stb. 2024, 44, since 1 October 2024. One contract is taken to be: the same creditor,
    and a reference in common.
    """
    for debt in debts:
        others = [other for other in debts if other is not debt and _stack(debt, other)]
        if others and _above_together([debt, *others]):
            yield debt.id, _stacked(debt)


def _stack(one: Debt, other: Debt) -> bool:
    """Say whether costs are claimed in both debts, as instalments of what may be one contract."""
    return (
        _claims_costs(one)
        and _claims_costs(other)
        and alike(one.creditor, other.creditor)
        and bool(set(one.references) & set(other.references))
        and _within_the_months(one, other)
    )


def _claims_costs(debt: Debt) -> bool:
    costs, principal = debt.collection_costs, debt.principal
    sure = not {"collection_costs", "principal", "outstanding"} & set(debt.unsure)
    known = costs is not None and costs.cents > 0 and principal is not None
    titled = any(line.kind in TITLES for line in debt.history)
    return sure and known and not titled and not is_public(debt.creditor)


def _within_the_months(one: Debt, other: Debt) -> bool:
    if one.balance_on is None or other.balance_on is None:
        return False
    first, last = sorted((one.balance_on, other.balance_on))
    rule = in_force(COLLECTION_COSTS.stacking, first)
    return rule is not None and last - first <= rule.months * _MONTH


def _above_together(debts: Sequence[Debt]) -> bool:
    principal = Euro(sum(debt.principal.cents for debt in debts if debt.principal))
    costs = Euro(sum(debt.collection_costs.cents for debt in debts if debt.collection_costs))
    limit = costs_limit(principal, max(debt.balance_on for debt in debts if debt.balance_on))
    return limit is not None and costs > limit + ROUNDING


def _stacked(debt: Debt) -> Check:
    return Check(
        "costs_stacked",
        CheckSeverity.NOTICE,
        "Worden incassokosten per termijn gestapeld? Ook bij een andere schuld aan deze "
        "schuldeiser, met hetzelfde kenmerk, zijn binnen zes maanden incassokosten gerekend.",
        source="art. 6:96 lid 5 BW; Stb. 2024, 44",
        evidence=newest_balance(debt),
        message_en="Are collection costs stacked per instalment? Another debt to this creditor, "
        "with a reference in common, has collection costs within six months as well.",
    )
