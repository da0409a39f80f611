"""The overview as a spreadsheet (OOXML): debts, dates, letters, checks, and what it is.

Amounts are numbers and days are days, so that a counsellor can go on working with them. Text is
from letters, so from anyone: it is written as text, and never becomes a formula or a link.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from api.forms.words import Words
from letterbox.debts.facts import DebtStatus
from letterbox.overview.listing import Column, Holds, Listing, Row, Table, Value, is_total_sure
from letterbox.overview.urgency import RUNNING
from letterbox.shared.days import day_of
from letterbox.shared.money import Euro

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""In characters; a spreadsheet holds no more in one cell."""

FIRST_YEAR = 1900
"""A spreadsheet counts days from here, and knows none before."""

UNSURE = "#FFF2CC"
HEAD = "#1F3A4D"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTHS: dict[Holds, float] = {
    "text": 22,
    "term": 18,
    "terms": 30,
    "amount": 14,
    "day": 13,
    "count": 8,
    "flag": 9,
}
WIDE = {"question": 60.0, "quote": 50.0, "creditor": 30.0, "debt_id": 38.0, "letter": 38.0}


def write_spreadsheet(listing: Listing, words: Words) -> bytes:
    """Return the overview as a spreadsheet. The same overview gives the same bytes."""
    file = BytesIO()
    with Workbook(file, OPTIONS) as book:
        made_on = datetime.combine(listing.overview.as_of, time())
        book.set_properties({"title": words.title, "created": made_on})
        writer = _Writer(book, words)
        for table in _sheets(listing):
            writer.write_table(table, listing)
        writer.write_about(listing)
    return file.getvalue()


def _sheets(listing: Listing) -> tuple[Table, ...]:
    return listing.debts, listing.deadlines, listing.letters, listing.checks, listing.apart


