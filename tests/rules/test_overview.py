from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.facts import (
    Check,
    CheckSeverity,
    Debt,
    DebtEvent,
    DebtInstalment,
    DebtStatus,
    Evidence,
    HistoryLine,
    OtherLetter,
    Settlement,
)
from letterbox.letters.rules import Party
from letterbox.overview.rules import (
    LeftOut,
    Overview,
    Totals,
    Unread,
    View,
    for_citizen,
    left_out_of,
    overview_of,
)
from letterbox.overview.urgency import Severity
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.claims import a_notice

TODAY = date(2026, 3, 1)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
WILG, WATER = Party("De Wilg"), Party("Waternet")
A_CHECK = Check("doubled", CheckSeverity.NOTICE, "Is this the same debt?")
WITHOUT_WILG = View(left_out=LeftOut(frozenset({"De Wilg"})))
DONE = (DebtStatus.PAID, DebtStatus.WITHDRAWN)

AMOUNTS = st.none() | st.integers(0, 10**7).map(Euro)
DEBTS = st.builds(
    Debt,
    id=st.uuids(),
    status=st.sampled_from(DebtStatus),
    stage=st.sampled_from(Kind),
    creditor=st.none() | st.sampled_from([WILG, WATER]),
    outstanding=AMOUNTS,
    payable_now=AMOUNTS,
    interest=AMOUNTS,
    due_on=st.none() | st.dates(TODAY - timedelta(days=9), TODAY + timedelta(days=9)),
    last_letter_on=st.none() | st.dates(YESTERDAY, TOMORROW),
    unsure=st.lists(st.sampled_from(["due_on", "iban"]), unique=True).map(tuple),
    events=st.lists(
        st.builds(
            DebtEvent,
            st.sampled_from(["hearing", "eviction", "cut_off", "sale", "objection"]),
            st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=30)),
            st.uuids(),
        ),
        max_size=3,
    ).map(tuple),
)


def a_debt(stage: Kind = Kind.INVOICE, **facts: object) -> Debt:
    return replace(Debt(uuid4(), DebtStatus.OPEN, stage), **facts)  # type: ignore[arg-type]


def an_overview(*debts: Debt, view: View | None = None) -> Overview:
    return overview_of(Settlement(debts), (), view or View(), as_of=TODAY)


def in_order(overview: Overview) -> list[Debt]:
    return [ranked.debt for ranked in overview.debts]


class TestOrder:
    def test_puts_what_cannot_be_undone_first_whatever_the_amount(self) -> None:
        invoice = a_debt(outstanding=Euro(10**7), due_on=TODAY)
        demand = a_debt(Kind.DEMAND, outstanding=Euro(500_00), due_on=TODAY)
        summons = a_debt(Kind.SUMMONS, outstanding=Euro(50_00), due_on=TOMORROW)
        eviction = a_debt(Kind.EVICTION_NOTICE, outstanding=Euro(1), due_on=None)

        overview = an_overview(invoice, demand, summons, eviction)

        assert in_order(overview) == [eviction, summons, demand, invoice]

    def test_puts_the_nearest_date_first_among_equals(self) -> None:
        undated, later, sooner = a_debt(), a_debt(due_on=TOMORROW), a_debt(due_on=YESTERDAY)

        assert in_order(an_overview(undated, later, sooner)) == [sooner, later, undated]

    @given(st.lists(DEBTS, unique_by=lambda debt: debt.id), st.randoms())
    def test_does_not_depend_on_the_order_they_come_in(
        self, debts: list[Debt], chance: Random
    ) -> None:
        shuffled = list(debts)
        chance.shuffle(shuffled)

        assert an_overview(*shuffled) == an_overview(*debts)

    @given(st.lists(DEBTS, unique_by=lambda debt: debt.id))
    def test_leaves_what_is_over_for_the_end(self, debts: list[Debt]) -> None:
        over = [debt.status in DONE for debt in in_order(an_overview(*debts))]

        assert over == sorted(over)
        assert len(over) == len(debts)


