"""Fields that are at odds are asked about, those that fit need less weight."""

from datetime import date
from typing import Any

import pytest

from letterbox.letters.rules import Party
from letterbox.reading.candidates import Choice
from letterbox.reading.doubting import backed, contradicted, doubted, limits_to_reach
from letterbox.reading.found import Found
from letterbox.shared.money import Euro
from tests.rules.paper import RECEIVED_ON, a_layout

FITTING: dict[str, Any] = {
    "outstanding": Euro(5000),
    "payable_now": Euro(5000),
    "principal": None,
    "due_on": date(2026, 4, 1),
    "iban": "NL91ABNA0417164300",
    "payment_reference": "204117",
    "creditor": "Woonvast",
    "collector": None,
}


def found_in(text: str, *, by: str = "Woonvast") -> Found:
    """Return what is found in a letter that names who delivered it."""
    return Found(a_layout(text, by), RECEIVED_ON, Party(by))


LETTER = found_in("U betaalt € 50,00 uiterlijk 1 april 2026.")


INVOICE = frozenset(("kind invoice",))


def chosen(**others: Any) -> dict[str, Choice[Any]]:
    values = {**FITTING, **others}
    return {name: Choice(value, None, True, 0.95) for name, value in values.items()}


class TestDoubted:
    def test_is_nothing_where_all_fits(self) -> None:
        assert doubted(chosen(), LETTER, INVOICE) == frozenset()

    @pytest.mark.parametrize(
        ("field", "value", "doubt"),
        [
            ("due_on", None, {"due_on"}),
            ("iban", None, {"iban", "due_on", "payment_reference", "payable_now"}),
            ("payment_reference", None, {"payment_reference"}),
            ("payable_now", None, {"payable_now", "iban"}),
            ("outstanding", Euro(4000), {"outstanding"}),
            ("creditor", "Fietsboer", {"creditor"}),
            ("collector", "Fietsboer", {"creditor"}),
        ],
    )
    def test_is_what_is_at_odds_with_the_rest(
        self, field: str, value: object, doubt: set[str]
    ) -> None:
        assert doubted(chosen(**{field: value}), LETTER, INVOICE) == doubt

    @pytest.mark.parametrize(
        ("clue", "doubt"),
        [
            ("writer collects", {"creditor", "collector"}),
            ("for another", {"creditor"}),
            ("pays you", set()),
            ("maybe other", set()),
            ("debited", set()),
        ],
    )
    def test_is_what_the_letter_as_a_whole_is_at_odds_with(
        self, clue: str, doubt: set[str]
    ) -> None:
        assert doubted(chosen(), LETTER, INVOICE | {clue}) == doubt

    @pytest.mark.parametrize(
        ("clue", "doubt"),
        [
            ("debited", {"payable_now", "due_on"}),
            ("maybe judgment", {"payable_now"}),
            ("court writes", {"payable_now"}),
            ("mention", set()),
        ],
    )
    def test_is_that_nothing_is_asked_where_money_is_collected_or_a_court_orders(
        self, clue: str, doubt: set[str]
    ) -> None:
        silent = chosen(payable_now=None, due_on=None, iban=None, payment_reference=None)

        assert doubted(silent, LETTER, INVOICE | {clue}) == doubt

    def test_is_a_day_behind_another_last_day(self) -> None:
        text = "Betaal € 25,00 uiterlijk op 1 april 2026 en € 25,00 uiterlijk op 1 mei 2026."
        parts = found_in(text)

        assert "due_on" in doubted(chosen(due_on=date(2026, 5, 1)), parts, INVOICE)
        assert "due_on" not in doubted(chosen(due_on=date(2026, 4, 1)), parts, INVOICE)

    def test_is_not_who_is_owed_where_the_writer_says_that_he_collects(self) -> None:
        collected = chosen(creditor="Fietsboer", collector="Woonvast")

        assert doubted(collected, LETTER, {"for another"}) == frozenset()

    def test_is_who_is_owed_in_a_letter_that_others_write_as_well(self) -> None:
        assert doubted(chosen(), LETTER, {"kind payment_plan"}) == {"creditor"}

    def test_is_that_a_letter_that_claims_money_names_no_balance(self) -> None:
        silent = chosen(outstanding=None, payable_now=None, due_on=None, iban=None)

        assert "outstanding" in doubted(silent, LETTER, INVOICE)
        assert "outstanding" not in doubted(silent, LETTER, {"kind other"})

    def test_is_less_than_a_total_that_is_named(self) -> None:
        letter = Found(a_layout("In totaal bent u ons € 900,00 schuldig."), RECEIVED_ON, None)

        assert "outstanding" in doubted(chosen(), letter, INVOICE)


