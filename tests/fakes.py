"""Stand-ins for the outside. Each passes the same contract tests as the real connector."""

from datetime import UTC, datetime, timedelta

from letterbox.shared.paper import Page, Paper, Word
from letterbox.shared.ports import Departure, LoginFailed, PdfFacts, PdfRefused, Unreadable

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class FakeClock:
    """Stands still until it is told to go on."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **period: float) -> None:
        self.now += timedelta(**period)


class FakeReader:
    """Fulfils `PdfReader` for files that are text behind `%PDF-1.7` and a line end."""

    def __init__(self) -> None:
        self.failure: Exception | None = None

    def inspect(self, pdf: bytes) -> PdfFacts:
        if not pdf.startswith(b"%PDF-"):
            raise PdfRefused("Send a PDF.", code="not-a-pdf")
        return PdfFacts(pages=1)

    def paper(self, pdf: bytes) -> Paper:
        if self.failure is not None:
            raise self.failure
        lines = pdf.decode().splitlines()[1:]
        if not lines:
            raise Unreadable("needs OCR: the letter is a scan without text")
        words = [
            Word(word, (60.0 + 40 * column, 60.0 + 16 * row, 98.0 + 40 * column, 72.0 + 16 * row))
            for row, line in enumerate(lines)
            for column, word in enumerate(line.split())
        ]
        return Paper((Page(1, 595, 842, tuple(words)),))

    def picture(self, pdf: bytes, *, page: int, dpi: int) -> bytes:
        raise Unreadable("this reader draws nothing")


class FakeLogin:
    """Fulfils `Login`. The code somebody comes back with is their citizen service number."""

    def depart(self) -> Departure:
        return Departure("https://login.example/authorize?state=S", "S", "N", "V")

    def arrive(self, departure: Departure, *, code: str) -> str:
        if code == "refused" or departure.nonce != "N":
            raise LoginFailed("Log in once more.")
        return code
