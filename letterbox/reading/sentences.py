"""Where one sentence ends and the next begins."""

import re
from bisect import bisect_right
from functools import lru_cache

_SENTENCE_END = re.compile(r"(?=[”\"')\s])(?:(?<=[.!?])[”\"')]*\s+(?=[A-Z€•☐“\"(‘'])|\s(?=[•☐]))")
_NO_END = re.compile(
    r"(?:\b(?:nrs?|d\.d|jl|j\.l|art|mr|dr|ir|drs|prof|t\.n\.v|o\.v\.v|a\.u\.b|dhr|mw|mevr|incl|excl|blz"
    r"|tel|rek|ref|resp|evt|bijv|zgn|ca|st|no|c\.q|i\.v\.m|v\.e|[A-Z])|^\d{1,2})\.$",
    re.IGNORECASE,
)
_LONGEST_REACH, _LONGEST_WORD = 400, 40


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around this character begins and ends.

    Of a text without marks, a few hundred characters before and after: nobody writes more.
    """
    cuts = _cuts(text)
    number = bisect_right(cuts, at)
    left, right = (cuts[number - 1], cuts[number]) if number < len(cuts) else (cuts[-2], cuts[-1])
    return max(left, at - _LONGEST_REACH), min(right, at + _LONGEST_REACH)


@lru_cache(maxsize=256)
def _cuts(text: str) -> tuple[int, ...]:
    return (0, *sentence_starts(text), len(text))


@lru_cache(maxsize=256)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Return where every sentence but the first begins."""
    return tuple(
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not _NO_END.search(
            text[max(0, match.start() - _LONGEST_WORD) : match.start()].rsplit(" ", 1)[-1]
        )
    )
