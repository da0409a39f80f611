from hypothesis import given
from hypothesis import strategies as st

from letterbox.reading.adding_up import parts_in_table, with_parts_that_add_up
from letterbox.reading.candidates import Choice
from letterbox.reading.found import Found
from letterbox.shared.money import Euro
from tests.rules.paper import RECEIVED_ON, a_layout

NAMES = ("outstanding", "principal", "interest", "collection_costs", "increase", "paid")


def amounts(*, sure: bool = False, **cents: int) -> dict[str, Choice[Euro]]:
    values = {name: Euro(cents[name]) if name in cents else None for name in NAMES}
    return {name: Choice(value, None, sure, 0.6) for name, value in values.items()}


def values(chosen: dict[str, Choice[Euro]]) -> dict[str, int]:
    return {name: c.value.cents for name, c in chosen.items() if c.value is not None}


class TestPartsThatAddUp:
    @given(st.integers(1, 10**6), st.integers(1, 10**4), st.integers(1, 10**4), st.integers(1, 900))
    def test_are_sure(self, principal: int, interest: int, costs: int, paid: int) -> None:
        found = amounts(
            outstanding=principal + interest + costs - paid,
            principal=principal,
            interest=interest,
            collection_costs=costs,
            paid=paid,
        )
        chosen = with_parts_that_add_up(found)
        assert values(chosen) == values(found)
        assert all(chosen[name].sure for name in ("principal", "interest", "paid"))

    def test_leave_out_what_does_not_belong(self) -> None:
        given = amounts(outstanding=12_000, principal=10_000, interest=2_000, paid=500)
        assert "paid" not in values(with_parts_that_add_up(given))

    def test_leave_the_principal_open_where_nothing_closes(self) -> None:
        given = amounts(outstanding=12_000, principal=10_000, interest=700)
        assert values(with_parts_that_add_up(given)) == {"outstanding": 12_000, "interest": 700}

    def test_leave_alone_what_is_sure(self) -> None:
        given = amounts(sure=True, outstanding=12_000, principal=10_000, interest=700)
        assert with_parts_that_add_up(given) == given

    def test_say_nothing_of_a_balance_of_nothing(self) -> None:
        given = amounts(outstanding=0, principal=10_000, paid=10_000)
        assert with_parts_that_add_up(given) == given

    def test_leave_a_principal_open_that_is_the_balance_beside_a_part_that_is_sure(self) -> None:
        given = amounts(outstanding=18_900, principal=18_900)
        given["increase"] = Choice(Euro(6_000), None, True, 0.9)

        assert values(with_parts_that_add_up(given)) == {"outstanding": 18_900, "increase": 6_000}


class TestPartsInATable:
    def test_take_the_invoices_at_its_head_for_the_principal(self) -> None:
        table = """
            6346102339                                          € 643,86
            6387915519                                          € 172,00
            Incassokosten                                       € 148,18
            Totaal                                              € 964,04
        """
        found = Found(a_layout(table), RECEIVED_ON)

        parts = parts_in_table(found.closings, Euro(96_404))

        assert values(parts) == {"principal": 81_586, "collection_costs": 14_818}

    def test_are_left_alone_where_a_later_row_is_not_understood(self) -> None:
        table = """
            6346102339                                          € 643,86
            Incassokosten                                       € 148,18
            6387915519                                          € 172,00
            Totaal                                              € 964,04
        """
        found = Found(a_layout(table), RECEIVED_ON)

        assert parts_in_table(found.closings, Euro(96_404)) == {}

    def test_take_a_fine_with_the_costs_of_handling_it_for_the_principal(self) -> None:
        table = """
            Administratieve sanctie                             € 120,00
            Administratiekosten                                   € 9,00
            Eerste verhoging (50%)                               € 60,00
            Nu te betalen                                       € 189,00
        """
        found = Found(a_layout(table), RECEIVED_ON)

        parts = parts_in_table(found.closings, Euro(18_900))

        assert values(parts) == {"principal": 12_900, "increase": 6_000}
        assert parts["collection_costs"].value is None
        assert parts["collection_costs"].sure

    def test_know_no_principal_where_a_fine_comes_with_another_claim(self) -> None:
        table = """
            Geldboete                                           € 120,00
            Vergoeding aan het slachtoffer                       € 60,00
            Administratiekosten                                   € 9,00
            Te betalen                                          € 189,00
        """
        found = Found(a_layout(table), RECEIVED_ON)

        assert parts_in_table(found.closings, Euro(18_900)) == {}
