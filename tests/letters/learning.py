"""Logistic regression over clues, each letter judged by what was learned from other hands."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from multiprocessing import get_context
from operator import eq
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from letterbox.reading.candidates import Candidate, share_of
from letterbox.reading.weights.scales import shares_of

_LEAST_TEXTS = 3  # in so many texts a clue must stand to count
_PULL = 1.0  # of every weight towards nothing
_LOOSE = 2.0  # of a word's weight, so many times
_STRENGTH_OF_KINDS = 30.0
_ROUNDS = 6
_TOO_SMALL = 2  # hundredths
FEW_WRONG = 0.004
"""Of amounts and days that are shown as sure: they harm most."""

MOST_WRONG = 0.012
"""Of what else is shown as sure."""


@dataclass(frozen=True, slots=True)
class Question:
    """What could be the value of a field in one letter, and which of it is right.

    :ivar letter: clues for that there is none
    :ivar right: what is to be learned
    :ivar fine: what is right as well, if not as well written
    :ivar none: there is none
    :ivar known: somebody knows the answer; else nothing is right
    :ivar same: two values mean one thing
    """

    candidates: list[Candidate[Any]]
    letter: frozenset[str]
    right: list[bool]
    none: bool
    known: bool = True
    fine: Sequence[bool] = ()
    same: Callable[[Any, Any], bool] = eq

    @property
    def clues(self) -> list[frozenset[str]]:
        return [self.letter, *(candidate.clues for candidate in self.candidates)]

    @property
    def answers(self) -> list[bool]:
        """The same for each of `clues`; all False where the right value was not found."""
        return [self.none, *self.right]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was chosen by weights that saw no letter by the same hand.

    :ivar reachable: the right answer was among the candidates
    :ivar known: the right answer is known at all
    """

    value: Any = None
    right: bool = False
    reachable: bool = False
    share: float = 0.0
    known: bool = False


def learn_scale(
    questions: Sequence[Question], texts: Sequence[str], hands: Sequence[str]
) -> tuple[list[Judged], dict[str, int]]:
    """Return what was chosen for every question, and the weights learned from all.

    :param texts: of which letter each is a printing
    :param hands: by whom each was written
    """
    judged, folds = [Judged() for _ in questions], list(_folds(hands))
    # Processes that are forked see all letters as they lie: to hand them over takes longer.
    with get_context("fork").Pool(initializer=_lay_out, initargs=(questions, texts)) as processes:
        learned = processes.apply_async(_learn_from, (range(len(questions)),))
        by_fold = processes.map(_judge_fold, folds, chunksize=1)
        weights = learned.get()
    for (_, unseen), answers in zip(folds, by_fold, strict=True):
        for at, answer in zip(unseen, answers, strict=True):
            judged[at] = answer
    return judged, {
        clue: round(100 * weight)
        for clue, weight in weights.items()
        if abs(100 * weight) > _TOO_SMALL
    }


class _Desk:
    """What lies before a process that learns."""

    questions: Sequence[Question] = ()
    texts: Sequence[str] = ()


def _lay_out(questions: Sequence[Question], texts: Sequence[str]) -> None:
    _Desk.questions, _Desk.texts = questions, texts


def _learn_from(seen: Sequence[int]) -> dict[str, float]:
    return _learn([_Desk.questions[at] for at in seen], [_Desk.texts[at] for at in seen])


def _judge_fold(fold: tuple[Sequence[int], Sequence[int]]) -> list[Judged]:
    seen, unseen = fold
    weights = _learn_from(seen)
    return [_judged(_Desk.questions[at], weights) for at in unseen]


def _learn(questions: Sequence[Question], texts: Sequence[str]) -> dict[str, float]:
    """Return the weights that make the right answers likeliest: a conditional logit."""
    asked = [(q, t) for q, t in zip(questions, texts, strict=True) if any(q.answers)]
    rows = [clues for question, _ in asked for clues in question.clues]
    vocabulary = _vocabulary(rows, [text for q, text in asked for _ in q.clues])
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
    clues: Sequence[Mapping[str, float]],
    classes: Sequence[str],
    texts: Sequence[str],
    hands: Sequence[str],
) -> tuple[list[dict[str, float]], dict[str, Any]]:
    """Return how likely each class was for every letter, and what was learned from all."""
    likely: list[dict[str, float]] = [{} for _ in clues]
    for seen, unseen in _folds(hands):
        vocabulary = _vocabulary([clues[at] for at in seen], [texts[at] for at in seen])
        model = _sorter([clues[at] for at in seen], [classes[at] for at in seen], vocabulary)
        shares = model.predict_proba(_matrix([clues[at] for at in unseen], vocabulary))
        for at, row in zip(unseen, shares, strict=True):
            likely[at] = dict(zip(model.classes_, map(float, row), strict=True))
    vocabulary = _vocabulary(clues, texts)
    model = _sorter(clues, classes, vocabulary)
    return likely, {
        "classes": list(model.classes_),
        "biases": _hundredths(model.intercept_),
        "weights": {
            clue: row
            for clue, at in vocabulary.items()
            if max(map(abs, row := _hundredths(model.coef_[:, at]))) > _TOO_SMALL * 10
        },
    }


def _folds(hands: Sequence[str]) -> Iterator[tuple[Any, Any]]:
    """Return which letters teach and which are judged: in turn, some hands after the others."""
    return iter(GroupKFold(min(_ROUNDS, len(set(hands)))).split(hands, groups=hands))


def _sorter(
    clues: Sequence[Mapping[str, float]], classes: Sequence[str], vocabulary: dict[str, int]
) -> LogisticRegression:
    model = LogisticRegression(C=_STRENGTH_OF_KINDS, max_iter=1000, class_weight="balanced")
    return model.fit(_matrix(clues, vocabulary), classes)


def _is_word(clue: str) -> bool:
    """Say whether a clue is a word of the letter: there are thousands, and most mean nothing."""
    return clue.startswith(
        (
            *("before", "after", "label", "over", "in ", "said", "nil said"),
            *("name word", "sender word", "named"),
        )
    )


def _vocabulary(clues: Sequence[Collection[str]], texts: Sequence[str]) -> dict[str, int]:
    found: dict[str, set[str]] = defaultdict(set)
    for each, text in zip(clues, texts, strict=True):
        for clue in each:
            found[clue].add(text)
    often = sorted(clue for clue, seen in found.items() if len(seen) >= _LEAST_TEXTS)
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
    shares = shares_of([fsum(weights.get(clue, 0.0) for clue in of) for of in question.clues])
    best = max(range(len(shares)), key=lambda at: (shares[at], -at))
    values = [candidate.value for candidate in question.candidates]
    value = values[best - 1] if best else None
    return Judged(
        value=value,
        right=[question.none, *(question.fine or question.right)][best],
        reachable=any(question.answers),
        share=share_of(value, values, shares, question.same) if best else shares[0],
        known=question.known,
    )


def _hundredths(values: Any) -> list[int]:
    return [round(100 * float(value)) for value in values]