class TestBacked:
    def test_is_what_is_asked_as_a_whole_and_who_writes_for_himself(self) -> None:
        fields = {"outstanding", "payable_now", "due_on", "creditor", "collector"}

        assert backed(chosen(), LETTER, INVOICE) == fields

    def test_is_a_balance_that_a_table_comes_to(self) -> None:
        table = """
            Hoofdsom                                            € 40,00
            Rente                                                € 4,00
            Kosten                                               € 6,00
            Totaal te betalen                                   € 50,00
        """
        letter = found_in(table)
        silent = chosen(payable_now=None, due_on=None, iban=None)

        assert backed(silent, letter, INVOICE) == {"outstanding", "creditor", "collector"}

    def test_is_not_a_day_that_no_words_make_a_last_one(self) -> None:
        assert "due_on" not in backed(chosen(due_on=date(2026, 4, 2)), LETTER, INVOICE)

    def test_is_not_what_is_asked_where_the_balance_itself_is_unclear(self) -> None:
        unclear = {**chosen(), "outstanding": Choice(Euro(5000), None, False, 0.85)}

        assert "payable_now" not in backed(unclear, LETTER, INVOICE)

    def test_is_not_a_part_of_the_balance(self) -> None:
        asked = chosen(payable_now=Euro(2000))

        assert backed(asked, LETTER, INVOICE) == {"creditor", "collector"}

    def test_is_not_a_balance_below_another_total(self) -> None:
        letter = found_in("In totaal staat € 75,00 open.")

        assert limits_to_reach(chosen(), letter, INVOICE)["outstanding"] == "doubted"

    def test_is_not_a_creditor_whose_letter_another_writes(self) -> None:
        fields = {"outstanding", "payable_now", "due_on"}

        assert backed(chosen(creditor="Fietsboer"), LETTER, INVOICE) == fields