@dataclass
class _Writer:
    """One workbook, in one language."""

    book: Workbook
    words: Words
    _formats: dict[tuple[Holds, bool, bool], Format] = field(default_factory=dict)

    def write_table(self, table: Table, listing: Listing) -> None:
        sheet = self.book.add_worksheet(self.words.sheets[table.name])
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, WIDE.get(column.name, WIDTHS[column.holds]))
            sheet.write_string(0, at, self.words.columns[column.name], self._head)
        for line, row in enumerate(table.rows, start=1):
            for at, column in enumerate(table.columns):
                doubted = column.name in row.unsure
                value = row.values[column.name]
                if column.name == "question":
                    value, _ = self.words.question(row)
                self._write(sheet, (line, at), value, column.holds, doubted)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        self._print_wide(sheet)
        if table.name == "debts":
            self._write_totals(sheet, listing)

    def write_about(self, listing: Listing) -> None:
        sheet = self.book.add_worksheet(self.words.sheets["about"])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 70)
        for line, (name, value) in enumerate(self._about(listing)):
            sheet.write_string(line, 0, name, self._head)
            holds: Holds = "amount" if isinstance(value, Euro) else "text"
            holds = "day" if isinstance(value, date) else holds
            self._write(sheet, (line, 1), value, holds)

    def _about(self, listing: Listing) -> Iterator[tuple[str, Value]]:
        phrases, occasion = self.words.phrases, listing.occasion
        yield self.words.title, phrases["from_letters"]
        yield phrases["as_of"], listing.overview.as_of
        if occasion.consent_id is not None:
            yield phrases["consent"], str(occasion.consent_id)
            yield phrases["purpose"], occasion.purpose
            yield phrases["valid_until"], occasion.valid_until and day_of(occasion.valid_until)
        totals = listing.overview.totals
        for name in ("payable_now", "overdue", "costs_and_interest"):
            yield phrases[name], getattr(totals, name)
        yield phrases["unread_letters"], str(len(listing.overview.unread))
        for note in ("unsure_sheet", "whole_note", "no_acknowledgement"):
            yield "", phrases[note]

    def _write(
        self,
        sheet: Worksheet,
        at: tuple[int, int],
        value: Value,
        holds: Holds,
        doubted: bool = False,
    ) -> None:
        look = self._format(holds, doubted=doubted)
        if value is None or value == "":
            sheet.write_blank(*at, None, look)
        elif isinstance(value, Euro):
            sheet.write_number(*at, value.cents / 100, look)
        elif isinstance(value, date) and value.year >= FIRST_YEAR:
            sheet.write_datetime(*at, value, look)
        elif isinstance(value, int) and not isinstance(value, bool):
            sheet.write_number(*at, value, look)
        else:
            sheet.write_string(*at, self._text(value, holds)[:LONGEST_CELL], look)

    def _text(self, value: Value, holds: Holds) -> str:
        if holds == "term":
            return self.words.term(str(value))
        if isinstance(value, tuple):
            # A check goes by its question, a field by the head of its column.
            known = self.words.terms
            return ", ".join(known.get(each) or self.words.field(each) for each in value)
        return self.words.said(value)

    def _write_totals(self, sheet: Worksheet, listing: Listing) -> None:
        """Write a last row with what is open or in a payment plan, as the overview counts it."""
        table = listing.debts
        line = len(table.rows) + 1
        names = [column.name for column in table.columns]
        sheet.write_string(line, 1, self.words.phrases["total"], self._total("text"))
        for at, column in enumerate(table.columns):
            if column.holds == "amount":
                formula = self._sum_of_running(line, at, names.index("status"))
                total = _running_total(table.rows, column)
                doubted = not is_total_sure(listing, column.name)
                look = self._format("amount", doubted=doubted, total=True)
                sheet.write_formula(line, at, formula, look, total)

    def _sum_of_running(self, line: int, at: int, status: int) -> str:
        last = max(line - 1, 1)
        summed, told = _span(at, last), _span(status, last)
        terms = [self.words.term(each) for each in sorted(RUNNING)]
        return "=" + "+".join(f'SUMIFS({summed},{told},"{term}")' for term in terms)

    def _format(self, holds: Holds, *, doubted: bool = False, total: bool = False) -> Format:
        known = (holds, doubted, total)
        if known not in self._formats:
            self._formats[known] = self.book.add_format(self._look(holds, doubted, total))
        return self._formats[known]

    def _look(self, holds: Holds, doubted: bool, total: bool) -> dict[str, Any]:
        sign = '" (?)"' if doubted else ""
        numbers = {
            "amount": f"{self.words.number_format}{sign};-{self.words.number_format}{sign}",
            "day": f"{self.words.day_format}{sign}",
            "count": f"0{sign}",
        }
        look: dict[str, Any] = {"valign": "top", "text_wrap": holds in ("text", "terms")}
        look["num_format"] = numbers.get(holds, f"@{sign}")
        if doubted:
            look["bg_color"] = UNSURE
        return look | ({"bold": True, "top": 1} if total else {})

    def _total(self, holds: Holds) -> Format:
        return self._format(holds, total=True)

    @cached_property
    def _head(self) -> Format:
        look = {"bold": True, "font_color": "white", "bg_color": HEAD, "text_wrap": True}
        return self.book.add_format(look | {"valign": "vcenter"})

    @staticmethod
    def _print_wide(sheet: Worksheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _span(column: int, last: int) -> str:
    first = xl_rowcol_to_cell(1, column, row_abs=True, col_abs=True)
    return f"{first}:{xl_rowcol_to_cell(last, column, row_abs=True, col_abs=True)}"


def _running_total(rows: Iterable[Row], column: Column) -> float:
    running = [row for row in rows if DebtStatus(str(row.values["status"])) in RUNNING]
    amounts = [row.values[column.name] for row in running]
    return sum(amount.cents for amount in amounts if isinstance(amount, Euro)) / 100
