"""Small PDFs made by hand, down to the byte, so that a test can spoil exactly one thing."""

import zlib
from collections.abc import Sequence
from itertools import accumulate

SIZE = 10.0
ADVANCE = 0.6 * SIZE
"""How far one character of Courier carries the next, in points."""
LEFT, FIRST_LINE, LINE = 72, 770, 14
PAGE_HEIGHT = 842


def a_pdf(
    *pages: str,
    catalog: bytes = b"",
    page: bytes = b"",
    more: Sequence[bytes] = (),
    compressed: bool = False,
) -> bytes:
    """Return an A4 PDF with these pages of text, set in Courier.

    :param catalog: more entries of the document's own dictionary
    :param page: more entries of each page's dictionary
    :param more: more objects; the first of them has number `first_free(*pages)`
    :param compressed: keep all objects that may be in an object stream
    """
    numbers = [4 + 2 * index for index in range(len(pages))]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = [
        b"<</Type /Catalog /Pages 2 0 R " + catalog + b">>",
        b"<</Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842]>>" % (len(pages), kids),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Courier>>",
    ]
    for number, text in zip(numbers, pages, strict=True):
        objects.append(
            b"<</Type /Page /Parent 2 0 R /Resources <</Font <</F1 3 0 R>>>> /Contents %d 0 R "
            % (number + 1)
            + page
            + b">>"
        )
        objects.append(a_stream(_printed(text)))
    return (_compressed if compressed else assembled)([*objects, *more])


def first_free(*pages: str) -> int:
    """Return the number of the first object that comes after these pages."""
    return 4 + 2 * len(pages)


def a_stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def a_packed_stream(content: bytes, entries: bytes = b"") -> bytes:
    return a_stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + entries)


def assembled(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1, with an old-fashioned table."""
    written, offsets = _written(list(enumerate(objects, start=1)))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets.values())
    size = len(objects) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<</Size %d %s>>\n" % (size, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(written)
    )


def updated(pdf: bytes, number: int, body: bytes) -> bytes:
    """Return the PDF with one object replaced in the way of ISO 32000-1, 7.5.6: at the end."""
    before = int(pdf.rpartition(b"startxref")[2].split()[0])
    at, size = len(pdf), pdf.count(b" 0 obj") + 1
    changed = pdf + b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return (
        changed
        + b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
        + b"trailer\n<</Size %d /Root 1 0 R /Prev %d>>\n" % (size, before)
        + b"startxref\n%d\n%%%%EOF\n" % len(changed)
    )


def _compressed(objects: Sequence[bytes]) -> bytes:
    numbered = list(enumerate(objects, start=1))
    loose = [(number, body) for number, body in numbered if body.endswith(b"endstream")]
    packed = [(number, body) for number, body in numbered if not body.endswith(b"endstream")]
    holder, table = len(objects) + 1, len(objects) + 2
    starts = accumulate((len(body) + 1 for _, body in packed), initial=0)
    index = (
        b" ".join(b"%d %d" % (number, at) for (number, _), at in zip(packed, starts, strict=False))
        + b" "
    )
    stream = a_packed_stream(
        index + b" ".join(body for _, body in packed),
        b"/Type /ObjStm /N %d /First %d" % (len(packed), len(index)),
    )
    written, offsets = _written([*loose, (holder, stream)])
    places = {number: (2, holder, position) for position, (number, _) in enumerate(packed)}
    places |= {number: (1, offset, 0) for number, offset in offsets.items()}
    places |= {0: (0, 0, 0), table: (1, len(written), 0)}
    rows = b"".join(
        kind.to_bytes(1) + where.to_bytes(4) + which.to_bytes(2)
        for _, (kind, where, which) in sorted(places.items())
    )
    entries = b"/Type /XRef /W [1 4 2] /Root 1 0 R /Size %d" % len(places)
    ending = b"%d 0 obj\n%s\nendobj\n" % (table, a_packed_stream(rows, entries))
    return written + ending + b"startxref\n%d\n%%%%EOF\n" % len(written)


def _written(numbered: Sequence[tuple[int, bytes]]) -> tuple[bytes, dict[int, int]]:
    written, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in numbered:
        offsets[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return written, offsets


def _printed(text: str) -> bytes:
    lines = (
        b"BT /F1 %g Tf %d %d Td (%s) Tj ET"
        % (SIZE, LEFT, FIRST_LINE - LINE * index, line.encode("latin-1"))
        for index, line in enumerate(text.splitlines())
    )
    return b"\n".join(lines)
