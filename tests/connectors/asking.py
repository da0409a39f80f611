"""Asks all of reading about a file, from the gate to the reading written down, and judges it."""

import time
from dataclasses import dataclass
from datetime import date

from connectors.pdf import PdfPool
from letterbox.reading.findings import Reading, from_json, to_json
from letterbox.reading.rules import read
from letterbox.shared.paper import Paper
from letterbox.shared.ports import PdfFacts, PdfRefused, Unreadable
from tests.deadline import at_most

DAY = date(2026, 3, 12)

CODES = {
    "active-content",
    "broken",
    "encrypted",
    "no-pages",
    "not-a-pdf",
    "took-too-long",
    "too-large",
    "too-many-pages",
}
POOL_SECONDS = 2.0
"""That the pool of `a_hasty_pool` may take for either question."""

# Twice: a crash is tried again. The rest is what ending a process may take.
_MOST_POOL_SECONDS = 2 * 2 * POOL_SECONDS + 2
RULES_SECONDS = 5.0
"""That the rules may take for whatever stands on the pages."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the pool said of a file, and how long it took."""

    inspected: PdfFacts | PdfRefused
    paper: Paper | Unreadable
    seconds: float


def a_hasty_pool() -> PdfPool:
    """Return a pool with short limits, so that reaching one does not take long."""
    return PdfPool(
        largest=10**6,
        most_pages=100,
        gate_seconds=POOL_SECONDS,
        reading_seconds=POOL_SECONDS,
        patience=60,
    )


def open_with(pool: PdfPool, pdf: bytes) -> Opened:
    """Put both questions to the pool, the second one also when the first says no."""
    started = time.monotonic()
    inspected: PdfFacts | PdfRefused
    paper: Paper | Unreadable
    try:
        inspected = pool.inspect(pdf)
    except PdfRefused as refused:
        inspected = refused
    try:
        paper = pool.paper(pdf)
    except Unreadable as unreadable:
        paper = unreadable
    return Opened(inspected, paper, time.monotonic() - started)


def read_on(opened: Opened) -> Reading | None:
    """Read what the pool gave, and return the reading. Only in the main thread.

    :raises TooSlow: the rules take too long
    :raises AssertionError: the answer is none that the house knows, or the pool took too long
    """
    assert isinstance(opened.inspected, PdfFacts) or opened.inspected.code in CODES
    assert opened.seconds < _MOST_POOL_SECONDS, f"opening took {opened.seconds:.1f} s"
    if isinstance(opened.paper, Unreadable):
        assert opened.paper.detail
        return None
    with at_most(RULES_SECONDS):
        reading = read(opened.paper, received_on=DAY, sender=None, envelope=None)
    assert from_json(to_json(reading)) == reading
    return reading