class TestTotals:
    def test_are_nothing_without_debts(self) -> None:
        nothing = Euro(0)

        assert an_overview().totals == Totals(nothing, 0, nothing, nothing, nothing, 0)

    def test_count_what_runs(self) -> None:
        rent = a_debt(
            outstanding=Euro(600_00),
            payable_now=Euro(200_00),
            interest=Euro(3_00),
            collection_costs=Euro(40_00),
            due_on=YESTERDAY,
            unsure=("iban",),
            checks=(A_CHECK,),
        )
        fine = a_debt(
            Kind.FINE,
            status=DebtStatus.PAYMENT_PLAN,
            outstanding=Euro(100_00),
            payable_now=Euro(25_00),
            increase=Euro(50_00),
            due_on=TOMORROW,
        )

        totals = an_overview(rent, fine).totals

        assert totals == Totals(
            outstanding=Euro(700_00),
            debts=2,
            payable_now=Euro(225_00),
            overdue=Euro(200_00),
            costs_and_interest=Euro(93_00),
            fields_to_check=2,
        )

    @pytest.mark.parametrize("status", DONE)
    def test_leave_out_what_is_over(self, status: DebtStatus) -> None:
        paid = a_debt(
            status=status, outstanding=Euro(5_00), payable_now=Euro(5_00), unsure=("iban",)
        )

        assert an_overview(paid).totals == an_overview().totals

    @pytest.mark.parametrize(("due_on", "overdue"), [(YESTERDAY, 500), (TODAY, 0), (TOMORROW, 0)])
    def test_call_it_overdue_from_the_day_after(self, due_on: date, overdue: int) -> None:
        debt = a_debt(payable_now=Euro(500), due_on=due_on)

        assert an_overview(debt).totals.overdue == Euro(overdue)

    @given(st.lists(DEBTS), st.lists(DEBTS))
    def test_of_two_heaps_are_the_totals_of_both_together(
        self, some: list[Debt], more: list[Debt]
    ) -> None:
        one, other, both = (an_overview(*heap).totals for heap in (some, more, some + more))

        assert one.outstanding + other.outstanding == both.outstanding
        assert one.overdue + other.overdue == both.overdue
        assert one.debts + other.debts == both.debts
        assert both.overdue <= both.payable_now


class TestDeadlines:
    def test_are_what_still_lies_ahead_nearest_first(self) -> None:
        past, undated = a_debt(due_on=YESTERDAY), a_debt()
        later = a_debt(Kind.SUMMONS, due_on=TOMORROW, payable_now=Euro(5_00))
        today = a_debt(due_on=TODAY)

        first, second = an_overview(past, undated, later, today).deadlines

        assert (first.debt_id, first.days_left, first.amount) == (today.id, 0, None)
        assert (second.debt_id, second.days_left, second.amount) == (later.id, 1, Euro(5_00))
        assert (second.what, second.severity) == (Kind.SUMMONS, Severity.ENFORCEMENT)

    def test_are_days_of_events_and_terms_to_object_too(self) -> None:
        letter = uuid4()
        events = tuple(
            DebtEvent(what, TODAY + timedelta(days=days), letter)
            for what, days in (("hearing", 20), ("objection", 3), ("eviction", -1))
        )
        debt = a_debt(Kind.SUMMONS, due_on=TOMORROW, payable_now=Euro(5_00), events=events)

        found = an_overview(debt).deadlines

        assert [(each.what, each.days_left) for each in found] == [
            ("summons", 1),
            ("objection", 3),
            ("hearing", 20),
        ]
        assert [each.amount for each in found] == [Euro(5_00), None, None]

    def test_of_a_payment_plan_are_the_next_instalment_and_no_other(self) -> None:
        days = [TODAY + timedelta(days=offset) for offset in (-30, 0, 30)]
        instalments = tuple(DebtInstalment(day, Euro(25_00), uuid4()) for day in days)
        plan = a_debt(
            status=DebtStatus.PAYMENT_PLAN,
            due_on=days[0],
            payable_now=Euro(25_00),
            instalments=instalments,
        )

        overview = an_overview(plan)

        (found,) = overview.deadlines
        assert (found.what, found.on, found.amount) == ("instalment", TODAY, Euro(25_00))
        assert overview.totals.overdue == Euro(0)
        assert not overview.debts[0].overdue

    def test_of_a_plan_that_lapsed_are_no_instalments(self) -> None:
        coming = (DebtInstalment(TOMORROW, Euro(25_00), uuid4()),)

        overview = an_overview(a_debt(due_on=YESTERDAY, instalments=coming))

        assert overview.deadlines == ()
        assert overview.debts[0].overdue

    @given(st.lists(DEBTS))
    def test_are_never_past_nor_of_what_is_over(self, debts: list[Debt]) -> None:
        overview = an_overview(*debts)
        running = {debt.id for debt in debts if debt.status not in DONE}

        assert all(deadline.on >= TODAY for deadline in overview.deadlines)
        assert {deadline.debt_id for deadline in overview.deadlines} <= running
        assert all(one.on <= other.on for one, other in pairwise(overview.deadlines))


