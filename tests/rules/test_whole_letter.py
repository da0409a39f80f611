"""What a letter says as a whole: whether money is collected, or comes to the citizen."""

import pytest

from letterbox.reading.found import Found
from letterbox.reading.whole_letter import clues_of_letter
from tests.rules.paper import RECEIVED_ON, a_layout


def clues_in(text: str) -> set[str]:
    return set(clues_of_letter(Found(a_layout(text), RECEIVED_ON)))


class TestALetter:
    @pytest.mark.parametrize(
        "text",
        [
            "Het bedrag wordt op of rond 3 mei 2026 van uw rekening geïncasseerd.",
            "Het bedrag wordt op 3 mei 2026 geincasseerd.",
            "Wij schrijven € 60,00 rond 3 mei 2026 af van uw rekening.",
            "Omdat u ons machtigde, incasseren wij € 60,00 op 3 mei 2026.",
            "Wij boeken het bedrag op 3 mei 2026 af.",
            "We will collect € 60.00 on 3 May 2026.",
        ],
    )
    def test_says_that_money_is_collected(self, text: str) -> None:
        assert "debited" in clues_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Op 3 mei 2026 wordt niets geïncasseerd, want dat lukt niet.",
            "Machtig ons: dan schrijven wij het bedrag voortaan af.",
            "Wij schrijven u omdat de rekening openstaat.",
        ],
    )
    def test_says_nothing_of_the_sort_when_it_is_not(self, text: str) -> None:
        assert "debited" not in clues_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Het verschil maken wij binnen tien werkdagen naar u over.",
            "Wij storten € 60,00 op uw rekening.",
        ],
    )
    def test_says_that_money_comes_to_the_citizen(self, text: str) -> None:
        assert "pays you" in clues_in(text)
