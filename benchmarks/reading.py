"""How long reading a letter takes, against merely extracting its words, and against a peer.

Part of `make bench`; alone, and over letters of your own: `python -m benchmarks.reading FOLDER`.
All contenders take the same letters in turn, round after round, and of each letter the fastest
round counts: what slows the machine down hits all of them. Letters without text are left out,
for recognising a picture has another price.
"""

import logging
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from itertools import product
from math import inf
from pathlib import Path
from typing import ParamSpec, TypeVar

import pypdfium2 as pdfium
from invoice2data.extract.suggestions import suggest_from_text
from invoice2data.input.pdfium import to_text as to_text_by_pdfium
from invoice2data.input.pdftotext import to_text as to_text_by_poppler
from pypdf import PdfReader as PypdfReader
from rich.console import Console
from rich.table import Table

from connectors.pdf import PdfPool
from letterbox.letters.rules import LARGEST_LETTER, MOST_PAGES
from letterbox.reading.findings import Reading
from letterbox.reading.rules import read
from letterbox.shared.days import day_of
from letterbox.shared.paper import Box
from letterbox.shared.ports import PdfReader, Unreadable
from runtime.demo.cast import CAST
from runtime.demo.letters import letters_before
from runtime.demo.printer import print_letter
from runtime.supplies import clock

P = ParamSpec("P")
T = TypeVar("T")

Contender = Callable[[bytes], object]

ROUNDS = 5
_WORD = re.compile(r"\S+")
FLOOR = "pypdfium2, words with boxes: the floor"
LEANEST = "pypdfium2, words by their ends"
AIMED = "Letterbox, words and rules"


class HerePool(PdfPool):
    """Opens PDFs in this process, so that what is measured is the work and not the way to it."""

    def _run(self, seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return work(*args, **kwargs)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    found = sorted(folder.glob("**/*.pdf")) if folder else []
    pdfs = [path.read_bytes() for path in found] if folder else demo_letters()
    compare_reading(Console(width=120), pdfs)


def demo_letters() -> list[bytes]:
    return [print_letter(letter, CAST) for letter in letters_before(day_of(clock()))]


def compare_reading(console: Console, pdfs: Sequence[bytes]) -> None:
    """Print milliseconds per page and per letter of each contender, and ratios to the floor."""
    logging.getLogger("invoice2data").setLevel(logging.CRITICAL)
    with ExitStack() as opened:
        here = opened.enter_context(HerePool(largest=LARGEST_LETTER, most_pages=MOST_PAGES))
        pool = opened.enter_context(PdfPool(largest=LARGEST_LETTER, most_pages=MOST_PAGES))
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="lb-")))
        letters = [pdf for pdf in pdfs if _has_text(here, pdf)]
        contenders = _contenders(here, pool, folder / "letter.pdf")
        taken = _milliseconds(contenders, letters)
    pages = sum(map(_pages, letters))
    console.print(f"{len(letters)} letters, {pages} pages; {len(pdfs) - len(letters)} without text")
    console.print(_table(taken, len(letters), pages))


def _contenders(here: PdfReader, pool: PdfReader, path: Path) -> dict[str, Contender]:
    return {
        "pypdfium2, text alone": text_by_pdfium,
        FLOOR: words_by_pdfium,
        LEANEST: words_by_their_ends,
        "pypdf, text alone": text_by_pypdf,
        "Letterbox, words alone": here.paper,
        AIMED: lambda pdf: read_with(here, pdf),
        "Letterbox, the same through the pool": lambda pdf: read_with(pool, pdf),
        "Letterbox, the gate as well": lambda pdf: (here.inspect(pdf), read_with(here, pdf)),
        "invoice2data, its heuristic on pypdfium2": lambda pdf: suggest_from_text(
            to_text_by_pdfium(_on_disk(path, pdf))
        ),
        "invoice2data, its heuristic on pdftotext": lambda pdf: suggest_from_text(
            to_text_by_poppler(_on_disk(path, pdf))
        ),
    }


def text_by_pdfium(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def words_by_pdfium(pdf: bytes) -> list[tuple[str, Box]]:
    """Return every word with the box around it: pdfium is asked for the box of each character,
    for it knows no words."""
    with pdfium.PdfDocument(pdf) as document:
        return [word for page in document for word in _words(page.get_textpage(), _all_of)]


def words_by_their_ends(pdf: bytes) -> list[tuple[str, Box]]:
    """Return the same with as few questions as will do where no word runs over a line."""
    with pdfium.PdfDocument(pdf) as document:
        return [word for page in document for word in _words(page.get_textpage(), _ends_of)]


def _words(
    text: pdfium.PdfTextPage, asked: Callable[[int, int], Iterable[int]]
) -> Iterator[tuple[str, Box]]:
    for match in _WORD.finditer(text.get_text_range()):
        boxes = [text.get_charbox(at) for at in asked(*match.span())]
        left, bottom, right, top = zip(*boxes, strict=True)
        yield match[0], (min(left), min(bottom), max(right), max(top))


def _all_of(start: int, end: int) -> Iterable[int]:
    return range(start, end)


def _ends_of(start: int, end: int) -> Iterable[int]:
    return start, end - 1


def text_by_pypdf(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PypdfReader(BytesIO(pdf)).pages]


def read_with(reader: PdfReader, pdf: bytes) -> Reading:
    paper = reader.paper(pdf)
    return read(paper, received_on=date(2026, 11, 20), sender=None, envelope=None)


def _milliseconds(
    contenders: Mapping[str, Contender], letters: Sequence[bytes]
) -> dict[str, float]:
    """Return per contender what all letters take together."""
    fastest = dict.fromkeys(product(contenders, range(len(letters))), inf)
    for _ in range(ROUNDS):
        for name, at in fastest:
            fastest[name, at] = min(fastest[name, at], _once(contenders[name], letters[at]))
    return {name: sum(fastest[name, at] for at in range(len(letters))) for name in contenders}


def _once(contender: Contender, pdf: bytes) -> float:
    began = time.perf_counter()
    contender(pdf)
    return (time.perf_counter() - began) * 1000


def _table(taken: Mapping[str, float], letters: int, pages: int) -> Table:
    table = Table("What", "ms a page", "ms a letter", "To the floor", "To the leanest", "Aim")
    for name, total in taken.items():
        ratios = (f"{total / taken[low]:.2f}" for low in (FLOOR, LEANEST))
        aim = "≤ 2.00" if name == AIMED else ""
        table.add_row(name, f"{total / pages:.2f}", f"{total / letters:.2f}", *ratios, aim)
    return table


def _has_text(reader: PdfReader, pdf: bytes) -> bool:
    try:
        return not any(page.by_ocr for page in reader.paper(pdf).pages)
    except Unreadable:
        return False


def _pages(pdf: bytes) -> int:
    with pdfium.PdfDocument(pdf) as document:
        return len(document)


def _on_disk(path: Path, pdf: bytes) -> str:
    path.write_bytes(pdf)
    return str(path)


if __name__ == "__main__":
    main()
