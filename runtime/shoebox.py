"""The shoebox of letters on a desk: every PDF of a folder is read here, several at once.

Nothing is kept and nothing leaves this machine. A file that no machine can read is named, and
the rest goes on.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore
from uuid import NAMESPACE_URL, UUID, uuid5

from letterbox.letters.rules import Party, fingerprint
from letterbox.reading.findings import Reading
from letterbox.reading.rules import read
from letterbox.shared.errors import LetterboxError, NotFound
from letterbox.shared.paper import Paper
from letterbox.shared.ports import PdfReader, Unreadable
from runtime.letters_list import Listed, read_list

NOTHING_LISTED = Listed()


class NoLetters(NotFound):
    """There is nothing to read in the folder."""

    title = "There are no letters"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the folder.

    :ivar fingerprint: empty for a file that could not be read
    :ivar reading: None when no machine can read it; `reason` says why
    """

    file: str
    received_on: date
    sender: Party | None
    fingerprint: str
    reading: Reading | None
    reason: str | None = None

    @property
    def letter_id(self) -> UUID:
        """The same for the same file, so that debts keep their names."""
        return uuid5(NAMESPACE_URL, f"{self.file}/{self.fingerprint}")


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads: `at_once` files are open, in processes of the reader; `rules` does the rest."""

    pdfs: PdfReader
    rules: Executor
    at_once: int


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def rules_at_work(processes: int) -> Iterator[Executor]:
    """Start processes in which the rules read. Open it before anything that starts a thread.

    The rules take longer than opening a file, and threads of one process would take turns.
    """
    # A copy of this process has the rules in memory already; a new one needs a second for that.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=context) as rules:
        rules.submit(cores).result()
        yield rules


def letters_in(folder: Path) -> list[Path]:
    """Return the PDFs of a folder, by name.

    :raises NoLetters: there are none
    """
    found = sorted(each for each in folder.iterdir() if each.suffix.lower() == ".pdf")
    if not found:
        raise NoLetters(f"There is no PDF in {folder}.")
    return found


def read_folder(folder: Path, readers: Readers, as_of: date) -> Iterator[Sheet]:
    """Read every PDF in a folder, and yield what they say in the order of their names.

    :param as_of: the day on which letters without a `received_on` are taken to have come in
    :raises NoLetters: there are none
    :raises ListWrong: `letters.csv` cannot be understood
    """
    paths, listed = letters_in(folder), read_list(folder)
    look = partial(_look, listed, readers, BoundedSemaphore(readers.at_once), as_of)
    # While the rules are at one letter, the next one is opened.
    with ThreadPoolExecutor(2 * readers.at_once) as threads:
        yield from threads.map(look, paths)


def _look(
    listed: Mapping[str, Listed],
    readers: Readers,
    free: BoundedSemaphore,
    as_of: date,
    path: Path,
) -> Sheet:
    known = listed.get(path.name, NOTHING_LISTED)
    received_on = known.received_on or as_of
    sheet = partial(Sheet, path.name, received_on, known.sender)
    try:
        pdf = _opened(path)
        paper = _paper(pdf, readers.pdfs, free)
        rules = partial(read, paper, received_on=received_on, sender=known.sender, envelope=None)
        return sheet(fingerprint(pdf), _ruled(rules, readers.rules))
    except LetterboxError as error:
        return sheet("", None, error.detail)


def _opened(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(error.strerror or "it cannot be opened") from None


def _paper(pdf: bytes, reader: PdfReader, free: BoundedSemaphore) -> Paper:
    with free:
        try:
            return reader.paper(pdf)
        except Unreadable:
            # What the gate says of a broken or locked file is more than that it has no text.
            reader.inspect(pdf)
            raise


def _ruled(rules: Callable[[], Reading], processes: Executor) -> Reading:
    try:
        return processes.submit(rules).result()
    except Exception as error:  # a mistake of ours in one letter must not cost the others
        raise Unreadable(f"reading it went wrong ({type(error).__name__})") from error