class TestView:
    def test_leaves_out_a_creditor_by_name(self) -> None:
        rent, water = a_debt(creditor=WILG), a_debt(creditor=WATER)

        overview = an_overview(rent, water, view=WITHOUT_WILG)

        assert in_order(overview) == [water]

    def test_goes_on_leaving_out_a_debt_that_is_sold(self) -> None:
        letter = HistoryLine(uuid4(), YESTERDAY, Kind.DEMAND)
        before = a_debt(creditor=WILG, history=(letter,))
        left_out = left_out_of(Settlement((before,)), frozenset({"De Wilg"}))
        sold = replace(before, creditor=Party("Opkoper"))

        assert an_overview(sold, view=View(left_out=left_out)).debts == ()

    def test_says_nothing_of_letters_from_before_the_day(self) -> None:
        old, new = (HistoryLine(uuid4(), day, Kind.DEMAND) for day in (YESTERDAY, TODAY))
        checks = tuple(
            replace(A_CHECK, evidence=(Evidence(line.letter_id, 1, None, "€ 5"),))
            for line in (old, new)
        )
        debt = a_debt(last_letter_on=TODAY, history=(old, new), checks=checks, balance_on=TODAY)

        (seen,) = an_overview(debt, view=View(letters_from=TODAY)).debts

        assert seen.debt.history == (new,)
        assert seen.debt.checks == checks[1:]
        assert seen.debt.first_letter_on == TODAY

    def test_says_nothing_of_days_that_only_an_earlier_letter_names(self) -> None:
        old, new = (HistoryLine(uuid4(), day, Kind.SUMMONS) for day in (YESTERDAY, TODAY))
        debt = a_debt(
            last_letter_on=TODAY,
            history=(old, new),
            events=tuple(DebtEvent("hearing", TOMORROW, x.letter_id) for x in (old, new)),
            instalments=(DebtInstalment(TOMORROW, Euro(1), old.letter_id),),
        )

        (seen,) = an_overview(debt, view=View(letters_from=TODAY)).debts

        assert [event.letter_id for event in seen.debt.events] == [new.letter_id]
        assert seen.debt.instalments == ()

    def test_knows_no_balance_that_only_an_earlier_letter_states(self) -> None:
        debt = a_debt(last_letter_on=TODAY, balance_on=YESTERDAY, outstanding=Euro(500))

        overview = an_overview(debt, view=View(letters_from=TODAY))

        assert overview.debts[0].debt.outstanding is None
        assert overview.debts[0].debt.unsure == ("outstanding",)
        assert overview.totals.outstanding == Euro(0)

    @pytest.mark.parametrize(
        ("last_letter_on", "shown"), [(YESTERDAY, 0), (TODAY, 1), (TOMORROW, 1), (None, 1)]
    )
    def test_counts_letters_from_a_day_on(self, last_letter_on: date | None, shown: int) -> None:
        debt = a_debt(last_letter_on=last_letter_on)

        assert len(an_overview(debt, view=View(letters_from=TODAY)).debts) == shown

    @pytest.mark.parametrize(
        "view", [View(TODAY), View(left_out=LeftOut(frozenset({"De Wilg"})))], ids=str
    )
    def test_hides_that_there_are_letters_of_which_nobody_knows_the_creditor(
        self, view: View
    ) -> None:
        other = OtherLetter(uuid4(), TODAY, Kind.OTHER)
        unread = Unread(uuid4(), TODAY, "De Wilg", "unreadable")
        settlement = Settlement((), (other,))

        narrowed = overview_of(settlement, [unread], view, as_of=TODAY)
        whole = overview_of(settlement, [unread], View(), as_of=TODAY)

        assert (narrowed.other_letters, narrowed.unread) == ((), ())
        assert (whole.other_letters, whole.unread) == ((other,), (unread,))

    @given(st.lists(DEBTS), st.booleans())
    def test_counts_nothing_that_it_does_not_show(self, debts: list[Debt], recent: bool) -> None:
        view = replace(WITHOUT_WILG, letters_from=TODAY if recent else None)
        shown = [debt for debt in debts if view.of(debt) is not None]

        narrowed = an_overview(*debts, view=view)

        assert narrowed == an_overview(*shown, view=view)
        assert all(debt.creditor != WILG for debt in in_order(narrowed))


class TestForCitizen:
    def test_keeps_what_only_counsellors_may_see_from_the_citizen(self) -> None:
        aside = replace(A_CHECK, code="maybe_time_barred", counsellor_only=True)
        whole = an_overview(a_debt(checks=(aside, A_CHECK), unsure=("iban",)))

        shown = for_citizen(whole)

        assert [debt.checks for debt in in_order(shown)] == [(A_CHECK,)]
        assert (whole.totals.fields_to_check, shown.totals.fields_to_check) == (3, 2)
        assert replace(shown.totals, fields_to_check=3) == whole.totals


class TestNewsOfNoDebt:
    def test_is_shown_to_who_sees_everything(self) -> None:
        settlement = Settlement(unlinked_notices=(a_notice(1),))
        assert overview_of(settlement, (), View(), as_of=TODAY).unlinked == (a_notice(1),)

    def test_is_not_shown_where_something_was_left_out(self) -> None:
        settlement = Settlement(unlinked_notices=(a_notice(1),))
        assert overview_of(settlement, (), WITHOUT_WILG, as_of=TODAY).unlinked == ()
