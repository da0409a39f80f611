"""Weights learned from letters whose truth is known: how much each clue speaks for a candidate.

They are numbers in `learned.json`, made by `python -m tests.letters.training` from the letters
of the tests, and no letter of a citizen is in them. What a clue is called is decided in
`letterbox.reading.candidates`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import exp, fsum, sqrt
from pathlib import Path
from typing import Any

IN_LETTER = " / "
"""Stands between a clue about a letter and one of a candidate in it."""
_SIGN = 0.1
_LEARNED = Path(__file__).with_name("learned.json")


@dataclass(frozen=True)
class Scale:
    """Weighs candidates for one question against each other.

    :ivar weights: of each clue, in log-odds; `a / b` is what clue b weighs besides in a letter
        about which clue a is known
    :ivar limits: from which share on nearly all are right, of a value, that there is none, and
        of either where other fields back or doubt it; where it has none, never
    """

    weights: Mapping[str, float]
    limits: Mapping[str, float]

    def share(self, candidates: Sequence[Iterable[str]]) -> list[float]:
        """Return how likely each is right, by its clues; together that is 1."""
        return _shares([self._weigh(clues, {}) for clues in candidates])

    def share_in(
        self, letter: Iterable[str], candidates: Sequence[Iterable[str]]
    ) -> tuple[float, ...]:
        """Return how likely it is that none is right, and each of them, in a letter.

        :param letter: clues about the letter, which change what those of candidates mean
        """
        besides: dict[str, list[float]] = {}
        for about in letter:
            for clue, weight in self._in_letters.get(about, ()):
                besides.setdefault(clue, []).append(weight)
        weighed = (self._weigh(clues, besides) for clues in candidates)
        return tuple(_shares([self._weigh(letter, {}), *weighed]))

    def _weigh(self, clues: Iterable[str], besides: Mapping[str, Sequence[float]]) -> float:
        weights = self.weights
        known = [weights[clue] for clue in clues if clue in weights]
        known += [weight for clue in clues if clue in besides for weight in besides[clue]]
        # Sets have no order, and only an exact sum comes out the same in any.
        return fsum(known)

    @cached_property
    def _in_letters(self) -> dict[str, list[tuple[str, float]]]:
        """For each clue about a letter the clues beside which it weighs, and how much."""
        found: dict[str, list[tuple[str, float]]] = {}
        for pair, weight in self.weights.items():
            about, beside, clue = pair.partition(IN_LETTER)
            if beside:
                found.setdefault(about, []).append((clue, weight))
        return found


@dataclass(frozen=True, slots=True)
class Sorter:
    """Tells which of several classes something with these clues is.

    :ivar weights: of each clue, a number per class
    :ivar sure_from: a class that is as likely is right in all but a few of a hundred
    """

    classes: tuple[str, ...]
    biases: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    sure_from: float

    def sort(self, words: Iterable[str], signs: Iterable[str]) -> dict[str, float]:
        """Return how likely each class is, from 0 to 1.

        :param words: of which a long text has many, so that each counts for less
        :param signs: each of which counts the same in any text
        """
        counts = counts_of(words, signs)
        rows: dict[float, list[tuple[float, ...]]] = {1.0: [self.biases]}
        for clue in counts.keys() & self.weights.keys():
            rows.setdefault(counts[clue], []).append(self.weights[clue])
        sums = (
            [count * fsum(of) for of in zip(*some, strict=True)] for count, some in rows.items()
        )
        return dict(zip(self.classes, _shares([*map(fsum, zip(*sums, strict=True))]), strict=True))


def counts_of(words: Iterable[str], signs: Iterable[str]) -> dict[str, float]:
    """Return for how much each clue counts: all words of a text together as one of length 1."""
    seen = frozenset(words)
    return {**dict.fromkeys(seen, 1 / sqrt(len(seen) or 1)), **dict.fromkeys(signs, _SIGN)}


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was learned: a scale for each question, and what sorts kinds."""

    kinds: Sorter
    scales: Mapping[str, Scale]


@cache
def learned() -> Weights:
    """Return the weights that come with this version."""
    return weights_from(json.loads(_LEARNED.read_text("utf-8")))


def weights_from(written: Mapping[str, Any]) -> Weights:
    """Return weights as `learned.json` writes them: hundredths, to keep the file small."""
    kinds = written["kinds"]
    return Weights(
        Sorter(
            tuple(kinds["classes"]),
            tuple(bias / 100 for bias in kinds["biases"]),
            {clue: tuple(each / 100 for each in row) for clue, row in kinds["weights"].items()},
            kinds["sure_from"],
        ),
        {
            name: Scale(
                {clue: weight / 100 for clue, weight in scale["weights"].items()},
                scale["limits"],
            )
            for name, scale in written["scales"].items()
        },
    )


def _shares(weights: Sequence[float]) -> list[float]:
    highest = max(weights)
    likely = [exp(weight - highest) for weight in weights]
    total = sum(likely)
    return [each / total for each in likely]
