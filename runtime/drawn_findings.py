"""Page images pass here, and come out with a box around every finding and a label beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from letterbox.reading.findings import Finding, Reading
from letterbox.shared.paper import Box
from letterbox.shared.ports import PdfReader
from runtime.read_files import ReadFile, is_sure, name_of

DPI = 110
_SCALE = DPI / 72
"""From points to pixels."""

SURE, UNSURE = (0, 128, 64), (214, 69, 0)
"""Green and orange. A finding to check is dashed as well: not everyone tells them apart."""

_AROUND, _THICK, _DASH, _LETTER, _ROW, _ROOM = 3, 2, 6, 13, 17, 24
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """One box to draw: all fields that were read in the same place.

    :ivar box: in points, origin at the top left
    """

    box: Box
    label: str
    sure: bool


def draw_findings(
    read_file: ReadFile, reader: PdfReader, paths: Iterator[Path]
) -> Iterator[tuple[int, Path]]:
    """Write an image of every page on which something was found; yield page and path.

    :raises Unreadable: a page that was read cannot be drawn
    """
    pdf = read_file.path.read_bytes()
    for page in pages_with_findings(read_file.reading):
        picture = reader.picture(pdf, page=page, dpi=DPI)
        path = next(paths)
        path.write_bytes(mark(picture, marks_on(read_file.reading, page)))
        yield page, path


def numbered(path: Path) -> Iterator[Path]:
    """Yield a path for every image: `page.png`, `page-2.png`, `page-3.png` …"""
    yield path
    for number in count(2):
        yield path.with_stem(f"{path.stem}-{number}")


def pages_with_findings(reading: Reading) -> list[int]:
    """Return the numbers of the pages on which something was found."""
    return sorted({finding.page for finding in _placed(reading) if finding.page})


def marks_on(reading: Reading, page: int) -> list[Mark]:
    """Return what to draw on a page."""
    together: dict[Box, list[Finding]] = {}
    for finding in _placed(reading):
        if finding.page == page and finding.box:
            together.setdefault(finding.box, []).append(finding)
    return [
        Mark(box, _label(findings), all(is_sure(reading, each) for each in findings))
        for box, findings in together.items()
    ]


def mark(picture: bytes, marks: Iterable[Mark]) -> bytes:
    """Return the PNG image with the marks drawn on it, and their labels beside the page.

    Beside it, because on it they would hide what the finding is to be compared with.
    """
    page = Image.open(BytesIO(picture)).convert("RGB")
    in_order = sorted(marks, key=lambda each: each.box[1])
    font = ImageFont.load_default(_LETTER)
    margin = max((int(font.getlength(each.label)) for each in in_order), default=0) + _ROOM
    height = max(page.height, len(in_order) * _ROW)
    sheet = Image.new("RGB", (page.width + margin, height), "white")
    sheet.paste(page)
    draw, down = ImageDraw.Draw(sheet), 0.0
    for left_over, each in zip(range(len(in_order), 0, -1), in_order, strict=True):
        box = _pixels(each.box, page.size)
        # Not over the label before, and with room for those that follow.
        down = max(down, min(box[1], height - left_over * _ROW))
        _draw_box(draw, each, box)
        _draw_label(draw, each, box, (page.width, down), font)
        down += _ROW
    written = BytesIO()
    sheet.save(written, "PNG")
    return written.getvalue()


def _placed(reading: Reading) -> list[Finding]:
    return [finding for finding in reading.findings if finding.page and finding.box]


def _label(findings: Iterable[Finding]) -> str:
    names: dict[str, list[str]] = {}
    for finding in findings:
        names.setdefault(finding.value, []).append(name_of(finding.field))
    label = " ".join(f"{'='.join(fields)}={value}" for value, fields in names.items())
    return label[:_LONGEST]


def _draw_box(draw: ImageDraw.ImageDraw, mark: Mark, box: Box) -> None:
    for line in _outline(box, dashed=not mark.sure):
        draw.line(line, fill=_colour(mark), width=_THICK)


def _draw_label(
    draw: ImageDraw.ImageDraw, mark: Mark, box: Box, at: tuple[float, float], font: _Font
) -> None:
    left, top = at
    draw.line((box[2], box[1], left + _ROOM / 4, top + _ROW / 2), fill=_colour(mark))
    draw.text((left + _ROOM / 2, top), mark.label, fill=_colour(mark), font=font)


def _colour(mark: Mark) -> tuple[int, int, int]:
    return SURE if mark.sure else UNSURE


def _pixels(box: Box, size: tuple[int, int]) -> Box:
    """Return where to draw around a box: on the page, however far the box runs off it."""
    (width, height), (left, top, right, bottom) = size, (edge * _SCALE for edge in box)
    return (
        max(0, left - _AROUND),
        max(0, top - _AROUND),
        min(width - 1, right + _AROUND),
        min(height - 1, bottom + _AROUND),
    )


def _outline(box: Box, *, dashed: bool) -> Iterator[Box]:
    left, top, right, bottom = box
    for y in (top, bottom):
        for start, end in _strokes(left, right, dashed=dashed):
            yield start, y, end, y
    for x in (left, right):
        for start, end in _strokes(top, bottom, dashed=dashed):
            yield x, start, x, end


def _strokes(start: float, end: float, *, dashed: bool) -> Iterator[tuple[float, float]]:
    if not dashed:
        yield start, end
        return
    while start < end:
        yield start, min(start + _DASH, end)
        start += 2 * _DASH
