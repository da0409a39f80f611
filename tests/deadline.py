"""A deadline for what would otherwise hang a test. Only for the main thread."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlow(AssertionError):
    """It did not come to an end in time. Says where it was."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Let this take so long and no longer.

    :param seconds: of processor time, so that a busy machine is no reason to fail
    :raises TooSlow: the time is up
    """

    def stop(number: int, frame: FrameType | None) -> None:
        place = f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else "an unknown place"
        raise TooSlow(f"still at {place} after {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
