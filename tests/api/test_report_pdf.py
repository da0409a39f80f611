import tomllib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from time import perf_counter

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from api.forms import printing
from api.forms.negotiation import LANGUAGES, Language
from api.forms.printing import NotPrinted, print_pdf
from api.forms.report import SHOWN, printable, write_report
from api.forms.words import WORDS, words_in
from letterbox.debts.facts import CheckSeverity
from letterbox.letters.rules import Party, Status
from letterbox.overview.listing import Listing
from letterbox.overview.urgency import Severity
from letterbox.shared.errors import Unavailable
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.api.listings import TODAY, a_check, a_debt, a_full_listing, a_listing

MARKUP = ["#sys.inputs", "[x", "$x$", "*x*", '#import "/x"', "\\", "<x>", "@x", "```", "= Kop", "]"]


def printed(listing: Listing, language: Language = "nl") -> bytes:
    return write_report(listing, words_in(language))


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


class TestTheReport:
    def test_says_in_dutch_who_wants_how_much(self) -> None:
        text = text_of(printed(a_listing(a_debt(3, letters=2, checks=(a_check(),)))))

        for said in (
            "Schuldenoverzicht",
            "22 november 2026",
            "Samen een overzicht maken.",
            "22 maart 2027, 12:00",
            "€ 871,75",
            "CJIB",
            "via Incassobureau Valk",
            "HU-2026-0003",
            "0000123456780003",
            "NL91 ABNA 0417 1643 00",
            "Kloppen de bedragen?",
            "Stb. 2012, 141",
            "vandaag",
            "Pagina 1 van 2",
        ):
            assert said in text

    def test_says_it_in_english(self) -> None:
        text = text_of(printed(a_listing(a_debt(3)), "en"))

        for said in ("Debt overview", "22 November 2026", "€871.75", "fine", "Page 1 of 2"):
            assert said in text

    def test_marks_what_is_unsure(self) -> None:
        sure, unsure = (
            text_of(printed(a_listing(a_debt(unsure=doubts)))) for doubts in ((), ("iban",))
        )

        assert "NL91 ABNA 0417 1643 00 ?" not in sure
        assert "NL91 ABNA 0417 1643 00 ?" in unsure

    def test_says_what_is_not_known(self) -> None:
        debt = a_debt(creditor=None, outstanding=None, iban=None, payable_now=None)

        text = text_of(printed(a_listing(debt)))

        assert "Schuldeiser onbekend" in text
        assert "niet bekend" in text

    def test_names_letters_that_do_not_count(self) -> None:
        assert "niet te lezen voor de computer" in text_of(printed(a_full_listing(2, 1)))

    def test_can_be_empty(self) -> None:
        assert "In de brieven staan geen schulden." in text_of(printed(a_listing(occasion=None)))

    def test_is_the_same_bytes_for_the_same_overview(self) -> None:
        assert printed(a_full_listing(3, 2)) == printed(a_full_listing(3, 2))

    def test_takes_no_more_than_a_moment_for_a_cupboard_full(self) -> None:
        listing = a_full_listing(60, 10)
        begin = perf_counter()
        pdf = printed(listing)

        # Twice what it takes on a busy machine of two cores; alone it is under a second.
        assert perf_counter() - begin < 6
        with pypdfium2.PdfDocument(pdf) as document:
            assert 20 < len(document) < 50


@cache
def read_in(language: Language) -> PdfReader:
    return PdfReader(BytesIO(printed(a_full_listing(12, 2), language)))


@pytest.mark.parametrize("language", LANGUAGES)
class TestWhoeverCannotSeeIt:
    def test_is_told_the_language_and_the_title(self, language: Language) -> None:
        pdf = read_in(language)

        assert str(pdf.root_object["/Lang"]) == language
        assert pdf.metadata is not None
        assert str(pdf.metadata.title).startswith(words_in(language).title)
        assert part_of(pdf, "/ViewerPreferences")["/DisplayDocTitle"]

    def test_gets_a_tagged_document_that_says_so(self, language: Language) -> None:
        pdf = read_in(language)

        assert part_of(pdf, "/MarkInfo")["/Marked"]
        assert pdf.xmp_metadata is not None
        assert b"pdfuaid:part>1<" in pdf.xmp_metadata.stream.get_data()

    def test_gets_tables_with_heads_and_a_chart_in_words(self, language: Language) -> None:
        tags = [*tags_in(part_of(read_in(language), "/StructTreeRoot"))]

        kinds = {str(tag["/S"]) for tag in tags}
        assert {"/Table", "/THead", "/TH", "/TD", "/H1", "/H2", "/Figure"} <= kinds
        (alt,) = [str(tag["/Alt"]) for tag in tags if str(tag["/S"]) == "/Figure"]
        assert "Belastingdienst" in alt
        assert "€" in alt


