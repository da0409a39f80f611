"""Which kind of letter this is, by what it says. Never by its heading or letterhead alone.

Phrases that are typical of a kind count for it; the weights of all words together, learned
from letters whose kind is known, decide. Phrases and their sources: `phrases/kinds.toml`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from letterbox.reading import context
from letterbox.reading.candidates import words_of, words_of_plain
from letterbox.reading.found import Found
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.phrases import Phrase, weighed
from letterbox.reading.phrases.words import Words
from letterbox.reading.weights.sorter import Sorter
from letterbox.shared.kinds import Kind

Mention = tuple[float, tuple[int, int, int]]
"""How much something that is said weighs, and where: block, start, end."""

_SAID = weighed("kinds", (("decides", 14.0), ("says", 9.0), ("hints", 4.0)))
_LEVELS = (4, 9, 14, 28)
_MANY = 8
_FOURTEEN_DAYS = re.compile(
    r"(?is)\b(?:nadat|na (?:ontvangst|bezorging) van) deze (?:brief|aanmaning)\b"
    r".{0,900}incassokosten"
)
"""A term from delivery before costs are due, as art. 6:96 lid 6 BW has it."""

_COSTS = Words("incassokosten")

_NAMED_LATER = frozenset(
    (Kind.INVOICE, Kind.ASSESSMENT, Kind.FINE, Kind.RECLAIM, Kind.REMINDER, Kind.DEMAND)
)
_PAST = re.compile(
    r"(?i)(?:ondanks|na|op|onze|van|eerdere|was een|de|die|voor(?:melde)?"
    r"|reminders? of|herhaalde)\s(?:\w+\s){0,2}$"
)
_SALUTATION = re.compile(r"(?i)^(?:geachte|beste|mevrouw,|mijnheer,|meneer|dear|hi|hallo|l\.s\.)")


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind of letter, how likely it is that, and the words that say so.

    :ivar likely: every kind, from 0 to 1
    """

    kind: Kind
    sure: bool
    confidence: float
    spot: Spot | None
    likely: dict[Kind, float]


def find_kind(found: Found, sorter: Sorter, letter: Iterable[str]) -> KindFound:
    """Say what a letter is.

    :param letter: clues about the letter as a whole
    """
    if not found.layout.blocks:
        return KindFound(Kind.OTHER, False, 0.5, None, {Kind.OTHER: 1.0})
    said = _all_said(found.layout)
    signs = frozenset([*_phrases(found.layout, said), *_finds(found), *letter])
    shares = sorter.sort(words_of_kind(found.layout), signs)
    likely = {Kind(name): share for name, share in shares.items()}
    kind = max(likely, key=lambda each: likely[each])
    first = max(said[kind], default=None)
    return KindFound(
        kind,
        sure=likely[kind] >= sorter.sure_from.get(kind.value, inf),
        confidence=round(likely[kind], 2),
        spot=found.layout.spot(*first[1]) if first else None,
        likely=likely,
    )


def words_of_kind(layout: Layout) -> frozenset[str]:
    """Return the words of a letter, alone and by pairs, those in its head once more as such."""
    head, seen = head_ends(layout), set[str]()
    for number, plain in enumerate(layout.plain_blocks):
        words = [word for word in words_of_plain(plain) if len(word) > 1]
        seen.update(words, map(" ".join, pairwise(words)))
        if number < head:
            seen.update([f"head {word}" for word in words])
    return frozenset(seen)


def signs_of_kind(found: Found) -> frozenset[str]:
    """Return what else tells the kind of a letter: typical phrases, and what was found in it."""
    return frozenset([*_phrases(found.layout, _all_said(found.layout)), *_finds(found)])


def _phrases(layout: Layout, said: dict[Kind, list[Mention]]) -> Iterator[str]:
    votes = {kind: _votes(mentions) for kind, mentions in said.items()}
    for kind, count in votes.items():
        yield from (f"says {kind.value} {level}" for level in _LEVELS if count >= level)
    strongest = max(votes, key=lambda kind: votes[kind])
    yield f"says most {strongest.value}" if votes[strongest] else "says nothing"
    if layout.where(_COSTS) and _FOURTEEN_DAYS.search(layout.text):
        yield "gives fourteen days"


def _finds(found: Found) -> Iterator[str]:
    yield from (f"role {part.role.value}" for part in found.parts)
    yield f"amounts {min(len(found.parts), _MANY)}"
    yield from (f"part {name.part.value}" for name in found.named.names)
    yield from (f"event {event.what.value}" for event in found.events)
    yield from (f"counted {term.counted.value}" for term in found.terms)
    yield from (f"sender {word}" for word in words_of(found.writer.name if found.writer else ""))


def _all_said(layout: Layout) -> dict[Kind, list[Mention]]:
    """Return what the letter says of itself, for each kind."""
    head = head_ends(layout)
    said: dict[Kind, list[Mention]] = {kind: [] for kind in Kind}
    for phrase in layout.likely(_SAID):
        mention = _said(layout, phrase, head)
        if mention is not None:
            said[Kind(phrase.section)].append(mention)
    return said


def _votes(mentions: Iterable[Mention]) -> float:
    """Add up what was said: the strongest fully, every further one half of the one before."""
    weights = sorted((weight for weight, _ in mentions), reverse=True)
    return sum((weight * 0.5**at for at, weight in enumerate(weights)), 0.0)


def _said(layout: Layout, phrase: Phrase, head: int) -> Mention | None:
    """Return where the letter says so of itself: once, in the head double.

    An earlier letter that is named in the body says nothing about this one, nor does what
    will follow if nothing is paid.
    """
    later = phrase.section in _NAMED_LATER
    counted = [
        (phrase.weight * (2 if place[0] < head else 1), place)
        for place in layout.mentions(phrase)
        if _about_itself(layout, place, named=later and place[0] >= head)
    ]
    return max(counted, key=lambda mention: mention[0], default=None)


def _about_itself(layout: Layout, place: tuple[int, int, int], *, named: bool) -> bool:
    number, start, _ = place
    past = named and _PAST.search(layout.blocks[number].text[:start])
    return not past and not context.is_conditional(layout, number, start)


def head_ends(layout: Layout) -> int:
    """Return the number of the block with the salutation: what comes before is the head."""
    return layout.once(_head_ends)


def _head_ends(layout: Layout) -> int:
    for number, block in enumerate(layout.blocks):
        if _SALUTATION.match(block.text):
            return number
    return min(8, len(layout.blocks))
