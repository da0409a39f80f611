from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.facts import Debt, DebtEvent, DebtStatus, HistoryLine
from letterbox.letters.rules import Party
from letterbox.overview.essentials import essential_of
from letterbox.overview.urgency import Severity, Urgency, place_in_order, urgency_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

TODAY = date(2026, 3, 1)
LANDLORD = Party("Woonstichting De Linde")
PLAN = DebtStatus.PAYMENT_PLAN


def a_debt(stage: Kind = Kind.INVOICE, **facts: object) -> Debt:
    return replace(Debt(uuid4(), DebtStatus.OPEN, stage), **facts)  # type: ignore[arg-type]


def within(days: int) -> date:
    return TODAY + timedelta(days=days)


def happening(what: str, days: int) -> tuple[DebtEvent, ...]:
    return (DebtEvent(what, within(days), uuid4()),)


def urgency(debt: Debt) -> Urgency:
    return urgency_of(debt, as_of=TODAY)


def in_order(*debts: Debt) -> list[Debt]:
    return sorted(debts, key=lambda debt: place_in_order(debt, urgency(debt), as_of=TODAY))


class TestUrgency:
    @pytest.mark.parametrize(
        ("stage", "expected"),
        [
            (Kind.EVICTION_NOTICE, Urgency.CANNOT_BE_UNDONE),
            (Kind.DISCONNECTION_NOTICE, Urgency.CANNOT_BE_UNDONE),
            (Kind.SEIZURE, Urgency.ENFORCED),
            (Kind.WRIT, Urgency.ENFORCED),
            (Kind.JUDGMENT, Urgency.ENFORCED),
            (Kind.SUMMONS, Urgency.ENFORCED),
            (Kind.COLLECTION_NOTICE, Urgency.COSTS_AHEAD),
            (Kind.DEMAND, Urgency.COSTS_AHEAD),
            (Kind.FINE, Urgency.COSTS_AHEAD),
            (Kind.REMINDER, Urgency.REST),
            (Kind.INVOICE, Urgency.REST),
        ],
    )
    def test_follows_the_stage_when_nothing_else_is_known(
        self, stage: Kind, expected: Urgency
    ) -> None:
        assert urgency(a_debt(stage)) is expected

    @pytest.mark.parametrize("status", [DebtStatus.PAID, DebtStatus.WITHDRAWN])
    @pytest.mark.parametrize("stage", Kind)
    def test_is_nothing_once_it_is_over(self, stage: Kind, status: DebtStatus) -> None:
        over = a_debt(stage, status=status, events=happening("eviction", 1), creditor=LANDLORD)

        assert urgency(over) is Urgency.REST

    @pytest.mark.parametrize("what", ["hearing", "eviction", "cut_off", "sale"])
    @pytest.mark.parametrize("days", [0, 1, 14, 60])
    @pytest.mark.parametrize("status", [DebtStatus.OPEN, PLAN])
    def test_is_highest_for_what_cannot_be_undone_on_a_day_ahead(
        self, what: str, days: int, status: DebtStatus
    ) -> None:
        debt = a_debt(status=status, events=happening(what, days))

        assert urgency(debt) is Urgency.CANNOT_BE_UNDONE

    @pytest.mark.parametrize(("what", "days"), [("hearing", -1), ("objection", 1)])
    def test_is_not_raised_by_days_gone_by_nor_by_a_term_to_object(
        self, what: str, days: int
    ) -> None:
        assert urgency(a_debt(events=happening(what, days))) is Urgency.REST

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"stage": Kind.INVOICE, "due_on": within(1)}, Urgency.REST),
            ({"stage": Kind.INVOICE, "due_on": None}, Urgency.REST),
            ({"stage": Kind.INVOICE, "due_on": within(-1)}, Urgency.ESSENTIAL),
            ({"stage": Kind.REMINDER, "due_on": within(1)}, Urgency.ESSENTIAL),
            ({"stage": Kind.WRIT}, Urgency.ESSENTIAL),
            ({"stage": Kind.PAYMENT_PLAN, "status": PLAN}, Urgency.ESSENTIAL),
            ({"stage": Kind.EVICTION_NOTICE}, Urgency.CANNOT_BE_UNDONE),
        ],
        ids=str,
    )
    def test_is_higher_for_arrears_at_a_landlord(
        self, facts: dict[str, object], expected: Urgency
    ) -> None:
        assert urgency(replace(a_debt(), creditor=LANDLORD, **facts)) is expected  # type: ignore[arg-type]

    def test_of_a_plan_after_a_notice_of_cut_off_is_that_of_energy(self) -> None:
        assert urgency(a_debt(Kind.DISCONNECTION_NOTICE, status=PLAN)) is Urgency.ESSENTIAL

    def test_of_a_seizure_stays_while_others_rest_under_a_plan(self) -> None:
        assert urgency(a_debt(Kind.SEIZURE, status=PLAN)) is Urgency.ENFORCED
        assert urgency(a_debt(Kind.WRIT, status=PLAN)) is Urgency.REST
        assert urgency(a_debt(Kind.DEMAND, status=PLAN)) is Urgency.REST

    def test_of_a_fine_lasts_through_its_reminders(self) -> None:
        fine = HistoryLine(uuid4(), TODAY, Kind.FINE)

        assert urgency(a_debt(Kind.REMINDER, history=(fine,))) is Urgency.COSTS_AHEAD

    def test_goes_by_four_names_in_the_same_order(self) -> None:
        names = [each.severity for each in Urgency]

        assert names == sorted(names, key=list(Severity).index)
        assert set(names) == set(Severity)


