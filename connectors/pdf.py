"""PDFs pass through here into processes of their own, and facts and words come back.

A file that hangs or crashes its process costs that process, never the service.
"""

import time
from collections.abc import Callable, Sequence
from queue import Empty, LifoQueue
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from pebble import ProcessExpired

from connectors import (
    pdf_codes,
    pdf_gate,
    pdf_invoices,
    pdf_marks,
    pdf_photos,
    pdf_pictures,
    pdf_scans,
    pdf_words,
)
from connectors.pdf_desk import DeskLost, PdfDesk
from connectors.pdf_refusal import Refusal
from connectors.pdf_words import PrintedPage
from letterbox.shared.errors import Unavailable
from letterbox.shared.paper import Attachment, Code, Page, Paper, Word, has_text_of_a_letter
from letterbox.shared.ports import PdfFacts, PdfRefused, PhotoRefused, Unreadable

P = ParamSpec("P")
T = TypeVar("T")

_MOST_CHARACTERS = 1_000_000
"""Of a hundred pages filled to the edge with small print."""
_MOST_SCANS = 20
_MOST_PHOTOS = _MOST_SCANS
"""More could not be read."""
_MOST_WITH_CODES = 20
"""Pages that are looked at for QR codes: the one to pay with is on the first or the last sheet."""


