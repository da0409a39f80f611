"""A creditor that follows the law is never asked about."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.checks.costs import costs_limit, costs_on_scale
from letterbox.debts.checks.interest import statutory_interest
from letterbox.debts.facts import ReadLetter
from letterbox.shared.money import Euro
from tests.rules.checks.asking import a_collection, a_demand, an_invoice, codes
from tests.rules.claims import DAY_ONE


@st.composite
def lawful_letters(draw: st.DrawFn) -> list[ReadLetter]:
    """An invoice, a 14-day letter, and a collector's letter with costs and interest."""
    principal = Euro(draw(st.integers(500, 10**7)))
    demanded = draw(st.integers(32, 80))
    delivered = draw(st.integers(0, 3))
    days = delivered + draw(st.integers(14, 30))
    collected = demanded + days + draw(st.integers(1, 200))
    with_vat = draw(st.booleans())
    costs = (costs_limit if with_vat else costs_on_scale)(principal, DAY_ONE)
    due, on = (DAY_ONE + timedelta(days=at) for at in (31, collected))
    interest = statutory_interest(principal, due, on)
    assert costs is not None
    assert interest is not None
    demand = a_demand(demanded, principal, costs, days)
    received_at = demand.received_at + timedelta(days=delivered)
    return [
        an_invoice(1, principal),
        replace(demand, received_at=received_at),
        a_collection(collected, principal, costs, interest),
    ]


class TestLawfulLetters:
    @given(lawful_letters())
    def test_raise_no_question(self, letters: list[ReadLetter]) -> None:
        assert codes(*letters) == []

    @given(lawful_letters())
    def test_raise_one_without_the_demand(self, letters: list[ReadLetter]) -> None:
        invoice, _, collection = letters
        assert codes(invoice, collection) == ["costs_without_14_day_letter"]

    @given(lawful_letters())
    def test_raise_one_when_the_term_is_a_day_short(self, letters: list[ReadLetter]) -> None:
        invoice, demand, collection = letters
        delivered_on = demand.received_at.date()
        reading = replace(demand.reading, due_on=delivered_on + timedelta(days=13))
        assert codes(invoice, replace(demand, reading=reading), collection) == ["term_too_short"]
