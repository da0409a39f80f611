"""Whatever words stand on the pages, and wherever, the rules come to an end in time.

They run in the worker itself, where nothing kills them: a letter of a few kilobytes that keeps
them busy for an hour would keep all other letters waiting.
"""

import random
from collections.abc import Callable, Iterable
from functools import partial
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letterbox.reading.findings import from_json, to_json
from letterbox.reading.rules import read
from letterbox.shared.paper import (
    LONGEST_WORD,
    MOST_WORDS_ON_A_PAGE,
    Box,
    Page,
    Paper,
    Word,
    has_text_of_a_letter,
)
from tests.deadline import at_most
from tests.rules.paper import RECEIVED_ON, a_page

SECONDS = 5.0
CHARACTERS, WORDS, LINES = LONGEST_WORD, MOST_WORDS_ON_A_PAGE, 180
_VOCABULARY = """
de het een u wij uw betalen Betaal bedrag van rekening uiterlijk vóór binnen 14 dagen na
dagtekening deze brief Stichting Namens onze cliënt op te voor incassokosten rente hoofdsom
€ 12,50 1.234,56 EUR euro kenmerk: nummer 123456789 Datum is wordt overgedragen aan maart
2026 1-3-2026 NL91ABNA0417164300 in dat geval bij uitblijven honderd Linde B.V. . , - / (
"""
VOCABULARY = _VOCABULARY.split()
UNITS = ("a", "A", "€1", "1.", "A.", "-A", "ا", "duizend")
REPEATED = (
    "Te betalen € 12,00.",
    "12,00",
    "123",
    "1 maart 2026",
    "2026-03-01",
    "Betaal uiterlijk 1 maart 2026 € 12,00.",
    "Betaal binnen 14 dagen na dagtekening van deze brief",
    "Kenmerk: 123456789",
    "Betalingskenmerk 1234 5678 9012 3456",
    "rekening NL91 ABNA 0417 1643 00 ten name van Linde BV",
    "Namens onze cliënt Woonstichting De Linde",
    "verkocht en overgedragen aan Linde",
    "Aa",
    "in dat geval brengen wij € 40,00 incassokosten in rekening.",
    "nadat deze brief bij u is bezorgd",
    "wordt",
    "maak bedrag vraag",
    "eenhonderdduizend euro en",
    "…",
)


def text(words: str) -> Paper:
    return Paper((a_page(words),))


def rows(row: str) -> Paper:
    return text("\n".join(row.replace("#", str(number)) for number in range(LINES)))


def different(written: Callable[[int], str], on_a_page: int) -> Paper:
    """Return a hundred pages on which nothing is written twice."""
    pages = (range(at * on_a_page, (at + 1) * on_a_page) for at in range(100))
    return Paper(
        tuple(a_page(" ".join(map(written, page)), number=at) for at, page in enumerate(pages, 1))
    )


def jumble(separator: str, many: int) -> str:
    chance = random.Random(7)  # noqa: S311  # repeatable
    words = (chance.choice(VOCABULARY) + separator for _ in range(many))
    return "".join(
        word + ("\n" if at % 10 == 9 and separator == " " else "") for at, word in enumerate(words)
    )


def placed(box: Callable[[int], Box]) -> Paper:
    words = jumble("\t", WORDS).split("\t")[:-1]
    return Paper((Page(1, 595, 842, tuple(Word(word, box(at)) for at, word in enumerate(words))),))


PAPERS: dict[str, Callable[[], Paper]] = {
    **{f"one word of {unit!r}": partial(text, unit * (CHARACTERS // len(unit))) for unit in UNITS},
    **{f"one line of {said!r}": partial(text, (said + " ") * LINES) for said in REPEATED},
    **{f"lines of {said!r}": partial(rows, said) for said in REPEATED},
    **{f"rows of {said!r}": partial(rows, f"Regel #      {said}") for said in REPEATED},
    "as many words as a page may have": lambda: text(jumble(" ", WORDS)),
    "as many words in one line": lambda: text(jumble("  ", WORDS)),
    "a hundred pages": lambda: Paper(
        tuple(a_page(jumble(" ", 250), number=number) for number in range(1, 101))
    ),
    "a hundred pages with the same totals": lambda: Paper(
        tuple(a_page("Te betalen     € 12,00\n" * 40, number=number) for number in range(1, 101))
    ),
    "a hundred pages of different amounts": lambda: different(
        lambda at: f"{at},{at % 90 + 10}", 40
    ),
    "a hundred pages of different numbers": lambda: different(lambda at: f"F{at + 10**6}", 100),
    "all in one place": partial(placed, lambda at: (100.0, 100.0, 150.0, 110.0)),
    "without size": partial(placed, lambda at: (100.0, 100.0, 100.0, 100.0)),
    "as large as the page": partial(placed, lambda at: (0.0, 0.0, 595.0, 842.0)),
    "inside out": partial(placed, lambda at: (150.0, 110.0, 100.0, 100.0)),
    "down a slope": partial(placed, lambda at: (at / 50, at / 50, at / 50 + 20, at / 50 + 10)),
    "beyond measure": partial(placed, lambda at: (-1e30, at / 50, 1e30, 1e30)),
}


def read_in_time(paper: Paper) -> None:
    if not has_text_of_a_letter(paper):
        return  # the reader of PDFs lets no such thing through
    with at_most(SECONDS):
        reading = read(paper, received_on=RECEIVED_ON, sender=None, envelope=None)
    assert from_json(to_json(reading)) == reading


class TestTextOfALetter:
    @pytest.mark.parametrize(
        "paper",
        [
            text("a" * (LONGEST_WORD + 1)),
            text("a " * (MOST_WORDS_ON_A_PAGE + 1)),
            Paper(tuple(a_page("a " * 500, number=number) for number in range(51))),
            Paper((Page(1, 595, 842, (Word("a", (0.0, 0.0, inf, inf)),)),)),
            Paper((Page(1, 595, 842, (Word("a", (nan, nan, nan, nan)),)),)),
        ],
        ids=["a long word", "a full page", "many pages", "without end", "nowhere"],
    )
    def test_is_none_of(self, paper: Paper) -> None:
        assert not has_text_of_a_letter(paper)

    @pytest.mark.parametrize("name", PAPERS)
    def test_is_all_that_is_tried_here(self, name: str) -> None:
        assert has_text_of_a_letter(PAPERS[name]())


class TestRead:
    @pytest.mark.parametrize("name", PAPERS)
    def test_comes_to_an_end_with_strange(self, name: str) -> None:
        read_in_time(PAPERS[name]())

    @settings(max_examples=60)
    @given(
        st.lists(
            st.tuples(
                st.one_of(st.sampled_from(VOCABULARY), st.text(min_size=1, max_size=12)),
                st.tuples(*[st.floats(-100, 1000, width=32)] * 4),
            ),
            max_size=60,
        )
    )
    def test_comes_to_an_end_with_any_words_anywhere(
        self, words: Iterable[tuple[str, Box]]
    ) -> None:
        one = tuple(Word(said, box) for said, box in words if not said.isspace())
        read_in_time(Paper((Page(1, 595.0, 842.0, one),)))

    @settings(max_examples=40)
    @given(st.lists(st.sampled_from([*VOCABULARY, "\n", "\n\n"]), max_size=200), st.integers(1, 30))
    def test_comes_to_an_end_with_any_phrases_again_and_again(
        self, words: list[str], times: int
    ) -> None:
        read_in_time(text(" ".join(words * times)))
