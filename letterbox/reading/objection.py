"""Until when one may object to a decision, appeal, or oppose a writ: no term for paying."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from letterbox.reading.finders.terms import Counted, TermFound
from letterbox.reading.layout import Layout

_OBJECT = re.compile(
    r"(?i)\b(?:bezwaar\w*|in beroep|beroep(?:schrift)?|administratief beroep|verzet\b"
    r"|object(?:ion)?\b|appeal\b)"
)
_NO_EFFECT = re.compile(r"(?i)\bschort\b|\bopschort")


@dataclass(frozen=True, slots=True)
class Objection:
    """The last day to object.

    :ivar sure: the letter says from which day the term runs, and names one such term
    """

    on: date
    term: TermFound
    sure: bool


def choose_objection(
    terms: Sequence[TermFound], layout: Layout, *, letter_on: date | None
) -> Objection | None:
    """Return the first term in a letter that is for objecting, if it has a last day.

    A term that is not said to run from any day runs from the day after the decision was made
    known (art. 6:8 Awb); its date is the nearest to that which a letter tells.
    """
    fitting = [term for term in terms if _is_for_objecting(term)]
    days = [(term, day) for term in fitting if (day := _last_day(term, letter_on)) is not None]
    if not days:
        return None
    term, on = days[0]
    one = len({day for _, day in days}) == 1
    return Objection(on, term, sure=one and term.counted is not Counted.UNSAID)


def _is_for_objecting(term: TermFound) -> bool:
    near = f"{term.spot.before[-90:]} … {term.spot.after[:90]}"
    return bool(_OBJECT.search(near)) and not _NO_EFFECT.search(near)


def _last_day(term: TermFound, letter_on: date | None) -> date | None:
    if term.on is None or (letter_on is not None and term.on < letter_on):
        return None
    return term.on
