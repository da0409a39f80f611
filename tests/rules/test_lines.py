from hypothesis import given
from hypothesis import strategies as st

from letterbox.reading.lines import blocks_of, lines_on
from letterbox.shared.paper import Page, Word
from tests.rules.paper import a_layout, a_page

TWO_COLUMNS = """
    Het waterschap zorgt voor       Betaal het bedrag in een
    veilige dijken en schoon        keer. Maak over voor de
    water. Daaraan betaalt u        laatste dag van de maand
    mee.                            mei.
"""


def blocks(text: str) -> list[str]:
    return [block.text for block in blocks_of(lines_on(a_page(text)))]


class TestLines:
    def test_keep_two_columns_apart(self) -> None:
        assert blocks(TWO_COLUMNS) == [
            "Het waterschap zorgt voor veilige dijken en schoon water. Daaraan betaalt u mee.",
            "Betaal het bedrag in een keer. Maak over voor de laatste dag van de maand mei.",
        ]

    @given(st.randoms(use_true_random=False))
    def test_do_not_depend_on_the_order_in_the_file(self, random: object) -> None:
        page = a_page(TWO_COLUMNS)
        words = list(page.words)
        random.shuffle(words)  # type: ignore[attr-defined]
        shuffled = Page(page.number, page.width, page.height, tuple(words))
        assert [line.words for line in lines_on(shuffled)] == [
            line.words for line in lines_on(page)
        ]

    def test_put_amounts_together_that_are_printed_mark_by_mark(self) -> None:
        assert blocks("Saldo 2 . 118 , 44 euro") == ["Saldo 2.118,44 euro"]

    def test_leave_a_minus_before_an_amount(self) -> None:
        assert blocks("Betaald op 04 - 08 - 2024 - 266,00") == ["Betaald op 04-08-2024 - 266,00"]

    def test_break_where_the_next_word_had_fitted(self) -> None:
        text = """
            Dagtekening
            16 mei 2026
            Betaal dit alles in een keer
        """
        assert blocks(text) == ["Dagtekening", "16 mei 2026", "Betaal dit alles in een keer"]

    def test_part_a_label_from_its_amount_at_leading_dots(self) -> None:
        assert blocks("Aanmaningskosten ......................... 9,-") == [
            "Aanmaningskosten",
            "9,-",
        ]

    def test_keep_an_iban_whole_at_the_right_edge_of_a_cell(self) -> None:
        text = """
            Bedrag                     € 12,-
                               NL04 RABO 0936
            Rekening                  3727 02
        """
        assert "NL04 RABO 0936 3727 02" in blocks(text)

    def test_keep_a_number_whole_at_the_right_edge_of_a_cell(self) -> None:
        text = """
            Bedrag                     € 12,-
                               2289 4010 0356
            Kenmerk                      0077
        """
        assert "2289 4010 0356 0077" in blocks(text)

    def test_keep_an_iban_whole_whose_end_looks_like_a_number_in_a_list(self) -> None:
        text = """
            Betaal het bedrag vandaag. Onze rekening is NL59 RABO 0123 6783
            58. Vermeld het kenmerk.
        """
        assert "NL59 RABO 0123 6783 58. Vermeld" in blocks(text)[0]

    def test_are_none_on_an_empty_page(self) -> None:
        assert lines_on(Page(1, 595.0, 842.0, ())) == []

    def test_survive_words_in_one_place(self) -> None:
        page = Page(1, 595.0, 842.0, (Word("a", (0, 0, 5, 5)), Word("b", (0, 0, 5, 5))))
        assert blocks_of(lines_on(page))

    def test_leave_out_words_without_size(self) -> None:
        page = Page(1, 595.0, 842.0, (Word("a", (9, 9, 9, 9)), Word("b", (20, 9, 10, 19))))
        assert lines_on(page) == []


class TestSpots:
    def test_show_the_row_as_proof(self) -> None:
        layout = a_layout("Te betalen          € 12,50")
        [spot] = [layout.spot(at, 0, len(b.text)) for at, b in enumerate(layout.blocks)][1:]
        assert spot.quote == "Te betalen € 12,50"
        assert spot.cell
        assert spot.label == "Te betalen"

    def test_know_their_sentence(self) -> None:
        layout = a_layout("Dit is dr. Pol uit Ede. U betaalt 5 euro. Dank u.")
        start = layout.blocks[0].text.index("5")
        spot = layout.spot(0, start, start + 1)
        assert (spot.before, spot.after.strip()) == ("U betaalt ", "euro.")
