"""What a word means in a letter about money: words that mean much the same share a concept.

A few hundred letters cannot teach that `overmaken` and `voldoen` ask for the same. What is
learned of one word of a concept (`phrases/concepts.toml`) holds for all of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise, product, repeat

from letterbox.reading.phrases import table

SAID = "said"
"""How clues begin that tell what a letter speaks of anywhere."""

_WORD = re.compile(r"[a-z]+")
_SENTENCE = re.compile(r"[.!?]")
_TELLING = frozenset(
    (
        *("nothing", "ended", "paid", "receive", "not", "seize", "debited"),
        *("plan", "hand_over", "credit", "open", "court", "loan", "later"),
    )
)
"""Concepts of which it matters beside which other they stand: not open, paid whole."""


def concepts_in(words: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the concepts of words, those without any left out; a number is one itself.

    :param words: in small letters without accents, every number as `#`
    """
    return [*filter(None, map(_concepts_of, words))]


def beside(meanings: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield the concepts that follow each other, words without any passed over."""
    for one, other in pairwise(meanings):
        yield from product(one, other)


def meant_by(where: str, words: Iterable[str]) -> Iterator[str]:
    """Yield clues for the concepts of words that stand somewhere: `before ~paid`."""
    return chain.from_iterable(map(_clues_of_word, repeat(where), words))


def meant_beside(where: str, words: Iterable[str]) -> Iterator[str]:
    """Yield clues for the concepts that follow each other there: `before ~not ~paid`."""
    pairs = pairwise(concepts_in(words))
    return chain.from_iterable([_clues_of_pair(where, one, other) for one, other in pairs])


def said_in(blocks: Iterable[str]) -> Iterator[str]:
    """Yield clues for what a letter speaks of.

    :param blocks: of its text, in small letters without accents
    """
    for block in blocks:
        for sentence in _SENTENCE.split(block):
            words = _WORD.findall(sentence)
            yield from meant_by(SAID, words)
            yield from meant_beside(SAID, words)


@lru_cache(maxsize=20_000)
def _clues_of_word(where: str, word: str) -> tuple[str, ...]:
    return tuple([f"{where} ~{concept}" for concept in _concepts_of(word)])


@lru_cache(maxsize=20_000)
def _clues_of_pair(where: str, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        f"{where} ~{before} ~{after}"
        for before, after in beside((one, other))
        if where != SAID or before in _TELLING or after in _TELLING
    )


@lru_cache(maxsize=20_000)
def _concepts_of(word: str) -> tuple[str, ...]:
    if word == "#":
        return (word,)
    whole, ends = _concepts()
    by_end = [concept for end, concept in ends if word.endswith(end)]
    return tuple(dict.fromkeys([*whole.get(word, ()), *by_end]))


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
