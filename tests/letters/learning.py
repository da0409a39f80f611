"""Logistic regression over clues, each letter judged by what was learned without it."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from letterbox.reading.candidates import Candidate
from letterbox.reading.weights import Scale

FOLDS = 5
_LEAST_TEXTS = 3  # in so many texts a clue must stand to count
_PULL = 1.0  # of every weight towards nothing
_ONE_TEXT = 3  # printings of one text by which a limit may be missed: texts are few
_LOOSE = 2.0  # of a word's weight, so many times
_STRENGTH_OF_KINDS = 10.0
_TOO_SMALL = 2  # hundredths
MOST_WRONG = 0.02
"""Of what is shown as sure. A wrong amount or day does more harm: see `training`."""


@dataclass(frozen=True, slots=True)
class Question:
    """What could be the value of a field in one letter, and which of it is right.

    :ivar letter: clues for that there is none
    :ivar none: there is none
    """

    candidates: list[Candidate[Any]]
    letter: frozenset[str]
    right: list[bool]
    none: bool

    @property
    def clues(self) -> list[frozenset[str]]:
        return [self.letter, *(candidate.clues for candidate in self.candidates)]

    @property
    def answers(self) -> list[bool]:
        """The same for each of `clues`; all False where the right value was not found."""
        return [self.none, *self.right]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was chosen by weights that did not see the letter.

    :ivar reachable: the right answer was among the candidates
    """

    value: Any = None
    right: bool = False
    reachable: bool = False
    share: float = 0.0
    sure: bool = False


def learn_scale(
    questions: Sequence[Question | None], groups: Sequence[str], *, most_wrong: float
) -> tuple[list[Judged], dict[str, Any]]:
    """Return what was chosen for every question, and the scale learned from all.

    A question that is None is one whose answer nobody knows.

    :param most_wrong: of what is shown as sure, so many may be wrong
    """
    judged = [Judged() for _ in questions]
    for seen, unseen in _folds(groups):
        weights = _learn([questions[at] for at in seen], [groups[at] for at in seen])
        for at in unseen:
            question = questions[at]
            judged[at] = _judged(question, weights) if question else Judged()
    some = [each for each, q in zip(judged, questions, strict=True) if q and each.value is not None]
    none = [each for each, q in zip(judged, questions, strict=True) if q and each.value is None]
    sure_from, none_from = _lowest(some, most_wrong), _lowest(none, most_wrong)
    weights = _learn(questions, groups)
    return [_with_limits(each, sure_from, none_from) for each in judged], {
        "weights": {
            clue: round(100 * weight)
            for clue, weight in weights.items()
            if abs(100 * weight) > _TOO_SMALL
        },
        "sure_from": sure_from,
        "none_from": none_from,
    }


