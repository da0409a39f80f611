"""PDFs pass through here into processes of their own, and facts and words come back.

A file that hangs or crashes its process costs that process, never the service.
"""

from collections.abc import Callable
from queue import Empty, LifoQueue
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from pebble import ProcessExpired

from connectors import pdf_gate, pdf_words
from connectors.pdf_desk import DeskLost, PdfDesk
from connectors.pdf_refusal import Refusal
from letterbox.shared.errors import Unavailable
from letterbox.shared.paper import Page, Paper, Word
from letterbox.shared.ports import PdfFacts, PdfRefused, Unreadable

P = ParamSpec("P")
T = TypeVar("T")

_MOST_CHARACTERS = 1_000_000
"""Of a hundred pages filled to the edge with small print."""


class PdfPool:
    """Fulfils `PdfReader`. Any number of threads may share one.

    Processes start when they are first needed. Use it as a context manager, or close it.

    :param largest: of a file, in bytes
    :param most_pages: of a file
    :param processes: how many files are open at the same time
    :param memory: address space of each process, in bytes
    :param gate_seconds: for one inspection, from the moment a process takes it up
    :param reading_seconds: the same, for all words of one letter
    :param patience: seconds to wait for a free process
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
        patience: float = 10.0,
    ) -> None:
        self._largest, self._most_pages = largest, most_pages
        self._gate_seconds, self._reading_seconds = gate_seconds, reading_seconds
        self._patience = patience
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
        found = self._words(pdf)
        if isinstance(found, pdf_words.Unread):
            raise Unreadable(found.reason)
        pages = tuple(
            Page(number, page.width, page.height, tuple(Word(*word) for word in page.words))
            for number, page in enumerate(found, start=1)
        )
        return Paper(pages)

    def picture(self, pdf: bytes, *, page: int, dpi: int) -> bytes:
        raise Unreadable("no pictures yet")

    def _words(self, pdf: bytes) -> list[pdf_words.PrintedPage] | pdf_words.Unread:
        limits = self._most_pages, _MOST_CHARACTERS
        try:
            return self._run(self._reading_seconds, pdf_words.read, pdf, *limits)
        except TimeoutError:
            return pdf_words.Unread("reading it takes too long")
        except ProcessExpired:
            return pdf_words.Unread("it made the reader crash")

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


def _busy() -> Unavailable:
    return Unavailable("No letters can be opened right now. Try again in a minute.")
