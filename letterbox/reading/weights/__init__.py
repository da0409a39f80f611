"""Weights learned from letters whose truth is known: how much each clue speaks for a candidate.

They are numbers in `learned.json`, made by `python -m tests.letters.training` from the letters
of the tests, and no letter of a citizen is in them. What a clue is called is decided in
`letterbox.reading.candidates`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from letterbox.reading.weights.scales import Scales
from letterbox.reading.weights.sorter import Sorter

_LEARNED = Path(__file__).with_name("learned.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was learned: what sorts kinds, and scales for every question.

    :ivar limits: by question, from which share on nearly all are right: of a value, that there
        is none, and of either where other fields back or doubt it; where it has none, never
    """

    kinds: Sorter
    scales: Scales
    limits: Mapping[str, Mapping[str, float]]


@cache
def learned() -> Weights:
    """Return the weights that come with this version."""
    return weights_from(msgspec.json.decode(_LEARNED.read_bytes()))


def weights_from(written: Mapping[str, Any]) -> Weights:
    """Return weights as `learned.json` writes them: hundredths, to keep the file small."""
    kinds, scales = written["kinds"], written["scales"]
    return Weights(
        Sorter(kinds["classes"], kinds["biases"], kinds["weights"], kinds["sure_from"]),
        Scales({question: scale["weights"] for question, scale in scales.items()}),
        {question: scale["limits"] for question, scale in scales.items()},
    )
