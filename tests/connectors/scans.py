"""Sheets of paper as a scanner makes them: a picture in a PDF, turned, askew, and not clean."""

import os
import shutil
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from subprocess import check_output

import pypdfium2 as pdfium
import pytest
import typst
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from connectors.tesseract import Seen

DPI = 150
NO_TESSERACT = (
    "Tesseract or its Dutch data is missing. Install it: "
    "apt-get install tesseract-ocr tesseract-ocr-nld (Debian, Ubuntu)"
)
A4 = (595.28, 841.89)
COLUMNS = (
    *("level", "page_num", "block_num", "par_num", "line_num", "word_num"),
    *("left", "top", "width", "height", "conf", "text"),
)
"""Of the table that Tesseract writes."""


def typeset(text: str) -> bytes:
    pdf = typst.compile(text.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


def photographed(pdf: bytes, *, turn: int = 0, tilt: float = 0.0) -> Image.Image:
    """Return the first page as a scanner sees it, turned and tilted counterclockwise."""
    with pdfium.PdfDocument(pdf) as document:
        sheet: Image.Image = document[0].render(scale=DPI / 72, grayscale=True).to_pil().copy()
    sheet = sheet.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    sheet = sheet.rotate(turn, expand=True)
    return Image.blend(sheet, Image.effect_noise(sheet.size, 50), 0.12)


def drawn(draw: Callable[[Canvas], object], *, pages: int = 1) -> bytes:
    """Return a PDF of so many A4 pages that are all drawn like this."""
    pdf = BytesIO()
    canvas = Canvas(pdf, pagesize=A4)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return pdf.getvalue()


def scanned(sheet: Image.Image, *, over: str = "", hidden: str = "", pages: int = 1) -> bytes:
    """Return a PDF with a sheet on every page.

    :param over: what the scanner prints over it
    :param hidden: an invisible text layer
    """

    def draw(canvas: Canvas) -> None:
        width, height = sheet.width * 72 / DPI, sheet.height * 72 / DPI
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(sheet), 0, 0, width, height)
        canvas.drawString(20, 10, over)
        line = canvas.beginText(72, 700)
        line.setTextRenderMode(3)
        for words in hidden.splitlines():
            line.textLine(words)
        canvas.drawText(line)

    return drawn(draw, pages=pages)


def need_tesseract() -> None:
    """Go on only where scans can be recognised. In CI that must be so: nothing passes unseen."""
    program = shutil.which("tesseract")
    if program is None or b"nld" not in check_output([program, "--list-langs"]):  # noqa: S603
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_TESSERACT)


def a_program(folder: Path, does: str) -> str:
    """Return the name of a program that does this."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o700)
    return str(program)


def a_tesseract_that_sees(folder: Path, **seen: Sequence[Seen]) -> str:
    """Return the name of a program that sees these words in every picture, by language."""
    for language, words in seen.items():
        rows = ["\t".join(COLUMNS), *(_row(word) for word in words)]
        (folder / f"{language}.tsv").write_text("\n".join(rows))
    known = "\\n".join(seen)
    return a_program(
        folder,
        f"case $1 in --list-langs) printf '{known}\\n';;"
        f" *) cat > /dev/null; cat '{folder}'/$4.tsv;; esac",
    )


def _row(word: Seen) -> str:
    left, top, right, bottom = word.box
    place = (left, top, right - left, bottom - top)
    return "\t".join(map(str, (5, 1, 1, 1, 1, 1, *place, word.trust, word.text)))
