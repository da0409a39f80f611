"""Whatever is done to a PDF, the answer is a result or a clear no, and it comes in time."""

import random
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import typst

from connectors.pdf import PdfPool
from letterbox.shared.paper import Paper
from letterbox.shared.ports import PdfFacts, PdfRefused, Unreadable
from tests.pdf_files import a_pdf

SECONDS = 2.0
"""That either question may take."""

CODES = {"broken", "encrypted", "no-pages", "not-a-pdf", "took-too-long", "too-many-pages"}
MUTATIONS_OF_EACH = 20

TABLE = """
#set page(paper: "a4")
Geachte heer, mevrouw,
#table(columns: 2, [Hoofdsom], [€ 1.234,56], [Rente], [€ 12,34])
#pagebreak()
Met vriendelijke groet
"""

Mutation = Callable[[random.Random, bytes], bytes]


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(
        largest=10**6, most_pages=100, gate_seconds=SECONDS, reading_seconds=SECONDS, patience=60
    ) as pool:
        yield pool


def _typeset(text: str) -> bytes:
    pdf = typst.compile(text.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


LETTERS = {
    "a typeset line": _typeset("Te betalen: € 12,50 voor 1 maart 2026"),
    "a typeset table": _typeset(TABLE),
    "a tiny one": a_pdf("Te betalen: EUR 12,50"),
    "a packed one": a_pdf("Te betalen: EUR 12,50", "Pagina 2", compressed=True),
}


def cut_off(chance: random.Random, pdf: bytes) -> bytes:
    return pdf[: chance.randrange(len(pdf))]


def cut_off_with_an_ending(chance: random.Random, pdf: bytes) -> bytes:
    return cut_off(chance, pdf) + b"\n%%EOF\n"


def flip_bits(chance: random.Random, pdf: bytes) -> bytes:
    changed = bytearray(pdf)
    for _ in range(chance.choice((1, 4, 16, 64))):
        changed[chance.randrange(8, len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def splice(chance: random.Random, pdf: bytes) -> bytes:
    other = chance.choice(list(LETTERS.values()))
    start = chance.randrange(len(other))
    piece = other[start : start + chance.randrange(1, 2000)]
    at = chance.randrange(8, len(pdf))
    return pdf[:at] + piece + pdf[at + chance.choice((0, len(piece))) :]


def inflate_numbers(chance: random.Random, pdf: bytes) -> bytes:
    numbers = list(re.finditer(rb"(?<=[ \[])\d+(?=[ \]/>])", pdf))
    for number in sorted(chance.sample(numbers, 3), key=lambda found: -found.start()):
        big = chance.choice((b"-1", b"0", b"99999999", b"2147483648", b"1" * 30))
        pdf = pdf[: number.start()] + big + pdf[number.end() :]
    return pdf


def nest(chance: random.Random, pdf: bytes) -> bytes:
    at = pdf.index(b"<<", chance.randrange(len(pdf) // 2))
    return pdf[:at] + chance.choice((b"[", b"<</A ", b"(")) * 20_000 + pdf[at:]


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
@pytest.mark.parametrize(
    "mutation", [cut_off, cut_off_with_an_ending, flip_bits, splice, inflate_numbers, nest]
)
def test_a_spoiled_letter_gets_an_answer_in_time(
    pool: PdfPool, mutation: Mutation, letter: bytes
) -> None:
    spoiled = [
        mutation(random.Random(f"{mutation.__name__} {turn}"), letter)  # noqa: S311  # repeatable
        for turn in range(MUTATIONS_OF_EACH)
    ]

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda pdf: ask(pool, pdf), spoiled))

    for inspected, read, seconds in answers:
        assert isinstance(inspected, PdfFacts) or inspected.code in CODES
        assert isinstance(read, Unreadable | Paper)
        # Twice: a crash is tried again. The rest is what ending a process may take.
        assert seconds < 2 * 2 * SECONDS + 2


def ask(pool: PdfPool, pdf: bytes) -> tuple[PdfFacts | PdfRefused, Paper | Unreadable, float]:
    started = time.monotonic()
    inspected: PdfFacts | PdfRefused
    read: Paper | Unreadable
    try:
        inspected = pool.inspect(pdf)
    except PdfRefused as refused:
        inspected = refused
    try:
        read = pool.paper(pdf)
    except Unreadable as unreadable:
        read = unreadable
    return inspected, read, time.monotonic() - started
