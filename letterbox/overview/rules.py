"""From the debts of a mailbox to its overview on a day. No database, no clock.

Debts are settled once and hold on any day; what depends on today (how urgent, how many
days left, what is overdue) is worked out here, when someone asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from letterbox.debts.checks import with_checks_on
from letterbox.debts.facts import Debt, DebtStatus, OtherLetter, Settlement
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

NOTHING = Euro(0)
_NO_BALANCE: dict[str, Any] = dict.fromkeys(
    (
        "outstanding",
        "payable_now",
        "principal",
        "interest",
        "collection_costs",
        "increase",
        "paid",
        "balance_on",
    )
)
RUNNING = {DebtStatus.OPEN, DebtStatus.PAYMENT_PLAN}
CRISIS = {Kind.EVICTION_NOTICE, Kind.DISCONNECTION_NOTICE}
ENFORCEMENT = {Kind.SEIZURE, Kind.WRIT, Kind.JUDGMENT, Kind.SUMMONS}
COSTS_AHEAD = {Kind.DEMAND, Kind.FINE, Kind.COLLECTION_NOTICE}


class Severity(StrEnum):
    """What comes first, most urgent first: what cannot be undone, never the amount alone."""

    CRISIS = "crisis"
    ENFORCEMENT = "enforcement"
    COSTS = "costs"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Unread:
    """A letter that no debt takes account of: not read yet, or not readable."""

    letter_id: UUID
    received_on: date
    sender: str
    status: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that must happen by a day."""

    debt_id: UUID
    on: date
    amount: Euro | None
    what: Kind
    days_left: int
    severity: Severity


@dataclass(frozen=True, slots=True)
class Totals:
    """Over the debts that are open or in a payment plan."""

    outstanding: Euro
    debts: int
    payable_now: Euro
    overdue: Euro
    costs_and_interest: Euro
    fields_to_check: int


@dataclass(frozen=True, slots=True)
class RankedDebt:
    """A debt and how urgent it is today."""

    debt: Debt
    severity: Severity


@dataclass(frozen=True, slots=True)
class Overview:
    """All debts of a mailbox on a day, most urgent first."""

    as_of: date
    totals: Totals
    deadlines: tuple[Deadline, ...]
    debts: tuple[RankedDebt, ...]
    other_letters: tuple[OtherLetter, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the citizen does not let someone see: these creditors, and their letters so far.

    The letters are named too, because a debt that is sold has another creditor tomorrow.
    """

    creditors: frozenset[str] = frozenset()
    letters: frozenset[UUID] = frozenset()

    def hides(self, debt: Debt) -> bool:
        """Test whether this debt must not be seen."""
        named = debt.creditor is not None and debt.creditor.name in self.creditors
        return named or any(line.letter_id in self.letters for line in debt.history)


@dataclass(frozen=True, slots=True)
class View:
    """What the citizen lets someone see: from which letters on, and what not."""

    letters_from: date | None = None
    left_out: LeftOut = LeftOut()

    def of(self, debt: Debt) -> Debt | None:
        """Return what may be seen of this debt, if anything."""
        if self.left_out.hides(debt):
            return None
        if self.letters_from is None:
            return debt
        if (debt.last_letter_on or date.max) < self.letters_from:
            return None
        return _from(debt, self.letters_from)


def overview_of(
    settlement: Settlement, unread: Iterable[Unread], view: View, *, as_of: date
) -> Overview:
    """Return the overview on a day, narrowed to what may be seen."""
    seen = [debt for debt in map(view.of, settlement.debts) if debt is not None]
    debts = [with_checks_on(debt, as_of=as_of) for debt in seen]
    ranked = sorted((RankedDebt(debt, severity_of(debt)) for debt in debts), key=_urgency)
    # A letter of which nobody knows yet what it says may be from a creditor that is left out.
    narrowed = view != View()
    return Overview(
        as_of=as_of,
        totals=_totals(debts, as_of),
        deadlines=tuple(_deadlines(ranked, as_of)),
        debts=tuple(ranked),
        other_letters=() if narrowed else settlement.other_letters,
        unread=() if narrowed else tuple(unread),
    )


def left_out_of(settlement: Settlement, creditors: frozenset[str]) -> LeftOut:
    """Return what it means, as things are now, to leave these creditors out."""
    named = LeftOut(creditors)
    hidden = [debt for debt in settlement.debts if named.hides(debt)]
    return LeftOut(creditors, frozenset(line.letter_id for d in hidden for line in d.history))


def _from(debt: Debt, day: date) -> Debt:
    """Return a debt as far as letters from this day on tell of it."""
    history = tuple(line for line in debt.history if line.on >= day)
    recent = {line.letter_id for line in history}
    # An older balance is what an older letter says: here it is not known.
    if debt.balance_on is not None and debt.balance_on < day:
        debt = replace(debt, **_NO_BALANCE, unsure=tuple({*debt.unsure, "outstanding"}))
    return replace(
        debt,
        history=history,
        first_letter_on=min((line.on for line in history), default=debt.last_letter_on),
        checks=tuple(c for c in debt.checks if {e.letter_id for e in c.evidence} <= recent),
    )


def severity_of(debt: Debt) -> Severity:
    """Return how urgent a debt is by the most serious kind of letter it reached."""
    if debt.status not in RUNNING:
        return Severity.NORMAL
    if debt.stage in CRISIS:
        return Severity.CRISIS
    if debt.stage in ENFORCEMENT:
        return Severity.ENFORCEMENT
    return Severity.COSTS if debt.stage in COSTS_AHEAD else Severity.NORMAL


def _urgency(ranked: RankedDebt) -> tuple[bool, int, date, str]:
    debt = ranked.debt
    over = debt.status not in RUNNING
    return over, list(Severity).index(ranked.severity), debt.due_on or date.max, str(debt.id)


def _deadlines(ranked: Iterable[RankedDebt], as_of: date) -> list[Deadline]:
    ahead = [
        Deadline(
            debt_id=each.debt.id,
            on=each.debt.due_on,
            amount=each.debt.payable_now,
            what=each.debt.stage,
            days_left=(each.debt.due_on - as_of).days,
            severity=each.severity,
        )
        for each in ranked
        if each.debt.status in RUNNING and each.debt.due_on and each.debt.due_on >= as_of
    ]
    return sorted(ahead, key=lambda deadline: deadline.on)


def _totals(debts: Iterable[Debt], as_of: date) -> Totals:
    running = [debt for debt in debts if debt.status in RUNNING]
    overdue = [debt for debt in running if debt.due_on and debt.due_on < as_of]
    return Totals(
        outstanding=_sum(debt.outstanding for debt in running),
        debts=len(running),
        payable_now=_sum(debt.payable_now for debt in running),
        overdue=_sum(debt.payable_now for debt in overdue),
        costs_and_interest=_sum(
            part
            for debt in running
            for part in (debt.interest, debt.collection_costs, debt.increase)
        ),
        fields_to_check=sum(len(debt.unsure) + len(debt.checks) for debt in running),
    )


def _sum(amounts: Iterable[Euro | None]) -> Euro:
    return sum((amount for amount in amounts if amount is not None), NOTHING)
