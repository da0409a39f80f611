"""Printed test letters: the same each time, by every printer, and on paper what the truth says."""

import ctypes
import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp
from defusedxml import ElementTree as Xml
from pypdf import PdfReader
from pypdfium2 import raw

from connectors import pdf_gate
from letterbox.shared.kinds import Kind
from tests.letters.bank import letters_in
from tests.letters.browser import as_html, open_browser
from tests.letters.collection import Wanted, turns
from tests.letters.compose import main
from tests.letters.draws import draw_values
from tests.letters.filling import draw_habits, fill_letter
from tests.letters.looks import LAYOUTS, Look, draw_look
from tests.letters.printing import PRINTERS, Printed, Printer, print_letter
from tests.letters.sheets import Sheet, lay_out
from tests.letters.styles import contains_number, ways_to_write_amount
from tests.letters.truths import tell

REMINDER, DEMAND, PLAN, NEWS = letters_in("example")
NO_CHROMIUM = "Chromium is missing. Install it: apt-get install chromium (Debian, Ubuntu)"
EVERY_LAYOUT = [(producer, layout) for producer in PRINTERS for layout in LAYOUTS[producer]]


def sheet_for(seed: int = 1, **choices: object) -> Sheet:
    """Return the reminder of the example with these choices in its look."""
    drawn = draw_values(REMINDER, seed)
    told, style = tell(REMINDER, drawn.values), draw_habits(REMINDER, seed)
    drawn_look = draw_look(REMINDER, told, seed).for_template()
    look = Look(**{**drawn_look, **choices})
    return lay_out(REMINDER, fill_letter(REMINDER, drawn, style), told, style, look)


def outstanding_of(seed: int = 1) -> Decimal:
    outstanding = tell(REMINDER, draw_values(REMINDER, seed).values).outstanding
    assert outstanding
    return outstanding


def text_as_seen(pdf: bytes) -> str:
    """Return the text of a PDF line by line as it lies on paper, without spaces.

    The order of a print stream is no order, so letters are sorted by where they stand.
    """
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(_lines_as_seen(page) for page in document)


