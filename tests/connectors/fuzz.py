"""Spoils letters by the thousand and asks all of reading about each, by hand.

`python -m tests.connectors.fuzz --count 5000 --seed 7`. Every file has a number; the same number
of the same seed over the same letters is the same file again. What gets no proper answer is
kept, to be looked at.
"""

import argparse
import resource
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import NamedTuple

from rich.console import Console
from rich.progress import track

from connectors.pdf import PdfPool
from letterbox.shared.ports import PdfRefused
from tests.connectors.asking import Opened, a_hasty_pool, open_with, read_on
from tests.connectors.seeds import SEEDS
from tests.connectors.spoiling import MUTATIONS

_AT_A_TIME = 50


class Spoiled(NamedTuple):
    """A file and how it came to be."""

    name: str
    pdf: bytes


def main() -> None:
    """Ask about every file. Exits with 1 if one of them got no proper answer."""
    asked, console = _asked(), Console()
    letters = _letters_in(asked.folder) if asked.folder else SEEDS
    kept = Path(tempfile.mkdtemp(prefix="fuzz-"))
    outcomes: Counter[str] = Counter()
    with a_hasty_pool() as pool:
        numbers = track(range(0, asked.count, _AT_A_TIME), "Asking", console=console)
        for first in numbers:
            last = min(first + _AT_A_TIME, asked.count)
            files = [spoiled(letters, asked.seed, number) for number in range(first, last)]
            outcomes.update(_ask(pool, files, kept, console))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    console.print(*(f"{count:7} {what}" for what, count in outcomes.most_common()), sep="\n")
    console.print(f"{megabytes} MB at most in this process; the pool bounds its own.")
    raise SystemExit(1 if any(kept.iterdir()) else 0)


def spoiled(letters: Mapping[str, bytes], seed: int, number: int) -> Spoiled:
    """Return a letter spoiled once, and now and then a few times more."""
    chance = Random(f"{seed} {number}")  # noqa: S311  # repeatable
    name = chance.choice(sorted(letters))
    pdf = letters[name]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        mutation = chance.choice(MUTATIONS)
        if len(pdf) > 100:
            name, pdf = f"{mutation.__name__} of {name}", mutation(chance, pdf)
    return Spoiled(f"{number}: {name}", pdf)


def open_all(pool: PdfPool, pdfs: list[bytes]) -> Iterator[Opened]:
    """Put the questions about all files to the pool, two files at the same time."""
    with ThreadPoolExecutor(2) as threads:
        yield from threads.map(lambda pdf: open_with(pool, pdf), pdfs)


def _ask(pool: PdfPool, files: list[Spoiled], kept: Path, console: Console) -> Iterator[str]:
    for file, opened in zip(files, open_all(pool, [file.pdf for file in files]), strict=True):
        try:
            reading = read_on(opened)
        except Exception as error:  # whatever it is, it is what we are looking for
            path = kept / f"{file.name.partition(':')[0]}.pdf"
            path.write_bytes(file.pdf)
            console.print(f"{file.name}: {type(error).__name__} {error} ({path})", soft_wrap=True)
            yield "no proper answer"
        else:
            let_in = opened.inspected
            gate = let_in.code if isinstance(let_in, PdfRefused) else "let in"
            yield f"{gate}, {'read' if reading else 'unreadable'}"


def _letters_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.glob("**/*.pdf"))}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="spoil the PDFs in this folder")
    return parser.parse_args()


if __name__ == "__main__":
    main()
