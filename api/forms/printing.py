"""Having a report printed, by a process that ends when it is done."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import BoundedSemaphore

from letterbox.shared.errors import Unavailable

TYPESETTER = Path(__file__).with_name("typesetter.py")
AT_ONCE = 2
"""How many reports one process of ours has printed at the same time; others wait their turn."""

PATIENCE = 20.0
"""Seconds to wait for a turn, and once more for the report itself."""

_BUSY = "Too many reports are being printed. Try again in half a minute."
_turns = BoundedSemaphore(AT_ONCE)


class NotPrinted(Exception):
    """The report could not be printed. Why is not said: it might quote the report."""


def print_pdf(report: Mapping[str, object], *, on: date) -> bytes:
    """Return the report as a PDF. The same report on the same day gives the same bytes.

    :raises NotPrinted: the template or the data is not right, which is a mistake of ours
    :raises Unavailable: too many want a report now, or this one takes too long
    """
    moment = int(datetime.combine(on, time(), UTC).timestamp())
    order = json.dumps({"moment": moment, "report": report}).encode()
    if not _turns.acquire(timeout=PATIENCE):
        raise Unavailable(_BUSY)
    try:
        return _printed(order)
    finally:
        _turns.release()


def _printed(order: bytes) -> bytes:
    # Isolated and without our environment: it holds secrets, and printing needs none of it.
    command = [sys.executable, "-I", str(TYPESETTER)]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=order, capture_output=True, timeout=PATIENCE, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(_BUSY) from error
    if done.returncode != 0:
        raise NotPrinted
    return done.stdout
