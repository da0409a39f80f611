from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from letterbox.debts.facts import ReadLetter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.checks.asking import (
    a_collection,
    a_demand,
    an_invoice,
    checks_of,
    codes,
    doubting,
    of_one_case,
    quoting,
)
from tests.rules.claims import DAY_ONE

FIFTY, FORTY = Euro(5000), Euro(4000)


def claiming(number: int = 60, **read: Any) -> ReadLetter:
    return a_collection(number, FIFTY, FORTY, **read)


def a_day_later(letter: ReadLetter, days: int = 1) -> ReadLetter:
    return replace(letter, received_at=letter.received_at + timedelta(days=days))


class TestCostsWithoutFourteenDayLetter:
    def test_are_asked_about(self) -> None:
        invoice = an_invoice(1, FIFTY)
        assert codes(invoice, claiming()) == ["costs_without_14_day_letter"]

    def test_point_at_the_costs_and_the_law(self) -> None:
        letter = quoting(claiming(), "collection_costs", "incassokosten 40,00")
        [check] = checks_of(letter)
        assert [each.quote for each in check.evidence] == ["incassokosten 40,00"]
        assert check.source is not None
        assert "6:96 lid 6" in check.source

    def test_are_as_the_law_has_it_after_a_demand(self) -> None:
        assert codes(a_demand(1, FIFTY, FORTY), claiming()) == []

    def test_come_too_early_within_the_term(self) -> None:
        demand = a_demand(1, FIFTY, FORTY)
        assert codes(demand, claiming(15)) == ["costs_without_14_day_letter"]
        assert codes(demand, claiming(16)) == []

    def test_may_follow_a_reminder_that_says_the_same(self) -> None:
        due_on = DAY_ONE + timedelta(days=20)
        reminder = of_one_case(1, Kind.REMINDER, conditional_costs=FORTY, due_on=due_on)
        assert codes(reminder, claiming()) == []
        vague = quoting(reminder, "conditional_costs", "at least €40 in costs")
        assert codes(vague, claiming()) == ["costs_without_14_day_letter"]

    def test_may_follow_a_letter_of_a_kind_in_doubt(self) -> None:
        assert codes(doubting(of_one_case(1, Kind.REMINDER), "kind"), claiming()) == []

    def test_are_not_asked_about_in_doubt(self) -> None:
        assert codes(doubting(claiming(), "collection_costs")) == []

    def test_are_not_those_of_a_court(self) -> None:
        assert codes(claiming(), claiming(70, kind=Kind.JUDGMENT)) == []

    def test_are_not_those_of_a_tax_office(self) -> None:
        assert codes(claiming(creditor="Waterschap Vechtstromen", collector=None)) == []

    def test_are_not_nothing(self) -> None:
        assert codes(a_collection(60, FIFTY, Euro(0))) == []


class TestTermTooShort:
    @pytest.mark.parametrize(("days", "found"), [(13, ["term_too_short"]), (14, []), (15, [])])
    def test_is_one_of_less_than_fourteen_days(self, days: int, found: list[str]) -> None:
        assert codes(a_demand(1, FIFTY, FORTY, days)) == found

    def test_begins_the_day_after_delivery(self) -> None:
        from_the_date_of_the_letter = a_day_later(a_demand(1, FIFTY, FORTY, 14))
        assert codes(from_the_date_of_the_letter) == ["term_too_short"]
        assert codes(a_day_later(a_demand(1, FIFTY, FORTY, 15))) == []

    def test_does_not_begin_when_a_copy_comes_months_later(self) -> None:
        assert codes(a_day_later(a_demand(1, FIFTY, FORTY, 15), days=200)) == []

    def test_is_of_no_concern_where_no_costs_are_at_stake(self) -> None:
        demand = a_demand(1, FIFTY, FORTY, 5, conditional_costs=None)
        assert codes(demand) == []

    def test_counts_when_costs_followed(self) -> None:
        demand = a_demand(1, FIFTY, FORTY, 5, conditional_costs=None)
        assert codes(demand, claiming()) == ["term_too_short"]

    def test_is_made_good_by_another_demand(self) -> None:
        short, right = a_demand(1, FIFTY, FORTY, 5), a_demand(9, FIFTY, FORTY)
        assert codes(short, right, claiming()) == []

    def test_is_not_asked_about_in_doubt(self) -> None:
        assert codes(doubting(a_demand(1, FIFTY, FORTY, 5), "due_on")) == []
        assert codes(doubting(a_demand(1, FIFTY, FORTY, 5), "letter_on")) == []

    def test_is_not_about_what_public_bodies_announce(self) -> None:
        assert codes(a_demand(1, FIFTY, FORTY, 5, creditor="Gemeente Almere")) == []

    def test_has_the_words_as_evidence(self) -> None:
        demand = quoting(a_demand(1, FIFTY, FORTY, 5), "due_on", "binnen vijf dagen")
        [check] = checks_of(demand)
        assert [each.quote for each in check.evidence] == ["binnen vijf dagen"]
        assert "02-01-2026" in check.message


class TestFourteenDayLetter:
    def test_must_name_the_amount(self) -> None:
        demand = a_demand(1, FIFTY, FORTY, conditional_costs=None)
        [check] = checks_of(demand, claiming())
        assert check.code == "term_too_short"
        assert "vast bedrag" in check.message

    @pytest.mark.parametrize(
        "words", ["minimaal € 40,00", "ten minste 40 euro", "at least EUR 40.00", "vanaf €40"]
    )
    def test_must_name_it_exactly(self, words: str) -> None:
        demand = quoting(a_demand(1, FIFTY, FORTY), "conditional_costs", f"incassokosten {words}")
        assert codes(demand, claiming()) == ["term_too_short"]
        assert codes(demand) == []

    def test_may_be_long_ago(self) -> None:
        long_ago = a_demand(1, FIFTY, FORTY, letter_on=date(2024, 1, 1), due_on=date(2024, 1, 20))
        assert codes(long_ago, claiming()) == []
