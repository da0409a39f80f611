"""What a word means in a letter about money: words that mean much the same share a concept.

A few hundred letters cannot teach that `overmaken` and `voldoen` ask for the same. What is
learned of one word of a concept (`phrases/concepts.toml`) holds for all of them.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, pairwise, product

from letterbox.reading.phrases import table

SAID = "said"
"""How clues begin that tell what a letter speaks of anywhere."""

_WORD_OR_END = re.compile(r"[a-z]+|[.!\n]")
_TELLING = frozenset(
    (
        *("nothing", "ended", "paid", "receive", "not", "seize", "debited"),
        *("plan", "hand_over", "credit", "open", "court", "loan", "later"),
    )
)
"""Concepts of which it matters beside which other they stand: not open, paid whole."""


class Meaning:
    """The concepts of a word. There is one of each, so that pairs of them are quickly filed."""

    __slots__ = ("concepts",)

    def __init__(self, concepts: tuple[str, ...]) -> None:
        self.concepts = concepts


def meanings_of(words: Iterable[str]) -> list[Meaning]:
    """Return what words mean, those left out that mean nothing; a number is a concept itself.

    :param words: in small letters without accents, every number as `#`
    """
    return [*filter(None, map(_meaning_of, words))]


def beside(one: Meaning, other: Meaning) -> Iterator[tuple[str, str]]:
    """Yield the pairs of concepts of two words that follow each other."""
    return product(one.concepts, other.concepts)


def meant_by(where: str, meanings: Collection[Meaning]) -> Iterator[str]:
    """Yield clues for what words mean that stand somewhere: `before ~paid`."""
    return chain.from_iterable(map(_clues_under(where), meanings))


def meant_beside(where: str, meanings: Iterable[Meaning]) -> Iterator[str]:
    """Yield clues for what follows each other there, other words passed over: `~not ~paid`."""
    clues = _clues_of_pairs_under(where)
    return chain.from_iterable([clues(one, other) for one, other in pairwise(meanings)])


def said_in(plain: str) -> frozenset[str]:
    """Return clues for what a letter speaks of.

    :param plain: its text in small letters without accents, one block per line
    """
    meanings = meanings_of(_WORD_OR_END.findall(plain.replace("?", ".")))
    clues = _clues_of_pairs_under(SAID)
    pairs = [clues(one, other) for one, other in set(pairwise(meanings))]
    return frozenset(chain(meant_by(SAID, set(meanings)), *pairs))


@cache
def _clues_under(where: str) -> Callable[[Meaning], tuple[str, ...]]:
    """Return what gives the clues of a meaning; there are a few hundred meanings."""

    @cache
    def clues(meaning: Meaning) -> tuple[str, ...]:
        return tuple([f"{where} ~{concept}" for concept in meaning.concepts])

    return clues


@cache
def _clues_of_pairs_under(where: str) -> Callable[[Meaning, Meaning], tuple[str, ...]]:
    @lru_cache(maxsize=20_000)
    def clues(one: Meaning, other: Meaning) -> tuple[str, ...]:
        return tuple(
            f"{where} ~{before} ~{after}"
            for before, after in beside(one, other)
            if where != SAID or before in _TELLING or after in _TELLING
        )

    return clues


@lru_cache(maxsize=20_000)
def _meaning_of(word: str) -> Meaning | None:
    if word == "#":
        return _meaning((word,))
    if word in ".!\n":  # the end of a sentence parts what stands before it from what follows
        return _meaning(())
    whole, ends = _concepts()
    by_end = [concept for end, concept in ends if word.endswith(end)]
    concepts = tuple(dict.fromkeys([*whole.get(word, ()), *by_end]))
    return _meaning(concepts) if concepts else None


@cache
def _meaning(concepts: tuple[str, ...]) -> Meaning:
    return Meaning(concepts)


@cache
def _concepts() -> tuple[dict[str, list[str]], tuple[tuple[str, str], ...]]:
    """Return concepts by whole word, and pairs of how words end and what such words mean."""
    whole: dict[str, list[str]] = {}
    ends = []
    for concept, words in table("concepts").items():
        for word in words.split():
            if word.startswith("*"):
                ends.append((word[1:], concept))
            else:
                whole.setdefault(word, []).append(concept)
    return whole, tuple(ends)