def _lines_as_seen(page: pdfium.PdfPage) -> str:
    text = page.get_textpage()
    seen: dict[int, list[tuple[float, str]]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        character = chr(raw.FPDFText_GetUnicode(text, at))
        if not character.isspace():
            seen.setdefault(round(y.value), []).append((x.value, character))
    return "\n".join("".join(c for _, c in sorted(line)) for _, line in sorted(seen.items()))


def says(pdf: bytes, amount: Decimal) -> bool:
    text = text_as_seen(pdf)
    return any(way.replace(" ", "") in text for way in ways_to_write_amount(amount))


def printed_with(look: str, letter_id: str = "") -> Iterator[Printed]:
    """Return printings of the tuning bank of which the look has something, as many as asked."""
    for letter in letters_in("tuning"):
        for seed in range(6):
            told = tell(letter, draw_values(letter, seed).values)
            if getattr(draw_look(letter, told, seed, scans=True), look):
                yield print_letter(letter, seed, scans=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Printer]:
    if shutil.which("chromium") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    # A thread of its own: only one browser can be driven from each, and there may be another.
    with ThreadPoolExecutor(1) as thread:
        opened = open_browser()
        printer = thread.submit(opened.__enter__).result()
        yield lambda sheet: thread.submit(printer, sheet).result()
        thread.submit(opened.__exit__, None, None, None).result()


class TestEveryPrinter:
    @pytest.mark.parametrize(("producer", "layout"), EVERY_LAYOUT)
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_prints_what_is_owed(self, producer: str, layout: str, seed: int) -> None:
        sheet = sheet_for(seed, producer=producer, layout=layout)

        pdf = PRINTERS[producer](sheet)

        assert says(pdf, outstanding_of(seed))
        assert pdf_gate.look(pdf, 100) == len(pdfium.PdfDocument(pdf))

    @pytest.mark.parametrize(("producer", "layout"), EVERY_LAYOUT)
    def test_prints_a_slip_that_asks_the_same(self, producer: str, layout: str) -> None:
        told = tell(REMINDER, draw_values(REMINDER, 1).values)
        pdf = PRINTERS[producer](sheet_for(producer=producer, layout=layout, slip=True))

        assert told.iban
        assert text_as_seen(pdf).count(told.iban) == 2

    @pytest.mark.parametrize("details", ["rows", "columns", "line", "box"])
    @pytest.mark.parametrize("table", ["none", "rows", "grid", "total"])
    def test_prints_in_every_way(self, details: str, table: str) -> None:
        for producer, layout in EVERY_LAYOUT:
            sheet = sheet_for(producer=producer, layout=layout, details=details, table=table)
            assert says(PRINTERS[producer](sheet), outstanding_of())

    @pytest.mark.parametrize("layout", LAYOUTS["chromium"])
    def test_prints_with_a_browser(self, browser: Printer, layout: str) -> None:
        pdf = browser(sheet_for(producer="chromium", layout=layout, code=True, slip=True))

        assert says(pdf, outstanding_of())

    @pytest.mark.parametrize("layout", LAYOUTS["chromium"])
    def test_leaves_no_slot_open_in_a_page(self, layout: str) -> None:
        page = as_html(sheet_for(producer="chromium", layout=layout, code=True, slip=True))

        assert "{" not in page[page.index("</style>") :]
        assert "<svg" in page


class TestAPrintedLetter:
    @pytest.mark.parametrize("letter", [REMINDER, DEMAND, PLAN, NEWS], ids=lambda one: one.id)
    def test_is_the_same_each_time(self, letter: object) -> None:
        assert isinstance(letter, type(REMINDER))
        for seed in range(12):
            first, second = (print_letter(letter, seed, scans=True) for _ in range(2))
            assert first == second

    def test_differs_with_the_seed(self) -> None:
        assert len({print_letter(REMINDER, seed).pdf for seed in range(10)}) == 10
        assert len({print_letter(REMINDER, seed).look.name for seed in range(40)}) > 5

    def test_has_no_text_as_a_scan(self) -> None:
        scanned = next(printed_with("scanned"))

        assert text_as_seen(scanned.pdf) == ""
        assert pdf_gate.look(scanned.pdf, 100)

    def test_may_carry_a_code_that_pays_what_is_asked(self) -> None:
        printed = next(p for p in printed_with("code") if not p.look.scanned)
        picture = pdfium.PdfDocument(printed.pdf)[0].render(scale=3, grayscale=True).to_numpy()

        (code,) = zxingcpp.read_barcodes(np.ascontiguousarray(picture))

        lines = code.text.split("\n")
        assert lines[:4] == ["BCD", "002", "1", "SCT"]
        assert lines[6:8] == [printed.told.iban, f"EUR{printed.told.payable_now}"]

    def test_may_carry_an_invoice_that_asks_the_same(self) -> None:
        printed = next(p for p in printed_with("e_invoice") if not p.look.scanned)
        (xml,) = PdfReader(BytesIO(printed.pdf)).attachments["factur-x.xml"]

        said = {node.tag.split("}")[1]: node.text for node in Xml.fromstring(xml).iter()}

        assert said["DuePayableAmount"] == f"{printed.told.payable_now}"
        assert said["IBANID"] == printed.told.iban
        assert said["PaymentReference"] == printed.told.payment_reference
        assert printed.letter.kind is Kind.INVOICE
        assert pdf_gate.look(printed.pdf, 100)


class TestComposing:
    def test_prints_every_letter_before_any_again(self) -> None:
        order = turns(Wanted(("example",), count=10, seed=3))

        assert len({letter.id for letter, _ in order[:4]}) == 4
        assert len({(letter.id, seed) for letter, seed in order}) == 10

    def test_writes_cases_with_their_truth(self, tmp_path: Path) -> None:
        assert main([str(tmp_path), "--bank", "example", "--count", "23"]) == 0

        cases = [
            json.loads(path.read_text("utf-8")) for path in sorted(tmp_path.glob("*/case.json"))
        ]
        letters = [letter for case in cases for letter in case["letters"]]
        assert [len(case["letters"]) for case in cases] == [20, 3]
        assert all((tmp_path / "case_0001" / f"{n:02d}.pdf").exists() for n in range(1, 21))
        assert [each["received_on"] for each in cases[0]["letters"]] == sorted(
            each["received_on"] for each in cases[0]["letters"]
        )
        assert {letter["debt"] is None for letter in letters if letter["kind"] == "other"} == {True}

    def test_gives_every_balance_a_debt_of_its_own(self, tmp_path: Path) -> None:
        main([str(tmp_path), "--bank", "example"])

        case = json.loads((tmp_path / "case_0001" / "case.json").read_text("utf-8"))
        owed = [Decimal(letter["outstanding"]) for letter in case["letters"] if letter["debt"]]
        assert len(case["debts"]) == len(owed) == 3
        assert Decimal(case["total_outstanding"]) == sum(owed)
        assert {debt["status"] for debt in case["debts"]} == {"open", "payment_plan"}


class TestFindingANumber:
    @pytest.mark.parametrize(
        ("text", "stands"),
        [
            ("€ 12,50.", True),
            ("12,50 euro", True),
            ("112,50", False),
            ("1.12,50", False),
            ("12,501", False),
        ],
    )
    def test_takes_no_part_of_another(self, text: str, stands: bool) -> None:
        assert contains_number(text, "12,50") is stands
