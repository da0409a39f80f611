"""A copy of a letter that somebody takes along is marked here, on every page: by whom and when.

Runs in a worker process. The mark stands along the left edge of the page as one sees it, in the
margin, where letters say nothing. What the file draws by itself is left as it is.
"""

import unicodedata
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
)

from connectors.pdf_words import Unread

_SIZE, _INDENT = 7, 10.0
"""Points: of the letters, and from the edge."""
_FONT = "/LetterboxMark"


def mark_pages(pdf: bytes, mark: str) -> bytes | Unread:
    """Return the PDF with this line on every page, or why not."""
    try:
        return _marked(pdf, mark)
    except MemoryError:
        return Unread("marking it takes too much memory")
    except Exception:  # pypdf promises no closed list of errors for a broken file
        return Unread("it is damaged")


def _marked(pdf: bytes, mark: str) -> bytes:
    reader = PdfReader(BytesIO(pdf))
    if reader.is_encrypted:
        reader.decrypt("")
    writer = PdfWriter(clone_from=reader)
    font, before = writer._add_object(_font()), writer._add_object(_stream(b"q\n"))
    for page in writer.pages:
        after = writer._add_object(_stream(b"\nQ\n" + _drawing(page, mark)))
        _draw_over(page, before, after)
        _fonts_of(page)[NameObject(_FONT)] = font
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _drawing(page: PageObject, mark: str) -> bytes:
    """Return what draws the line: upwards along the left edge of the page as it is shown."""
    left, bottom, right, top = (float(side) for side in page.cropbox)
    turned = page.rotation % 360
    across, along, x, y = {
        0: ("0 1", "-1 0", left + _INDENT, bottom + _INDENT),
        90: ("-1 0", "0 -1", right - _INDENT, bottom + _INDENT),
        180: ("0 -1", "1 0", right - _INDENT, top - _INDENT),
        270: ("1 0", "0 1", left + _INDENT, top - _INDENT),
    }[turned]
    text = _plain(mark).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    where = f"{across} {along} {x:g} {y:g} Tm".encode()
    return b"q 0.35 g BT %s %d Tf %s (%s) Tj ET Q\n" % (_FONT.encode(), _SIZE, where, text)


def _plain(mark: str) -> bytes:
    """Return text as the fonts of every reader know it; of rarer letters the accent is dropped."""
    known = (each if _is_known(each) else unicodedata.normalize("NFKD", each) for each in mark)
    return "".join(known).encode("cp1252", "ignore")


def _is_known(character: str) -> bool:
    return bool(character.encode("cp1252", "ignore"))


def _draw_over(page: PageObject, before: IndirectObject, after: IndirectObject) -> None:
    # What was there may leave its own scale and colours behind, hence the brackets around it.
    drawn = page.get("/Contents")
    inner = drawn.get_object() if drawn is not None else ArrayObject()
    parts = list(inner) if isinstance(inner, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([before, *parts, after])


def _fonts_of(page: PageObject) -> DictionaryObject:
    """Return the fonts of this page: its own, for what it shared with others is copied."""
    shared = page.get("/Resources", DictionaryObject()).get_object()
    resources = DictionaryObject(shared)
    fonts = DictionaryObject(resources.get("/Font", DictionaryObject()).get_object())
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources
    return fonts


def _font() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    names["/Encoding"] = "/WinAnsiEncoding"
    return DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})


def _stream(content: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    return stream
