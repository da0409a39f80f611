"""Letters on paper: recognised, set upright, and named as unreadable where that cannot be."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from psutil import process_iter
from reportlab.pdfgen.canvas import Canvas

from connectors.pdf import PdfPool
from letterbox.shared.paper import Page
from letterbox.shared.ports import Unreadable
from tests.connectors.scans import (
    A4,
    COLUMNS,
    DPI,
    a_program,
    drawn,
    need_tesseract,
    photographed,
    scanned,
    typeset,
)
from tests.pdf_files import a_pdf

LETTER = typeset("""
#set page(paper: "a4", margin: 2.5cm)
#set text(size: 11pt, lang: "nl")
Stadswater NV \\
Postbus 1501, 1315 KC Almere

#v(1cm)
Almere, 3 februari 2026

Geachte heer De Vries,

Ondanks onze herinnering van 12 januari 2026 hebben wij uw betaling nog niet ontvangen.
Wij verzoeken u het openstaande bedrag binnen 14 dagen na dagtekening over te maken.

#table(columns: (9cm, 3cm), align: (left, right), stroke: none,
  [Drinkwater vierde kwartaal], [€ 1.218,40], [Aanmaningskosten], [€ 16,16],
  [Totaal te betalen], [€ 1.234,56])

U betaalt op NL49 ABNA 7719 2044 85 onder vermelding van 8000 1234 5678 9012.

