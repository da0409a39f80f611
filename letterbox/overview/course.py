"""How the total of a mailbox went over time, by what letters said at the time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from letterbox.debts.facts import Debt, Told
from letterbox.overview.urgency import RUNNING
from letterbox.shared.money import Euro

MOST_MONTHS = 12
NOTHING = Euro(0)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was open at the end of a day, over all debts known by then."""

    on: date
    outstanding: Euro


def course_of(debts: Iterable[Debt], *, as_of: date) -> tuple[Moment, ...]:
    """Return the total at the end of each month since the first letter, and on the day itself.

    The last is the total of the overview. At most a year back; nothing if no letter names an
    amount.
    """
    steps = sorted((step for debt in debts for step in _steps(debt)), key=lambda step: step[0])
    if not steps or steps[0][0] > as_of:
        return ()
    days = [*_ends_of_months(steps[0][0], as_of), as_of]
    return tuple(Moment(day, _total(steps, day)) for day in days)


Step = tuple[date, Euro]


def _steps(debt: Debt) -> Iterator[Step]:
    """Return by how much a debt moves the total, and when."""
    before = NOTHING
    for on, balance in _balances(debt):
        yield on, balance - before
        before = balance


def _balances(debt: Debt) -> list[Step]:
    said = [
        (line.on, line.outstanding)
        for line in debt.history
        if line.source is Told.LETTER and line.outstanding is not None and not line.duplicate_of
    ]
    said.sort(key=lambda each: each[0])
    last = max((line.on for line in debt.history), default=None)
    if last is None:
        return said
    stands = debt.outstanding if debt.status in RUNNING else NOTHING
    return [*said, (last, stands or NOTHING)]


def _total(steps: Iterable[Step], day: date) -> Euro:
    return sum((change for on, change in steps if on <= day), NOTHING)


def _ends_of_months(first: date, last: date) -> list[date]:
    ends, end = list[date](), last.replace(day=1) - timedelta(days=1)
    while end >= first and len(ends) < MOST_MONTHS:
        ends.append(end)
        end = end.replace(day=1) - timedelta(days=1)
    return ends[::-1]
