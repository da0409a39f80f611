"""What a narrowed overview does not tell: that there is anything beside what it shows."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from letterbox.debts.checks import checks_across
from letterbox.debts.facts import Debt, HistoryLine, Settlement
from letterbox.letters.rules import Party
from letterbox.overview.rules import LeftOut, View, left_out_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.test_overview import (
    A_CHECK,
    TODAY,
    WITHOUT_WILG,
    YESTERDAY,
    a_debt,
    an_overview,
    in_order,
)

A_FEE = a_debt(
    creditor=Party("Fitclub"),
    outstanding=Euro(9000),
    principal=Euro(5000),
    collection_costs=Euro(4000),
    references=("C-300001",),
    checks=(A_CHECK,),
)
"""Of which the costs are those of one instalment."""


def codes(debt: Debt) -> list[str]:
    return [check.code for check in debt.checks]


class TestANarrowedOverview:
    def test_goes_on_leaving_out_a_creditor_that_is_written_otherwise(self) -> None:
        before, later = (a_debt(creditor=Party(name)) for name in ("De Wilg B.V.", "de Wilg"))
        left_out = left_out_of(Settlement((before,)), frozenset({"De Wilg B.V."}))

        assert an_overview(before, later, view=View(left_out=left_out)).debts == ()

    @pytest.mark.parametrize(
        "view", [View(TODAY), View(left_out=LeftOut(letters=frozenset({UUID(int=1)})))], ids=str
    )
    def test_asks_nothing_that_only_a_debt_it_hides_gives_reason_for(self, view: View) -> None:
        both = [
            replace(
                A_FEE,
                id=uuid4(),
                balance_on=on,
                last_letter_on=on,
                history=(HistoryLine(UUID(int=number), on, Kind.DEMAND),),
            )
            for number, on in [(1, YESTERDAY), (2, TODAY)]
        ]
        hidden, shown = checks_across(both)

        (seen,) = in_order(an_overview(hidden, shown, view=view))

        assert codes(shown) == ["doubled", "maybe_same_debt", "costs_stacked"]
        assert codes(seen) == ["doubled"]

    def test_asks_about_two_debts_that_it_shows_both(self) -> None:
        debts = checks_across([replace(A_FEE, id=uuid4(), balance_on=TODAY) for _ in range(2)])

        seen = in_order(an_overview(*debts, view=WITHOUT_WILG))

        assert [codes(debt) for debt in seen] == [codes(debt) for debt in debts]
        assert "maybe_same_debt" in codes(seen[0])

    def test_does_not_name_a_letter_that_it_hides_as_the_first_of_two(self) -> None:
        first, again = HistoryLine(uuid4(), YESTERDAY, Kind.DEMAND), uuid4()
        debt = a_debt(
            last_letter_on=TODAY,
            history=(first, HistoryLine(again, TODAY, Kind.DEMAND, duplicate_of=first.letter_id)),
        )

        narrowed = in_order(an_overview(debt, view=View(letters_from=TODAY)))
        whole = in_order(an_overview(debt))

        assert [line.duplicate_of for line in narrowed[0].history] == [None]
        assert [line.duplicate_of for line in whole[0].history] == [None, first.letter_id]
