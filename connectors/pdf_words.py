"""A letter that was let in passes here, and leaves as words and where they stand.

Runs in a worker process: pdfium is not safe in threads, and a broken font can bring it down.
Speaks to pdfium directly where it asks something of every word: the wrappers around those
calls cost more than the calls.
"""

import ctypes
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import repeat
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from connectors.pdf_glance import bare, glance
from letterbox.shared.paper import Box

_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_SIDES = 4
_HYPHENS = ("\x02", "\ufffe")
"""How pdfium tells of a hyphen at the end of a line; the next character is on the next line."""
_EMBEDDED = re.compile(rb"/EmbeddedFile\b")
_NO_TEXT = {code: "\ufffd" for code in range(32) if code not in (2, 9, 10, 11, 12, 13)}


_measure = bare(
    pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)


class PrintedPage(NamedTuple):
    """A page as it travels between processes: plain tuples cross ten times faster.

    :ivar words: of a scan, also whether a second look confirmed them
    :ivar scan: what it says stands in a picture; the words, if any, are not the letter's
    :ivar coded: it may bear a QR code
    """

    width: float
    height: float
    words: Sequence[tuple[str, Box] | tuple[str, Box, bool]]
    scan: bool = False
    coded: bool = False


class Printed(NamedTuple):
    """A letter by its text, and whether there are files inside the PDF."""

    pages: list[PrintedPage]
    holds_files: bool


class Unread(NamedTuple):
    """Why a letter cannot be read, in a few words."""

    reason: str


def look(pdf: bytes, most_pages: int, most_characters: int) -> Printed | Unread:
    """Return all pages, or why they cannot be read."""
    try:
        return _printed(pdf, most_pages, most_characters)
    except MemoryError:
        return Unread("reading it takes too much memory")
    except Exception:  # pdfium says no more than that it failed
        return Unread("it is damaged")


def is_scan(page: pdfium.PdfPage) -> bool:
    """Test whether what the page says stands in a picture."""
    with closing(page.get_textpage()) as text:
        said = [word for word, _ in _words(text, text.count_chars())]
        return glance(page, text, said).scan


def _printed(pdf: bytes, most_pages: int, most_characters: int) -> Printed | Unread:
    with pdfium.PdfDocument(pdf) as document:
        if len(document) > most_pages:
            return Unread("it has too many pages")
        pages: list[PrintedPage] = []
        for number in range(len(document)):
            page, characters = _page(document, number, most_characters)
            pages.append(page)
            most_characters -= characters
            if most_characters < 0:
                return Unread("it holds too much text for a letter")
        # An associated file need not be in the list that pdfium counts.
        holds_files = document.count_attachments() > 0 or _EMBEDDED.search(pdf) is not None
        return Printed(pages, holds_files)


def _page(document: pdfium.PdfDocument, number: int, most: int) -> tuple[PrintedPage, int]:
    """Return a page and the number of its characters. With too many it stays without words."""
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        sheet, turned = page.get_bbox(), page.get_rotation()
        width, height = _held(sheet, turned)
        place = _turn(sheet, turned)
        count = text.count_chars()
        words = [
            (said, box)
            for said, on_sheet in _words(text, count if count <= most else 0)
            if _lies_on(box := place(on_sheet), width, height)
        ]
        seen = glance(page, text, [said for said, _ in words])
        return PrintedPage(width, height, words, *seen), count


def _held(sheet: Box, turned: int) -> tuple[float, float]:
    left, bottom, right, top = sheet
    width, height = right - left, top - bottom
    return (height, width) if turned in (90, 270) else (width, height)


def _turn(sheet: Box, turned: int) -> Callable[[Box], Box]:
    """Return what brings a box on the sheet to its place on the page as one holds it."""
    left, bottom, right, top = sheet
    return {
        0: lambda box: (box[0] - left, top - box[3], box[2] - left, top - box[1]),
        90: lambda box: (box[1] - bottom, box[0] - left, box[3] - bottom, box[2] - left),
        180: lambda box: (right - box[2], box[1] - bottom, right - box[0], box[3] - bottom),
        270: lambda box: (top - box[3], right - box[2], top - box[1], right - box[0]),
    }[turned]


