"""The days ahead, as they are told to a calendar. No database, no clock.

Calendars are often kept at other companies: unless the citizen chooses otherwise, a day says
that there is something and not what, to whom, or how much.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from letterbox.debts.facts import Debt
from letterbox.overview.deadlines import Coming, Deadline
from letterbox.overview.rules import Overview
from letterbox.shared.money import Euro

PAYMENT = "payment"
IMPORTANT = "important"
_PAYING = frozenset({Coming.INSTALMENT})


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day in a calendar.

    :ivar name: the same as long as it is about the same (`UID` of RFC 5545)
    :ivar what: `payment`, `important`, or, with names, what comes on that day
    :ivar unsure: the amount or the day should be looked at by a person first
    """

    name: str
    on: date
    what: str
    who: str | None = None
    amount: Euro | None = None
    unsure: bool = False


def calendar_of(overview: Overview, *, names: bool) -> Iterator[CalendarDay]:
    """Yield the days ahead, the nearest first.

    :param names: tell who is to be paid and how much
    """
    debts = {ranked.debt.id: ranked.debt for ranked in overview.debts}
    for deadline in overview.deadlines:
        day = _day(deadline)
        yield _named(day, deadline, debts[deadline.debt_id]) if names else day


def _day(deadline: Deadline) -> CalendarDay:
    what = PAYMENT if _is_payment(deadline) else IMPORTANT
    # The kind of letter is left out: a reminder that becomes a demand is still the same payment.
    about = what if _is_payment(deadline) else str(deadline.what)
    written = f"{deadline.debt_id}/{about}/{deadline.on}"
    return CalendarDay(sha256(written.encode()).hexdigest()[:32], deadline.on, what)


def _named(day: CalendarDay, deadline: Deadline, debt: Debt) -> CalendarDay:
    owed_to = debt.creditor or debt.collector
    return CalendarDay(
        day.name,
        day.on,
        PAYMENT if day.what == PAYMENT else str(deadline.what),
        owed_to.name if owed_to else None,
        deadline.amount,
        unsure=bool({"payable_now", "due_on"} & {*debt.unsure}),
    )


def _is_payment(deadline: Deadline) -> bool:
    return deadline.what in _PAYING or not isinstance(deadline.what, Coming)
