import pytest

from letterbox.reading.numbers import number_in_words, ordinal_in_words


class TestNumberInWords:
    @pytest.mark.parametrize(
        ("words", "number"),
        [
            ("veertien", 14),
            ("tweeëntwintig", 22),
            ("honderd", 100),
            ("honderdeen", 101),
            ("driehonderddrieënveertig", 343),
            ("elfhonderdvijf", 1105),
            ("duizend", 1000),
            ("eenduizend zesenzeventig", 1076),
            ("zevenduizend honderdzevenenzeventig", 7177),
            ("fourteen", 14),
        ],
    )
    def test_reads_numbers(self, words: str, number: int) -> None:
        assert number_in_words(words) == number

    @pytest.mark.parametrize("words", ["", "van", "dan", "het", "eenheid", "achterstand"])
    def test_leaves_other_words_alone(self, words: str) -> None:
        assert number_in_words(words) is None


class TestOrdinalInWords:
    @pytest.mark.parametrize(
        ("words", "number"),
        [("derde", 3), ("zevende", 7), ("veertiende", 14), ("twintigste", 20), ("fourteenth", 14)],
    )
    def test_reads_a_place_in_a_row(self, words: str, number: int) -> None:
        assert ordinal_in_words(words) == number

    @pytest.mark.parametrize("words", ["", "einde", "volgende", "laatste", "month"])
    def test_leaves_other_words_alone(self, words: str) -> None:
        assert ordinal_in_words(words) is None
