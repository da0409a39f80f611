import pytest

from letterbox.debts.facts import ReadLetter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.checks.asking import checks_of, codes, doubting, of_one_case

CJIB = "Centraal Justitieel Incassobureau"


def a_fine(number: int = 1, cents: int = 10000) -> ReadLetter:
    amount = Euro(cents)
    return of_one_case(number, Kind.FINE, creditor=CJIB, outstanding=amount, principal=amount)


def a_reminder(number: int, increase: int, cents: int = 10000) -> ReadLetter:
    return of_one_case(
        number,
        Kind.DEMAND,
        creditor=CJIB,
        outstanding=Euro(cents + increase),
        principal=Euro(cents),
        increase=Euro(increase),
    )


class TestIncrease:
    def test_makes_a_fine_one_and_a_half_and_then_three_times_itself(self) -> None:
        assert codes(a_fine()) == []
        assert codes(a_fine(), a_reminder(9, 5000)) == []
        assert codes(a_fine(), a_reminder(9, 5000), a_reminder(18, 20000)) == []

    def test_may_leave_administration_costs_out(self) -> None:
        assert codes(a_fine(cents=17700), a_reminder(9, 8400, 17700)) == []

    @pytest.mark.parametrize(("increase", "found"), [(5100, []), (5101, ["increase_unexpected"])])
    def test_is_half_at_first(self, increase: int, found: list[str]) -> None:
        assert codes(a_fine(), a_reminder(9, increase)) == found

    @pytest.mark.parametrize(("increase", "found"), [(20100, []), (20101, ["increase_unexpected"])])
    def test_is_twice_the_fine_in_the_end(self, increase: int, found: list[str]) -> None:
        letters = [a_fine(), a_reminder(9, 5000), a_reminder(18, increase)]
        assert codes(*letters) == found

    def test_of_the_second_reminder_alone_may_mean_that_the_first_is_missing(self) -> None:
        [check] = checks_of(a_fine(), a_reminder(9, 20000))
        assert check.code == "increase_unexpected"
        assert "ontbreekt" in check.message

    def test_may_be_the_second_when_the_fine_is_not_here(self) -> None:
        assert codes(a_reminder(9, 20000)) == []

    @pytest.mark.parametrize("field", ["increase", "principal"])
    def test_is_not_asked_about_in_doubt(self, field: str) -> None:
        letter = doubting(a_reminder(9, 90000), field)
        assert "increase_unexpected" not in codes(a_fine(), letter)

    def test_is_another_matter_without_a_fine(self) -> None:
        rent = of_one_case(1, Kind.REMINDER, euros=900, principal=Euro(20000), increase=Euro(70000))
        assert codes(rent) == []
