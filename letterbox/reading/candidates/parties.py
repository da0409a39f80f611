"""Who could be the creditor, and who collects: every organisation that a letter names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from letterbox.letters.rules import Party
from letterbox.reading.candidates import Candidate, clues_around, words_of
from letterbox.reading.finders.names import NameFound
from letterbox.reading.layout import Layout
from letterbox.reading.letterhead import Letterhead
from letterbox.reading.parties import alike, full_name, is_public_body, keys_alike, same_name
from letterbox.reading.phrases import any_of
from letterbox.reading.phrases.words import Words
from letterbox.reading.recipient import Recipient

_HEAD, _FOOT = 0.27, 0.8
_LEAST_TELLING = 5  # letters of a word that may be the name itself
_AGENCY = any_of("letter", "agency")
_PLACE = re.compile(r"\b\d{4} ?[A-Z]{2} ((?:Den |Sint |[’']s-)?[A-Z][\w’'-]+)")
"""Behind a postcode."""
_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\. ?|[A-Z] ){1,4}(?:\w+ ){0,2}[A-ZÀ-Ý][a-zà-ÿ]")
_GREETING = re.compile(r"\b(?:groet(?:en|jes)?|hoogachtend|regards|sincerely|faithfully)\b")
_GREETS = Words("groet", "hoogachtend", "regards", "sincerely", "faithfully")


@dataclass(frozen=True, slots=True)
class Named:
    """Everything in a letter that may be the name of an organisation.

    :ivar sender: who delivered it, when that is known
    :ivar recipient: whose letter it is, who is no organisation; where it is not sure, perhaps one
    :ivar letterhead: who seems to write, by the head and the foot of the letter
    """

    names: Sequence[NameFound]
    letterhead: Letterhead
    recipient: Recipient | None = None
    sender: Party | None = None


def party_candidates(named: Named, layout: Layout) -> list[Candidate[str]]:
    """Return every organisation once, with its clues."""
    mentions: dict[str, list[NameFound]] = defaultdict(list)
    names: dict[str, str] = {}
    addressed = named.recipient
    citizen = same_name(addressed.name) if addressed and addressed.sure else ""
    for found in named.names:
        name = _name_in(found.name)
        key = same_name(name)
        if not keys_alike(key, citizen):
            mentions[key].append(found)
            names[key] = max(names.get(key, ""), name, key=len)
    for name in (named.sender.name if named.sender else "", *named.letterhead.names):
        names.setdefault(same_name(_name_in(name)), _name_in(name))
    about = frozenset(_clues_of_sender(named))
    known = _Known.of(named, layout.text)
    signed = _greeting(layout)
    text = same_name(layout.text)
    return [
        Candidate(
            name,
            mentions[key][0].spot if mentions[key] else None,
            about.union(
                _clues_of_name(name, key, text, known),
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


class _Known(NamedTuple):
    """What one knows of who writes: names as `same_name` has them, words that tell, and the places
    of addresses."""

    sender: str | None
    head: Sequence[str]
    foot: Sequence[str]
    payees: Sequence[str]
    addressed: str
    telling: frozenset[str]
    places: frozenset[str]

    @classmethod
    def of(cls, named: Named, text: str) -> "_Known":
        """Return what a letter tells."""
        head = named.letterhead
        return cls(
            same_name(named.sender.name) if named.sender else None,
            [*map(same_name, head.names)],
            [*map(same_name, head.own)],
            [*map(same_name, head.payees)],
            same_name(named.recipient.name) if named.recipient else "",
            _telling(words_of(_writer(named))),
            frozenset(map(same_name, _PLACE.findall(text))),
        )


def _clues_of_name(name: str, key: str, text: str, known: _Known) -> Iterator[str]:
    words = words_of(name)
    yield from (f"name word {word}" for word in words)
    yield f"times {min(text.count(key), 5)}"
    public, delivers = is_public_body(name), known.sender is not None
    is_sender = keys_alike(key, known.sender or "")
    seen = {
        "shares a word with the sender": bool(_telling(words) & known.telling),
        "is an agency": not public and bool(_AGENCY.search(name)),
        "is a public body": public,
        "is one word": " " not in name,
        "has initials": has_initials(name),
        "is a place": key in known.places,
        "in small letters": name.islower(),
        "is addressed": keys_alike(key, known.addressed),
        "is sender": delivers and is_sender,
        "is not sender": delivers and not is_sender,
        "first in head": bool(known.head) and keys_alike(key, known.head[0]),
        "in head": any(keys_alike(key, other) for other in known.head),
        "in foot": any(keys_alike(key, other) for other in known.foot),
        "payee": any(keys_alike(key, other) for other in known.payees),
    }
    yield from (clue for clue, holds in seen.items() if holds)


def _telling(words: Sequence[str]) -> frozenset[str]:
    return frozenset([word for word in words if len(word) >= _LEAST_TELLING])


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