class TestContradicted:
    def test_is_nothing_where_all_fits(self) -> None:
        assert contradicted(chosen(), LETTER) == frozenset()

    def test_is_who_collects_from_itself(self) -> None:
        assert contradicted(chosen(collector="Woonvast"), LETTER) == {"creditor", "collector"}

    def test_is_a_person_who_may_only_sign(self) -> None:
        unsent = Found(LETTER.layout, RECEIVED_ON)

        assert contradicted(chosen(creditor="K. Poelstra"), unsent) == {"creditor"}
        assert contradicted(chosen(creditor="K. Poelstra"), LETTER) == frozenset()

    def test_is_who_delivered_a_letter_that_does_not_name_him(self) -> None:
        text = "U betaalt € 50,00 aan ons.\n\nFietsboer B.V. | KvK 30211774"
        of_another = Found(a_layout(text), RECEIVED_ON, Party("Woonvast"))
        assert contradicted(chosen(), of_another) == {"creditor"}
        of_both = Found(a_layout(f"Woonvast\n\n{text}"), RECEIVED_ON, Party("Woonvast"))
        assert contradicted(chosen(), of_both) == frozenset()

    def test_is_more_to_pay_than_is_owed(self) -> None:
        assert contradicted(chosen(outstanding=Euro(4000)), LETTER) == {"payable_now"}

    def test_is_a_total_to_which_the_parts_do_not_come(self) -> None:
        table = """
            Hoofdsom                                            € 40,00
            Rente                                                € 4,00
            Te betalen                                          € 50,00
        """
        letter = found_in(table)

        assert contradicted(chosen(), letter) == {"outstanding"}

    def test_is_less_than_what_is_called_the_whole_debt(self) -> None:
        letter = found_in("Uw totale schuld is € 900,00.")

        assert contradicted(chosen(), letter) == {"outstanding"}

    def test_is_not_a_total_to_which_they_come_less_what_was_paid(self) -> None:
        text = """
            U heeft € 6,00 betaald.

            Hoofdsom                                            € 40,00
            Rente                                               € 16,00
            Te betalen                                          € 50,00
        """
        letter = found_in(text)

        assert contradicted(chosen(), letter) == frozenset()

    def test_is_who_sold_the_claim(self) -> None:
        text = "Wij hebben deze vordering gekocht van Woonvast."
        letter = found_in(text, by="Orion Fonds")

        assert contradicted(chosen(), letter) == {"creditor"}
        assert contradicted(chosen(creditor="Orion Fonds"), letter) == frozenset()

    @pytest.mark.parametrize(
        "text",
        ["Betaal binnen 14 dagen na dagtekening.", "Betaal uiterlijk op de zevende dag hierna."],
    )
    def test_is_that_there_is_no_day_where_one_is_spoken_of(self, text: str) -> None:
        letter = Found(a_layout(text), RECEIVED_ON)

        assert contradicted(chosen(due_on=None), letter) == {"due_on"}

    def test_is_to_pay_the_costs_of_a_court_and_not_what_it_awards(self) -> None:
        text = """
            De rechter veroordeelt u om € 900,00 te betalen.

            Griffierecht                                        € 30,00
            Salaris gemachtigde                                 € 20,00
            Totaal                                              € 50,00
        """
        letter = found_in(text)

        assert "payable_now" in contradicted(chosen(), letter)

    def test_is_one_of_the_pieces_in_which_costs_are_named(self) -> None:
        table = """
            Incassokosten                                       € 40,00
            Btw over incassokosten                               € 8,40
        """
        letter = found_in(table)

        assert contradicted(chosen(), letter) == {"collection_costs"}

    def test_is_one_of_two_accounts_to_pay_into(self) -> None:
        letter = found_in("Betaal op NL91ABNA0417164300. Of betaal op NL20INGB0001234567.")

        assert contradicted(chosen(), letter) == {"iban"}

    def test_is_a_day_that_is_only_counted_from_one_that_is_not_clear(self) -> None:
        text = """
            10 maart 2026
            U betaalt € 50,00 binnen 20 dagen na dagtekening{again}.
            11 maart 2026
        """
        counted, told = (
            found_in(text.format(again=again)) for again in ("", ", dus uiterlijk 30 maart 2026")
        )
        due_on = next(term.on for term in counted.terms)

        assert contradicted(chosen(due_on=due_on), counted) == {"due_on"}
        assert contradicted(chosen(due_on=due_on), told) == frozenset()


class TestTheLimitToReach:
    @pytest.mark.parametrize(
        ("others", "field", "limit"),
        [
            ({}, "payable_now", "backed"),
            ({}, "outstanding", "backed"),
            ({"payable_now": Euro(2000)}, "outstanding", "value"),
            ({"collector": "Fietsboer"}, "creditor", "doubted"),
            ({"creditor": "Fietsboer", "collector": "Woonvast"}, "creditor", "doubted"),
            ({"creditor": "Fietsboer", "collector": "Incasso Noord"}, "creditor", "value"),
            ({"payment_reference": None, "iban": None}, "payment_reference", "none"),
            ({"payment_reference": None}, "payment_reference", "doubted"),
            ({"due_on": None}, "due_on", "doubted"),
            ({"collector": "Woonvast"}, "collector", None),
            ({"principal": Euro(5000)}, "principal", "backed"),
            ({"principal": Euro(4000)}, "principal", "value"),
        ],
    )
    def test_depends_on_the_other_fields(
        self, others: dict[str, Any], field: str, limit: str | None
    ) -> None:
        assert limits_to_reach(chosen(**others), LETTER, INVOICE).get(field) == limit

    def test_is_none_for_what_a_table_tells(self) -> None:
        table = """
            Hoofdsom                                            € 45,00
            Rente                                                € 5,00
            Totaal te betalen                                   € 50,00
        """
        letter = found_in(table)

        limits = limits_to_reach(chosen(principal=Euro(4500)), letter, INVOICE)

        assert "principal" not in limits
