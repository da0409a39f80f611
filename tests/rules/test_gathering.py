"""What a candidate knows of what was chosen before it."""

from letterbox.reading.candidates.amounts import PART_OF_WHAT_COMES
from letterbox.reading.found import Found
from letterbox.reading.gathering import beside_balance, money_candidates
from letterbox.shared.money import Euro
from tests.rules.paper import RECEIVED_ON, a_layout

FOUND = Found(
    a_layout("""
        U moet € 1.268,36 betalen binnen veertien dagen.
        Betaalt u niet binnen deze termijn, dan bent u € 190,25 incassokosten verschuldigd. U moet
        dan € 1.458,61 betalen.
    """),
    RECEIVED_ON,
)
BALANCE, COSTS, LATER = Euro(126836), Euro(19025), Euro(145861)


def clues_beside(balance: Euro | None) -> dict[Euro, frozenset[str]]:
    candidates = beside_balance(money_candidates(FOUND), balance, FOUND)
    return {each.value: each.clues for each in candidates}


class TestAnAmount:
    def test_knows_where_it_stands_to_the_balance(self) -> None:
        clues = clues_beside(BALANCE)
        assert "is the balance" in clues[BALANCE]
        assert "below the balance" in clues[COSTS]
        assert "above the balance" in clues[LATER]

    def test_is_no_part_of_what_is_owed_where_it_comes_on_top(self) -> None:
        alone = {each.value: each.clues for each in money_candidates(FOUND)}
        assert alone[COSTS].intersection(PART_OF_WHAT_COMES)
        assert not clues_beside(BALANCE)[COSTS].intersection(PART_OF_WHAT_COMES)
        assert clues_beside(BALANCE)[BALANCE].intersection(PART_OF_WHAT_COMES)

    def test_knows_that_there_is_no_balance(self) -> None:
        assert all("no balance" in clues for clues in clues_beside(None).values())
