"""Letters as they stand in a test: typed lines become words with a place on a page."""

import re
from datetime import date
from textwrap import dedent

from letterbox.letters.rules import Envelope, Party
from letterbox.reading.findings import Reading
from letterbox.reading.layout import Layout
from letterbox.reading.rules import read
from letterbox.shared.paper import Page, Paper, Word

LETTER = 5.0
LINE = 13.0
RECEIVED_ON = date(2026, 3, 12)


def a_page(text: str, *, number: int = 1) -> Page:
    """Type a text on a page: five points per letter, two spaces or more make a gap."""
    words = tuple(
        Word(match.group(), _box(row, *match.span()))
        for row, line in enumerate(dedent(text).strip("\n").split("\n"))
        for match in re.finditer(r"\S+", line)
    )
    return Page(number, 595.0, 842.0, words)


def a_layout(*texts: str) -> Layout:
    return Layout(tuple(a_page(text, number=at) for at, text in enumerate(texts, start=1)))


def reading_of(
    *texts: str,
    received_on: date = RECEIVED_ON,
    sender: str | None = None,
    envelope: Envelope | None = None,
) -> Reading:
    party = Party(sender) if sender else None
    return read(
        Paper(a_layout(*texts).pages), received_on=received_on, sender=party, envelope=envelope
    )


def _box(row: int, start: int, end: int) -> tuple[float, float, float, float]:
    top = 40 + row * LINE
    return (50 + start * LETTER, top, 50 + end * LETTER, top + 10)
