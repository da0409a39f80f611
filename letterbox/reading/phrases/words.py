"""Words by which one sees at once where a pattern could be found, and where not.

A letter has hardly any of the hundreds of ways of writing that are looked for, and trying each
pattern on each text takes long. So every pattern comes with words of which whatever it finds
holds one, and all such words together are looked for in one pass (Aho and Corasick, 1975).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from string import digits

import ahocorasick

from letterbox.reading.plain import plain_text

_ALL = ahocorasick.Automaton()


class Words:
    """Words of which a text must hold one, capital or small, with or without accents.

    Known from then on to `standing_in`: they are made when the program starts, not in between.

    :ivar plain: in small letters without accents
    """

    __slots__ = ("plain",)

    def __init__(self, *words: str) -> None:
        self.plain = tuple(dict.fromkeys(map(plain_text, words)))
        for word in filter(None, self.plain):
            _ALL.add_word(word, word)


DIGITS = Words(*digits)
BROKEN_NUMBERS = Words(*map("".join, product(digits, ".,")))
"""Digits with a point or comma behind them, as all amounts with cents have."""
DASHED_NUMBERS = Words(*map("".join, product(digits, "-/.")))
"""Digits with a mark behind them that parts a day from its month."""


def standing_in(blocks: Sequence[str]) -> dict[str, list[int]]:
    """Return of all words that anybody looks for in which of these texts they stand, in order.

    The empty word stands in all.

    :param blocks: in small letters without accents
    """
    if _ALL.kind != ahocorasick.AHOCORASICK:
        _ALL.make_automaton()
    found = {"": [*range(len(blocks))]}
    for number, block in enumerate(blocks):
        for word in {word for _, word in _ALL.iter(block)}:
            found.setdefault(word, []).append(number)
    return found


def where_any(words: Iterable[str], standing: Mapping[str, list[int]]) -> Sequence[int]:
    """Return in which texts any of the words stands, in order."""
    there = [standing[word] for word in words if word in standing]
    return there[0] if len(there) == 1 else sorted(set().union(*there))
