"""Weighing candidates against each other, for all questions about a letter at once."""

from collections.abc import Iterable, Mapping, Sequence
from math import exp
from typing import Protocol

from letterbox.reading.weights.side_by_side import pack, unpack

IN_LETTER = " / "
"""Stands between a clue about a letter and one of a candidate in it."""


class Clued(Protocol):
    """Something with clues.

    :ivar first: those of them that it had before it learned more; empty while it did not
    """

    @property
    def clues(self) -> frozenset[str]: ...
    @property
    def first(self) -> frozenset[str]: ...


class Scales:
    """How much each clue weighs for each question, side by side.

    :param weights: by question those of each clue, in hundredths of log-odds; `a / b` is what
        clue b weighs besides in a letter about which clue a is known
    """

    def __init__(self, weights: Mapping[str, Mapping[str, int]]) -> None:
        # Those with most clues first: then most rows are short numbers.
        questions = sorted(weights, key=lambda question: -len(weights[question]))
        self.places = {question: place for place, question in enumerate(questions)}
        self.rows: dict[str, int] = {}
        for question, place in self.places.items():
            for clue, weight in weights[question].items():
                self.rows[clue] = self.rows.get(clue, 0) + pack(weight, place)
        self.besides: dict[str, dict[str, int]] = {}
        for pair, row in self.rows.items():
            about, beside, clue = pair.partition(IN_LETTER)
            if beside:
                self.besides.setdefault(clue, {})[about] = row
        self.changing = frozenset(self.besides)
        self.about = frozenset(about for pairs in self.besides.values() for about in pairs)

    def weigh(self, clues: Iterable[str]) -> int:
        """Return what clues weigh together in any letter."""
        return sum(filter(None, map(self.rows.get, clues)))

    def in_letter(self, letter: frozenset[str]) -> "LetterScales":
        """Return what weighs in a letter.

        :param letter: clues about it, which change what those of candidates mean
        """
        return LetterScales(self, letter, {})


class LetterScales:
    """Weighs the candidates of one letter, each once for all that it may be an answer to.

    :param weighed: what sets of clues weigh in any letter, as far as that was asked for
    """

    def __init__(
        self, scales: Scales, letter: frozenset[str], weighed: dict[frozenset[str], int]
    ) -> None:
        self._scales, self._letter, self._weighed = scales, letter, weighed
        self._besides = _Besides(scales.besides, letter & scales.about)
        self._here: dict[frozenset[str], int] = {}

    def knowing(self, letter: frozenset[str]) -> "LetterScales":
        """Return what weighs when other clues about the same letter are known."""
        return LetterScales(self._scales, letter, self._weighed)

    def shares(self, question: str, candidates: Sequence[Clued]) -> list[float]:
        """Return how likely it is that none is right, and each of them; together that is 1."""
        place = self._scales.places[question]
        weighed = [self._weigh(self._letter), *map(self._weigh_here, candidates)]
        return shares_of([unpack(each, place) / 100 for each in weighed])

    def _weigh_here(self, candidate: Clued) -> int:
        clues, first = candidate.clues, candidate.first or candidate.clues
        weight = self._here.get(clues)
        if weight is None:
            later = 0 if clues is first else self._scales.weigh(clues - first)
            besides = map(self._besides.__getitem__, clues & self._scales.changing)
            weight = self._here[clues] = self._weigh(first) + later + sum(besides)
        return weight

    def _weigh(self, clues: frozenset[str]) -> int:
        if clues not in self._weighed:
            self._weighed[clues] = self._scales.weigh(clues)
        return self._weighed[clues]


class _Besides(dict[str, int]):
    """What clues weigh besides in a letter: added up when a candidate first has such a clue."""

    def __init__(self, pairs: Mapping[str, Mapping[str, int]], letter: frozenset[str]) -> None:
        super().__init__()
        self._pairs, self._letter = pairs, letter

    def __missing__(self, clue: str) -> int:
        pairs = self._pairs[clue]
        self[clue] = sum(map(pairs.__getitem__, pairs.keys() & self._letter))
        return self[clue]


def shares_of(weights: Iterable[float]) -> list[float]:
    """Return how likely each is with these log-odds, where one of them is right."""
    weights = [*weights]
    highest = max(weights)
    likely = [exp(weight - highest) for weight in weights]
    total = sum(likely)
    return [each / total for each in likely]
