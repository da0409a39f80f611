"""A traffic fine that rises more than the law lets it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from letterbox.debts.checks.proof import evidence_in, in_english, newest_with, sure_amount
from letterbox.debts.checks.tables import FINE_INCREASES, in_force, names_one_of
from letterbox.debts.facts import Check, CheckSeverity, ReadLetter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

_COLLECTS_FINES = ("centraal justitieel incassobureau", "cjib")
_WHOLE_EURO = Euro(100)


def increase_unexpected(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """A fine is at most half more after the first reminder, and three times after the second.

    Source: art. 23 and 25 Wahv. Administration costs are in the principal, which makes the limit
    a little higher. Other fines rise less, so nothing is asked about a smaller increase.
    """
    letter = newest_with(letters, "increase", "principal")
    if letter is None or not _is_a_fine(letters):
        return
    increase, principal = letter.reading.increase, letter.reading.principal
    rule = in_force(FINE_INCREASES.increase, letter.on)
    if increase is None or principal is None or rule is None:
        return
    first = _is_the_first(letter, letters)
    most = _times(principal, rule.after_first_reminder if first else rule.after_second_reminder)
    if increase > most + _WHOLE_EURO:
        yield _unexpected(letter, increase, most)


def _is_a_fine(letters: Sequence[ReadLetter]) -> bool:
    readings = [letter.reading for letter in letters]
    collected = any(names_one_of(_COLLECTS_FINES, reading.creditor) for reading in readings)
    return collected or any(reading.kind is Kind.FINE for reading in readings)


def _is_the_first(letter: ReadLetter, letters: Sequence[ReadLetter]) -> bool:
    """Say whether the fine itself is here, and no letter with a smaller increase after it."""
    increase = letter.reading.increase or Euro(0)
    smaller = [x for x in letters if (known := sure_amount(x, "increase")) and known < increase]
    return letters[0].reading.kind is Kind.FINE and not smaller


def _times(amount: Euro, times: Decimal) -> Euro:
    return Euro(int(amount.cents * times))


def _unexpected(letter: ReadLetter, increase: Euro, most: Euro) -> Check:
    return Check(
        "increase_unexpected",
        CheckSeverity.NOTICE,
        f"Klopt de verhoging van {increase.dutch}? Na de brieven die hier zijn is hoogstens "
        f"{most.dutch} te verwachten. Misschien ontbreekt er een aanmaning.",
        source="art. 23 en 25 Wahv",
        evidence=evidence_in(letter, "increase", "principal"),
        message_en=f"Is the increase of {in_english(increase)} right? After the letters that are "
        f"here, {in_english(most)} is the most to expect. Perhaps a reminder is missing.",
    )