def part_of(pdf: PdfReader, name: str) -> DictionaryObject:
    part = pdf.root_object[name].get_object()
    assert isinstance(part, DictionaryObject)
    return part


def tags_in(tag: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield everything in the tree of tags."""
    below = tag.get("/K", [])
    for each in below if isinstance(below, list) else [below]:
        child = each.get_object()
        if isinstance(child, DictionaryObject) and "/S" in child:
            yield child
            yield from tags_in(child)


class TestTextFromALetter:
    @pytest.mark.parametrize("text", MARKUP)
    def test_is_printed_and_does_nothing(self, text: str) -> None:
        checks = (a_check(text, quote=text),)
        debt = a_debt(creditor=Party(f"A {text} B"), references=(text,), checks=checks)

        assert f"A {text} B" in text_of(printed(a_listing(debt)))

    @given(st.text(max_size=300))
    @settings(max_examples=15)
    def test_is_never_too_strange_to_print(self, text: str) -> None:
        checks = (a_check(text or "?", quote=text),)
        debt = a_debt(creditor=Party(text), references=(text,), iban=text, checks=checks)

        assert printed(a_listing(debt)).startswith(b"%PDF")

    def test_is_in_the_fonts_wherever_we_say_so(self) -> None:
        signs = [chr(sign) for first, last in SHOWN for sign in range(first, last + 1)]
        shown = " ".join(f"0{sign}" for sign in signs if sign.isprintable())

        heads = [shown[at : at + 500] for at in range(0, len(shown), 500)]
        debts = [a_debt(n, creditor=Party(head)) for n, head in enumerate(heads)]
        assert printed(a_listing(*debts)).startswith(b"%PDF")

    def test_that_no_font_holds_is_a_small_square(self) -> None:
        assert printable("Bank 北京 😀") == "Bank □□ □"

    def test_is_in_one_piece_with_its_accents(self) -> None:
        assert printable("Rene\u0301 0\u0332") == "René 0□"

    def test_can_be_broken_where_it_is_one_long_word(self) -> None:
        assert max(len(part) for part in printable("x" * 90).split("\u200b")) < 30


class TestWords:
    def test_are_the_same_ones_in_both_languages(self) -> None:
        written = tomllib.loads(WORDS.read_text("utf-8"))

        assert names_in(written["nl"]) == names_in(written["en"])
        assert written.keys() == {*LANGUAGES}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_there_for_every_column_and_every_term(self, language: Language) -> None:
        words, full = words_in(language), a_full_listing(2, 1)
        tables = (full.debts, full.letters, full.checks, full.deadlines, full.apart)
        columns = {column.name for table in tables for column in table.columns}
        terms = {*map(str, (*Kind, *Severity, *CheckSeverity, *Status))}

        assert columns <= words.columns.keys()
        assert terms | {"open", "paid", "withdrawn"} <= words.terms.keys()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_ask_for_the_same_parts(self, language: Language) -> None:
        for name, phrase in words_in("nl").phrases.items():
            assert parts_of(phrase) == parts_of(words_in(language).phrases[name])

    def test_say_an_amount_as_people_do(self) -> None:
        amount = Euro(-123456789)

        assert words_in("nl").amount(amount) == "-€\u00a01.234.567,89"
        assert words_in("en").amount(amount) == "-€1,234,567.89"

    def test_let_a_new_check_go_by_its_code(self) -> None:
        assert words_in("nl").term("something_new") == "something new"


class TestPrinting:
    def test_says_nothing_of_the_report_when_it_fails(self) -> None:
        with pytest.raises(NotPrinted) as failed:
            print_pdf({"language": "geheim"}, on=TODAY)

        assert "geheim" not in str(failed.value)

    def test_asks_to_come_back_when_it_takes_too_long(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(printing, "PATIENCE", 0.01)

        with pytest.raises(Unavailable):
            printed(a_full_listing(20, 5))


def names_in(words: dict[str, object]) -> dict[str, object]:
    return {
        name: names_in(value) if isinstance(value, dict) else type(value)
        for name, value in words.items()
    }


def parts_of(phrase: str) -> list[str]:
    return sorted(part.partition("}")[0] for part in phrase.split("{")[1:])
