from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.checks.costs import costs_limit, costs_on_scale
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.checks.asking import (
    a_collection,
    a_demand,
    checks_of,
    codes,
    doubting,
    quoting,
)

ON = date(2026, 1, 1)
PRINCIPALS = st.integers(1, 10**10).map(Euro)


def scale(principal: Euro) -> Euro:
    costs = costs_on_scale(principal, ON)
    assert costs is not None
    return costs


def limit(principal: Euro) -> Euro:
    costs = costs_limit(principal, ON)
    assert costs is not None
    return costs


class TestScale:
    @pytest.mark.parametrize(
        ("principal", "costs"),
        [
            ("10.00", "40.00"),
            ("266.66", "40.00"),
            ("266.67", "40.00"),
            ("266.74", "40.01"),
            ("500.00", "75.00"),
            ("2500.00", "375.00"),
            ("5000.00", "625.00"),
            ("10000.00", "875.00"),
            ("200000.00", "2775.00"),
            ("1000000.00", "6775.00"),
            ("5000000.00", "6775.00"),
        ],
    )
    def test_is_that_of_the_decree(self, principal: str, costs: str) -> None:
        assert scale(Euro.parse(principal)) == Euro.parse(costs)

    @pytest.mark.parametrize(
        ("principal", "costs"),
        [
            ("10.00", "48.40"),
            ("500.00", "90.75"),
            ("898.50", "163.08"),
            ("2500.00", "453.75"),
            ("1000000.00", "8197.75"),
        ],
    )
    def test_has_vat_on_top(self, principal: str, costs: str) -> None:
        assert limit(Euro.parse(principal)) == Euro.parse(costs)

    def test_has_the_vat_of_its_day(self) -> None:
        assert costs_limit(Euro(1000), date(2012, 9, 30)) == Euro(4760)

    def test_is_not_known_before_the_decree(self) -> None:
        assert costs_limit(Euro(1000), date(2012, 6, 30)) is None

    @given(PRINCIPALS)
    def test_stays_between_its_ends(self, principal: Euro) -> None:
        assert Euro(4000) <= scale(principal) <= Euro(677500)

    @given(PRINCIPALS, PRINCIPALS)
    def test_never_falls_as_the_principal_rises(self, one: Euro, other: Euro) -> None:
        less, more = sorted((one, other))
        assert scale(less) <= scale(more)
        assert limit(less) <= limit(more)


class TestCostsAboveScale:
    def costs(self, principal: Euro, costs: Euro, **read: Any) -> list[str]:
        demand = a_demand(1, principal, Euro(4000))
        return codes(demand, a_collection(30, principal, costs, **read))

    @given(st.integers(100, 10**8).map(Euro))
    def test_are_asked_about_from_a_cent_that_is_no_rounding(self, principal: Euro) -> None:
        most = limit(principal)
        assert self.costs(principal, most + Euro(1)) == []
        assert self.costs(principal, most + Euro(2)) == ["costs_above_scale"]

    def test_are_shown_with_their_source_and_place(self) -> None:
        demand = a_demand(1, Euro(50000), Euro(4000))
        letter = quoting(
            a_collection(30, Euro(50000), Euro(15000)), "collection_costs", "incassokosten 150,00"
        )
        [check] = checks_of(demand, letter)
        assert [each.quote for each in check.evidence] == ["incassokosten 150,00"]
        assert "€ 90,75" in check.message
        assert "€90.75" in check.message_en
        assert check.source is not None
        assert "Stb. 2012, 141" in check.source

    @pytest.mark.parametrize("field", ["collection_costs", "principal"])
    def test_are_not_asked_about_in_doubt(self, field: str) -> None:
        letter = a_collection(30, Euro(50000), Euro(15000))
        assert "costs_above_scale" not in codes(doubting(letter, field))

    def test_are_held_against_the_largest_principal(self) -> None:
        """What is left of the principal after payments is not what the scale is about."""
        demand = a_demand(1, Euro(50000), Euro(9075))
        assert codes(demand, a_collection(30, Euro(10000), Euro(9075))) == []

    @pytest.mark.parametrize("creditor", ["Gemeente Zwolle", "Belastingdienst", "CJIB"])
    def test_of_public_bodies_follow_other_laws(self, creditor: str) -> None:
        letter = a_collection(30, Euro(50000), Euro(15000), creditor=creditor, collector=None)
        assert codes(letter) == []

    @pytest.mark.parametrize("kind", [Kind.JUDGMENT, Kind.WRIT, Kind.SEIZURE])
    def test_are_those_of_the_court_after_a_judgment(self, kind: Kind) -> None:
        assert codes(a_collection(30, Euro(50000), Euro(15000), kind=kind)) == []

    def test_count_when_they_are_announced(self) -> None:
        demand = a_demand(1, Euro(50000), Euro(9500))
        quoted = "dan komen daar € 95,00 incassokosten bij"
        assert codes(quoting(demand, "conditional_costs", quoted)) == ["costs_above_scale"]
        court = "de kosten van de dagvaarding, al gauw € 95,00"
        assert codes(quoting(demand, "conditional_costs", court)) == []

    def test_are_of_no_concern_once_the_debt_is_over(self) -> None:
        paid = a_collection(40, Euro(0), Euro(0), kind=Kind.PAYMENT_CONFIRMATION)
        assert codes(a_collection(30, Euro(50000), Euro(15000)), paid) == []
