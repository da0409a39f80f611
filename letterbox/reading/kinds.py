"""Which kind of letter this is, by what it says. Never by its heading or letterhead alone.

Every marker votes for a kind; a marker in the head of the letter (above the salutation) votes
twice, one inside a sentence about what will happen to those who do not pay votes not at all.
Phrases and their sources: `docs/words.md`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from letterbox.reading import context
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.phrases import weighed
from letterbox.shared.kinds import Kind

Mention = tuple[float, tuple[int, int, int]]
"""How much something that is said weighs, and where: block, start, end."""

_STRENGTHS = (("decides", 14.0), ("says", 9.0), ("hints", 4.0))
_FOURTEEN_DAYS = re.compile(
    r"(?is)\b(?:nadat|na (?:ontvangst|bezorging) van) deze (?:brief|aanmaning)\b"
    r".{0,900}incassokosten"
)
"""A term from delivery before costs are due, as art. 6:96 lid 6 BW has it."""

_FIRST_TIME = frozenset((Kind.INVOICE, Kind.ASSESSMENT, Kind.FINE, Kind.RECLAIM))
_DUNNING = frozenset((Kind.REMINDER, Kind.DEMAND))
# Votes from which a letter is later than the first. An objection may be called a withdrawal
# in passing, so that needs more than one mention.
_FOLLOW_UP = dict.fromkeys((*_DUNNING, Kind.DISCONNECTION_NOTICE), 8) | {Kind.WITHDRAWAL: 20}
_NAMED_LATER = _FIRST_TIME | _DUNNING
_PAST = re.compile(
    r"(?i)(?:ondanks|na|op|onze|van|eerdere|was een|de|die|voor(?:melde)?"
    r"|reminders? of|herhaalde)\s(?:\w+\s){0,2}$"
)
_SALUTATION = re.compile(r"(?i)^(?:geachte|beste|mevrouw,|mijnheer,|meneer|dear|hi|hallo|l\.s\.)")


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind of letter, how far it is ahead of the next, and the words that say so."""

    kind: Kind
    sure: bool
    confidence: float
    spot: Spot | None


def find_kind(layout: Layout) -> KindFound:
    """Say what a letter is, `other` when nothing in it says so."""
    head = _head_ends(layout)
    said = {kind: _said(layout, kind, head) for kind in Kind}
    votes = Counter({kind: _votes(mentions) for kind, mentions in said.items() if mentions})
    gives_fourteen_days = bool(_FOURTEEN_DAYS.search(layout.text))
    if gives_fourteen_days:
        votes[Kind.DEMAND] += 20
    if not votes:
        return KindFound(Kind.OTHER, sure=True, confidence=0.6, spot=None)
    kind, sure, confidence = _chosen(votes, gives_fourteen_days=gives_fourteen_days)
    first = max(said[kind], default=None)
    return KindFound(kind, sure, confidence, layout.spot(*first[1]) if first else None)


def _votes(mentions: Iterable[Mention]) -> float:
    """Add up what was said: the strongest fully, every further one half of the one before."""
    weights = sorted((weight for weight, _ in mentions), reverse=True)
    return sum((weight * 0.5**at for at, weight in enumerate(weights)), 0.0)


def _chosen(votes: Counter[Kind], *, gives_fourteen_days: bool) -> tuple[Kind, bool, float]:
    if any(votes[kind] >= enough for kind, enough in _FOLLOW_UP.items()):
        for kind in _FIRST_TIME:
            votes[kind] = min(votes[kind], 4)  # a later letter names what it is about
    if votes[Kind.COLLECTION_NOTICE] and not gives_fourteen_days:
        votes[Kind.DEMAND] = min(votes[Kind.DEMAND], 5)  # in another's name it is collection
    ranking = votes.most_common(2)
    (kind, most), second = ranking[0], ranking[1][1] if len(ranking) > 1 else 0
    sure = most >= (8 if second else 6) and most >= 1.3 * second
    return kind, sure, round(most / (most + second + 2), 2)


def _said(layout: Layout, kind: Kind, head: int) -> list[Mention]:
    """Return what the letter says of itself: each way of writing once, in the head double.

    An earlier letter that is named in the body says nothing about this one, nor does what
    will follow if nothing is paid.
    """
    found = []
    for phrase in weighed("kinds", _STRENGTHS).get(kind.value, ()):
        counted = (
            (phrase.weight * (2 if place[0] < head else 1), place)
            for place in layout.mentions(phrase.pattern)
            if _about_itself(layout, place, named=kind in _NAMED_LATER and place[0] >= head)
        )
        found.append(max(counted, key=lambda mention: mention[0], default=None))
    return [mention for mention in found if mention is not None]


def _about_itself(layout: Layout, place: tuple[int, int, int], *, named: bool) -> bool:
    number, start, _ = place
    text = layout.blocks[number].text
    past = named and _PAST.search(text[:start])
    return not past and not context.is_conditional(text, start)


def _head_ends(layout: Layout) -> int:
    """Return the number of the block with the salutation: what comes before is the head."""
    for number, block in enumerate(layout.blocks):
        if _SALUTATION.match(block.text):
            return number
    return min(8, len(layout.blocks))
