"""Questions to learn from: what a field of a letter could be, and which of it is true."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from letterbox.reading.candidates import Candidate, words_of
from letterbox.reading.concepts import SAID
from letterbox.reading.parties import alike, same_name
from letterbox.reading.weights.scales import IN_LETTER
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.letters.learning import Question
from tests.letters.samples import Sample

V = TypeVar("V")

_SHORT = 3
_TELLING = (
    "role ",
    "part ",
    "is ",
    "nothing",
    "below",
    "above",
    "counted ",
    "bare date",
    "first day",
    "largest owed",
    "total of a sum",
    "made",
    "last",
    "only",
    "to pay with",
    "asked by name",
    "for paying",
    "small print",
    "first in head",
    "event ",
    "at a time",
)
"""How clues begin that mean something else in another kind of letter."""


def question_of(
    candidates: Sequence[Candidate[Any]],
    letter: frozenset[str],
    truth: Any,
    same: Callable[[Any, Any], bool],
    alike_too: Callable[[Any, Any], bool],
) -> Question:
    """Return what is to be learned from one letter.

    :param candidates: what the field could be
    :param letter: clues about the letter as a whole
    :param truth: None if there is none, `...` if nobody says
    :param same: a value is the true one
    :param alike_too: two values mean one thing
    """
    known = truth is not ...
    fine = [known and same(candidate.value, truth) for candidate in candidates]
    full = [
        so and _is_written_alike(c.value, truth) for so, c in zip(fine, candidates, strict=True)
    ]
    right = full if any(full) else fine
    none = truth is None
    return Question(
        in_letter(candidates, letter), letter, right, none, known=known, fine=fine, same=alike_too
    )


def _is_written_alike(value: Any, truth: Any) -> bool:
    """Say whether a name is the true one in full: of several ways of writing it that is right."""
    return isinstance(truth, str) and same_name(value) == same_name(truth)


def truth_of(name: str, sample: Sample) -> Any:
    """Return what is true of a field, `...` where nobody says: who would be owed, if it were."""
    unlike = name == "creditor" and sample.truth["kind"] == Kind.OTHER.value
    return ... if unlike else sample.truth.get(name, ...)


def in_letter(candidates: Sequence[Candidate[V]], letter: frozenset[str]) -> list[Candidate[V]]:
    """Return candidates that know in what letter they stand: a role means more with a kind.

    Not what the letter speaks of: that would be too many pairs to learn.

    Weights are learned from such; `Scales.in_letter` gives the same without naming every pair.
    """
    return [
        each._replace(
            clues=each.clues
            | {
                f"{about}{IN_LETTER}{clue}"
                for clue in each.clues
                if clue.startswith(_TELLING)
                for about in letter
                if not about.startswith(SAID)
            },
        )
        for each in candidates
    ]


def same_party(one: str, other: str | None) -> bool:
    """Say whether these name one organisation, be it in another order or less of its name."""
    few, many = sorted((_words_of(one), _words_of(other or "")), key=len)
    return bool(other) and (alike(one, other or "") or (bool(few) and few <= many))


def _words_of(name: str) -> frozenset[str]:
    return frozenset(word for word in words_of(name) if len(word) > _SHORT)


def same_day(day: date, truth: date | None) -> bool:
    return day == truth


def same_money(amount: Euro, cents: int | None) -> bool:
    return amount.cents == cents


def same_number(one: str, other: str | None) -> bool:
    return bool(other) and plain_number(one) == plain_number(other or "")


def plain_number(number: str) -> str:
    return "".join(filter(str.isalnum, number)).upper()
