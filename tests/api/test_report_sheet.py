from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from api.forms.negotiation import LANGUAGES, Language
from api.forms.spreadsheet import write_spreadsheet
from api.forms.words import words_in
from letterbox.debts.facts import DebtStatus
from letterbox.letters.rules import Party
from letterbox.overview.listing import Listing, plain
from letterbox.shared.money import Euro
from tests.api.listings import TODAY, a_check, a_debt, a_full_listing, a_listing

HOSTILE = ["=1+1", '=HYPERLINK("http://x","y")', "https://x.example", "+31", "-1", "@x", "{=1}"]


def opened(listing: Listing, language: Language = "nl", *, computed: bool = False) -> Workbook:
    return load_workbook(
        BytesIO(write_spreadsheet(listing, words_in(language))), data_only=computed
    )


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def column_of(sheet: Worksheet, name: str) -> list[object]:
    (at,) = [cell.column for cell in sheet[1] if cell.value == name]
    return [sheet.cell(line, at).value for line in range(2, sheet.max_row + 1)]


def midnight(day: date) -> datetime:
    """Return a day as a spreadsheet has it."""
    return datetime.combine(day, time())


class TestTheSpreadsheet:
    def test_has_debts_letters_checks_and_what_it_is(self) -> None:
        book = opened(a_full_listing(6, 3))

        assert book.sheetnames == [
            "Schulden",
            "Datums",
            "Brieven",
            "Controles",
            "Andere brieven",
            "Toelichting",
        ]
        assert sheet_of(book, "Brieven").max_row == 1 + 6 * 3
        told = [cell.value for cell in sheet_of(book, "Toelichting")["B"]]
        assert {"Samen een overzicht maken.", midnight(TODAY)} <= {*told}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_whole_in_both_languages(self, language: Language) -> None:
        book = opened(a_full_listing(6, 3), language)

        assert len(book.sheetnames) == 6
        assert book.properties.title == words_in(language).title

    def test_has_amounts_that_are_numbers_and_days_that_are_days(self) -> None:
        sheet = sheet_of(opened(a_listing(a_debt(1, paid=Euro(-1250)))), "Schulden")

        assert column_of(sheet, "Openstaand")[0] == 713.37
        assert column_of(sheet, "Betaald")[0] == -12.5
        assert column_of(sheet, "Peildatum")[0] == midnight(TODAY - timedelta(days=11))
        assert column_of(sheet, "Betalingskenmerk")[0] == "0000123456780001"

    def test_shows_what_is_unsure_and_keeps_it_a_number(self) -> None:
        sheet = sheet_of(opened(a_listing(a_debt(unsure=("outstanding",)))), "Schulden")

        (cell,) = [
            cell for cell in sheet[2] if cell.value == 713.37 and "(?)" in cell.number_format
        ]
        assert cell.fill.fgColor.rgb == "FFFFF2CC"

    def test_adds_up_what_is_open_or_in_a_plan(self) -> None:
        debts = [
            a_debt(1, outstanding=Euro(10_000)),
            a_debt(2, outstanding=Euro(2_050), status=DebtStatus.PAYMENT_PLAN),
            a_debt(3, outstanding=Euro(99_999), status=DebtStatus.WITHDRAWN),
        ]

        computed = sheet_of(opened(a_listing(*debts), computed=True), "Schulden")
        written = sheet_of(opened(a_listing(*debts)), "Schulden")

        assert column_of(computed, "Openstaand")[-1] == 120.5
        total = str(column_of(written, "Openstaand")[-1])
        assert '"open"' in total and '"betalingsregeling"' in total and "$F$2:$F$4" in total

    def test_stays_in_sight_and_can_be_filtered(self) -> None:
        sheet = sheet_of(opened(a_full_listing(6, 3)), "Schulden")

        assert sheet.freeze_panes == "C2"
        assert str(sheet.auto_filter.ref).startswith("A1:")

    def test_can_be_empty(self) -> None:
        book = opened(a_listing(), computed=True)

        assert column_of(sheet_of(book, "Schulden"), "Openstaand") == [0]

    def test_is_the_same_bytes_for_the_same_overview(self) -> None:
        written = {write_spreadsheet(a_full_listing(3, 2), words_in("nl")) for _ in range(2)}

        assert len(written) == 1

    def test_asks_in_english_what_is_known_in_english(self) -> None:
        sheet = sheet_of(opened(a_listing(a_debt(checks=(a_check(),))), "en"), "Checks")

        assert column_of(sheet, "Question") == ["Kloppen de bedragen?"]
        assert column_of(sheet, "Check") == ["Do the parts come to the amount?"]


class TestText:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_is_never_a_formula_or_a_link(self, text: str) -> None:
        written = write_spreadsheet(a_listing(a_debt(creditor=Party(text))), words_in("nl"))

        assert (
            column_of(sheet_of(load_workbook(BytesIO(written)), "Schulden"), "Schuldeiser")[0]
            == text
        )
        with ZipFile(BytesIO(written)) as parts:
            assert not [name for name in parts.namelist() if "worksheets/_rels" in name]

    @given(st.text(max_size=40))
    @settings(max_examples=30)
    def test_comes_back_as_it_was_whatever_it_is(self, text: str) -> None:
        book = opened(a_listing(a_debt(creditor=Party(text))))
        found = column_of(sheet_of(book, "Schulden"), "Schuldeiser")[0]

        assert (found or "") == plain(text)

    def test_that_is_too_long_is_cut(self) -> None:
        book = opened(a_listing(a_debt(checks=(a_check(quote="x" * 40_000),))))

        assert len(str(column_of(sheet_of(book, "Controles"), "Tekst in de brief")[0])) == 32_767


class TestADay:
    def test_that_no_spreadsheet_knows_is_text(self) -> None:
        book = opened(a_listing(a_debt(first_letter_on=date(1826, 5, 6))))

        assert column_of(sheet_of(book, "Schulden"), "Eerste brief")[0] == "06-05-1826"