Met vriendelijke groet, afdeling Debiteuren
""")
FACTS = ("1.218,40", "16,16", "1.234,56", "NL49 ABNA 7719 2044 85", "3 februari 2026")
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(largest=20 * MEGABYTE, most_pages=100, processes=1) as pool:
        yield pool


@pytest.fixture(scope="module")
def tesseract() -> None:
    need_tesseract()


def a_pool_with(tesseract: str, *, reading_seconds: float = 20.0) -> PdfPool:
    return PdfPool(
        largest=20 * MEGABYTE,
        most_pages=100,
        processes=1,
        reading_seconds=reading_seconds,
        tesseract=tesseract,
    )


def said_on(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def middle(page: Page, text: str) -> tuple[float, float]:
    (box,) = (word.box for word in page.words if text in word.text)
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _in_pixels(page: Page, text: str) -> tuple[int, int, int, int]:
    (box,) = (word.box for word in page.words if text in word.text)
    left, top, right, bottom = (round(edge * DPI / 72) for edge in box)
    return left, top, right, bottom


@pytest.mark.usefixtures("tesseract")
class TestAScan:
    @pytest.mark.parametrize(("turn", "tilt"), [(0, 0.3), (0, 3.0), (90, -2.0), (180, 1.0)])
    def test_is_read_however_it_lay(self, pool: PdfPool, turn: int, tilt: float) -> None:
        (page,) = pool.paper(scanned(photographed(LETTER, turn=turn, tilt=tilt))).pages

        assert page.by_ocr
        assert [fact for fact in FACTS if fact not in said_on(page)] == []
        assert (page.width, page.height) == pytest.approx(A4, abs=2)
        (printed,) = pool.paper(LETTER).pages
        assert middle(page, "1.234,56") == pytest.approx(middle(printed, "1.234,56"), abs=7)

    @pytest.mark.parametrize("turn", [0, 90])
    def test_has_figures_that_a_second_look_confirms(self, pool: PdfPool, turn: int) -> None:
        (page,) = pool.paper(scanned(photographed(LETTER, turn=turn, tilt=1.0))).pages

        figures = [word for word in page.words if any(map(str.isdigit, word.text))]
        confirmed = " ".join(word.text for word in page.words if word.confirmed)
        assert [
            f for f in ("1.218,40", "1.234,56", "3", "8000 1234 5678") if f not in confirmed
        ] == []
        assert sum(word.confirmed for word in figures) > 0.8 * len(figures)
        assert not any(word.confirmed for word in page.words if word not in figures)

    def test_has_no_figure_confirmed_that_hides_under_dirt(self, pool: PdfPool) -> None:
        sheet = photographed(LETTER)
        left, top, right, bottom = _in_pixels(pool.paper(LETTER).pages[0], "1.234,56")
        sheet.paste(0, (left, (top + bottom) // 2 - 4, right, (top + bottom) // 2 + 1))

        (page,) = pool.paper(scanned(sheet)).pages

        here = [w for w in page.words if abs(w.box[1] - top * 72 / DPI) < 8]
        assert not any(word.confirmed for word in here)
        assert any(word.confirmed for word in page.words)

    def test_has_its_lines_level(self, pool: PdfPool) -> None:
        (page,) = pool.paper(scanned(photographed(LETTER, tilt=3.0))).pages

        line = [middle(page, word)[1] for word in ("Ondanks", "herinnering", "betaling")]
        assert max(line) - min(line) < 3

    @pytest.mark.parametrize(
        ("over", "hidden"),
        [
            ("Gescand op 12-03-2026 14:22, pagina 1", ""),
            ("", "\n".join(["Te betalen EUR 99.999,99 voor gisteren"] * 20)),
        ],
    )
    def test_is_read_by_what_the_eye_sees(self, pool: PdfPool, over: str, hidden: str) -> None:
        (page,) = pool.paper(scanned(photographed(LETTER), over=over, hidden=hidden)).pages

        assert page.by_ocr
        assert "1.234,56" in said_on(page)
        assert "99.999,99" not in said_on(page)

    def test_leaves_the_next_page_of_text_as_it_is(self, pool: PdfPool) -> None:
        sheet = photographed(LETTER)

        def draw(canvas: Canvas) -> None:
            canvas.drawInlineImage(sheet, 0, 0, *A4)
            canvas.showPage()
            canvas.drawString(72, 700, "Bijlage")

        first, second = pool.paper(drawn(draw)).pages

        assert (first.by_ocr, second.by_ocr) == (True, False)
        assert said_on(second) == "Bijlage"

    def test_of_an_empty_sheet_needs_nothing(self, pool: PdfPool) -> None:
        first, second = pool.paper(a_pdf("Stadswater", "")).pages

        assert (first.by_ocr, second.by_ocr, second.words) == (False, False, ())

    def test_that_shows_nothing_is_unreadable(self, pool: PdfPool) -> None:
        with pytest.raises(Unreadable, match=r"^needs OCR"):
            pool.paper(scanned(Image.new("L", (1240, 1754), 250)))

    def test_is_one_of_twenty_at_the_most(self, pool: PdfPool) -> None:
        started = time.monotonic()

        with pytest.raises(Unreadable, match="too many scanned pages"):
            pool.paper(scanned(Image.new("L", (124, 175), 250), pages=21))

        assert time.monotonic() - started < 10

    @pytest.mark.parametrize("grouped", [False, True])
    def test_is_no_page_with_a_letterhead_for_a_background(
        self, pool: PdfPool, grouped: bool
    ) -> None:
        paper = Image.new("L", (1240, 1754), 250)

        def draw(canvas: Canvas) -> None:
            if grouped:
                canvas.beginForm("letter")
            canvas.drawInlineImage(paper, 0, 0, *A4)
            for height in range(500, 600, 20):
                canvas.drawString(72, height, "Wij verzoeken u het bedrag te betalen.")
            if grouped:
                canvas.endForm()
                canvas.doForm("letter")

        (page,) = pool.paper(drawn(draw)).pages

        assert not page.by_ocr


class TestWithoutTesseract:
    def test_a_letter_with_one_scanned_page_names_that_page(self) -> None:
        with a_pool_with("no-such-program") as pool:
            with pytest.raises(Unreadable, match=r"^needs OCR: page 1 "):
                pool.paper(scanned(photographed(LETTER)))

            assert not pool.paper(LETTER).pages[0].by_ocr

    def test_one_that_knows_no_dutch_is_none(self, tmp_path: Path) -> None:
        program = a_program(tmp_path, "echo eng")

        with (
            a_pool_with(program) as pool,
            pytest.raises(Unreadable, match=r"^needs OCR"),
        ):
            pool.paper(scanned(photographed(LETTER)))


class TestATesseract:
    def test_that_hangs_is_ended(self, tmp_path: Path) -> None:
        hangs = "case $1 in --list-langs) echo nld;; *) exec sleep 61.25;; esac"
        started = time.monotonic()

        with (
            a_pool_with(a_program(tmp_path, hangs), reading_seconds=2.0) as pool,
            pytest.raises(Unreadable, match="too long"),
        ):
            pool.paper(scanned(photographed(LETTER)))

        assert time.monotonic() - started < 8
        assert ["sleep", "61.25"] not in [
            each.info["cmdline"] for each in process_iter(["cmdline"])
        ]

    def test_that_crashes_makes_the_letter_unreadable(self, tmp_path: Path) -> None:
        crashes = "case $1 in --list-langs) echo nld;; *) kill -SEGV $$;; esac"

        with (
            a_pool_with(a_program(tmp_path, crashes)) as pool,
            pytest.raises(Unreadable, match="page 1"),
        ):
            pool.paper(scanned(photographed(LETTER)))

    def test_is_told_nothing_but_what_it_needs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LETTERBOX_SECRET", "geheim")
        # Pretends to have read the number of settings that it was given.
        header = "\\t".join(COLUMNS)
        tells = (
            "case $1 in --list-langs) echo nld;; *) cat > /dev/null;"
            f' printf "{header}\\n"; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do'
            ' printf "5\\t1\\t1\\t1\\t1\\t$i\\t${i}0\\t50\\t8\\t9\\t96\\tZ${LETTERBOX_SECRET}Z\\n";'
            " done;; esac"
        )

        with a_pool_with(a_program(tmp_path, tells)) as pool:
            (page,) = pool.paper(scanned(photographed(LETTER))).pages

        assert {word.text for word in page.words} == {"ZZ"}
