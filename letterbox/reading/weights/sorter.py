"""Telling which of several classes a text is of, by all its words together."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from math import sqrt

from letterbox.reading.weights.scales import shares_of
from letterbox.reading.weights.side_by_side import pack, unpack

_SIGN = 0.1


class Sorter:
    """Tells which of several classes something with these clues is.

    :param biases: of each class, in hundredths of log-odds
    :param weights: of each clue, such a number per class
    :ivar sure_from: by class, from which share on it is right in all but a few of a hundred
    """

    def __init__(
        self,
        classes: Sequence[str],
        biases: Sequence[int],
        weights: Mapping[str, Sequence[int]],
        sure_from: Mapping[str, float],
    ) -> None:
        self.classes, self.sure_from = classes, sure_from
        self._biases = biases
        self._rows = {clue: sum(map(pack, row, count())) for clue, row in weights.items()}

    def sort(self, words: frozenset[str], signs: frozenset[str]) -> dict[str, float]:
        """Return how likely each class is, from 0 to 1.

        :param words: of which a long text has many, so that each counts for less
        :param signs: each of which counts the same in any text
        """
        word = _count_of_word(words)
        of_words, of_signs = self._sum(words - signs), self._sum(signs)
        sums = zip(self._biases, of_words, of_signs, strict=True)
        weights = [(bias + word * said + _SIGN * told) / 100 for bias, said, told in sums]
        return dict(zip(self.classes, shares_of(weights), strict=True))

    def _sum(self, clues: frozenset[str]) -> list[int]:
        packed = sum(filter(None, map(self._rows.get, clues)))
        return [unpack(packed, place) for place in range(len(self.classes))]


def counts_of(words: Iterable[str], signs: Iterable[str]) -> dict[str, float]:
    """Return for how much each clue counts: all words of a text together as one of length 1."""
    seen = frozenset(words)
    return {**dict.fromkeys(seen, _count_of_word(seen)), **dict.fromkeys(signs, _SIGN)}


def _count_of_word(words: frozenset[str]) -> float:
    return 1 / sqrt(len(words) or 1)
