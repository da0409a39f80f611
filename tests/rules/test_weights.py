"""What a letter is about changes what a clue weighs."""

import pytest

from letterbox.reading.candidates import Candidate
from letterbox.reading.choosing import in_letter
from letterbox.reading.weights import Scale

SCALE = Scale(
    {"role asked": 1.0, "role total": 0.4, "kind fine / role total": 1.3, "kind fine": -0.2},
    {},
)
CLUES = (frozenset({"role asked", "cell"}), frozenset({"role total"}))


class TestAScale:
    @pytest.mark.parametrize("letter", [frozenset({"kind fine"}), frozenset({"kind invoice"})])
    def test_weighs_in_a_letter_as_what_was_learned_with_pairs(
        self, letter: frozenset[str]
    ) -> None:
        known = in_letter([Candidate("", None, clues) for clues in CLUES], letter)

        shares = SCALE.share_in(letter, CLUES)

        assert shares == pytest.approx(SCALE.share([letter, *(each.clues for each in known)]))

    def test_lets_the_kind_of_letter_decide(self) -> None:
        in_a_fine = SCALE.share_in({"kind fine"}, CLUES)
        in_an_invoice = SCALE.share_in({"kind invoice"}, CLUES)

        assert in_a_fine[2] > in_a_fine[1]
        assert in_an_invoice[1] > in_an_invoice[2]