def _learn(questions: Sequence[Question | None], groups: Sequence[str]) -> dict[str, float]:
    """Return the weights that make the right answers likeliest: a conditional logit."""
    asked = [(q, g) for q, g in zip(questions, groups, strict=True) if q and any(q.answers)]
    rows = [clues for question, _ in asked for clues in question.clues]
    vocabulary = _vocabulary(rows, [group for q, group in asked for _ in q.clues])
    matrix = _matrix(rows, vocabulary)
    right = np.array([answer for question, _ in asked for answer in question.answers])
    starts = np.cumsum([0, *(len(question.clues) for question, _ in asked)])[:-1]
    of = np.repeat(np.arange(len(asked)), [len(question.clues) for question, _ in asked])

    pull = _PULL * np.array([_LOOSE if _is_word(clue) else 1.0 for clue in vocabulary])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, starts)[of]
        likely = np.exp(scores)
        shares = likely / np.add.reduceat(likely, starts)[of]
        of_right = np.add.reduceat(shares * right, starts) + 1e-12
        target = shares * right / of_right[of]
        slope = matrix.T @ (shares - target) + pull * weights
        return float(-np.log(of_right).sum() + 0.5 * (pull * weights) @ weights), slope

    found = minimize(
        loss, np.zeros(len(vocabulary)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return dict(zip(vocabulary, map(float, found.x), strict=True))


def learn_sorter(
    clues: Sequence[Mapping[str, float]], classes: Sequence[str], groups: Sequence[str]
) -> tuple[list[dict[str, float]], dict[str, Any]]:
    """Return how likely each class was for every letter, and what was learned from all."""
    likely: list[dict[str, float]] = [{} for _ in clues]
    for seen, unseen in _folds(groups):
        vocabulary = _vocabulary([clues[at] for at in seen], [groups[at] for at in seen])
        model = _sorter([clues[at] for at in seen], [classes[at] for at in seen], vocabulary)
        shares = model.predict_proba(_matrix([clues[at] for at in unseen], vocabulary))
        for at, row in zip(unseen, shares, strict=True):
            likely[at] = dict(zip(model.classes_, map(float, row), strict=True))
    vocabulary = _vocabulary(clues, groups)
    model = _sorter(clues, classes, vocabulary)
    right = [
        max(each, key=lambda k: each[k]) == truth
        for each, truth in zip(likely, classes, strict=True)
    ]
    best = [max(each.values()) for each in likely]
    print(f"kind right {np.mean(right):.3f}", file=sys.stderr)  # noqa: T201
    return likely, {
        "classes": list(model.classes_),
        "biases": _hundredths(model.intercept_),
        "weights": {
            clue: row
            for clue, at in vocabulary.items()
            if max(map(abs, row := _hundredths(model.coef_[:, at]))) > _TOO_SMALL * 10
        },
        "sure_from": lowest_certainty(best, right),
    }


def _folds(groups: Sequence[str]) -> Iterator[tuple[Any, Any]]:
    return iter(GroupKFold(FOLDS, shuffle=True, random_state=0).split(groups, groups=groups))


def _sorter(
    clues: Sequence[Mapping[str, float]], classes: Sequence[str], vocabulary: dict[str, int]
) -> LogisticRegression:
    model = LogisticRegression(C=_STRENGTH_OF_KINDS, max_iter=1000, class_weight="balanced")
    return model.fit(_matrix(clues, vocabulary), classes)


def _is_word(clue: str) -> bool:
    """Say whether a clue is a word of the letter: there are thousands, and most mean nothing."""
    return clue.startswith(
        ("before", "after", "label", "over", "name word", "sender word", "named")
    )


def _vocabulary(clues: Sequence[Collection[str]], groups: Sequence[str]) -> dict[str, int]:
    texts: dict[str, set[str]] = defaultdict(set)
    for each, group in zip(clues, groups, strict=True):
        for clue in each:
            texts[clue].add(group)
    often = sorted(clue for clue, seen in texts.items() if len(seen) >= _LEAST_TEXTS)
    return {clue: at for at, clue in enumerate(often)}


def _matrix(
    clues: Sequence[Collection[str]] | Sequence[Mapping[str, float]], vocabulary: dict[str, int]
) -> csr_matrix:
    starts, columns, values = [0], list[int](), list[float]()
    for each in clues:
        known = [clue for clue in each if clue in vocabulary]
        columns += [vocabulary[clue] for clue in known]
        values += [each[clue] if isinstance(each, Mapping) else 1.0 for clue in known]
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(clues), len(vocabulary)))


def _judged(question: Question, weights: dict[str, float]) -> Judged:
    shares = Scale(weights, 1.0, 1.0).share(question.clues)
    best = max(range(len(shares)), key=lambda at: (shares[at], -at))
    return Judged(
        value=question.candidates[best - 1].value if best else None,
        right=question.answers[best],
        reachable=any(question.answers),
        share=shares[best],
    )


def _lowest(judged: Sequence[Judged], most_wrong: float) -> float:
    return lowest_certainty(
        [each.share for each in judged], [each.right for each in judged], most_wrong
    )


def lowest_certainty(
    certainties: Sequence[float], right: Sequence[bool], most_wrong: float = MOST_WRONG
) -> float:
    """Return from which certainty on no more than so many are wrong; above 1 for never."""
    wrong, lowest = 0, 2.0  # never
    in_order = sorted(zip(certainties, right, strict=True), reverse=True)
    for count, (certainty, ok) in enumerate(in_order, start=1):
        wrong += not ok
        if wrong <= most_wrong * count + _ONE_TEXT:
            lowest = certainty
    return round(lowest + 0.0001, 4)


def _with_limits(judged: Judged, sure_from: float, none_from: float) -> Judged:
    return replace(judged, sure=judged.share >= (none_from if judged.value is None else sure_from))


def _hundredths(values: Any) -> list[int]:
    return [round(100 * float(value)) for value in values]
