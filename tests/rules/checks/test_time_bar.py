from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.checks import checks_on, with_checks_on
from letterbox.debts.facts import Debt, DebtStatus, HistoryLine, Settlement
from letterbox.letters.rules import Party
from letterbox.overview.rules import View, overview_of
from letterbox.shared.kinds import Kind

LAST = date(2020, 2, 29)


def a_debt(
    creditor: str = "Kwikstaart Mode",
    *,
    stage: Kind = Kind.REMINDER,
    status: DebtStatus = DebtStatus.OPEN,
    due_on: date | None = None,
) -> Debt:
    return Debt(
        UUID(int=1),
        status,
        stage,
        creditor=Party(creditor),
        due_on=due_on,
        last_letter_on=LAST,
        history=(HistoryLine(UUID(int=7), LAST, stage, due_on=due_on),),
    )


def old(debt: Debt, as_of: date) -> bool:
    return bool(checks_on(debt, as_of=as_of))


class TestTimeBar:
    @pytest.mark.parametrize(
        ("creditor", "stage", "years"),
        [
            ("Kwikstaart Mode", Kind.REMINDER, 5),
            ("Zonnekracht Energie B.V.", Kind.REMINDER, 2),
            ("De Zonnebloem Webshop", Kind.INVOICE, 2),
            ("Zonnekracht Energie B.V.", Kind.JUDGMENT, 20),
            ("Kwikstaart Mode", Kind.SEIZURE, 20),
            ("Gemeente Zwolle", Kind.RECLAIM, 5),
        ],
    )
    def test_comes_after_the_term_of_its_kind(self, creditor: str, stage: Kind, years: int) -> None:
        debt = a_debt(creditor, stage=stage)
        assert not old(debt, date(2020 + years, 2, 28))
        assert old(debt, date(2020 + years, 3, 1))

    def test_is_counted_from_the_day_to_pay(self) -> None:
        debt = a_debt(due_on=date(2020, 6, 1))
        assert not old(debt, date(2025, 6, 1))
        assert old(debt, date(2025, 6, 2))

    @pytest.mark.parametrize(
        "status", [DebtStatus.PAID, DebtStatus.WITHDRAWN, DebtStatus.PAYMENT_PLAN]
    )
    def test_is_for_open_debts(self, status: DebtStatus) -> None:
        assert not old(a_debt(status=status), date(2050, 1, 1))

    def test_is_for_counsellors_and_warns_them(self) -> None:
        [check] = checks_on(a_debt(), as_of=date(2030, 1, 1))
        assert check.counsellor_only
        assert "opnieuw beginnen" in check.message
        assert "begins the term anew" in check.message_en
        assert [each.letter_id for each in check.evidence] == [UUID(int=7)]

    @given(st.integers(0, 9000), st.integers(0, 9000))
    def test_does_not_go_away_by_waiting(self, one: int, other: int) -> None:
        sooner, later = sorted((one, other))
        if old(a_debt(), LAST + timedelta(days=sooner)):
            assert old(a_debt(), LAST + timedelta(days=later))

    def test_stands_beside_what_was_settled(self) -> None:
        debt = with_checks_on(a_debt(), as_of=date(2030, 1, 1))
        assert with_checks_on(debt, as_of=date(2021, 1, 1)) == debt

    def test_is_on_the_overview_of_the_day(self) -> None:
        settlement = Settlement((a_debt(),))
        before, after = (
            overview_of(settlement, (), View(), as_of=date(year, 1, 1)).debts[0].debt.checks
            for year in (2024, 2030)
        )
        assert before == ()
        assert [check.code for check in after] == ["maybe_time_barred"]
