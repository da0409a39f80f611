"""The days ahead: by when to pay, to object, or to be there. What has passed is no deadline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from letterbox.debts.facts import Debt, DebtStatus
from letterbox.overview.urgency import RUNNING, Severity
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro


class Coming(StrEnum):
    """What comes on a day, beside having to pay what a letter asks."""

    HEARING = "hearing"
    EVICTION = "eviction"
    CUT_OFF = "cut_off"
    SALE = "sale"
    OBJECTION = "objection"
    INSTALMENT = "instalment"


What: TypeAlias = Kind | Coming


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that must happen by a day.

    :ivar what: the kind of letter that asks to pay by this day, or what else comes
    :ivar amount: to be paid by this day, as far as it is known
    """

    debt_id: UUID
    on: date
    amount: Euro | None
    what: What
    days_left: int
    severity: Severity


def deadlines_of(debt: Debt, severity: Severity, *, as_of: date) -> Iterator[Deadline]:
    """Yield what lies ahead for a debt that runs. Today is still ahead."""
    if debt.status in RUNNING:
        for on, amount, what in _days(debt, as_of):
            if on >= as_of:
                yield Deadline(debt.id, on, amount, what, (on - as_of).days, severity)


def _days(debt: Debt, as_of: date) -> Iterator[tuple[date, Euro | None, What]]:
    planned = _next_instalment(debt, as_of)
    if planned is not None:
        yield (*planned, Coming.INSTALMENT)
    # The day to pay of a plan is the day of an instalment.
    elif debt.due_on is not None:
        yield debt.due_on, debt.payable_now, debt.stage
    for event in debt.events:
        yield event.on, None, Coming(event.what)


def _next_instalment(debt: Debt, as_of: date) -> tuple[date, Euro] | None:
    if debt.status is not DebtStatus.PAYMENT_PLAN:
        return None
    coming = ((each.on, each.amount) for each in debt.instalments if each.on >= as_of)
    return min(coming, default=None, key=lambda each: each[0])
