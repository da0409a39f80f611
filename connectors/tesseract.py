"""Tesseract is asked here what a picture says. A program of its own: pixels in, a table out.

It gets no file and leaves none, has one thread, its own bounds, and dies with who started it.
"""

import csv
import ctypes
import resource
import shutil
import signal
import subprocess
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from letterbox.shared.paper import Box

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
DUTCH, ENGLISH = "nld", "eng"
_SIDES = "osd"
_LISTING_SECONDS = 5
_SIDE_SECONDS = 10
_SURE_OF_THE_SIDE = 2.0
"""Tesseract's own measure. It is 2 at the least on a page of print and below 1 when it guesses."""
ONE_COLUMN, ONE_BLOCK = "4", "6"
"""Its page layouts. The first found most figures of letters: 96.3 in 100; 3 and 11 found 96.0,
and one block 91.4, which is for strips that lie under each other."""
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux

_prctl = getattr(ctypes.CDLL(None), "prctl", None)


class NoOcr(Exception):
    """There is no Tesseract here, or it knows no Dutch."""


class OcrFailed(Exception):
    """It crashed, or took too much time or memory."""


class Seen(NamedTuple):
    """A word in a picture.

    :ivar box: in pixels from the top left
    :ivar line: which line of the picture it belongs to
    :ivar trust: from 0 to 100, what Tesseract thinks of it
    """

    text: str
    box: Box
    line: tuple[str, ...]
    trust: float


def languages(program: str) -> str:
    """Return what to read with, for Tesseract's option `-l`.

    :raises NoOcr: there is none, or no Dutch
    """
    known = _languages(program)
    if DUTCH not in known:
        raise NoOcr
    return f"{DUTCH}+{ENGLISH}" if ENGLISH in known else DUTCH


def words_in(
    picture: Image.Image,
    *,
    dpi: int,
    program: str,
    seconds: float,
    language: str = "",
    layout: str = ONE_COLUMN,
) -> list[Seen]:
    """Return the words in a picture, from top to bottom.

    :param language: to read with alone; by default with all that fit
    :raises NoOcr: there is no Tesseract here, or no Dutch
    :raises OcrFailed: it crashed, took too long, or does not know the language
    """
    known = language or languages(program)
    options = ["-l", known, "--psm", layout, "--dpi", str(dpi), "tsv"]
    table = _run(program, options, picture, seconds)
    # Quotes are characters like any other here.
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_seen(row) for row in rows if row["conf"] != "-1" and row["text"].strip()]


def side_up(picture: Image.Image, dpi: int, program: str) -> int:
    """Return how far a picture must be turned, in degrees counterclockwise; 0 when unsure."""
    if _SIDES not in _languages(program):
        return 0
    try:
        report = _run(
            program, ["-l", _SIDES, "--psm", "0", "--dpi", str(dpi)], picture, _SIDE_SECONDS
        )
    except OcrFailed:  # too few characters to tell
        return 0
    facts = dict(line.split(": ", 1) for line in report.splitlines() if ": " in line)
    sure = float(facts.get("Orientation confidence", 0)) >= _SURE_OF_THE_SIDE
    # It tells by how much to turn it clockwise.
    return -int(facts.get("Rotate", 0)) % 360 if sure else 0


@cache
def _languages(program: str) -> frozenset[str]:
    found = shutil.which(program)
    if found is None:
        return frozenset()
    try:
        listed = _call([found, "--list-langs"], b"", _LISTING_SECONDS)
    except OcrFailed:
        return frozenset()
    return frozenset(listed.split())


def _run(program: str, options: Sequence[str], picture: Image.Image, seconds: float) -> str:
    pixels = BytesIO()
    picture.save(pixels, "PPM")
    found = shutil.which(program)
    if found is None:
        raise NoOcr
    return _call([found, "stdin", "stdout", *options], pixels.getvalue(), seconds)


def _call(command: Sequence[str], given: bytes, seconds: float) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program; what is strange goes in as pixels
            command,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ONE_THREAD,
            timeout=seconds,
            check=True,
            # Safe: a worker has one thread. Memory and files are bounded as its own are.
            preexec_fn=lambda: _settle_in(seconds),
        )
    except (subprocess.SubprocessError, OSError):
        raise OcrFailed from None
    return done.stdout.decode("utf-8", "replace")


def _settle_in(seconds: float) -> None:
    limit = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))  # for when nobody keeps the time
    if _prctl is not None:
        _prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _seen(row: dict[str, str]) -> Seen:
    left, top = float(row["left"]), float(row["top"])
    box = (left, top, left + float(row["width"]), top + float(row["height"]))
    line = (row["block_num"], row["par_num"], row["line_num"])
    return Seen(row["text"], box, line, float(row["conf"]))