class TestOrder:
    def test_is_the_same_however_they_came_in(self) -> None:
        debts = [
            a_debt(Kind.DISCONNECTION_NOTICE, events=happening("cut_off", 3)),
            a_debt(Kind.SUMMONS, events=happening("hearing", 9)),
            a_debt(Kind.EVICTION_NOTICE, due_on=within(-40)),
            a_debt(Kind.REMINDER, creditor=LANDLORD),
            a_debt(Kind.SEIZURE),
            a_debt(Kind.DEMAND, due_on=within(2)),
            a_debt(Kind.DEMAND, due_on=within(-2)),
            a_debt(outstanding=Euro(10**8), due_on=within(-5)),
        ]

        for few in (debts[:4], debts[3:]):
            assert all(in_order(*shuffled) == few for shuffled in permutations(few))
        assert in_order(*reversed(debts)) == debts

    @given(st.lists(st.integers(0, 10**9), min_size=2, max_size=5))
    def test_never_goes_by_the_amount(self, cents: list[int]) -> None:
        debts = [a_debt(outstanding=Euro(1), due_on=within(day)) for day in range(len(cents))]
        richer = [replace(d, outstanding=Euro(c)) for d, c in zip(debts, cents, strict=True)]

        assert [debt.id for debt in in_order(*richer)] == [debt.id for debt in in_order(*debts)]


class TestEssentials:
    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("Woonstichting Zilverlinde", "rent"),
            ("Lindeborch Wonen", "rent"),
            ("WONINGSTICHTING DE WILG", "rent"),
            ("Energiebedrijf Noordlicht B.V.", "energy"),
            ("Vliet Energie", "energy"),
            ("Waterbedrijf Klaarbron", "water"),
            ("Zorgverzekeraar De Brug", "health_insurance"),
            ("Salvenza Zorgverzekeringen", "health_insurance"),
            ("Waterschap Vallei en Veluwe", None),
            ("Woonboulevard Zuid", None),
            ("Autoverzekeraar Vliegwiel", None),
            ("Gastouderbureau De Egel", None),
            ("Telecom Vliegwiel", None),
            ("", None),
        ],
    )
    def test_are_told_by_words_of_a_name(self, name: str, what: str | None) -> None:
        assert essential_of(Party(name)) == what

    def test_of_nobody_are_nothing(self) -> None:
        assert essential_of(None) is None
