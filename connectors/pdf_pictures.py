"""A page becomes a picture here: for eyes, and for whatever looks for signs in pixels.

Runs in a worker process: drawing is where a broken file hurts pdfium most.
"""

import math
from collections.abc import Callable
from contextlib import closing
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image

from connectors import pdf_words
from connectors.pdf_stance import STANCE_DPI, stance_of, upright
from connectors.pdf_words import Unread

_MOST_PIXELS = 40_000_000
_POINTS_PER_INCH = 72
_QUICKLY = 1
"""Level of compression: a fifth larger than the usual, in a third of the time."""
_SHORT_SIDE, _LONG_SIDE = 1000, 4000
"""Of a preview, in pixels: the short side is so long, unless the long one would be longer."""
_PREVIEW_QUALITY = 50
"""A page of print takes 40 kB, and small print can still be read."""


def draw(pdf: bytes, number: int, dpi: int, tesseract: str) -> bytes | Unread:
    """Return a page as PNG, or why not. A scan is shown as it is read: upright and straight.

    :param number: of the page, from 1
    :param dpi: at most; a page too large for it is drawn coarser
    :param tesseract: the program that tells which side of a scan is up
    """
    try:
        return _drawn(pdf, number, lambda page: dpi, tesseract, _png)
    except MemoryError:
        return Unread("drawing it takes too much memory")
    except Exception:  # pdfium says no more than that it failed
        return Unread("it is damaged")


def preview(pdf: bytes, number: int, tesseract: str) -> bytes | Unread:
    """Return a page as a small WebP for a screen, or why not. A scan is shown as it is read."""
    try:
        return _drawn(pdf, number, _fine_enough, tesseract, _webp)
    except MemoryError:
        return Unread("drawing it takes too much memory")
    except Exception:  # pdfium says no more than that it failed
        return Unread("it is damaged")


def _drawn(
    pdf: bytes,
    number: int,
    dpi_of: Callable[[pdfium.PdfPage], float],
    tesseract: str,
    written: Callable[[Image.Image], bytes],
) -> bytes | Unread:
    with pdfium.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            return Unread("there is no such page")
        with closing(document[number - 1]) as page:
            picture = picture_of(page, dpi_of(page), grey=False)
            if pdf_words.is_scan(page):
                picture = upright(picture, stance_of(picture_of(page, STANCE_DPI), tesseract))
            return written(picture)


def picture_of(
    page: pdfium.PdfPage, dpi: float, *, grey: bool = True, most_pixels: int = _MOST_PIXELS
) -> Image.Image:
    """Return the page as it is shown: rotated and cropped as the file says."""
    width, height = page.get_size()
    finest = math.sqrt(most_pixels / max(width * height, 1.0))
    with closing(page.render(scale=min(dpi / _POINTS_PER_INCH, finest), grayscale=grey)) as bitmap:
        picture: Image.Image = bitmap.to_pil().copy()
        return picture


def _fine_enough(page: pdfium.PdfPage) -> float:
    short, long = sorted(page.get_size())
    scale: float = min(_SHORT_SIDE / max(short, 1.0), _LONG_SIDE / max(long, 1.0))
    return scale * _POINTS_PER_INCH


def _webp(picture: Image.Image) -> bytes:
    webp = BytesIO()
    picture.convert("RGB").save(webp, "WEBP", quality=_PREVIEW_QUALITY, method=2)
    return webp.getvalue()


def _png(picture: Image.Image) -> bytes:
    png = BytesIO()
    picture.save(png, "PNG", compress_level=_QUICKLY)
    return png.getvalue()
