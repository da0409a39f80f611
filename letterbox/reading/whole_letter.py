"""Clues about a letter as a whole: what it seems to be, who writes, and what it does not have.

They speak for and against that a field has no value, and change what other clues mean.
"""

import re
from collections.abc import Iterator, Mapping

from letterbox.reading import context
from letterbox.reading.found import Found
from letterbox.reading.layout import Layout
from letterbox.reading.parties import is_public_body
from letterbox.reading.phrases import Phrase, any_of, any_phrase, each_of, table
from letterbox.reading.phrases.words import Words
from letterbox.reading.roles import Role
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

_ASKED = frozenset((Role.ASKED, Role.TOTAL))
_LIKELY, _MAYBE = 0.6, 0.15
_HEAD, _FOOT = 0.2, 0.85
_AGENCY = any_of("letter", "agency")
_AGENCY_MARK = any_phrase(table("letter")["agency_mark"])
_COURT = any_phrase(table("letter")["court"])
_WORDS = {mark: Words(*mark.words) for mark in (_AGENCY_MARK, _COURT)}
_DEBITED = any_of("letter", "debited")
_NOT_DEBITED = any_of("letter", "not_debited", before=r"\b", after=r"\b")
_SAID = each_of(
    *("letter", "ended", "pays_you", "offers", "asks_nothing", "mention", "instalments"),
    *("for_another", "bought"),
)


def clues_of_likely(likely: Mapping[Kind, float]) -> frozenset[str]:
    """Return as clues what kind a letter is, or what kinds it could be."""
    return frozenset(
        f"{'kind' if share >= _LIKELY else 'maybe'} {kind.value}"
        for kind, share in likely.items()
        if share >= _MAYBE
    )


def clues_of_letter(found: Found) -> Iterator[str]:
    """Yield what is to be seen about a letter as a whole."""
    layout = found.layout
    public = _is_public(found)
    seen = {
        "debited": _is_debited(layout),
        "writer collects": not public and _writes(found, _AGENCY, _AGENCY_MARK),
        "court writes": _writes(found, _COURT.pattern, _COURT),
        "writer is a public body": public,
        "no account": not found.accounts,
        "no term": not any(term.on for term in found.terms),
        "no amount": not found.parts,
        "no amount asked": not any(part.role in _ASKED for part in found.parts),
    }
    yield from (clue for clue, holds in seen.items() if holds)
    yield from (section.replace("_", " ") for section in layout.says(_SAID))
    yield from found.said


def _writes(found: Found, name: re.Pattern[str], mark: Phrase) -> bool:
    """Say whether the name of who writes, or the head or the foot of the letter, says so."""
    if name.search(found.writer.name if found.writer else ""):
        return True
    blocks = [found.layout.blocks[number] for number in found.layout.where(_WORDS[mark])]
    lines = (line for block in blocks for line in block.lines if line.page == 1)
    height = found.layout.height_of(1)
    edge = (line.text for line in lines if not _HEAD < line.box[1] / height < _FOOT)
    return any(mark.pattern.search(text) for text in edge)


def _is_public(found: Found) -> bool:
    name = found.writer.name if found.writer else ""
    return is_public_body(name)


def clues_of_money(balance: Euro | None, payable: Euro | None) -> frozenset[str]:
    """Return what the balance and what is asked tell of how and when to pay."""
    asks = "asks" if payable is not None and payable.cents else "asks no amount"
    rest = "nothing left" if balance is not None and not balance.cents else "something left"
    return frozenset([asks, "no balance" if balance is None else rest])


def _is_debited(layout: Layout) -> bool:
    """Say whether the amount will be collected from the citizen's account."""
    for match, spot in layout.matches(_DEBITED, having=_COLLECTED):
        refused = _NOT_DEBITED.search(spot.sentence + match.group())
        if not refused and not context.is_conditional(layout, spot.block, spot.start):
            return True
    return False


_COLLECTED = Words(
    *("schre", "schri", "boek", "ncass", "innen", "van uw", "van je", "collect", "debit")
)