class PdfPool:
    """Fulfils `PdfReader`. Any number of threads may share one.

    Processes start when they are first needed. Use it as a context manager, or close it.

    :param largest: of a file, in bytes
    :param most_pages: of a file
    :param processes: how many files are open at the same time
    :param memory: address space of each process, in bytes
    :param gate_seconds: for one inspection or one photo, from the moment a process takes it up
    :param reading_seconds: the same, for all words of one letter, or for one page of a scan
    :param scan_seconds: for all scanned pages of one letter together
    :param patience: seconds to wait for a free process
    :param tesseract: the program that reads scans; without it they are unreadable
    """

    def __init__(
        self,
        *,
        largest: int,
        most_pages: int,
        processes: int = 2,
        memory: int = 512 * 1024**2,
        gate_seconds: float = 5.0,
        reading_seconds: float = 20.0,
        scan_seconds: float = 120.0,
        patience: float = 10.0,
        tesseract: str = "tesseract",
    ) -> None:
        self._largest, self._most_pages = largest, most_pages
        self._gate_seconds, self._reading_seconds = gate_seconds, reading_seconds
        self._scan_seconds = scan_seconds
        self._patience, self._tesseract = patience, tesseract
        self._processes = processes
        self._closed = False
        # The one that came back last is the one most likely to be warm.
        self._free: LifoQueue[PdfDesk] = LifoQueue()
        for _ in range(processes):
            self._free.put(PdfDesk(memory))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, after what they are at. A second time does nothing."""
        self._closed, was_closed = True, self._closed
        if not was_closed:
            for _ in range(self._processes):
                self._free.get().clear()

    def inspect(self, pdf: bytes) -> PdfFacts:
        if len(pdf) > self._largest:
            raise PdfRefused(
                f"The PDF is larger than {self._largest // 1024**2} MB. Send a smaller one, "
                "for example with fewer or smaller images.",
                code="too-large",
            )
        found = self._look(pdf)
        if isinstance(found, Refusal):
            raise PdfRefused(found.detail, code=found.code, page=found.page)
        return PdfFacts(pages=found)

    def _look(self, pdf: bytes) -> int | Refusal:
        try:
            return self._run(self._gate_seconds, pdf_gate.look, pdf, self._most_pages)
        except TimeoutError:
            return pdf_gate.TOO_MUCH
        except ProcessExpired:
            return pdf_gate.BROKEN

    def paper(self, pdf: bytes) -> Paper:
        limits = self._most_pages, _MOST_CHARACTERS
        printed = self._read(self._reading_seconds, pdf_words.look, pdf, *limits)
        numbered = dict(enumerate(printed.pages, start=1))
        scans = self._recognised(pdf, [n for n, page in numbered.items() if page.scan])
        if not any(page.words for page in (numbered | scans).values()):
            raise Unreadable("needs OCR: there is no text in the letter")
        pages = tuple(_page(n, scans.get(n, page), n in scans) for n, page in numbered.items())
        if not has_text_of_a_letter(Paper(pages)):
            raise Unreadable("it holds too much text for a letter")
        coded = [n for n, page in numbered.items() if page.coded][:_MOST_WITH_CODES]
        codes = self._besides(pdf_codes.codes_on, pdf, coded) if coded else []
        files = self._besides(pdf_invoices.xml_files_in, pdf) if printed.holds_files else []
        return Paper(
            pages,
            tuple(Code(*code) for code in codes),
            tuple(Attachment(*file) for file in files),
        )

    def picture(self, pdf: bytes, *, page: int, dpi: int) -> bytes:
        return self._read(self._reading_seconds, pdf_pictures.draw, pdf, page, dpi, self._tesseract)

    def preview(self, pdf: bytes, *, page: int) -> bytes:
        return self._read(self._reading_seconds, pdf_pictures.preview, pdf, page, self._tesseract)

    def marked(self, pdf: bytes, *, mark: str) -> bytes:
        return self._read(self._reading_seconds, pdf_marks.mark_pages, pdf, mark)

    def pdf_of_photos(self, photos: Sequence[bytes]) -> bytes:
        if len(photos) > _MOST_PHOTOS:
            raise PhotoRefused(f"Add at most {_MOST_PHOTOS} photos at a time.", code="too-many")
        # One by one: others wait for a process too.
        pages = [self._page_of(photo, number) for number, photo in enumerate(photos, start=1)]
        return self._run(self._reading_seconds, pdf_photos.bound, pages)

    def _page_of(self, photo: bytes, number: int) -> bytes:
        try:
            page = self._run(self._gate_seconds, pdf_photos.as_page, photo)
        except TimeoutError:
            page = pdf_photos.TOO_MUCH
        except ProcessExpired:
            page = pdf_photos.BROKEN
        if isinstance(page, Refusal):
            raise PhotoRefused(page.detail, code=page.code, photo=number)
        return page

    def _recognised(self, pdf: bytes, scans: Sequence[int]) -> dict[int, PrintedPage]:
        """Return the scanned pages with their words. One by one: others wait for a process too."""
        if len(scans) > _MOST_SCANS:
            raise Unreadable("too many scanned pages")
        until = time.monotonic() + self._scan_seconds
        found: dict[int, PrintedPage] = {}
        for number in scans:
            # A page may take as long as a letter of text, and all pages together no longer
            # than a letter of scans: so only pictures are given the longer time.
            left = min(self._reading_seconds, until - time.monotonic())
            if left <= 0:
                raise Unreadable("recognising it takes too long")
            found[number] = self._read(
                left, pdf_scans.recognise, pdf, number, self._tesseract, left
            )
        return found

    def _besides(self, work: Callable[P, list[T]], *args: P.args, **kwargs: P.kwargs) -> list[T]:
        # A letter whose words were read is not lost for what else is on it.
        try:
            return self._run(self._reading_seconds, work, *args, **kwargs)
        except (TimeoutError, ProcessExpired):
            return []

    def _read(
        self,
        seconds: float,
        work: Callable[P, T | pdf_words.Unread],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        try:
            found = self._run(seconds, work, *args, **kwargs)
        except TimeoutError:
            raise Unreadable("reading it takes too long") from None
        except ProcessExpired:
            raise Unreadable("it made the reader crash") from None
        if isinstance(found, pdf_words.Unread):
            raise Unreadable(found.reason)
        return found

    def _run(self, seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        desk = self._free_desk()
        try:
            return desk.run(seconds, work, *args, **kwargs)
        except DeskLost:
            raise _busy() from None
        finally:
            self._free.put(desk)

    def _free_desk(self) -> PdfDesk:
        if self._closed:
            raise _busy()
        try:
            return self._free.get(timeout=self._patience)
        except Empty:
            raise _busy() from None


def _page(number: int, page: PrintedPage, by_ocr: bool) -> Page:
    words = tuple(Word(*word) for word in page.words)
    return Page(number, page.width, page.height, words, by_ocr)


def _busy() -> Unavailable:
    return Unavailable("No letters can be opened right now. Try again in a minute.")
