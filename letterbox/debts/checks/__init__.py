"""What a person should look at in a debt: each a small function, worded as a question.

`docs/checks.md` has a row for every check: its rule, its source and what it needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from uuid import UUID

from letterbox.debts.checks.accounts import iban_changed
from letterbox.debts.checks.arithmetic import amounts_do_not_add_up, balance_jumped
from letterbox.debts.checks.costs import costs_above_scale
from letterbox.debts.checks.fourteen_days import costs_without_14_day_letter, term_too_short
from letterbox.debts.checks.increase import increase_unexpected
from letterbox.debts.checks.interest import interest_above_statutory
from letterbox.debts.checks.register import unknown_collector
from letterbox.debts.checks.sameness import debts_alike
from letterbox.debts.checks.stacking import costs_stacked
from letterbox.debts.checks.time_bar import checks_on, with_checks_on
from letterbox.debts.facts import Check, Debt, DebtStatus, ReadLetter

__all__ = ["checks_across", "checks_among", "checks_on", "checks_within", "with_checks_on"]

_ALWAYS = (amounts_do_not_add_up, iban_changed)
_WHILE_RUNNING = (
    balance_jumped,
    costs_above_scale,
    costs_without_14_day_letter,
    term_too_short,
    interest_above_statutory,
    increase_unexpected,
    unknown_collector,
)
_ACROSS = (debts_alike, costs_stacked)
_BETWEEN_DEBTS = frozenset(("possible_duplicate", "maybe_same_debt", "costs_stacked"))
"""What those ask."""

_OVER = frozenset((DebtStatus.PAID, DebtStatus.WITHDRAWN))


def checks_within(debt: Debt, letters: Sequence[ReadLetter]) -> tuple[Check, ...]:
    """Return what stands out in one debt. The letters are its own, oldest first."""
    asked = _ALWAYS if debt.status in _OVER else (*_ALWAYS, *_WHILE_RUNNING)
    return tuple(check for ask in asked for check in ask(letters))


def checks_across(debts: Sequence[Debt]) -> list[Debt]:
    """Return the debts, with what stands out between any of them. Each question once a debt."""
    found = list(chain.from_iterable(ask(debts) for ask in _ACROSS))
    return [replace(debt, checks=(*debt.checks, *_of(debt, found))) for debt in debts]


def checks_among(debts: Sequence[Debt]) -> list[Debt]:
    """Return debts that are some of a mailbox, without what only the others give reason to ask."""
    apart = (tuple(x for x in debt.checks if x.code not in _BETWEEN_DEBTS) for debt in debts)
    return checks_across(
        [replace(debt, checks=own) for debt, own in zip(debts, apart, strict=True)]
    )


def _of(debt: Debt, found: Iterable[tuple[UUID, Check]]) -> Iterable[Check]:
    return {check.code: check for debt_id, check in found if debt_id == debt.id}.values()
