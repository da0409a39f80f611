"""Words that mean much the same share a concept, and a letter tells what it speaks of."""

import re

import pytest

from letterbox.reading.concepts import Meaning, beside, meanings_of, meant_beside, said_in
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
        [first], [second] = meanings_of([one]), meanings_of([other])

        assert set(first.concepts) & set(second.concepts)

    def test_leave_out_words_that_say_nothing(self) -> None:
        assert [it.concepts for it in meanings_of(["tafel", "#", "stoel"])] == [("#",)]

    def test_are_written_as_letters_are_compared(self) -> None:
        words = [word for words in table("concepts").values() for word in words.split()]

        assert all(re.fullmatch(r"\*?[a-z0-9]+", word) for word in words)

    def test_beside_each_other_pass_over_other_words(self) -> None:
        meanings = meanings_of(["nog", "niet", "door", "u", "betaald"])

        assert "before ~not ~you" in set(meant_beside("before", meanings))

    def test_beside_each_other_are_every_pair_of_what_two_words_mean(self) -> None:
        pairs = [*beside(Meaning(("rent", "costs")), Meaning(("open",)))]

        assert pairs == [("rent", "open"), ("costs", "open")]


class TestWhatIsSaid:
    def test_is_the_same_in_other_words(self) -> None:
        one, other = (said_in(text) for text in ("er is niets meer open", "nothing remains unpaid"))

        assert "said ~nothing ~open" in one & other

    @pytest.mark.parametrize("end", [". ", "! ", "? ", "\n"])
    def test_does_not_cross_the_end_of_a_sentence_or_block(self, end: str) -> None:
        assert "said ~nothing ~open" not in said_in(f"u doet niets{end}open is een bedrag")
