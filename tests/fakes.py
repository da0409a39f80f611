"""Stand-ins for the outside. Each passes the same contract tests as the real connector."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from letterbox.shared.paper import Page, Paper, Word
from letterbox.shared.ports import (
    Departure,
    LoginFailed,
    PdfFacts,
    PdfRefused,
    PhotoRefused,
    StaffMember,
    Unreadable,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class FakeClock:
    """Stands still until it is told to go on."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **period: float) -> None:
        self.now += timedelta(**period)


A_PHOTO = b"\xff\xd8\xff"
"""How a JPEG begins. The rest of a photo for the fake is text."""


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

    def preview(self, pdf: bytes, *, page: int) -> bytes:
        if page != 1:
            raise Unreadable("there is no such page")
        return b"RIFF....WEBP" + pdf

    def pdf_of_photos(self, photos: Sequence[bytes]) -> bytes:
        if not all(photo.startswith(A_PHOTO) for photo in photos):
            raise PhotoRefused("Send a photo.", code="not-a-photo", photo=1)
        return b"%PDF-1.7\n" + b"\n".join(photo.removeprefix(A_PHOTO) for photo in photos)

    def marked(self, pdf: bytes, *, mark: str) -> bytes:
        return pdf + mark.encode()


class FakeLogin:
    """Fulfils `Login`. The code somebody comes back with is their citizen service number."""

    def depart(self) -> Departure:
        return Departure("https://login.example/authorize?state=S", "S", "N", "V")

    def arrive(self, departure: Departure, *, code: str) -> str:
        if code == "refused" or departure.nonce != "N":
            raise LoginFailed("Log in once more.")
        return code


class FakeMail:
    """Fulfils `Mail`: keeps what it is handed, as (to, subject, text)."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.failure: Exception | None = None

    def send(self, to: str, subject: str, text: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.sent.append((to, subject, text))


class FakeStaffLogin:
    """Fulfils `StaffLogin`. Somebody comes back with a code like `number|subject|name`."""

    def depart(self) -> Departure:
        return Departure("https://staff-login.example/authorize?state=S", "S", "N", "V")

    def arrive(self, departure: Departure, *, code: str) -> StaffMember:
        if code.count("|") != 2 or departure.nonce != "N":
            raise LoginFailed("Log in once more.")
        number, subject, name = code.split("|")
        return StaffMember(number, subject, name)
