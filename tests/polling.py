"""Waiting for something, never longer than needed and never for ever."""

import time
from collections.abc import Callable


def until(seen: Callable[[], object], what: str, *, seconds: float = 10) -> None:
    """Look again and again until it is so.

    :param what: is said when it does not come about
    """
    deadline = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} seconds."
        time.sleep(0.02)
