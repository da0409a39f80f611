"""Saying where something went wrong without saying what about."""

from pathlib import Path
from traceback import walk_tb

HOUSE = Path(__file__).parents[2]
LIBRARIES = "site-packages"


def where(error: BaseException) -> str:
    """Name an error and the last place of ours it passed, without its words.

    The words may quote what a letter says, or what a caller sent.
    """
    places = [
        f"{Path(frame.f_code.co_filename).relative_to(HOUSE)}:{line}"
        for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_filename.startswith(str(HOUSE))
        and LIBRARIES not in frame.f_code.co_filename
    ]
    return f"{type(error).__name__} at {places[-1] if places else 'a library'}"
