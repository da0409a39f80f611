"""Sheets pass through here to printers that only know places on paper, as mainframes do.

What a reader sees as lines and columns is no order in such a file: words are put down in any
order, some in pieces.
"""

import textwrap
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.letters.bank import Table
from tests.letters.payment_code import draw_as_picture
from tests.letters.sheets import Sheet

_LEFT, _BOTTOM = 62.0, 70.0
_TOP = A4[1] - 60
_WIDTH = 80
_LAST_COLUMN = 14
Line = list[tuple[int, str]]
"""Texts of one line, each with the column it begins in."""


def print_stream(sheet: Sheet) -> bytes:
    """Return a PDF in one width for all letters, lines in any order, some words in pieces."""
    chance = Random(sheet.look.grain)  # noqa: S311
    size = min(sheet.look.size, 9.5)
    step = size * 0.6
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for number, page in enumerate(_pages(list(_lines(sheet)), size), start=1):
        if number > 1:
            canvas.drawRightString(A4[0] - 60, A4[1] - 40, f"{number}")
        runs = [run for run in _placed(page, size, step) for run in _pieces(run, step, chance)]
        _put_down(canvas, runs, "Courier", size, chance)
        _put_code(canvas, sheet, first=number == 1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def print_scattered(sheet: Sheet) -> bytes:
    """Return a PDF in a proportional face, every word put down alone and in any order."""
    chance = Random(sheet.look.grain)  # noqa: S311
    size, face = sheet.look.size, chance.choice(("Helvetica", "Times-Roman"))
    step = size * 0.5
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for number, page in enumerate(_pages(list(_lines(sheet)), size), start=1):
        placed = (_to_the_right(run, face, size, step) for run in _placed(page, size, step))
        runs = [word for run in placed for word in _words(run, face, size)]
        _put_down(canvas, runs, face, size, chance)
        _put_code(canvas, sheet, first=number == 1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


Run = tuple[float, float, str]
"""From the left and from the bottom, in points, and a text."""


def western(text: str) -> str:
    """Return a text in the letters that the built-in faces of a PDF have."""
    swapped = text.translate(_SWAPPED)
    return "".join(
        c if c.encode("cp1252", "ignore") else _bare(c)
        for c in unicodedata.normalize("NFC", swapped)
    )


_SWAPPED = str.maketrans({"\u2009": " ", "\u202f": " ", "ł": "l", "Ł": "L", "ı": "i", "−": "-"})


def _bare(character: str) -> str:
    return unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode() or "?"


def _lines(sheet: Sheet) -> Iterator[Line]:
    filled, look = sheet.filled, sheet.look
    yield from ([(0, line)] for line in filled.head)
    yield from [[]] * 2
    indent = 44 if look.window == "right" else 4
    yield from ([(indent, line)] for line in filled.address)
    yield from [[]] * 2
    yield from _details(sheet)
    yield []
    for part in (filled.subject, *filled.body):
        yield from _table(part) if isinstance(part, Table) else _wrapped(part)
        yield []
    for name, value in sheet.slip.lines if sheet.slip else []:
        yield [(0, name), (24, value)]
    yield []
    for line in filled.footer:
        yield from _wrapped(line)


def _details(sheet: Sheet) -> Iterator[Line]:
    details = sheet.filled.details
    if sheet.look.details == "columns" and 1 < len(details) < 5:
        width = _WIDTH // len(details)
        if all(len(text) < width - 1 for pair in details for text in pair):
            yield [(at * width, name) for at, (name, _) in enumerate(details)]
            yield [(at * width, value) for at, (_, value) in enumerate(details)]
            return
    gap = ": " if sheet.look.details == "line" else ""
    for name, value in details:
        yield [(0, f"{name}{gap}"), (max(22, len(name) + 3), value)]


def _wrapped(text: str) -> Iterator[Line]:
    yield from ([(0, line)] for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False))


def _table(table: Table) -> Iterator[Line]:
    every = (table.header, *table.rows) if table.header else table.rows
    columns = len(every[0])
    widths = [max(len(row[at]) for row in every) + 3 for at in range(columns - 1)]
    room = _WIDTH - _LAST_COLUMN
    starts = [sum(widths[:at]) for at in range(columns - 1)]
    fits = sum(widths) <= room
    for row in every:
        *cells, last = row
        yield [
            *((start, cell) for start, cell in zip(starts, cells, strict=True) if fits),
            *([] if fits else [(0, " ".join(cells)[: room - 1])]),
            (_WIDTH - len(last), last),
        ]


def _pages(lines: list[Line], size: float) -> Iterator[list[Line]]:
    room = int((_TOP - _BOTTOM) / (size * 1.25))
    for at in range(0, len(lines), room):
        yield lines[at : at + room]


def _placed(page: list[Line], size: float, step: float) -> Iterator[Run]:
    for number, line in enumerate(page):
        for column, text in line:
            yield _LEFT + column * step, _TOP - number * size * 1.25, western(text)


def _pieces(run: Run, step: float, chance: Random) -> Iterator[Run]:
    """Words of the same line apart, and now and then one in two pieces."""
    x, y, text = run
    at = 0
    for word in text.split(" "):
        cut = chance.randint(1, len(word) - 1) if len(word) > 6 and chance.random() < 0.15 else 0
        for start, end in ((0, cut), (cut, len(word))):
            if word[start:end]:
                yield x + (at + start) * step, y, word[start:end]
        at += len(word) + 1


def _words(run: Run, face: str, size: float) -> Iterator[Run]:
    x, y, text = run
    for word in text.split(" "):
        if word:
            yield x, y, word
        x += stringWidth(f"{word} ", face, size)


def _to_the_right(run: Run, face: str, size: float, step: float) -> Run:
    """What ends at the right edge in one width ends there in any; a full line of text does not."""
    x, y, text = run
    edge = _LEFT + _WIDTH * step
    at_the_edge = x > _LEFT and abs(x + len(text) * step - edge) < 0.1
    return (edge - stringWidth(text, face, size), y, text) if at_the_edge else run


def _put_down(canvas: Canvas, runs: list[Run], face: str, size: float, chance: Random) -> None:
    chance.shuffle(runs)
    text = canvas.beginText()
    text.setFont(face, size)
    for x, y, words in runs:
        text.setTextOrigin(x, y)
        text.textOut(words)
    canvas.drawText(text)


def _put_code(canvas: Canvas, sheet: Sheet, *, first: bool) -> None:
    if sheet.code and first:
        picture = ImageReader(draw_as_picture(sheet.code))
        canvas.drawImage(picture, A4[0] - 140, A4[1] - 150, width=80, height=80)
