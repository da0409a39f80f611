import pytest

from letterbox.debts.facts import ReadLetter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.checks.asking import checks_of, codes, doubting, of_one_case, quoting


def stating(number: int, cents: int, kind: Kind = Kind.DEMAND, **parts: Euro) -> ReadLetter:
    parts = {"principal": Euro(cents), **parts}
    return of_one_case(number, kind, outstanding=Euro(cents), **parts)


class TestAmounts:
    def test_that_do_not_add_up_are_asked_about(self) -> None:
        [check] = checks_of(stating(1, 5000, principal=Euro(4000)))
        assert check.code == "amounts_do_not_add_up"
        assert "€ 40,00" in check.message
        assert "zeker" not in check.message

    def test_that_are_in_doubt_are_said_to_be(self) -> None:
        letter = doubting(stating(1, 5000, principal=Euro(4000)), "principal")
        [check] = checks_of(letter)
        assert "niet elk bedrag zeker" in check.message
        assert "every amount for sure" in check.message_en

    @pytest.mark.parametrize("cents", [4999, 5000, 5001])
    def test_may_be_a_cent_off(self, cents: int) -> None:
        assert codes(stating(1, 5000, principal=Euro(cents))) == []


class TestBalance:
    def test_that_rises_for_no_reason_is_asked_about(self) -> None:
        before = quoting(stating(1, 14837), "outstanding", "Te betalen 148,37")
        after = quoting(stating(20, 19912), "outstanding", "Te betalen 199,12")
        [check] = checks_of(before, after)
        assert check.code == "balance_jumped"
        assert "€ 50,75" in check.message
        assert [each.quote for each in check.evidence] == ["Te betalen 148,37", "Te betalen 199,12"]

    def test_may_rise_by_interest_and_costs(self) -> None:
        after = stating(
            60, 19082, principal=Euro(14837), collection_costs=Euro(4000), interest=Euro(245)
        )
        assert "balance_jumped" not in codes(stating(1, 14837), after)

    def test_counts_earlier_costs_once(self) -> None:
        costs, demand = Euro(4000), stating(1, 14837)
        before = stating(
            30, 18837, Kind.COLLECTION_NOTICE, principal=Euro(14837), collection_costs=costs
        )
        after = stating(
            60, 22837, Kind.COLLECTION_NOTICE, principal=Euro(18837), collection_costs=costs
        )
        for field in ("principal", "outstanding"):
            after = quoting(after, field, field)
        assert codes(demand, before, after).count("balance_jumped") == 1

    def test_may_rise_by_a_euro(self) -> None:
        assert codes(stating(1, 14837), stating(20, 14937)) == []
        assert codes(stating(1, 14837), stating(20, 14938)) == ["balance_jumped"]

    @pytest.mark.parametrize(("before", "after"), [(9690, 14535), (63418, 190254), (44925, 89850)])
    def test_may_rise_by_further_instalments(self, before: int, after: int) -> None:
        assert codes(stating(1, before), stating(20, after)) == []

    def test_may_rise_where_the_letter_lists_what_for(self) -> None:
        listed = stating(60, 19912, principal=Euro(15912), collection_costs=Euro(4000))
        assert "balance_jumped" not in codes(stating(1, 14837), listed)

    def test_may_not_rise_by_another_principal(self) -> None:
        other = stating(60, 29912, principal=Euro(25912), collection_costs=Euro(4000))
        for field in ("principal", "outstanding"):
            other = quoting(other, field, field)
        assert "balance_jumped" in codes(stating(1, 14837), other)

    def test_is_another_one_on_a_new_invoice(self) -> None:
        assert codes(stating(1, 14837), stating(20, 19912, Kind.INVOICE)) == []

    def test_has_other_costs_in_it_after_a_judgment(self) -> None:
        assert codes(stating(1, 14837), stating(20, 99912, Kind.JUDGMENT)) == []

    def test_is_not_asked_about_in_doubt(self) -> None:
        assert codes(stating(1, 14837), doubting(stating(20, 19912), "outstanding")) == []
