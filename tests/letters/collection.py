"""Banks pass through here and become as many printed letters as are asked for.

Every letter of a bank is printed once before any is printed again with other values.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count, islice
from multiprocessing import get_context
from random import Random

from tests.letters.bank import Letter, letters_in
from tests.letters.browser import open_browser
from tests.letters.printing import Printed, print_letter

_CORES = 2
_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed.

    :ivar count: of letters; every letter of the banks once when it is not given
    """

    banks: tuple[str, ...]
    count: int | None = None
    seed: int = 0
    chromium: bool = False
    scans: bool = False


Turn = tuple[Letter, int]
"""A letter, and the seed of one printing of it."""


def turns(wanted: Wanted) -> list[Turn]:
    """Return which letters to print, in which order.

    :raises BankProblem: there is no such bank, or a letter in it is not well formed
    """
    letters = [letter for bank in wanted.banks for letter in letters_in(bank)]
    number = len(letters) if wanted.count is None else wanted.count
    return list(islice(_rounds(letters, wanted.seed), number))


def print_all(wanted: Wanted) -> Iterator[Printed]:
    """Return the printed letters, in the order of `turns`."""
    every = turns(wanted)
    if wanted.chromium:
        # A browser belongs to one thread of one process.
        yield from _print_here(every, wanted)
        return
    with open_processes() as pool:
        yield from pool.map(_print_one, every, [wanted.scans] * len(every), chunksize=_AT_ONCE)


def open_processes() -> ProcessPoolExecutor:
    """Return a pool of processes that begin empty."""
    # Typst has threads, and a fork of a process with threads may wait for them forever.
    return ProcessPoolExecutor(_CORES, mp_context=get_context("spawn"))


def _rounds(letters: Sequence[Letter], seed: int) -> Iterator[Turn]:
    for number in count():
        order = list(letters)
        Random(f"order/{seed}/{number}").shuffle(order)  # noqa: S311
        yield from ((letter, seed * 1000 + number) for letter in order)


def _print_here(every: Sequence[Turn], wanted: Wanted) -> Iterator[Printed]:
    with ExitStack() as stack:
        browser = stack.enter_context(open_browser())
        for letter, seed in every:
            yield print_letter(letter, seed, browser=browser, scans=wanted.scans)


def _print_one(turn: Turn, scans: bool) -> Printed:
    return print_letter(*turn, scans=scans)
