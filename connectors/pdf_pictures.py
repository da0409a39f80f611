"""A page becomes a picture here: for eyes as PNG, and for whatever looks for signs in pixels.

Runs in a worker process: drawing is where a broken file hurts pdfium most.
"""

import math
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


def draw(pdf: bytes, number: int, dpi: int, tesseract: str) -> bytes | Unread:
    """Return a page as PNG, or why not. A scan is shown as it is read: upright and straight.

    :param number: of the page, from 1
    :param dpi: at most; a page too large for it is drawn coarser
    :param tesseract: the program that tells which side of a scan is up
    """
    try:
        return _drawn(pdf, number, dpi, tesseract)
    except MemoryError:
        return Unread("drawing it takes too much memory")
    except Exception:  # pdfium says no more than that it failed
        return Unread("it is damaged")


def _drawn(pdf: bytes, number: int, dpi: int, tesseract: str) -> bytes | Unread:
    with pdfium.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            return Unread("there is no such page")
        with closing(document[number - 1]) as page:
            picture = picture_of(page, dpi, grey=False)
            if pdf_words.is_scan(page):
                picture = upright(picture, stance_of(picture_of(page, STANCE_DPI), tesseract))
            return _png(picture)


def picture_of(
    page: pdfium.PdfPage, dpi: int, *, grey: bool = True, most_pixels: int = _MOST_PIXELS
) -> Image.Image:
    """Return the page as it is shown: rotated and cropped as the file says."""
    width, height = page.get_size()
    finest = math.sqrt(most_pixels / max(width * height, 1.0))
    with closing(page.render(scale=min(dpi / _POINTS_PER_INCH, finest), grayscale=grey)) as bitmap:
        picture: Image.Image = bitmap.to_pil().copy()
        return picture


def _png(picture: Image.Image) -> bytes:
    png = BytesIO()
    picture.save(png, "PNG", compress_level=_QUICKLY)
    return png.getvalue()
