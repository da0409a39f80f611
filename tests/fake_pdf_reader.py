"""Reads the PDFs of `tests.pdf_files`, without pdfium and without a process."""

import re
from collections.abc import Sequence

from letterbox.shared.paper import Page, Paper, Word
from letterbox.shared.ports import PdfFacts, PdfRefused, PhotoRefused, Unreadable
from tests.pdf_files import ADVANCE, PAGE_HEIGHT, SIZE, a_pdf

_PAGE = re.compile(rb"/Type /Page /.*?endstream", re.DOTALL)
_LINE = re.compile(rb"(\d+) (\d+) Td \((.*?)\) Tj")


class FakePdfReader:
    """Fulfils `PdfReader`. `refuses` and `cannot_read` make it say no to a particular file."""

    def __init__(self, *, largest: int = 20 * 1024 * 1024, most_pages: int = 100) -> None:
        self._largest, self._most_pages = largest, most_pages
        self.refuses: dict[bytes, PdfRefused] = {}
        self.cannot_read: dict[bytes, Unreadable] = {}

    def inspect(self, pdf: bytes) -> PdfFacts:
        if pdf in self.refuses:
            raise self.refuses[pdf]
        pages = len(_PAGE.findall(pdf))
        for code, applies in {
            "too-large": len(pdf) > self._largest,
            "not-a-pdf": not pdf.startswith(b"%PDF-"),
            "broken": b"%%EOF" not in pdf,
            "active-content": b"/JavaScript" in pdf,
            "no-pages": pages == 0,
            "too-many-pages": pages > self._most_pages,
        }.items():
            if applies:
                raise PdfRefused("This PDF is refused by the fake.", code=code)
        return PdfFacts(pages)

    def paper(self, pdf: bytes) -> Paper:
        if pdf in self.cannot_read:
            raise self.cannot_read[pdf]
        pages = tuple(
            Page(number, 595, PAGE_HEIGHT, tuple(_words(page)))
            for number, page in enumerate(_PAGE.findall(pdf), start=1)
        )
        if not any(page.words for page in pages):
            raise Unreadable("needs OCR: the letter is a scan without text")
        return Paper(pages)

    def picture(self, pdf: bytes, *, page: int, dpi: int) -> bytes:
        raise Unreadable("this reader draws nothing")

    def preview(self, pdf: bytes, *, page: int) -> bytes:
        raise Unreadable("this reader draws nothing")

    def pdf_of_photos(self, photos: Sequence[bytes]) -> bytes:
        if len(photos) > 20:
            raise PhotoRefused("These are too many for the fake.", code="too-many")
        for number, photo in enumerate(photos, start=1):
            if not photo.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
                raise PhotoRefused("This is refused.", code="not-a-photo", photo=number)
        return a_pdf(*("" for _ in photos))

    def marked(self, pdf: bytes, *, mark: str) -> bytes:
        if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf:
            raise Unreadable("it is damaged")
        return pdf + b"% " + mark.encode()


def _words(page: bytes) -> list[Word]:
    return [
        _word(match[0], left=int(x) + ADVANCE * match.start(), baseline=PAGE_HEIGHT - int(y))
        for x, y, line in _LINE.findall(page)
        for match in re.finditer(r"\S+", line.decode("latin-1"))
    ]


def _word(text: str, *, left: float, baseline: float) -> Word:
    return Word(text, (left, baseline - 0.8 * SIZE, left + ADVANCE * len(text), baseline + 2))
