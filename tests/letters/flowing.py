"""Sheets pass through here to platypus, which flows paragraphs and tables over pages."""

from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import grey
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from tests.letters.bank import Table
from tests.letters.payment_code import draw_as_picture
from tests.letters.sheets import Sheet
from tests.letters.streams import western

_FACES = {"sans": "Helvetica", "serif": "Times-Roman", "modern": "Times-Roman", "mono": "Courier"}
_WIDTH = A4[0] - 5 * cm


def print_flowing(sheet: Sheet) -> bytes:
    """Return a PDF of paragraphs and tables. The same sheet gives the same bytes."""
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        invariant=1,
        leftMargin=2.5 * cm,
        rightMargin=2.5 * cm,
        title=sheet.filled.subject,
    )

    def mark(canvas: Canvas, page: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 7)
        for at, line in enumerate(sheet.filled.footer):
            canvas.drawString(2.5 * cm, 1.6 * cm - at * 9, western(line))
        if page.page > 1:
            canvas.drawRightString(A4[0] - 2.5 * cm, A4[1] - 1.5 * cm, str(page.page))

    document.build(list(_flow(sheet)), onFirstPage=mark, onLaterPages=mark)
    return file.getvalue()


def _flow(sheet: Sheet) -> Iterator[Flowable]:
    filled, style = sheet.filled, _style(sheet)
    right = ParagraphStyle("right", style, alignment=TA_RIGHT)
    for at, line in enumerate(filled.head):
        yield _text(f"<b>{_safe(line)}</b>" if at == 0 else _safe(line), right)
    yield Spacer(1, 1.2 * cm)
    address = ParagraphStyle("to", style, alignment=TA_LEFT, spaceAfter=0)
    address.leftIndent = 9 * cm if sheet.look.window == "right" else 0
    yield from (_text(_safe(line), address) for line in filled.address)
    yield Spacer(1, 1 * cm)
    yield from _details(sheet, style)
    yield Spacer(1, 0.4 * cm)
    if filled.subject:
        yield _text(f"<b>{_safe(filled.subject)}</b>", style)
    for part in filled.body:
        yield _table(part, sheet, style) if isinstance(part, Table) else _text(_safe(part), style)
    yield from _payment(sheet, style)


def _style(sheet: Sheet) -> ParagraphStyle:
    look = sheet.look
    return ParagraphStyle(
        "plain",
        fontName=_FACES[look.font],
        fontSize=look.size,
        leading=look.size * (1.9 if look.roomy else 1.25),
        spaceAfter=look.size * (1.6 if look.roomy else 0.6),
        alignment=TA_JUSTIFY if look.justified else TA_LEFT,
    )


def _details(sheet: Sheet, style: ParagraphStyle) -> Iterator[Flowable]:
    details = sheet.filled.details
    if not details:
        return
    cells = [[_text(_safe(name), style), _text(_safe(value), style)] for name, value in details]
    if sheet.look.layout == "columns" and len(details) < 5:
        across = [[row[at] for row in cells] for at in (0, 1)]
        yield Grid(across, colWidths=[_WIDTH / len(details)] * len(details))
    else:
        yield Grid(cells, colWidths=[5 * cm, _WIDTH - 5 * cm], hAlign="LEFT")


def _table(table: Table, sheet: Sheet, style: ParagraphStyle) -> Flowable:
    every = (table.header, *table.rows) if table.header else table.rows
    columns = len(every[0])
    last = ParagraphStyle("last", style, alignment=TA_RIGHT, spaceAfter=0)
    plain = ParagraphStyle("cell", style, alignment=TA_LEFT, spaceAfter=0)
    cells = [
        [_text(_safe(cell), last if at == columns - 1 else plain) for at, cell in enumerate(row)]
        for row in every
    ]
    lines = {
        "none": [],
        "rows": [("LINEBELOW", (0, 0), (-1, -1), 0.4, grey)],
        "grid": [("GRID", (0, 0), (-1, -1), 0.5, grey)],
        "total": [("LINEABOVE", (0, -1), (-1, -1), 0.8, grey)],
    }[sheet.look.table]
    width = (_WIDTH - 4 * cm) / (columns - 1) if columns > 1 else _WIDTH
    widths = [width] * (columns - 1) + [4 * cm] if columns > 1 else [width]
    return Grid(cells, colWidths=widths, style=lines, spaceBefore=4, spaceAfter=8)


def _payment(sheet: Sheet, style: ParagraphStyle) -> Iterator[Flowable]:
    if sheet.code:
        yield Spacer(1, 0.5 * cm)
        yield Image(_as_file(sheet.code), width=2.6 * cm, height=2.6 * cm, hAlign="LEFT")
    if sheet.slip:
        yield Spacer(1, 0.5 * cm)
        cells = [[_text(_safe(text), style) for text in pair] for pair in sheet.slip.lines]
        yield Grid(cells, colWidths=[4 * cm, 9 * cm], style=[("BOX", (0, 0), (-1, -1), 0.5, grey)])


def _as_file(code: str) -> BytesIO:
    file = BytesIO()
    draw_as_picture(code).save(file, "PNG")
    file.seek(0)
    return file


def _text(marked_up: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(marked_up, style)


def _safe(text: str) -> str:
    return escape(western(text))
