"""The letter that a consumer must get before collection costs are due: the 14-day letter."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from letterbox.debts.checks.proof import (
    evidence_in,
    has_title,
    in_figures,
    is_private,
    is_sure,
    newest_with,
    quote_of,
    sure_amount,
)
from letterbox.debts.facts import Check, CheckSeverity, ReadLetter
from letterbox.shared.days import day_of
from letterbox.shared.kinds import Kind

_TERM = timedelta(days=14)
_PROMPT = timedelta(days=7)
_SOURCE = "art. 6:96 lid 6 BW; HR 25 november 2016"
_MAY_BE_ONE = frozenset((Kind.REMINDER, Kind.COLLECTION_NOTICE, Kind.DISCONNECTION_NOTICE))
_NOT_EXACT = re.compile(
    r"(?i)\b(?:minimaal|minstens|ten ?minste|vanaf|at least|from|a minimum of)\s+(?:€|EUR)?\s?\d"
)


def costs_without_14_day_letter(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """Costs are claimed from a consumer and no 14-day letter came in so many days before.

    Source: art. 6:96 lid 6 BW. A letter counts when it may be one: the reading need not prove it.
    """
    claiming = _claiming_costs(letters)
    if claiming is None:
        return
    if not any(_is_over(letter, claiming.on) and _may_be_one(letter) for letter in letters):
        yield _missing(claiming)


def term_too_short(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """A 14-day letter gives 14 days from the day after delivery, and names the exact costs.

    Source: art. 6:96 lid 6 BW; HR 25 November 2016: the term begins the day after the letter
    was received. One letter without a fault is enough.
    """
    if not is_private(letters) or has_title(letters):
        return
    claiming = _claiming_costs(letters)
    demands = [
        letter
        for letter in letters
        if letter.reading.kind is Kind.DEMAND
        and not letter.reading.collection_costs
        and (claiming is None or letter.on < claiming.on)
    ]
    faults = [_fault(letter, claimed=claiming is not None) for letter in demands]
    if faults and all(faults):
        yield from (fault for fault in faults[-1:] if fault is not None)


def _claiming_costs(letters: Sequence[ReadLetter]) -> ReadLetter | None:
    """Return the newest letter that claims costs from a consumer, before any court did."""
    if not is_private(letters) or has_title(letters):
        return None
    return newest_with(letters, "collection_costs")


def _is_over(letter: ReadLetter, on: date) -> bool:
    """Say whether 14 days had gone by since a letter was delivered."""
    return _delivered_on(letter) + _TERM < on


def _may_be_one(letter: ReadLetter) -> bool:
    reading = letter.reading
    if reading.collection_costs is not None and reading.collection_costs.cents > 0:
        return False
    if reading.kind is Kind.DEMAND or "kind" in reading.check:
        return True
    threatens = reading.kind in _MAY_BE_ONE and reading.conditional_costs is not None
    return threatens and not _is_vague(letter) and not _is_short(letter)


def _fault(letter: ReadLetter, *, claimed: bool) -> Check | None:
    """Return what may be wrong with a demand.

    :param claimed: whether costs were claimed later; until then only a threat can have a fault
    """
    threatens = sure_amount(letter, "conditional_costs") is not None
    if (threatens or claimed) and _is_short(letter):
        return _short(letter)
    if claimed and (letter.reading.conditional_costs is None or _is_vague(letter)):
        return _without_amount(letter)
    return None


def _is_vague(letter: ReadLetter) -> bool:
    return bool(_NOT_EXACT.search(quote_of(letter, "conditional_costs")))


def _is_short(letter: ReadLetter) -> bool:
    due_on = letter.reading.due_on
    if due_on is None or not is_sure(letter, "due_on", "letter_on", "kind"):
        return False
    return due_on < _delivered_on(letter) + _TERM


def _delivered_on(letter: ReadLetter) -> date:
    """Return the day of delivery; for a copy that came much later, the day after it was written."""
    received_on = day_of(letter.received_at)
    prompt = letter.on <= received_on <= letter.on + _PROMPT
    return received_on if prompt else letter.on + timedelta(days=1)


def _missing(letter: ReadLetter) -> Check:
    return Check(
        "costs_without_14_day_letter",
        CheckSeverity.NOTICE,
        "Is er een 14-dagenbrief geweest, en was die termijn voorbij? Er worden incassokosten "
        "gerekend, en tussen de brieven hier zit er geen van minstens 14 dagen daarvoor.",
        source=_SOURCE,
        evidence=evidence_in(letter, "collection_costs"),
        message_en="Was there a 14-day letter, and was its term over? Collection costs are "
        "claimed, and among the letters here there is none from at least 14 days before.",
    )


def _short(letter: ReadLetter) -> Check:
    on = in_figures(letter.on)
    return Check(
        "term_too_short",
        CheckSeverity.NOTICE,
        f"Geeft de aanmaning van {on} wel 14 dagen, te tellen vanaf de dag na bezorging? "
        "Anders zijn er op grond van deze brief geen incassokosten verschuldigd.",
        source=_SOURCE,
        evidence=evidence_in(letter, "due_on", "conditional_costs"),
        message_en=f"Does the demand of {on} give 14 days, counted from the day after delivery? "
        "If not, this letter makes no collection costs due.",
    )


def _without_amount(letter: ReadLetter) -> Check:
    on = in_figures(letter.on)
    return Check(
        "term_too_short",
        CheckSeverity.NOTICE,
        f"Noemt de aanmaning van {on} precies hoe hoog de incassokosten worden? "
        "Wij lazen er geen vast bedrag in.",
        source=_SOURCE,
        evidence=evidence_in(letter, "conditional_costs", "kind"),
        message_en=f"Does the demand of {on} say exactly what the collection costs will be? "
        "We read no fixed amount in it.",
    )
