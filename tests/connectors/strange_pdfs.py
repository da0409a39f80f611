"""Files that nobody sends and that somebody will: each is whole enough to be worth a try."""

import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.connectors.seeds import LINES, typeset
from tests.pdf_files import a_packed_stream, a_pdf, a_stream, assembled, first_free, updated

_TEXT = "\n".join(LINES)
_CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
_PAGES = b"<</Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842]>>"
_PAGE = b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <<%s>>>>"
_COURIER = b"<</Type /Font /Subtype /Type1 /BaseFont /Courier>>"
_SAYS = b"BT /F1 10 Tf 72 700 Td (Te betalen EUR 12,50) Tj ET"
_FONT = b"/Font <</F1 5 0 R>>"

_ARABIC = """
#set text(dir: rtl, lang: "ar", font: "DejaVu Sans")
المبلغ المستحق € 12,50 قبل 1 مارس 2026
"""
_HEBREW = """
#set text(dir: rtl, lang: "he", font: "DejaVu Sans")
סכום לתשלום € 12,50 עד 1.3.2026
"""


def a_page_of(content: bytes, font: bytes = _COURIER, *more: bytes, also: bytes = b"") -> bytes:
    """Return a page that draws this, in this font. The first of `more` is object 6."""
    page = _PAGE % (_FONT + also)
    return assembled([_CATALOG, _PAGES, page, a_packed_stream(content), font, *more])


def locked(password: str, owner: str | None = None) -> bytes:
    writer, written = PdfWriter(clone_from=PdfReader(BytesIO(a_pdf(_TEXT)))), BytesIO()
    writer.encrypt(password, owner, algorithm="AES-256")
    writer.write(written)
    return written.getvalue()


def a_picture() -> bytes:
    written = BytesIO()
    Image.new("L", (300, 400), 255).save(written, "PDF")
    return written.getvalue()


def a_picture_that_claims(width: int, height: int) -> bytes:
    picture = a_packed_stream(
        b"\0" * 100_000,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 "
        b"/ColorSpace /DeviceRGB" % (width, height),
    )
    draw = b"q 595 0 0 842 0 0 cm /I1 Do Q"
    return a_page_of(draw, _COURIER, picture, also=b"/XObject <</I1 6 0 R>>")


def lying_on_its_side(angle: int) -> bytes:
    """Return a letter that is drawn turned, and turned back by its page: upright to the eye."""
    box, turn = {
        90: (b"0 0 842 595", b"0 1 -1 0 842 0"),
        180: (b"0 0 595 842", b"-1 0 0 -1 595 842"),
        270: (b"0 0 842 595", b"0 -1 1 0 0 595"),
    }[angle % 360]
    rows = (
        b"BT /F1 10 Tf 72 %d Td (%s) Tj ET" % (770 - 14 * row, line.encode())
        for row, line in enumerate(LINES)
    )
    page = _PAGE % _FONT
    page = page.removesuffix(b">>") + b" /MediaBox [%s] /Rotate %d>>" % (box, angle)
    content = a_packed_stream(turn + b" cm\n" + b"\n".join(rows))
    return assembled([_CATALOG, _PAGES, page, content, _COURIER])


def a_deep_tree(depth: int) -> bytes:
    branches = [
        b"<</Type /Pages /Count 1 /Kids [%d 0 R] /MediaBox [0 0 595 842]>>" % (number + 1)
        for number in range(2, 2 + depth)
    ]
    return assembled([_CATALOG, *branches, b"<</Type /Page /Parent %d 0 R>>" % (1 + depth)])


def forms_within_forms(depth: int, *, endless: bool = False) -> bytes:
    """Return a page that draws a form that draws the next one twice: doubling every time."""
    last = 6 if endless else 6 + depth
    forms = [
        a_stream(_SAYS + b" /X Do /X Do", _a_form(min(7 + level, last))) for level in range(depth)
    ]
    leaf = a_stream(b"", _a_form(6 + depth))
    return a_page_of(b"/X Do", _COURIER, *forms, leaf, also=b"/XObject <</X 6 0 R>>")


