"""A page is glanced at here: is it a scan, and is there anything on it that may be a QR code.

Looks at what kinds of things a page is made of, never at their pixels, so that a page of plain
text hardly notices. Runs in a worker process.
"""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from letterbox.shared.paper import Box

_TEXT, _PATH = pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM
_UNSEEN = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)

_MOST_OBJECTS = 20_000
_DEEPEST = 4

_OUTLINES = 30
"""So many drawn shapes and no text: perhaps letters that were turned into outlines."""
_STAMP = 150
"""What a scanner may print over its picture, in characters. A letter says more than that."""
_COVER, _PATCH = 0.6, 0.05
"""Parts of the page: most of it, and less than which a picture is no more than a logo."""

_CODE_SIDE = 28.0
"""Points: no printed QR code that a telephone can read is smaller than a centimetre."""
_ROOMY = 150.0
"""A picture with sides of so many points may well have a code in a corner."""
_SHAPES_OF_A_CODE = 100
"""The smallest QR code has over 200 dark squares; drawn in runs, about half as many shapes."""


class Glance(NamedTuple):
    """What a page looks like from afar.

    :ivar scan: what it says stands in a picture, not in its text
    :ivar coded: it may bear a QR code
    """

    scan: bool
    coded: bool


class _Thing(NamedTuple):
    """Something drawn that is no text, or is in a group.

    :ivar outermost: the group that it is part of, or itself
    :ivar at: its place from back to front, and its place within the group
    """

    kind: int
    handle: int
    outermost: int
    at: tuple[int, int]


def glance(page: pdfium.PdfPage, text: pdfium.PdfTextPage, words: Sequence[str]) -> Glance:
    """Return what the page looks like, given the words of its text layer."""
    letters = "".join(words)
    handles, kinds = _objects(page)
    lost = letters.count("\ufffd") > len(letters) / 3
    mute = not letters and _TEXT in kinds  # its font does not say which characters it draws
    if kinds.count(_TEXT) == len(kinds):
        return Glance(lost or mute, coded=False)
    things = _things(handles, kinds)
    if letters:
        pictured = _lies_under_a_picture(page, text, things, handles, len(letters))
    else:
        pictured = _is_drawn(page, things)
    return Glance(lost or mute or pictured, _may_bear_a_code(things))


def bare(function: object, gives: type, *takes: type) -> "ctypes._FuncPointer":
    """Return a function of pdfium that takes handles as numbers.

    pypdfium2 makes an object of every handle, which takes longer than the answer.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(gives, *takes)(address or 0)


_object = bare(pdfium_c.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_object_in = bare(pdfium_c.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_kind = bare(pdfium_c.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_segments = bare(pdfium_c.FPDFPath_CountSegments, ctypes.c_int, ctypes.c_void_p)
_render_mode = bare(pdfium_c.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
_size_of_form = bare(pdfium_c.FPDFFormObj_CountObjects, ctypes.c_int, ctypes.c_void_p)


def _objects(page: pdfium.PdfPage) -> tuple[list[int], list[int]]:
    """Return what is drawn, from back to front, and of which kind each is."""
    sheet = ctypes.cast(page.raw, ctypes.c_void_p).value
    count = min(pdfium_c.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    handles = list(map(_object, repeat(sheet, count), range(count)))
    return handles, list(map(_kind, handles))


def _things(handles: Sequence[int], kinds: Sequence[int]) -> list[_Thing]:
    things: list[_Thing] = []
    for at, (handle, kind) in enumerate(zip(handles, kinds, strict=True)):
        if kind != _TEXT:
            things.append(_Thing(kind, handle, handle, (at, 0)))
        if kind == _FORM:
            inside = islice(_inside(handle, depth=1), max(_MOST_OBJECTS - len(things), 0))
            things.extend(
                _Thing(_kind(part), part, handle, (at, place))
                for place, part in enumerate(inside, start=1)
            )
    return things


def _inside(form: int, depth: int) -> Iterator[int]:
    for index in range(_size_of_form(form)):
        handle = _object_in(form, index)
        yield handle
        if _kind(handle) == _FORM and depth < _DEEPEST:
            yield from _inside(handle, depth + 1)


def _may_bear_a_code(drawn: Sequence[_Thing]) -> bool:
    paths = [thing for thing in drawn if thing.kind == _PATH]
    if len(paths) >= _SHAPES_OF_A_CODE:
        return True
    return any(_has_room(_box(thing.outermost)) for thing in drawn if thing.kind == _IMAGE) or any(
        _segments(path.handle) >= _SHAPES_OF_A_CODE and _has_room(_box(path.outermost))
        for path in paths
    )


def _has_room(box: Box) -> bool:
    small, large = sorted((box[2] - box[0], box[3] - box[1]))
    return small >= _ROOMY or (small >= _CODE_SIDE and large < 1.5 * small)


def _is_drawn(page: pdfium.PdfPage, things: Sequence[_Thing]) -> bool:
    """Test whether a page without text may say something all the same."""
    paths = sum(thing.kind == _PATH for thing in things)
    text = any(thing.kind == _TEXT for thing in things)
    return text or paths >= _OUTLINES or sum(part for _, part in _pictures(page, things)) >= _PATCH


def _lies_under_a_picture(
    page: pdfium.PdfPage,
    text: pdfium.PdfTextPage,
    things: Sequence[_Thing],
    handles: Sequence[int],
    letters: int,
) -> bool:
    """Test whether a picture fills the page and the text on top of it is no more than a stamp.

    What lies under it, or is invisible, nobody sees: it may say something else.
    """
    pictures = _pictures(page, things)
    if sum(part for _, part in pictures) < _COVER:
        return False
    last = max((at for at, part in pictures if part >= _PATCH), default=(-1, 0))
    on_top = [*handles[last[0] + 1 :], *(thing.handle for thing in things if thing.at > last)]
    return letters <= _STAMP or _letters_seen(text, on_top) <= _STAMP


def _pictures(
    page: pdfium.PdfPage, things: Sequence[_Thing]
) -> list[tuple[tuple[int, int], float]]:
    """Return the place of each picture, and how much of the page it takes."""
    return [(t.at, _part_of(page, _box(t.outermost))) for t in things if t.kind == _IMAGE]


def _letters_seen(text: pdfium.PdfTextPage, handles: Sequence[int]) -> int:
    """Return how many characters the text among these has, or more than a stamp."""
    seen = 0
    for address in handles:
        if _kind(address) == _TEXT and _render_mode(address) not in _UNSEEN:
            handle = ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT)
            # In bytes of UTF-16, with two for the end.
            seen += max(pdfium_c.FPDFTextObj_GetText(handle, text, None, 0) // 2 - 1, 0)
        if seen > _STAMP:
            break
    return seen


def _box(handle: int) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    thing = ctypes.cast(handle, pdfium_c.FPDF_PAGEOBJECT)
    pdfium_c.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, sides))
    left, bottom, right, top = (side.value for side in sides)
    return (left, bottom, right, top)


def _part_of(page: pdfium.PdfPage, box: Box) -> float:
    left, bottom, right, top = page.get_bbox()
    width = min(box[2], right) - max(box[0], left)
    height = min(box[3], top) - max(box[1], bottom)
    area = (right - left) * (top - bottom)
    return max(width, 0.0) * max(height, 0.0) / area if area > 0 else 0.0
