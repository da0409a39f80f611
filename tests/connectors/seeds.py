"""Whole letters from several makers of PDFs, to be spoiled: their files differ to the last byte."""

from io import BytesIO

import pypdfium2 as pdfium
import typst
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.pdf_files import a_pdf

LINES = (
    "Stadswater NV",
    "Datum: 2 maart 2026",
    "Factuurnummer: SW26-0091377",
    "Geachte heer Vos,",
    "Hoofdsom EUR 100,00",
    "Te betalen EUR 112,50",
    "Betaal dit uiterlijk 1 april 2026 op NL91 ABNA 0417 1643 00",
)

_TABLE = """
#set page(paper: "a4")
Datum: 2 maart 2026 \\ Kenmerk: SW26-0091377

Geachte heer, mevrouw,
#table(columns: 2, [Hoofdsom], [€ 1.234,56], [Rente], [€ 12,34], [Te betalen], [€ 1.246,90])
Wij ontvangen dit graag binnen 14 dagen na dagtekening van deze brief.
#pagebreak()
Met vriendelijke groet
"""


def typeset(text: str) -> bytes:
    """Return a PDF as typst makes it."""
    pdf = typst.compile(text.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


def rewritten(pdf: bytes) -> bytes:
    """Return the same letter as pypdf writes it."""
    written = BytesIO()
    PdfWriter(clone_from=PdfReader(BytesIO(pdf))).write(written)
    return written.getvalue()


def saved(pdf: bytes) -> bytes:
    """Return the same letter as pdfium writes it."""
    written = BytesIO()
    with pdfium.PdfDocument(pdf) as document:
        document.save(written)
    return written.getvalue()


def drawn() -> bytes:
    """Return a letter as reportlab makes it."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4, pageCompression=1, invariant=1)
    for row, line in enumerate(LINES):
        canvas.drawString(72, 770 - 14 * row, line)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


SEEDS = {
    "a typeset line": typeset("Te betalen: € 12,50 voor 1 maart 2026"),
    "a typeset table": typeset(_TABLE),
    "a tiny one": a_pdf("\n".join(LINES)),
    "a packed one": a_pdf("\n".join(LINES), "Pagina 2", compressed=True),
    "a drawn one": drawn(),
    "a rewritten one": rewritten(typeset(_TABLE)),
    "a saved one": saved(drawn()),
}
