"""From the debts of a mailbox to its overview on a day. No database, no clock.

Debts are settled once and hold on any day; what depends on today (how urgent, how many
days left, what is overdue) is worked out here, when someone asks.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from letterbox.debts.checks import checks_among, with_checks_on
from letterbox.debts.facts import ClaimNotice, Debt, HistoryLine, OtherLetter, Settlement
from letterbox.debts.marks import alike
from letterbox.letters.rules import Party
from letterbox.overview.deadlines import Deadline, deadlines_of
from letterbox.overview.urgency import (
    RUNNING,
    Severity,
    Urgency,
    is_overdue,
    place_in_order,
    urgency_of,
)
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


@dataclass(frozen=True, slots=True)
class Unread:
    """A letter that no debt takes account of: not read yet, or not readable.

    :ivar sender: nobody, when the citizen added it
    """

    letter_id: UUID
    received_on: date
    sender: str | None
    status: str
    added_by_citizen: bool = False


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
    """A debt and how urgent it is today.

    :ivar overdue: its day to pay has passed
    """

    debt: Debt
    urgency: Urgency
    overdue: bool = False

    @property
    def severity(self) -> Severity:
        """How urgent it is, as the JSON door tells it."""
        return self.urgency.severity


@dataclass(frozen=True, slots=True)
class Overview:
    """All debts of a mailbox on a day, most urgent first.

    :ivar unlinked: news about a claim of which no letter here tells, or more than one
    """

    as_of: date
    totals: Totals
    deadlines: tuple[Deadline, ...]
    debts: tuple[RankedDebt, ...]
    other_letters: tuple[OtherLetter, ...]
    unread: tuple[Unread, ...]
    unlinked: tuple[ClaimNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the citizen does not let someone see: these creditors, and their letters so far.

    The letters are named too, because a debt that is sold has another creditor tomorrow.
    """

    creditors: frozenset[str] = frozenset()
    letters: frozenset[UUID] = frozenset()

    def hides(self, debt: Debt) -> bool:
        """Test whether this debt must not be seen."""
        # The next letter may write a name otherwise.
        named = any(alike(debt.creditor, Party(name)) for name in self.creditors)
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
    # A letter of which nobody knows yet what it says may be from a creditor that is left out.
    narrowed = view != View()
    seen = [debt for debt in map(view.of, settlement.debts) if debt is not None]
    debts = [with_checks_on(x, as_of=as_of) for x in (_by_themselves(seen) if narrowed else seen)]
    ranked = _in_order(debts, as_of)
    return Overview(
        as_of=as_of,
        totals=_totals(debts, as_of),
        deadlines=tuple(_deadlines(ranked, as_of)),
        debts=tuple(ranked),
        other_letters=() if narrowed else settlement.other_letters,
        unread=() if narrowed else tuple(unread),
        unlinked=() if narrowed else settlement.unlinked_notices,
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
        unsure = tuple({*debt.unsure, "outstanding"})
        debt = replace(debt, **_NO_BALANCE, unsure=unsure, confirmed=())
    return replace(
        debt,
        history=history,
        first_letter_on=min((line.on for line in history), default=debt.last_letter_on),
        checks=tuple(c for c in debt.checks if {e.letter_id for e in c.evidence} <= recent),
        says=tuple(x for x in debt.says if x.whole_debt or x.letter_id in recent),
        events=tuple(each for each in debt.events if each.letter_id in recent),
        instalments=tuple(each for each in debt.instalments if each.letter_id in recent),
    )


def _by_themselves(debts: Sequence[Debt]) -> list[Debt]:
    """Return debts without anything that tells of one that is not among them."""
    shown = {line.letter_id for debt in debts for line in debt.history}
    return [
        replace(debt, history=tuple(_first_of_its_kind(line, shown) for line in debt.history))
        for debt in checks_among(debts)
    ]


def _first_of_its_kind(line: HistoryLine, shown: Collection[UUID]) -> HistoryLine:
    return line if line.duplicate_of in shown else replace(line, duplicate_of=None)


def for_citizen(overview: Overview) -> Overview:
    """Return an overview without the checks that only counsellors may see.

    A citizen who asks a creditor about such a thing may harm their own position by asking. What
    the citizen looked up and confirmed needs no second look by them.
    """
    debts = tuple(replace(ranked, debt=_without_asides(ranked.debt)) for ranked in overview.debts)
    totals = _totals([ranked.debt for ranked in debts], overview.as_of)
    return replace(overview, debts=debts, totals=totals)


def _without_asides(debt: Debt) -> Debt:
    return replace(
        debt,
        checks=tuple(x for x in debt.checks if not x.counsellor_only),
        unsure=tuple(x for x in debt.unsure if x not in debt.confirmed),
    )


def _in_order(debts: Iterable[Debt], as_of: date) -> list[RankedDebt]:
    ranked = [
        RankedDebt(debt, urgency_of(debt, as_of=as_of), is_overdue(debt, as_of)) for debt in debts
    ]
    return sorted(ranked, key=lambda each: place_in_order(each.debt, each.urgency, as_of=as_of))


def _deadlines(ranked: Iterable[RankedDebt], as_of: date) -> list[Deadline]:
    ahead = [
        deadline
        for each in ranked
        for deadline in deadlines_of(each.debt, each.severity, as_of=as_of)
    ]
    return sorted(ahead, key=lambda deadline: deadline.on)


def _totals(debts: Iterable[Debt], as_of: date) -> Totals:
    running = [debt for debt in debts if debt.status in RUNNING]
    overdue = [debt for debt in running if is_overdue(debt, as_of)]
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
