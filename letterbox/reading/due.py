"""Until when to pay: which of the terms in a letter is the one for paying.

A letter has more terms: to object, to appear, to ask for instalments, to move out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from letterbox.reading import context
from letterbox.reading.finders.terms import Counted, TermFound
from letterbox.reading.layout import Layout, Spot

_PAY = re.compile(
    r"(?i)\b(?:betal\w*|betaal\w*|terugbetal\w*|voldoen|voldaan|overmak\w*"
    r"|over te maken|overgemaakt|maak\b.*\bover|bijgeschreven|bij te schrijven"
    r"|schrijven|ontvangen|in orde"
    r"|in (?:ons bezit|huis)|op (?:onze |mijn |de )?rekening|doe dit|pay\b|payment"
    r"|transfer|settle|bedrag|te voldoen|aflos\w*)"
)
_LABELLED = re.compile(
    r"(?i)betaaldatum|vervaldatum|vervaldag|^betalen|betaaltermijn|due date"
    r"|pay by|payable by|due by|termijn dient"
)
_OTHER_MATTER = re.compile(
    r"(?i)\b(?:bezwaar\w*|beroep|verzet\w*|(?:aan)?vra(?:ag|gen)\b(?=.{0,30}\baan\b)"
    r"|vraag\b.*|aanvra\w+|aanmeld\w*|aangemeld|machtig\w*|zitting|verschijn\w*"
    r"|ontruim\w*|klacht\w*|reageer\w*|reactie|wijzig\w*|bel\b|opleveren"
    r"|afspraak"
    r"|doorgeven|uw rekening|geef\b|stuur\w*|formulier|weten|opzeg\w*|retour\w*|herroep\w*"
    r"|volgende betaling|kwijtschelding|object\w*|appeal\w*|call\b|afge(?:schreven"
    r"|zegd)|incasseren|af\b, voor|garantie|komen|verwerkt|bewaar)"
)
_BY_THEN = re.compile(r"(?i)\bbedrag\b.{0,60}\b(?:ontvangen|betaald|voldaan|bijgeschreven)")
_ENOUGH = 3
_INSTALMENTS = re.compile(r"(?i)in (?:termijnen|delen)|gespreid|betalingsregeling")


@dataclass(frozen=True, slots=True)
class Due:
    """The term for paying: with a date, or only with its words.

    :ivar sure: no other term comes near, and it is clear from what it is counted
    """

    term: TermFound
    sure: bool


def choose_due(
    terms: Sequence[TermFound],
    layout: Layout,
    *,
    asked: Iterable[tuple[int, int]],
    letter_on: date | None,
    letter_on_sure: bool = True,
) -> tuple[Due | None, bool]:
    """Return the term for paying, if any, and whether another might be it after all.

    :param asked: block and place of the amounts that are asked for
    """
    places = tuple(asked)
    scored = [
        (_score(term, layout, places), -order, term)
        for order, term in enumerate(terms)
        if not _is_past(term, letter_on)
    ]
    if not scored:
        return None, False
    best, _, term = max(scored, key=lambda entry: entry[:2])
    if best < _ENOUGH:
        return None, best > 0
    rival = max((score for score, _, other in scored if other.on != term.on), default=0)
    clear = term.counted is not Counted.UNSAID and (
        letter_on_sure or term.counted is not Counted.LETTER
    )
    return Due(term, sure=clear and best - rival >= 2), False


def _score(term: TermFound, layout: Layout, asked: Sequence[tuple[int, int]]) -> int:
    spot = term.spot
    text = layout.blocks[spot.block].text
    label = spot.label if len(spot.label) < 40 else ""
    around = f"{label} {'' if spot.before else spot.above} {spot.sentence}"
    labelled = bool(_LABELLED.search(f"{around} {term.words}"))
    score = 5 * labelled + 3 * bool(_PAY.search(around)) + 2 * _with_amount(term, asked)
    score += term.counted is Counted.FIXED
    score += 3 * (spot.cell and bool(spot.above))
    nearby = f"{spot.before[-90:]} … {spot.after[:70]}"
    if _OTHER_MATTER.search(nearby) and not _BY_THEN.search(spot.after):
        score -= 4
    if _INSTALMENTS.search(spot.sentence) and not labelled:
        score -= 3
    if context.is_conditional(text, spot.start):
        score -= 3
    if term.counted is Counted.AT_ONCE:
        score -= 3 * context.is_conditional(text, spot.start) + 2 * _names_a_term(spot)
    return score


def _names_a_term(spot: Spot) -> bool:
    """`Zo spoedig mogelijk, doch uiterlijk binnen 5 dagen`: the second is the term."""
    return bool(re.match(r"(?i)[, ]*(?:doch|maar|en)\b.{0,12}\b(?:uiterlijk|binnen)", spot.after))


def _with_amount(term: TermFound, asked: Sequence[tuple[int, int]]) -> bool:
    start = term.spot.start - len(term.spot.before)
    end = term.spot.start + len(term.words) + len(term.spot.after)
    return any(block == term.spot.block and start <= at <= end for block, at in asked)


def _is_past(term: TermFound, letter_on: date | None) -> bool:
    return term.on is not None and letter_on is not None and term.on < letter_on
