"""Words that mean much the same share a concept, and a letter tells what it speaks of."""

import re

import pytest

from letterbox.reading.concepts import beside, concepts_in, said_in
from letterbox.reading.phrases import table


class TestConcepts:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("betalen", "overmaken"),
            ("openstaande", "resterende"),
            ("vonnis", "hearing"),
            ("herinneringskosten", "buitengerechtelijke"),
            ("wegenbelastingboete", "boete"),
        ],
    )
    def test_are_shared_by_words_that_mean_much_the_same(self, one: str, other: str) -> None:
        [first], [second] = concepts_in([one]), concepts_in([other])

        assert set(first) & set(second)

    def test_leave_out_words_that_say_nothing(self) -> None:
        assert concepts_in(["tafel", "#", "stoel"]) == [("#",)]

    def test_are_written_as_letters_are_compared(self) -> None:
        words = [word for words in table("concepts").values() for word in words.split()]

        assert all(re.fullmatch(r"\*?[a-z0-9]+", word) for word in words)

    def test_beside_each_other_pass_over_other_words(self) -> None:
        meanings = concepts_in(["nog", "niet", "door", "u", "betaald"])

        assert ("not", "you") in set(beside(meanings))


class TestWhatIsSaid:
    def test_is_the_same_in_other_words(self) -> None:
        one, other = (
            set(said_in([text])) for text in ("er is niets meer open", "nothing remains unpaid")
        )

        assert "said ~nothing ~open" in one & other

    def test_does_not_cross_the_end_of_a_sentence(self) -> None:
        assert "said ~nothing ~open" not in set(said_in(["u doet niets. open is een bedrag"]))