def _a_form(draws: int) -> bytes:
    resources = _FONT + b" /XObject <</X %d 0 R>>" % draws
    return b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <<%s>>" % resources


def words(count: int, *, apart: bool) -> bytes:
    """Return a page of this many words, in rows of very small print or all in one place."""
    if apart:
        rows = (
            b"1 0 0 1 5 %f Tm (%s) Tj" % (840 - row * 0.8, b"wij 1 " * 40)
            for row in range(count // 80)
        )
        return a_page_of(b"BT /F1 0.7 Tf " + b"\n".join(rows) + b" ET")
    return a_page_of(b"BT /F1 10 Tf " + b"1 0 0 1 72 700 Tm (betaal) Tj\n" * count + b" ET")


def a_bomb(megabytes: int, *, twice: bool = False) -> bytes:
    packer = zlib.compressobj(6)
    packed = b"".join(packer.compress(b" " * 1024**2) for _ in range(megabytes)) + packer.flush()
    if twice:
        content = a_stream(zlib.compress(packed), b"/Filter [/FlateDecode /FlateDecode]")
    else:
        content = a_stream(packed, b"/Filter /FlateDecode")
    return assembled([_CATALOG, _PAGES, _PAGE % _FONT, content, _COURIER])


def a_font_that_draws() -> bytes:
    """A Type 3 font: its characters are drawings, and nothing says which letters they are."""
    font = (
        b"<</Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 65"
        b" /LastChar 66 /Widths [1 1] /CharProcs <</a 6 0 R>>"
        b" /Encoding <</Differences [65 /a /a]>>>>"
    )
    return a_page_of(b"BT /F1 10 Tf 72 700 Td (AB) Tj ET", font, a_stream(b"0 0 1 1 re f"))


def a_font_of(subtype: bytes, more: bytes = b"") -> bytes:
    return a_page_of(
        _SAYS, b"<</Type /Font /Subtype /" + subtype + b" /BaseFont /Curlz " + more + b">>"
    )


def a_font_with_a_broken_file() -> bytes:
    font = b"<</Type /Font /Subtype /TrueType /BaseFont /Curlz /FontDescriptor 6 0 R>>"
    descriptor = b"<</Type /FontDescriptor /FontName /Curlz /Flags 4 /FontFile2 7 0 R>>"
    return a_page_of(_SAYS, font, descriptor, a_packed_stream(b"\0\1\0\0\xff\xff" * 5000))


def that_lies(before: bytes, after: bytes) -> bytes:
    """Return a letter with one thing in it changed for another."""
    letter = a_pdf(_TEXT)
    assert before in letter
    return letter.replace(before, after)


def with_notes(count: int) -> bytes:
    note = b"<</Type /Annot /Subtype /Text /Rect [0 0 1 1] /Contents (betaal EUR 1,00)>>"
    notes = [b"%d 0 R" % (first_free(_TEXT) + number) for number in range(count)]
    return a_pdf(_TEXT, page=b"/Annots [" + b" ".join(notes) + b"]", more=[note] * count)


STRANGE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a beginning and an end": lambda: b"%PDF-1.7\n%%EOF\n",
    "no pages": partial(a_pdf),
    "an empty page": partial(a_pdf, ""),
    "a page without content": partial(a_deep_tree, 1),
    "only a picture": a_picture,
    "a picture that claims to be huge": partial(a_picture_that_claims, 100_000, 100_000),
    "a picture without size": partial(a_picture_that_claims, 0, -1),
    "a hundred pages": lambda: typeset("Te betalen: € 12,50\n" + "#pagebreak()\nEn verder\n" * 99),
    "a page too many": lambda: a_pdf(*["Te betalen"] * 101),
    "a large file": lambda: a_pdf(_TEXT, more=[a_stream(b"x" * 2_000_000)]),
    "from right to left, Arabic": partial(typeset, _ARABIC),
    "from right to left, Hebrew": partial(typeset, _HEBREW),
    "a password": partial(locked, "geheim"),
    "a password for the owner": partial(locked, "", "geheim"),
    "a script": partial(a_pdf, _TEXT, catalog=b"/OpenAction <</S /JavaScript /JS (1)>>"),
    "a letterform of drawings": a_font_that_draws,
    "a font without a file": partial(a_font_of, b"TrueType"),
    "a font that maps to nothing": partial(a_font_of, b"Type0", b"/Encoding /Identity-H"),
    "a font with names nobody knows": partial(
        a_font_of, b"Type1", b"/Encoding <</Differences [32 /g1 /g2 /g3 101 /g9 /g10]>>"
    ),
    "a font of dingbats": lambda: a_page_of(_SAYS, _COURIER.replace(b"Courier", b"ZapfDingbats")),
    "a font with a broken file": a_font_with_a_broken_file,
    "a font that is no font": lambda: a_page_of(_SAYS, b"[]"),
    "a font that is itself": lambda: a_page_of(_SAYS, b"<</Type /Font /DescendantFonts [5 0 R]>>"),
    "invisible words": lambda: a_page_of(b"3 Tr " + _SAYS),
    "words without size": lambda: a_page_of(_SAYS.replace(b"10 Tf", b"0 Tf")),
    "words too small": lambda: a_page_of(_SAYS.replace(b"10 Tf", b".0001 Tf")),
    "words too large": lambda: a_page_of(_SAYS.replace(b"10 Tf", b"1000000 Tf")),
    "words upside down": lambda: a_page_of(b"-1 0 0 -1 500 900 cm " + _SAYS),
    "words aslant": lambda: a_page_of(b".7 .7 -.7 .7 300 0 cm " + _SAYS),
    "words squeezed flat": lambda: a_page_of(b"1 0 0 0 0 700 cm " + _SAYS),
    "words off the page": lambda: a_page_of(_SAYS.replace(b"72 700", b"-9000 1e30")),
    "fifty thousand words": partial(words, 50_000, apart=True),
    "twenty thousand words in one place": partial(words, 20_000, apart=False),
    "a deep tree": partial(a_deep_tree, 3000),
    "forms within forms": partial(forms_within_forms, 12),
    "very many forms within forms": partial(forms_within_forms, 60),
    "forms without end": partial(forms_within_forms, 3, endless=True),
    "states without end": lambda: a_page_of(b"q " * 200_000 + _SAYS),
    "brackets without end": lambda: a_page_of(b"[" * 200_000 + _SAYS),
    "a bomb": partial(a_bomb, 100),
    "a bomb in a bomb": partial(a_bomb, 100, twice=True),
    "a thousand notes": partial(with_notes, 1000),
    "a length that lies": lambda: that_lies(b"/Length ", b"/Length 9"),
    "a count that lies": lambda: that_lies(b"/Count 1", b"/Count 2147483647"),
    "a page that is its own parent": lambda: that_lies(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
    "a table that follows itself": lambda: updated(a_pdf(_TEXT), 9, b"null").replace(
        b"/Prev ", b"/Prev 9"
    ),
    **{
        f"turned by {angle}": partial(a_pdf, _TEXT, page=b"/Rotate %d" % angle)
        for angle in (90, 180, 270, -90, 450, 45, 2**31)
    },
    **{
        f"{name} [{box.decode()}]": partial(a_pdf, _TEXT, page=b"/%s [%s]" % (name.encode(), box))
        for name in ("MediaBox", "CropBox")
        for box in (
            b"0 0 0 0",
            b"595 842 0 0",
            b"-1e9 -1e9 1e9 1e9",
            b"0 0 1e38 1e-38",
            b"0 0 99999999999999999999 1",
            b"1 2 3",
            b"/a (b) null []",
            b"9000 9000 9001 9001",
        )
    },
    "a very large unit": partial(a_pdf, _TEXT, page=b"/UserUnit 1e9"),
}
