"""What comes first: what cannot be undone, never the amount. No database, no clock.

`docs/urgency.md` says the same for people.
"""

from datetime import date, timedelta
from enum import IntEnum, StrEnum

from letterbox.debts.facts import Debt, DebtEvent, DebtStatus
from letterbox.overview.essentials import is_essential
from letterbox.shared.kinds import Kind

RUNNING = frozenset((DebtStatus.OPEN, DebtStatus.PAYMENT_PLAN))
SOON = timedelta(days=14)
CANNOT_BE_UNDONE = frozenset(("hearing", "eviction", "cut_off", "sale"))
"""Events after which paying comes too late."""

_ANNOUNCE = frozenset((Kind.EVICTION_NOTICE, Kind.DISCONNECTION_NOTICE))
_ENFORCE = frozenset((Kind.SEIZURE, Kind.WRIT, Kind.JUDGMENT, Kind.SUMMONS))
_COSTS_AHEAD = frozenset((Kind.DEMAND, Kind.FINE, Kind.COLLECTION_NOTICE))
_LATE = _ANNOUNCE | _ENFORCE | {Kind.REMINDER, Kind.DEMAND, Kind.COLLECTION_NOTICE}


class Severity(StrEnum):
    """The order of urgency as the JSON door tells it, most urgent first."""

    CRISIS = "crisis"
    ENFORCEMENT = "enforcement"
    COSTS = "costs"
    NORMAL = "normal"


class Urgency(IntEnum):
    """The order of urgency, most urgent first."""

    CANNOT_BE_UNDONE = 1
    ESSENTIAL = 2
    ENFORCED = 3
    COSTS_AHEAD = 4
    REST = 5

    @property
    def severity(self) -> Severity:
        """What it is called at the JSON door, which knows four."""
        return _SEVERITIES[self]


_SEVERITIES = {
    Urgency.CANNOT_BE_UNDONE: Severity.CRISIS,
    Urgency.ESSENTIAL: Severity.ENFORCEMENT,
    Urgency.ENFORCED: Severity.ENFORCEMENT,
    Urgency.COSTS_AHEAD: Severity.COSTS,
    Urgency.REST: Severity.NORMAL,
}


def urgency_of(debt: Debt, *, as_of: date) -> Urgency:
    """Return how urgent a debt is on a day."""
    if debt.status not in RUNNING:
        return Urgency.REST
    if events_ahead(debt, as_of) or (_is_open(debt) and debt.stage in _ANNOUNCE):
        return Urgency.CANNOT_BE_UNDONE
    if is_essential(debt) and _is_in_arrears(debt, as_of):
        return Urgency.ESSENTIAL
    # A payment plan holds back what is still to come, not what has begun.
    if debt.stage is Kind.SEIZURE or (_is_open(debt) and debt.stage in _ENFORCE):
        return Urgency.ENFORCED
    return Urgency.COSTS_AHEAD if _is_open(debt) and _may_rise(debt) else Urgency.REST


def place_in_order(debt: Debt, urgency: Urgency, *, as_of: date) -> tuple[object, ...]:
    """Return by what debts are sorted: urgency, what can still be prevented, the day, the id."""
    ahead = events_ahead(debt, as_of) if urgency is Urgency.CANNOT_BE_UNDONE else ()
    day = ahead[0].on if ahead else debt.due_on
    if urgency is Urgency.CANNOT_BE_UNDONE:
        waits = not ahead or ahead[0].on > as_of + SOON
    else:
        waits = urgency is Urgency.COSTS_AHEAD and (day is None or day < as_of)
    return debt.status not in RUNNING, urgency, waits, day or date.max, str(debt.id)


def events_ahead(debt: Debt, as_of: date) -> tuple[DebtEvent, ...]:
    """Return what is announced and cannot be undone, nearest first; today is still ahead."""
    return tuple(x for x in debt.events if x.what in CANNOT_BE_UNDONE and x.on >= as_of)


def day_to_pay(debt: Debt, as_of: date) -> date | None:
    """Return by when to pay next: with a payment plan, the next instalment that it names."""
    if debt.status is DebtStatus.PAYMENT_PLAN:
        coming = [each.on for each in debt.instalments if each.on >= as_of]
        return min(coming, default=debt.due_on)
    return debt.due_on


def is_overdue(debt: Debt, as_of: date) -> bool:
    """Test whether the day to pay has passed."""
    day = day_to_pay(debt, as_of)
    return debt.status in RUNNING and day is not None and day < as_of


def _is_open(debt: Debt) -> bool:
    return debt.status is DebtStatus.OPEN


def _is_in_arrears(debt: Debt, as_of: date) -> bool:
    repaid = debt.status is DebtStatus.PAYMENT_PLAN
    return repaid or debt.stage in _LATE or is_overdue(debt, as_of)


def _may_rise(debt: Debt) -> bool:
    """Test whether waiting costs money: the end of a 14-day term, the next rise of a fine."""
    was_a_fine = any(line.kind is Kind.FINE for line in debt.history)
    return debt.stage in _COSTS_AHEAD or was_a_fine
