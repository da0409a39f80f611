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
    "due_on": date(2026, 4, 1),
    "iban": "NL91ABNA0417164300",
    "payment_reference": "204117",
    "creditor": "Woonvast",
    "collector": None,
}
LETTER = Found(a_layout("U betaalt € 50,00."), RECEIVED_ON, Party("Woonvast"))


def chosen(**others: Any) -> dict[str, Choice[Any]]:
    values = {**FITTING, **others}
    return {name: Choice(value, None, True, 0.95) for name, value in values.items()}


class TestDoubted:
    def test_is_nothing_where_all_fits(self) -> None:
        assert doubted(chosen(), LETTER, ()) == frozenset()

    @pytest.mark.parametrize(
        ("field", "value", "doubt"),
        [
            ("due_on", None, {"due_on"}),
            ("payment_reference", None, {"payment_reference"}),
            ("payable_now", None, {"payable_now", "due_on", "iban"}),
            ("outstanding", Euro(4000), {"outstanding"}),
            ("creditor", "Fietsboer", set()),
        ],
    )
    def test_is_what_is_at_odds_with_the_rest(
        self, field: str, value: object, doubt: set[str]
    ) -> None:
        assert doubted(chosen(**{field: value}), LETTER, ()) == doubt

    @pytest.mark.parametrize(
        ("clue", "doubt"),
        [
            ("pays you", {"outstanding", "payable_now"}),
            ("writer collects", {"creditor", "collector"}),
            ("maybe other", set()),
            ("debited", set()),
        ],
    )
    def test_is_what_the_letter_as_a_whole_is_at_odds_with(
        self, clue: str, doubt: set[str]
    ) -> None:
        assert doubted(chosen(), LETTER, {clue}) == doubt

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

        assert doubted(silent, LETTER, {clue}) == doubt


class TestBacked:
    def test_is_what_is_asked_as_a_whole_and_who_writes_for_himself(self) -> None:
        fields = {"payable_now", "due_on", "creditor", "collector"}

        assert backed(chosen(), LETTER, ()) == fields

    def test_is_not_what_is_asked_where_the_balance_itself_is_unclear(self) -> None:
        unclear = {**chosen(), "outstanding": Choice(Euro(5000), None, False, 0.85)}

        assert "payable_now" not in backed(unclear, LETTER, ())

    def test_is_not_a_part_of_the_balance(self) -> None:
        asked = chosen(payable_now=Euro(2000))

        assert backed(asked, LETTER, ()) == {"creditor", "collector"}

    def test_is_not_a_creditor_whose_letter_another_writes(self) -> None:
        assert backed(chosen(creditor="Fietsboer"), LETTER, ()) == {"payable_now", "due_on"}


class TestContradicted:
    def test_is_nothing_where_all_fits(self) -> None:
        assert contradicted(chosen(), LETTER) == frozenset()

    def test_is_who_collects_from_itself(self) -> None:
        assert contradicted(chosen(collector="Woonvast"), LETTER) == {"creditor", "collector"}

    def test_is_more_to_pay_than_is_owed(self) -> None:
        assert contradicted(chosen(outstanding=Euro(4000)), LETTER) == {"payable_now"}

    def test_is_less_than_what_is_called_the_whole_debt(self) -> None:
        letter = Found(a_layout("Uw totale schuld is € 900,00."), RECEIVED_ON, Party("Woonvast"))

        assert contradicted(chosen(), letter) == {"outstanding"}

    def test_is_one_of_two_accounts_to_pay_into(self) -> None:
        letter = Found(
            a_layout("Betaal op NL91ABNA0417164300. Of betaal op NL20INGB0001234567."),
            RECEIVED_ON,
            Party("Woonvast"),
        )

        assert contradicted(chosen(), letter) == {"iban"}


class TestTheLimitToReach:
    @pytest.mark.parametrize(
        ("others", "field", "limit"),
        [
            ({}, "payable_now", "backed"),
            ({}, "outstanding", "value"),
            ({"collector": "Fietsboer"}, "creditor", "value"),
            ({"payment_reference": None, "iban": None}, "payment_reference", "none"),
            ({"payment_reference": None}, "payment_reference", "doubted"),
            ({"due_on": None}, "due_on", "doubted"),
            ({"collector": "Woonvast"}, "collector", None),
        ],
    )
    def test_depends_on_the_other_fields(
        self, others: dict[str, Any], field: str, limit: str | None
    ) -> None:
        assert limits_to_reach(chosen(**others), LETTER, ()).get(field) == limit
