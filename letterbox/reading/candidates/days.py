"""On which day something could happen that is hard to undo, or may be objected to for the last
time: every day ahead, with its clues."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from letterbox.reading.candidates import Candidate, Choice, words_of_plain
from letterbox.reading.concepts import meanings_of, meant_by
from letterbox.reading.finders.events import EventFound
from letterbox.reading.finders.terms import TermFound
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.weights.scales import LetterScales

_AT = re.compile(r"^\W*(?:om|vanaf|tussen|at|from|between)\s\d{1,2}\b|^,\s\d{1,2}[.:]\d\d")
_OBJECT = re.compile(
    r"(?i)\b(?:bezwaar\w*|in beroep|beroep(?:schrift)?|administratief beroep|verzet\b"
    r"|object(?:ion)?\b|appeal\b)"
)
_NO_EFFECT = re.compile(r"(?i)\bschort\b|\bopschort")
_AROUND = 90
_NEAR_THE_START, _LEAD = 25, 10
_WARNED_FROM = 0.3
"""A day that may be one of an eviction is told: to miss one harms more than a needless look."""


def event_candidates(
    days: Sequence[Candidate[date]],
    events: Iterable[EventFound],
    terms: Iterable[TermFound],
    layout: Layout,
) -> list[Candidate[date]]:
    """Return every day ahead that a letter names, with what may happen then.

    :param days: with what speaks for paying by then
    :param events: what the words right beside a day say
    """
    said = {(event.on, f"event {event.what.value}") for event in events}
    said |= {(term.on, "event objection") for term in terms if term.on and _is_for_objecting(term)}
    return [
        each.knowing(
            [
                *(clue for on, clue in said if on == each.value),
                *(_clues_of_place(each.spot, layout) if each.spot else ()),
            ]
        )
        for each in days
    ]


def choose_event(
    what: str, candidates: Sequence[Candidate[date]], scales: LetterScales, *, sure_from: float
) -> Choice[date]:
    """Return the likeliest day, be it likelier that there is none; and none if hardly likely.

    :param what: happens on it
    :param sure_from: from this share on nearly all are right
    """
    if not candidates:
        return Choice(None, None, True, 1.0)
    shares = scales.shares(what, candidates)[1:]
    share, day = max(zip(shares, candidates, strict=True), key=lambda pair: pair[0])
    if share < _WARNED_FROM:
        return Choice(None, None, False, 1 - share)
    return Choice(day.value, day.spot, share >= sure_from, share)


def _is_for_objecting(term: TermFound) -> bool:
    """Say whether the words around a term speak of objecting, appealing, or opposing a writ."""
    near = f"{term.spot.before[-_AROUND:]} … {term.spot.after[:_AROUND]}"
    return bool(_OBJECT.search(near)) and not _NO_EFFECT.search(near)


def _clues_of_place(spot: Spot, layout: Layout) -> Iterator[str]:
    """Yield whether an hour follows, and of a day that begins a text what stands right above."""
    if _AT.match(spot.after):
        yield "at a time"
    if spot.start < _NEAR_THE_START and spot.block:
        words = words_of_plain(layout.plain_blocks[spot.block - 1])[-_LEAD:]
        yield from (f"before {word}" for word in words)
        yield from meant_by("before", meanings_of(words))
