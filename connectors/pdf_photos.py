"""Photos of a letter on paper pass here, and leave as one PDF with a page of A4 for each.

Runs in a worker process. Only pixels go on: where a photo was taken, when and by whose telephone
stays behind. The same photos give the same file, so that it is known when it comes again.
"""

import time
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter

from connectors.pdf_refusal import Refusal

MOST_PIXELS = 64_000_000
"""Of one photo. Telephones make 12 million, good cameras 50 million."""

_KINDS = ("JPEG", "PNG", "WEBP")
_DPI = 250
"""Of the whole sheet. A letter seldom fills its photo, and recognising wants 200."""
_SHEET = (2067, 2923)
"""A4 at that."""
_QUALITIES = (75, 55, 35, 20, 8)
_LARGEST_PAGE = 900 * 1024
"""Twenty of these fit in the largest letter."""
_NO_DAY = time.gmtime(0)

NOT_A_PHOTO = Refusal("not-a-photo", "This file is no photo that we can open. Use JPEG or PNG.")
BROKEN = Refusal("broken", "This photo is damaged. Take it again.")
TOO_LARGE = Refusal("too-large", "This photo is too large. Take it with an ordinary resolution.")

TOO_MUCH = Refusal("took-too-long", "Opening this photo takes too long. Take it again.")


def as_page(photo: bytes) -> bytes | Refusal:
    """Return a PDF of one page that shows the photo, or why not."""
    try:
        return _written(_on_a_sheet(photo))
    except Refusal as refusal:
        return refusal
    except (MemoryError, Image.DecompressionBombError):
        return TOO_LARGE
    except Exception:  # Pillow promises no closed list of errors for a broken file
        return BROKEN


def bound(pages: Sequence[bytes]) -> bytes:
    """Return one PDF of these pages, in their order."""
    writer = PdfWriter()
    for page in pages:
        writer.append(PdfReader(BytesIO(page)), import_outline=False)
    return _bytes_of(writer)


def _on_a_sheet(photo: bytes) -> Image.Image:
    with _opened(photo) as picture:
        lying = picture.width > picture.height
        # A JPEG can be taken in at a half or a quarter: less memory, and sooner done.
        picture.draft("RGB", _SHEET[::-1] if lying else _SHEET)
        upright = ImageOps.exif_transpose(picture)
    sheet = Image.new("RGB", _SHEET[::-1] if upright.width > upright.height else _SHEET, "white")
    fitting = ImageOps.contain(_without_holes(upright), sheet.size, Image.Resampling.BOX)
    sheet.paste(fitting, ((sheet.width - fitting.width) // 2, (sheet.height - fitting.height) // 2))
    return sheet


def _opened(photo: bytes) -> Image.Image:
    """Return the photo, of which nothing was decoded yet."""
    try:
        picture = Image.open(BytesIO(photo), formats=_KINDS)
    except UnidentifiedImageError:
        raise NOT_A_PHOTO from None
    if picture.width * picture.height > MOST_PIXELS:
        raise TOO_LARGE
    return picture


def _without_holes(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen_through = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(seen_through, mask=seen_through)
    return paper


def _written(sheet: Image.Image) -> bytes:
    """Return the sheet as a PDF, as fine as fits."""
    page = b""
    for quality in _QUALITIES:
        file = BytesIO()
        dates = {"creationDate": _NO_DAY, "modDate": _NO_DAY}
        sheet.save(file, "PDF", resolution=_DPI, quality=quality, **dates)
        page = file.getvalue()
        if len(page) <= _LARGEST_PAGE:
            break
    return page


def _bytes_of(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()
