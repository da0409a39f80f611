"""What a letter is about changes what a clue weighs."""

import pytest

from letterbox.reading.candidates import Candidate, choose
from letterbox.reading.parties import alike
from letterbox.reading.weights.scales import IN_LETTER, Scales
from letterbox.reading.weights.side_by_side import pack, unpack
from letterbox.reading.weights.sorter import Sorter
from tests.letters.questions import in_letter

FINE = frozenset({"kind fine"})
INVOICE = frozenset({"kind invoice"})
SCALES = Scales(
    {
        "paid": {"cell": -70, "nothing": -1},
        "asked": {
            "role asked": 100,
            "role total": 40,
            "kind fine / role total": 130,
            "kind fine": -20,
        },
    }
)
ASKED = Candidate("", None, frozenset({"role asked", "cell"}))
TOTAL = Candidate("", None, frozenset({"role total"}))


class TestScales:
    @pytest.mark.parametrize("letter", [FINE, INVOICE])
    def test_weigh_in_a_letter_as_what_was_learned_with_pairs(self, letter: frozenset[str]) -> None:
        known = in_letter([ASKED, TOTAL], letter)
        assert any(IN_LETTER in clue for each in known for clue in each.clues)

        shares = SCALES.in_letter(letter).shares("asked", [ASKED, TOTAL])

        none, *others = (Candidate("", None, letter), *known)
        each_alone = SCALES.in_letter(frozenset()).shares("asked", [none, *others])[1:]
        assert shares == pytest.approx([share / sum(each_alone) for share in each_alone])

    def test_let_the_kind_of_letter_decide(self) -> None:
        in_a_fine = SCALES.in_letter(FINE).shares("asked", [ASKED, TOTAL])
        in_an_invoice = SCALES.in_letter(INVOICE).shares("asked", [ASKED, TOTAL])

        assert in_a_fine[2] > in_a_fine[1]
        assert in_an_invoice[1] > in_an_invoice[2]

    def test_weigh_what_is_learned_later_as_if_known_at_once(self) -> None:
        later = ASKED._replace(clues=frozenset({"cell"})).knowing(["role asked", "unheard of"])

        scales = SCALES.in_letter(FINE)

        assert scales.shares("asked", [later]) == scales.shares("asked", [ASKED])
        assert scales.shares("paid", [later]) == scales.shares("paid", [ASKED])


class TestNumbersSideBySide:
    @pytest.mark.parametrize("numbers", [(0, 0, 0), (-1, 2, -3), (-40_000, 4_999_999, -1)])
    def test_come_apart_as_they_were(self, numbers: tuple[int, ...]) -> None:
        packed = sum(pack(number, place) for place, number in enumerate(numbers))

        assert [unpack(packed, place) for place in range(3)] == [*numbers]


class TestASorter:
    SORTER = Sorter(["bill", "fine"], [10, 0], {"pay": [-50, 20], "says fine": [0, 300]}, {})

    def test_sorts_by_words_and_signs(self) -> None:
        words, signs = frozenset({"pay", "now", "or", "else"}), frozenset({"says fine"})

        likely = self.SORTER.sort(words, signs)

        # bill: 10 - 50/2 hundredths; fine: 20/2 + 300/10.
        assert likely == pytest.approx({"bill": 0.3659, "fine": 0.6341}, abs=1e-4)

    def test_counts_a_sign_that_is_a_word_too_as_a_sign(self) -> None:
        sign = frozenset({"says fine"})

        assert self.SORTER.sort(sign, sign) == self.SORTER.sort(sign - sign, sign)


class TestChoose:
    def test_is_as_sure_as_of_all_ways_of_writing_together(self) -> None:
        names = [ASKED._replace(value=name) for name in ("Belvink Mobiel", "Belvink", "Wolkwit")]
        scales = SCALES.in_letter(INVOICE)

        apart, together = choose("asked", names, scales), choose("asked", names, scales, same=alike)

        assert together.value == apart.value == "Belvink Mobiel"
        assert together.confidence == pytest.approx(2 * apart.confidence)
