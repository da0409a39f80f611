"""Weights learned from letters whose truth is known: how much each clue speaks for a candidate.

They are numbers in `learned.json`, made by `python -m tests.letters.training` from the letters
of the tests, and no letter of a citizen is in them. What a clue is called is decided in
`letterbox.reading.candidates`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path
from typing import Any

_SIGN = 0.15
_LEARNED = Path(__file__).with_name("learned.json")


@dataclass(frozen=True, slots=True)
class Scale:
    """Weighs candidates for one question against each other.

    :ivar weights: of each clue, in log-odds
    :ivar sure_from: a candidate with such a share is right in all but a few of a thousand
    :ivar none_from: so is the answer that there is none
    """

    weights: Mapping[str, float]
    sure_from: float
    none_from: float

    def share(self, candidates: Sequence[Iterable[str]]) -> list[float]:
        """Return how likely each is right, by its clues; together that is 1."""
        return _shares([sum(self.weights.get(c, 0.0) for c in clues) for clues in candidates])


@dataclass(frozen=True, slots=True)
class Sorter:
    """Tells which of several classes something with these clues is.

    :ivar weights: of each clue, a number per class
    :ivar sure_from: a class that is as likely is right in all but a few of a thousand
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
        counted = counts_of(words, signs).items()
        known = [(self.weights[clue], count) for clue, count in counted if clue in self.weights]
        sums = [
            bias + sum(count * row[at] for row, count in known)
            for at, bias in enumerate(self.biases)
        ]
        return dict(zip(self.classes, _shares(sums), strict=True))


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
                scale["sure_from"],
                scale["none_from"],
            )
            for name, scale in written["scales"].items()
        },
    )


def _shares(weights: Sequence[float]) -> list[float]:
    highest = max(weights)
    likely = [exp(weight - highest) for weight in weights]
    total = sum(likely)
    return [each / total for each in likely]
