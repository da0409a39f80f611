"""QR codes on a page are looked for here, and leave as text and where they stand.

Runs in a worker process: reading pixels is done in C++, and pixels may be anything.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

import pypdfium2 as pdfium
import zxingcpp

from connectors.pdf_pictures import picture_of
from letterbox.shared.paper import Box

_DPI = 200
_MOST_PIXELS = 12_000_000
_MOST_ON_A_PAGE = 10


class PrintedCode(NamedTuple):
    """A code as it travels between processes. `page` counts from 1, the box is in points."""

    text: str
    page: int
    box: Box


def codes_on(pdf: bytes, numbers: Sequence[int]) -> list[PrintedCode]:
    """Return the QR codes on these pages, which count from 1; none where that fails."""
    try:
        with pdfium.PdfDocument(pdf) as document:
            return [code for number in numbers for code in _codes_on(document, number)]
    except Exception:  # pdfium says no more than that it failed
        return []


def _codes_on(document: pdfium.PdfDocument, number: int) -> Iterator[PrintedCode]:
    with closing(document[number - 1]) as page:
        picture = picture_of(page, _DPI, most_pixels=_MOST_PIXELS)
        scale = page.get_size()[0] / picture.width
    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        text_mode=zxingcpp.TextMode.Plain,
    )
    for code in found[:_MOST_ON_A_PAGE]:
        yield PrintedCode(code.text, number, _box(code.position, scale))


def _box(position: zxingcpp.Position, scale: float) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return (min(across) * scale, min(down) * scale, max(across) * scale, max(down) * scale)
