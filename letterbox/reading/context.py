"""What the words around an amount or a date say about it: owed now, or only if, or long ago.

A 14-day letter names costs that are not owed yet; most letters say what will happen to those
who do not pay. From such a sentence to the end of its paragraph nothing is owed, unless a
sentence asks for payment again.
"""

import re
from functools import lru_cache
from itertools import pairwise

from letterbox.reading.layout import Layout
from letterbox.reading.phrases import any_of, any_phrase, table
from letterbox.reading.phrases.words import Words
from letterbox.reading.sentences import sentence_starts

_IF_NOT = any_phrase(table("context")["if_not"], before=r"\b")
_TOO_LATE = any_phrase(table("context")["too_late"], before=r"\b")
_CUES = Words(*_IF_NOT.words, *_TOO_LATE.words)
_ASKS_AGAIN = any_of("context", "asks_again", before="^")
_TO_PREVENT = re.compile(r"(?i)\b(?:wilt u|om)\b[^.]{0,60}\bvoorkomen\b")
_THREAT = any_phrase(table("context")["threat"])
_COST = any_of("context", "cost")
_NOT_ASKED = any_phrase(table("context")["not_asked"])
_RATE = any_of("context", "rate")
_BOUND = any_of("context", "bound", before=r"\b", after=r"\s(?:de\s)?$")
_HISTORY = any_of("context", "history", before=r"\b", after=r"\b")


def is_conditional(layout: Layout, number: int, at: int) -> bool:
    """Say whether what stands here in a block is only owed if something happens, or does not."""
    if number not in layout.where(_CUES):
        return False
    return any(start <= at < end for start, end in _conditional_parts(layout.blocks[number].text))


@lru_cache(maxsize=512)
def _conditional_parts(text: str) -> tuple[tuple[int, int], ...]:
    """Return from where to where a paragraph speaks of what is only so if."""
    parts, open_ = [], False
    starts = [0, *sentence_starts(text), len(text)]
    for at, (start, end) in enumerate(pairwise(starts)):
        sentence = text[start:end]
        if _ASKS_AGAIN.match(sentence.strip()) and not _IF_NOT.search(sentence):
            open_ = False
        cue = None if _TO_PREVENT.search(sentence) else _IF_NOT.search(sentence)
        if cue is None and _COST.search(text[start : starts[min(at + 2, len(starts) - 1)]]):
            cue = _TOO_LATE.search(sentence)
        if open_ or _threatens(sentence):
            parts.append((start, end))
        elif cue is not None:
            parts.append((start + cue.start() + 1, end))
        open_ = open_ or cue is not None
    return tuple(parts)


def _threatens(sentence: str) -> bool:
    return bool(_THREAT.search(sentence) and _COST.search(sentence) and _IF_NOT.search(sentence))


def is_a_rate(before: str, after: str) -> bool:
    """Say whether an amount is per month, per piece or per instalment, or the price of one."""
    return bool(_RATE.search(before[-22:]) or _RATE.match(after.lstrip(" ,()*")))


def is_a_bound(before: str) -> bool:
    """Say whether an amount is a limit or an estimate: `minimaal € 40`, `tussen € 180`."""
    return bool(_BOUND.search(before[-26:]))


def is_not_asked(sentence: str) -> bool:
    """Say whether the sentence itself says that this is not to be paid now."""
    return bool(_NOT_ASKED.search(sentence))


def is_history(before: str) -> bool:
    """Say whether an amount is what once was: `uw saldo was € 129,60`."""
    return bool(_HISTORY.search(before[-45:]))
