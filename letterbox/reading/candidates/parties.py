"""Who could be the creditor, and who collects: every organisation that a letter names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letterbox.letters.rules import Party
from letterbox.reading.candidates import Candidate, clues_around, words_of
from letterbox.reading.finders.names import NameFound
from letterbox.reading.layout import Layout
from letterbox.reading.letterhead import Letterhead
from letterbox.reading.parties import alike, full_name, is_public_body, same_name
from letterbox.reading.phrases import any_of
from letterbox.reading.phrases.words import Words

_HEAD, _FOOT = 0.27, 0.8
_LEAST_TELLING = 5  # letters of a word that may be the name itself
_AGENCY = any_of("letter", "agency")
_INITIALS = re.compile(r"(?:[A-Z]\. ?|[A-Z] ){1,4}(?:\w+ ){0,2}[A-Z][a-z]")
_GREETING = re.compile(r"\b(?:groet(?:en|jes)?|hoogachtend|regards|sincerely|faithfully)\b")
_GREETS = Words("groet", "hoogachtend", "regards", "sincerely", "faithfully")


@dataclass(frozen=True, slots=True)
class Named:
    """Everything in a letter that may be the name of an organisation.

    :ivar sender: who delivered it, when that is known
    :ivar recipient: whose letter it is, who is no organisation
    :ivar letterhead: who seems to write, by the head and the foot of the letter
    """

    names: Sequence[NameFound]
    letterhead: Letterhead
    recipient: str | None = None
    sender: Party | None = None


def party_candidates(named: Named, layout: Layout) -> list[Candidate[str]]:
    """Return every organisation once, with its clues."""
    mentions: dict[str, list[NameFound]] = defaultdict(list)
    names: dict[str, str] = {}
    for found in named.names:
        name = _name_in(found.name)
        if not (named.recipient and alike(name, named.recipient)):
            mentions[same_name(name)].append(found)
            names[same_name(name)] = max(names.get(same_name(name), ""), name, key=len)
    for name in (named.sender.name if named.sender else "", *named.letterhead.names):
        names.setdefault(same_name(_name_in(name)), _name_in(name))
    about = frozenset(_clues_of_sender(named))
    telling = _telling(_writer(named))
    signed = _greeting(layout)
    text = same_name(layout.text)
    return [
        Candidate(
            name,
            mentions[key][0].spot if mentions[key] else None,
            about.union(
                _clues_of_name(name, text, named, telling),
                *(clues_around(find.spot, layout) for find in mentions[key]),
                *(_clues(find, layout, signed) for find in mentions[key]),
            ),
        )
        for key, name in names.items()
        if key
    ]


def has_initials(name: str) -> bool:
    """Say whether this is the name of a person: `K. Poelstra`."""
    return _INITIALS.match(name) is not None


def _name_in(line: str) -> str:
    """Return the name in a line without the word that says whose it is: `Cliënt: Woonvast`."""
    return full_name(line.rpartition(": ")[2])


def beside_creditor(
    candidate: Candidate[str], creditor: str | None, sender: str | None
) -> Candidate[str]:
    """Return a candidate for who collects, that knows who the creditor is."""
    owed = creditor is not None
    clues = {
        "is the creditor": owed and alike(candidate.value, creditor or ""),
        "is not the creditor": owed and not alike(candidate.value, creditor or ""),
        "is sender for another": owed
        and sender is not None
        and alike(candidate.value, sender)
        and not alike(sender, creditor or ""),
    }
    return candidate.knowing(clue for clue, holds in clues.items() if holds)


def _clues_of_sender(named: Named) -> Iterator[str]:
    yield "sender known" if named.sender else "sender unknown"
    yield from (f"sender word {word}" for word in words_of(_writer(named)))


def _writer(named: Named) -> str:
    return named.sender.name if named.sender else next(iter(named.letterhead.names), "")


def _clues_of_name(name: str, text: str, named: Named, telling: frozenset[str]) -> Iterator[str]:
    yield from (f"name word {word}" for word in words_of(name))
    yield f"times {min(text.count(same_name(name)), 5)}"
    head, public = named.letterhead, is_public_body(name)
    seen = {
        "shares a word with the sender": bool(_telling(name) & telling),
        "is an agency": not public and bool(_AGENCY.search(name)),
        "is a public body": public,
        "is one word": " " not in name,
        "has initials": has_initials(name),
        "is sender": named.sender is not None and alike(name, named.sender.name),
        "is not sender": named.sender is not None and not alike(name, named.sender.name),
        "first in head": bool(head.names) and alike(name, head.names[0]),
        "in head": any(alike(name, other) for other in head.names),
        "in foot": any(alike(name, other) for other in head.own),
        "payee": any(alike(name, other) for other in head.payees),
    }
    yield from (clue for clue, holds in seen.items() if holds)


def _telling(name: str) -> frozenset[str]:
    return frozenset(word for word in words_of(name) if len(word) >= _LEAST_TELLING)


def _greeting(layout: Layout) -> int:
    """Return the block with the words after which people sign, or a number beyond all."""
    texts = layout.plain_blocks
    return max(
        (at for at in layout.where(_GREETS) if _GREETING.search(texts[at])), default=len(texts)
    )


def _clues(found: NameFound, layout: Layout, signed: int) -> Iterator[str]:
    yield f"part {found.part.value}"
    if found.spot.block >= signed:
        yield "signs"
    place = found.spot.box[1] / layout.height_of(found.spot.page)
    yield "high" if place < _HEAD else "low" if place > _FOOT else "amid"
