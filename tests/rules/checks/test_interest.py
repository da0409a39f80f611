from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.checks.interest import statutory_interest
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.checks.asking import (
    a_collection,
    a_demand,
    an_invoice,
    checks_of,
    codes,
    of_one_case,
    quoting,
)
from tests.rules.claims import DAY_ONE

THOUSAND, COSTS = Euro(100000), Euro(15000)
KNOWN = st.dates(date(2010, 1, 1), date(2026, 12, 31))


class TestStatutoryInterest:
    @pytest.mark.parametrize(
        ("since", "until", "euros"),
        [
            (date(2022, 1, 1), date(2023, 1, 1), "20.00"),
            (date(2023, 1, 1), date(2023, 7, 1), "19.84"),
            (date(2023, 7, 1), date(2024, 1, 1), "30.25"),
            (date(2023, 1, 1), date(2024, 1, 1), "50.08"),
            (date(2023, 6, 30), date(2023, 7, 2), "0.27"),
            (date(2024, 1, 1), date(2024, 7, 1), "34.90"),
            (date(2024, 7, 1), date(2025, 1, 1), "35.29"),
            (date(2025, 1, 1), date(2025, 7, 1), "29.75"),
            (date(2026, 1, 1), date(2026, 7, 1), "19.84"),
        ],
    )
    def test_follows_the_rates(self, since: date, until: date, euros: str) -> None:
        assert statutory_interest(THOUSAND, since, until) == Euro.parse(euros)

    def test_bears_interest_after_a_year(self) -> None:
        two_years = statutory_interest(THOUSAND, date(2020, 3, 1), date(2022, 3, 1))
        assert two_years == Euro(4040)

    def test_has_an_anniversary_for_the_leap_day(self) -> None:
        assert statutory_interest(THOUSAND, date(2020, 2, 29), date(2021, 3, 1)) == Euro(2006)

    @pytest.mark.parametrize(
        ("since", "until"),
        [(date(2009, 12, 31), date(2020, 1, 1)), (date(2020, 1, 1), date(2027, 1, 2))],
    )
    def test_is_not_known_beyond_the_table(self, since: date, until: date) -> None:
        assert statutory_interest(THOUSAND, since, until) is None

    @given(KNOWN, KNOWN, KNOWN)
    def test_only_grows(self, one: date, other: date, another: date) -> None:
        first, second, third = sorted((one, other, another))
        shorter = statutory_interest(THOUSAND, first, second)
        longer = statutory_interest(THOUSAND, first, third)
        assert shorter is not None
        assert longer is not None
        assert Euro(0) <= shorter <= longer


class TestInterestAboveStatutory:
    def interest(self, interest: Euro, **read: object) -> list[str]:
        invoice, demand = an_invoice(1, THOUSAND), a_demand(40, THOUSAND, COSTS)
        return codes(invoice, demand, a_collection(201, THOUSAND, COSTS, interest, **read))

    def test_is_asked_about_when_it_is_clearly_more(self) -> None:
        due = statutory_interest(THOUSAND, *(DAY_ONE + timedelta(days=at) for at in (1, 201)))
        assert due == Euro(2192)
        assert self.interest(due + Euro(219)) == []
        assert self.interest(due + Euro(220)) == ["interest_above_statutory"]

    def test_is_a_euro_at_least(self) -> None:
        small = Euro(1000)
        letters = [an_invoice(1, small), a_demand(40, small, Euro(4000))]
        assert codes(*letters, a_collection(201, small, Euro(4000), Euro(122))) == []
        found = codes(*letters, a_collection(201, small, Euro(4000), Euro(123)))
        assert found == ["interest_above_statutory"]

    def test_says_that_a_rate_has_yet_to_be_confirmed(self) -> None:
        letter = a_collection(201, THOUSAND, COSTS, Euro(9000))
        [check] = checks_of(an_invoice(1, THOUSAND), a_demand(40, THOUSAND, COSTS), letter)
        assert "nog niet bevestigd" in check.message
        assert "yet to be confirmed" in check.message_en

    def test_says_nothing_of_it_about_confirmed_rates(self) -> None:
        invoice = an_invoice(1, THOUSAND, letter_on=date(2023, 1, 1))
        demand = a_demand(2, THOUSAND, COSTS, letter_on=date(2023, 2, 1), due_on=date(2023, 3, 1))
        letter = a_collection(3, THOUSAND, COSTS, Euro(9000), letter_on=date(2024, 1, 1))
        [check] = checks_of(invoice, demand, letter)
        assert "bevestigd" not in check.message

    @pytest.mark.parametrize("words", ["contractuele rente 90,00", "overeengekomen rente 90,00"])
    def test_is_not_asked_about_when_it_was_agreed(self, words: str) -> None:
        letter = quoting(a_collection(201, THOUSAND, COSTS, Euro(9000)), "interest", words)
        assert codes(an_invoice(1, THOUSAND), a_demand(40, THOUSAND, COSTS), letter) == []

    def test_is_not_asked_about_without_the_invoice(self) -> None:
        letter = a_collection(201, THOUSAND, COSTS, Euro(9000))
        assert codes(a_demand(40, THOUSAND, COSTS), letter) == []

    def test_is_not_asked_about_when_the_invoice_is_of_a_part(self) -> None:
        part = an_invoice(1, Euro(50000), due_on=None)
        letter = a_collection(201, THOUSAND, COSTS, Euro(9000))
        demand = a_demand(40, THOUSAND, COSTS)
        assert "interest_above_statutory" not in codes(part, demand, letter)

    @pytest.mark.parametrize("field", ["interest", "principal", "letter_on"])
    def test_is_not_asked_about_in_doubt(self, field: str) -> None:
        assert self.interest(Euro(9000), check=(field,)) == []

    def test_is_not_asked_about_of_public_bodies(self) -> None:
        public = {"creditor": "Belastingdienst"}
        invoice = an_invoice(1, THOUSAND, **public)
        letter = of_one_case(
            99,
            Kind.DEMAND,
            **public,
            outstanding=Euro(109000),
            principal=THOUSAND,
            interest=Euro(9000),
        )
        assert codes(invoice, letter) == []