def _lies_on(box: Box, width: float, height: float) -> bool:
    # What is cut off the paper is not in the letter, whatever the file says.
    return box[0] < width and box[1] < height and box[2] > 0 and box[3] > 0


def _words(text: pdfium.PdfTextPage, count: int) -> Iterator[tuple[str, Box]]:
    """Yield the words in the order of the file.

    pdfium puts white space into gaps itself, so its words are whole. Only where the first and
    the last character lie too far apart for what is between them is every character looked at.
    """
    characters = _characters(text, count).translate(_NO_TEXT)
    spans = [match.span() for match in _WORD.finditer(characters)]
    firsts = _boxes(text, [start for start, _ in spans])
    lasts = _boxes(text, [end - 1 for _, end in spans])
    for (start, end), first, last in zip(spans, firsts, lasts, strict=True):
        around = _around(first, last)
        if _size(around) <= (end - start) * max(_size(first), _size(last)):
            yield _said(characters[start:end]), around
        else:
            for part, box in _parts(start, _boxes(text, range(start, end))):
                yield _said(characters[part]), box


def _said(characters: str) -> str:
    return f"{characters[:-1]}-" if characters.endswith(_HYPHENS) else characters


def _characters(text: pdfium.PdfTextPage, count: int) -> str:
    """Return the text with one character for every character that has a box."""
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    length = pdfium_c.FPDFText_GetText(text, 0, count, buffer)
    said = bytes(memoryview(buffer)[: max(length - 1, 0)]).decode("utf-16-le", "replace")
    if len(said) == count:
        return said
    return "".join(_character(pdfium_c.FPDFText_GetUnicode(text, i)) for i in range(count))


def _character(code: int) -> str:
    return "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _boxes(text: pdfium.PdfTextPage, places: Sequence[int]) -> list[Box]:
    """Return the box of each of these characters: its advance wide and its line high.

    Such loose boxes stand edge to edge and share a top and a bottom along a line, which is
    what finding lines and gaps needs; the outline of the ink does neither.
    """
    sides = (ctypes.c_float * (_SIDES * len(places)))()
    page, there = ctypes.cast(text.raw, ctypes.c_void_p).value, ctypes.addressof(sides)
    room = range(there, there + ctypes.sizeof(sides), _SIDES * ctypes.sizeof(ctypes.c_float))
    # Without a step of ours in between: a page asks this some five hundred times.
    deque(map(_measure, repeat(page), places, room), maxlen=0)
    left, top, right, bottom = (sides[side::_SIDES] for side in range(_SIDES))
    return list(zip(left, bottom, right, top, strict=True))


def _around(first: Box, last: Box) -> Box:
    left, bottom, right, top = first
    left_too, bottom_too, right_too, top_too = last
    # Every word passes here twice, and asking `min` takes three times as long.
    return (
        left_too if left_too < left else left,
        bottom_too if bottom_too < bottom else bottom,
        right_too if right_too > right else right,
        top_too if top_too > top else top,
    )


def _parts(start: int, boxes: Sequence[Box]) -> Iterator[tuple[slice, Box]]:
    """Yield what stands together of the characters with these boxes, from start on."""
    end, around, before = start + len(boxes), boxes[0], boxes[0]
    for index, after in enumerate(boxes[1:], start + 1):
        if _size(_around(before, after)) > 3 * max(_size(before), _size(after)):
            yield slice(start, index), around
            start, around = index, after
        around, before = _around(around, after), after
    yield slice(start, end), around


def _size(box: Box) -> float:
    width, height = box[2] - box[0], box[3] - box[1]
    return height if height > width else width
