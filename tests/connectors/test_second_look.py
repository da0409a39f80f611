"""Figures in a picture are confirmed when everyone who looks sees the same, and only then."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from connectors.second_look import Looked, confirmed
from connectors.tesseract import Seen
from tests.connectors.scans import a_tesseract_that_sees

LINE = ("1", "1", "1")
SHEET = 1.5
"""Pixels of the sheet for one of the picture; a strip begins at 18, and 8 before its words."""


def a_line(*texts: str, trust: float = 96.0, top: float = 100.0, gap: float = 10.0) -> list[Seen]:
    """Return words on one line, ten pixels a character."""
    words, left = list[Seen](), 100.0
    for text in texts:
        box = (left, top, left + 10.0 * len(text), top + 20.0)
        words.append(Seen(text, box, (*LINE, str(top)), trust))
        left = box[2] + gap
    return words


def on_the_sheet(words: Sequence[Seen], strip: int = 0) -> list[Seen]:
    """Return the words of one strip where they are seen again: strips of one line are 39 high."""
    top = 18 + strip * (39 + 18) + 4
    first = words[0].box[0]
    return [
        word._replace(
            box=(
                30 + SHEET * (word.box[0] - first),
                top,
                30 + SHEET * (word.box[2] - first),
                top + 30,
            )
        )
        for word in words
    ]


def seen_again(
    folder: Path, words: Sequence[Seen], dutch: Sequence[Seen], english: Sequence[Seen] | None
) -> set[str]:
    """Return which words are confirmed when they are seen like this again."""
    program = a_tesseract_that_sees(
        folder, nld=dutch, **({} if english is None else {"eng": english})
    )
    first = Looked(Image.new("L", (2000, 1200), 255), words, 200, 2)
    return {words[at].text for at in confirmed(first, program, 10.0)}


class TestAFigure:
    @pytest.mark.parametrize("figure", ["218,50", "-12,50", "F25-0318", "24", "0417", "€1.234,56"])
    def test_is_confirmed_when_all_see_the_same(self, tmp_path: Path, figure: str) -> None:
        words = a_line("bedrag", figure, "betalen")
        again = on_the_sheet(words)

        assert seen_again(tmp_path, words, again, again) == {figure}

    def test_may_have_other_marks_around_it(self, tmp_path: Path) -> None:
        words = a_line("(218,50).")
        again = on_the_sheet(a_line("[218,50],"))

        assert seen_again(tmp_path, words, again, again) == {"(218,50)."}

    @pytest.mark.parametrize("other", ["218,60", "218.50", "-218,50", "18,50", "218", ""])
    @pytest.mark.parametrize("who", ["nld", "eng"])
    def test_is_in_doubt_when_one_sees_something_else(
        self, tmp_path: Path, other: str, who: str
    ) -> None:
        words = a_line("bedrag", "218,50", "betalen")
        same = on_the_sheet(words)
        differs = [same[0], same[1]._replace(text=other), same[2]] if other else same[::2]
        dutch, english = (differs, same) if who == "nld" else (same, differs)

        assert seen_again(tmp_path, words, dutch, english) == set()

    def test_is_in_doubt_when_a_figure_is_seen_beside_it(self, tmp_path: Path) -> None:
        words = a_line("218,50")
        more = [*on_the_sheet(words), *on_the_sheet(a_line("218,50", "1"))[1:]]

        assert seen_again(tmp_path, words, more, more) == set()

    @pytest.mark.parametrize("who", ["first", "again"])
    def test_is_in_doubt_when_it_is_hard_to_see(self, tmp_path: Path, who: str) -> None:
        words = a_line("218,50", trust=30.0 if who == "first" else 96.0)
        again = on_the_sheet(a_line("218,50", trust=30.0 if who == "again" else 96.0))

        assert seen_again(tmp_path, words, again, again) == set()

    @pytest.mark.parametrize("mixed", ["NLO3", "1J4892", "NLA9", "S7"])
    def test_is_in_doubt_with_letters_that_look_like_figures(
        self, tmp_path: Path, mixed: str
    ) -> None:
        words = a_line("nummer", mixed)
        again = on_the_sheet(words)

        assert seen_again(tmp_path, words, again, again) == set()

    @pytest.mark.parametrize(
        "pieces", [("115,", "64"), ("01-09-", "2026"), ("1", "580,21"), ("12", "-09-2026")]
    )
    def test_is_in_doubt_when_it_may_be_one_with_the_next(
        self, tmp_path: Path, pieces: tuple[str, str]
    ) -> None:
        near, apart = a_line(*pieces, gap=8.0), a_line(*pieces, gap=20.0)

        again = on_the_sheet(near)
        assert seen_again(tmp_path, near, again, again) == set()
        again = on_the_sheet(apart)
        assert seen_again(tmp_path, apart, again, again) == set(pieces)

    def test_of_a_page_that_is_seen_badly_is_in_doubt(self, tmp_path: Path) -> None:
        figures = ["11", "22", "33", "44"]
        lines = [a_line(figure, top=100.0 * at) for at, figure in enumerate(figures, 1)]
        words = [word for line in lines for word in line]
        again = [word for at, line in enumerate(lines) for word in on_the_sheet(line, at)]
        one_other = [*again[:3], again[3]._replace(text="88")]
        two_others = [*again[:2], again[2]._replace(text="77"), one_other[3]]

        assert seen_again(tmp_path, words, again, again) == {*figures}
        assert seen_again(tmp_path, words, one_other, again) == {*figures[:3]}
        assert seen_again(tmp_path, words, two_others, again) == set()


class TestNothingIsConfirmed:
    def test_without_english(self, tmp_path: Path) -> None:
        words = a_line("218,50")

        assert seen_again(tmp_path, words, on_the_sheet(words), None) == set()

    def test_without_time(self, tmp_path: Path) -> None:
        words = a_line("218,50")
        again = on_the_sheet(words)
        program = a_tesseract_that_sees(tmp_path, nld=again, eng=again)

        first = Looked(Image.new("L", (2000, 1200), 255), words, 200, 2)

        assert confirmed(first, program, 0.0) == frozenset()

    def test_of_more_than_fits_on_a_sheet(self, tmp_path: Path) -> None:
        words = [a_line("11", top=25.0 * at)[0] for at in range(1, 500)]
        again = [seen for at, word in enumerate(words) for seen in on_the_sheet([word], at)]
        program = a_tesseract_that_sees(tmp_path, nld=again, eng=again)
        first = Looked(Image.new("L", (2000, 26000), 255), words, 200, 2)

        assert 0 < max(confirmed(first, program, 30.0)) < 30_000 / (39 + 18)
