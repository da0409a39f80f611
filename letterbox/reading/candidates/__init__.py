"""What a field of a letter could be: every find that comes into question, with its clues.

A clue is a word for something that can be seen: a word before the find, its place, what the
rules make of it. Weights say how much each speaks for or against (`letterbox.reading.weights`).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise
from operator import eq
from typing import Generic, NamedTuple, TypeVar

from letterbox.reading.concepts import meanings_of, meant_beside, meant_by
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.plain import plain_text
from letterbox.reading.weights.scales import LetterScales

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)

_WORD = re.compile(r"(?:€|\beur\b)?\s?\d[\d.,/'-]*|#|([a-z]+|[:?])")
_BEFORE, _AFTER, _NEAREST = 10, 7, 4


class Candidate(NamedTuple, Generic[V_co]):
    """Something that may be the value of a field, where it stands best, and its clues.

    :ivar first: of its clues those that it had before it learned more; empty while it did not
    """

    value: V_co
    spot: Spot | None
    clues: frozenset[str]
    first: frozenset[str] = frozenset()

    def knowing(self, clues: Iterable[str]) -> "Candidate[V_co]":
        """Return the candidate when it has learned what other fields or finds say of it."""
        return self._replace(clues=self.clues.union(clues), first=self.first or self.clues)


class Choice(NamedTuple, Generic[V_co]):
    """What weighs most among the candidates, if anything.

    :ivar value: None when most weighs that there is no such value
    """

    value: V_co | None
    spot: Spot | None
    sure: bool
    confidence: float


def choose(
    field: str,
    candidates: Sequence[Candidate[V]],
    scales: LetterScales,
    *,
    same: Callable[[V, V], bool] = eq,
) -> Choice[V]:
    """Return the candidate that weighs most, or that there is none; how sure that is depends on
    other fields (`letterbox.reading.doubting`).

    :param same: two values mean one thing, as a name and what is short for it: what speaks for
        one speaks for the other
    """
    shares = scales.shares(field, candidates)
    best = max(range(len(shares)), key=lambda at: (shares[at], -at))
    if best == 0:
        return Choice(None, None, False, shares[0])
    chosen = candidates[best - 1]
    values = [candidate.value for candidate in candidates]
    return Choice(chosen.value, chosen.spot, False, share_of(chosen.value, values, shares, same))


def share_of(
    value: V, values: Iterable[V], shares: Sequence[float], same: Callable[[V, V], bool]
) -> float:
    """Return how likely a value is, however it is written.

    :param shares: that there is none, and of each of the values
    """
    meant = zip(values, shares[1:], strict=True)
    return sum(share for other, share in meant if same(other, value))


def words_of(text: str) -> list[str]:
    """Return the words of a text, small and without accents, every number as `#`."""
    return words_of_plain(plain_text(text))


def words_of_plain(plain: str) -> list[str]:
    """Return the same of a text that is small and without accents already."""
    return [word or "#" for word in _WORD.findall(plain)]


def clues_around(spot: Spot, layout: Layout) -> set[str]:
    """Return what stands around a find: in its row when it fills a cell, else in its sentence."""
    height = f"height {min(9, int(10 * spot.box[1] / layout.height_of(spot.page)))}"
    if spot.cell:
        heads = [f"over {word}" for word in words_of(layout.over(spot))[:5]]
        return {"cell", height, *_near(words_of(spot.label or spot.above), "label"), *heads}
    before, after = map(words_of_plain, layout.plain_around(spot))
    return {
        *("prose", height),
        *_near(before[-_BEFORE:], "before"),
        *_near(after[:_AFTER][::-1], "after"),
        *meant_by("in", meanings_of([*before, *after])),
    }


def _near(words: Sequence[str], where: str) -> Iterable[str]:
    """Return the words, those nearest to the find (the last ones) also by pairs and in place."""
    if not words:
        return ("begins",) if where == "before" else ()
    meanings = meanings_of(words)
    return chain(
        [f"{where} {word}" for word in words],
        [f"{where} {one} {other}" for one, other in pairwise(words[-_NEAREST:])],
        (f"{where}-next {words[-1]}",),
        meant_by(where, meanings),
        meant_beside(where, meanings),
    )
