"""Finding until when something may be done: `binnen 14 dagen na dagtekening`, `vóór 1 mei`.

What is to be done by then is not decided here: paying, objecting and moving out have terms.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from letterbox.reading.finders.dates import MONTH, DateFound, find_dates, in_year_of
from letterbox.reading.finders.hanging_terms import find_hanging
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.numbers import NUMBER_WORD, number_in_words, ordinal_in_words
from letterbox.reading.phrases.words import Words
from letterbox.reading.working_days import working_days_after
from letterbox.shared.days import months_later

_WEEKDAY = (
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)


class Counted(StrEnum):
    """From what a term is counted."""

    FIXED = "fixed"
    LETTER = "letter"
    DELIVERY = "delivery"
    SERVICE = "service"
    UNSAID = "unsaid"
    AT_ONCE = "at_once"
    HANGING = "hanging"


_LAST_DAY = re.compile(
    rf"(?i)(?:\b|(?<=\d))(?P<cue>uiterlijk(?:\s(?:op|tot en met|per|is|aanstaande))?"
    rf"|(?:niet later dan|op zijn laatst|ten laatste|vervalt)(?:\sop)?|uiterste datum"
    rf"|laatste (?:betaal)?dag(?:\sis|\svan betaling|\som te betalen)?"
    rf"|final date(?:\sfor payment)?|deadline(?:\sis)?|not later than"
    rf"|uiterste betaaldatum(?:\s(?:is|was))?"
    rf"|uiterlijke betaaldatum|betaaldatum(?:\sis)?|vervaldatum|vervaldag"
    rf"|v[oó]{{2}}r of op|op of v[oó]{{2}}r|t/m|tot en met|tot uiterlijk"
    rf"|hebben (?:betaald|voldaan) op"
    rf"|v(?:óó|oó|óo)r\s(?:de|het)\s[^.;\d]{{3,40}}(?:\svan|,\sdat is)"
    rf"|voor\s(?:de|het)\s\w*(?:vergadering|vakantie|sluiting|wissel|kamp|toernooi|feest)\svan"
    rf"|v[óo][óo]r(?:\sde)?|voor|due date|due on|due by|payable by|by|no later than"
    rf"|on or before|before|by no later than)"
    rf"\s?:?\s?(?:op\s)?(?:{_WEEKDAY},?\s)?(?:the\s)?$"
)
_DAY_BEFORE = re.compile(r"(?i)^(?:(?:te )?betalen )?(?:v[óo][óo]r|before)\b(?! of op)")
_LABEL = re.compile(
    r"(?i)(?:uiterste|uiterlijke)?\s?betaaldatum|vervaldatum|vervaldag"
    r"|(?:te )?betalen (?:uiterlijk|op of v[óo]{2}r|v[óo]{2}r(?: of op)?)"
    r"|uiterlijk op|laatste (?:betaal)?dag|uiterste datum|due date|deadline|final date|pay by"
    r"|\bv(?:óó|oó|óo)r(?: of op)?(?=\s?:?\s*$)"
)
_FIGURES = " :0123456789.,/-€"
_OTHER_DAYS = re.compile(rf"(?i)(?:\d\d?[\s./-]{MONTH}|[\s:\d./-])+")
_TOO_LATE = re.compile(
    r"(?i)^[\s;,.:–-]*(?:want )?(?:op )?(?:die dag|die datum|dat) zelf (?:bent u|is(?: het)?) "
    r"(?:al )?te laat"
)
"""What follows a day on which it may no longer be done."""
_UNIT = Words(
    "dag", "dgn", "week", "weke", "maand", "day", "month", "fortnight", " d.", "uur", "hour"
)
_WITHIN = re.compile(
    rf"(?i)(?:\b(?P<cue>binnen|within|uiterlijk(?: over)?|in (?:de komende|the next)"
    rf"|(?:betaa?l\w*)?(?:termijn|condities?)(?::| is| van| bedraagt)?|terms?:?)\s(?:een "
    rf"termijn van\s|of\s|net(?:to)?\s|(?:op\s|on\s)?(?:de\s|the\s)?(?:next\s)?)|\b)"
    rf"(?P<count>\d{{1,3}}|a|{NUMBER_WORD})\s?(?:\((?:[a-z]+|\d+)\)\s)?(?:kalender|calendar\s|more\s|volle\s)?"
    rf"(?P<unit>werkdag(?:en)?|dag(?:en)?|dgn\.?|we(?:ek|ken)|maand(?:en)?|(?:working"
    rf"|business)\sdays?|days?|d\.(?=\sna\b)|weeks?|fortnight|months?|uur|hours?)(?<=[\w.])(?!\w)"
    rf"(?=(?P<since>[^.;!?]{{0,90}}))"
)
_GIVEN = re.compile(
    r"(?i)\b(?:(?:geven|geef|gunnen|gun) (?:wij |we |ik )?(?:u|je)(?: (?:hier|daar)voor)?(?: nog)?"
    r"|reste(?:ert|ren)(?: u| je)?(?: nog)?|u (?:hebt|heeft|krijgt)(?: van (?:mij|ons))?"
    r"(?: dus)?(?: nog)?(?: de tijd)?"
    r"|(?:hebt|heeft|krijgt) u(?: dus)?(?: nog)?|je (?:hebt|krijgt)(?: dus)?(?: nog)?"
    r"|you have|gives? you|allow you(?: another| a further)?)\s(?:hier(?:voor)?\s|de tijd\s)?$"
)
"""Words before a number of days that make a term of it without `binnen`."""

_GIVEN_SINCE = re.compile(
    r"(?i)\b(?:(?:u|je) (?:hebt|heeft|krijgt)|(?:hebt|heeft|krijgt) (?:u|je))"
    r"(?P<since>\s(?:na|vanaf)\s[^.;!?]{5,60}?)(?:\snog)?\s$"
    r"|^(?P<first>(?:na|vanaf)\s[^.;!?]{5,60}?),?\s(?:hebt|heeft|krijgt) (?:u|je)(?:\snog)?\s$"
)
"""The same where it comes first from when: `u heeft na ontvangst van deze brief nog …`."""

_COUNTED_FROM = (
    r"^[,\s]*(?:netto\s)?(?:(?:heeft|hebt|krijgt) u\s)?"
    r"(?:om\s(?:\w+\s){0,4}te\s(?:betalen|voldoen|doen)\b[,\s]*)?"
    r"(?:(?:de tijd|hiervoor|daarvoor|for (?:this|that|it))\b[,\s]*)*"
    r"(?:en wel\s)?"
    r"(?:(?:te rekenen|te tellen|gerekend|geteld|ingaande|ingaand|beginnend|aanvangende?"
    r"|starting|beginning|counting|counted|following|(?:en )?(?:(?:die|deze|which|that) )?"
    r"(?:tel(?:t|len)|lo(?:opt|pen)|begin(?:t|nen)|vangt aan|ga(?:at|an) in|starts?|begins?|runs?))"
    r"\b[, ]*(?:na|vanaf|van|op|met|from|on|after)?|na|nadat|vanaf|after"
    r"|of|from)\b"
)
_NOT_A_DAY_YET = (
    r"(?:(?!\bdagtekening|\b(?:factuur|nota|brief|verzend)datum|\b(?:heden|vandaag|today)\b"
    r"|\bdatum (?:van (?:deze?|dit|het)|dezes)\b|\bdate of (?:this|the)\b"
    r"|\bte (?:zijn|hebben|worden|mogen)\b|\bbe\b).){0,50}?"
)
"""`Binnen 30 dagen na dagtekening te zijn ontvangen` is not counted from when it is received."""
_SINCE = (
    (
        Counted.SERVICE,
        re.compile(rf"(?i){_COUNTED_FROM}\s(?:de\s)?(?:dag (?:van|na)\s)?(?:de\s)?beteken\w*"),
    ),
    (
        Counted.DELIVERY,
        re.compile(
            rf"(?i){_COUNTED_FROM}{_NOT_A_DAY_YET}\b(?:bezorg\w*|ontvang\w*|ontving|gekregen|krijgt"
            rf"|kreeg|bereikt|in huis|(?:uw|de) (?:brieven)?bus|op de mat|deliver\w*"
            rf"|receipt|receiv\w*|reach\w*|get this)"
        ),
    ),
    (
        Counted.LETTER,
        re.compile(
            rf"(?i){_COUNTED_FROM}\s(?:(?:de|the|deze|this|uw)\s)?"
            rf"(?:(?:dag|day) (?:van|na|of|on|after)\s(?:(?:de|the|this)\s)?)?"
            rf"(?:\w*(?:dagtekening|datum)|heden|dato|vandaag|verzend\w*|date|today|invoice date"
            rf"|letter|brief|factuur|nota|aanslag|besluit|beschikking|uitspraak|invoice|bill|decision"
            rf"|issue)\b"
        ),
    ),
)
_STARTS = re.compile(
    r"(?i)[.;,]\s(?:en\s|and\s)?(?:die|deze|this|that|these)\s(?:\w+\s){0,3}"
    r"(?:begin|start|vangt aan|ga(?:at|an) in|lo(?:opt|pen))"
    r"[^.;]{0,40}\b(?:nadat|na|after)\b[^.;]{0,40}"
    r"\b(?:ontvang|gekregen|krijgt|bezorg|in huis|uw bus|receiv|reach|deliver)"
)
"""The sentence after a term says that it is counted from delivery."""

_SERVED_BY_THIS = re.compile(
    r"(?i)\b(?:heden|vandaag)\b[^;]{0,300}\bbetekend\b|\bhierbij betekend\b"
)
"""The letter is the deed itself: what is counted from service is counted from its date."""

_BEFORE_ANOTHER = re.compile(r"(?i)\s*(?:v[óo]{2}r|voorafgaand|before|prior)\b(?=\s)")
_UNITS = {
    "we": timedelta(weeks=1),
    "fo": timedelta(weeks=2),
    "uu": timedelta(hours=1),
    "ho": timedelta(hours=1),
}
"""How long a week, a fortnight and an hour are, by how the word begins; the rest are days."""

_SAFE_DAYS = 14
"""Fifteen days after delivery or fourteen from the day after: the earlier of the two is safe."""

_AT_ONCE = re.compile(
    r"(?i)\b(?:per (?:omgaande|ommegaande)|onmiddellijk|onverwijld|zo spoedig mogelijk"
    r"|terstond|immediately|as soon as possible)\b"
)
_SOON = Words(
    "omgaande",
    "ommegaande",
    "onmiddellijk",
    "onverwijld",
    "zo spoedig",
    "terstond",
    "immediately",
    "as soon",
)


class TermFound(NamedTuple):
    """A last day, or the words for one that no date follows from.

    :ivar on: the last day on which it may be done, included
    """

    on: date | None
    words: str
    counted: Counted
    spot: Spot


def find_terms(layout: Layout, *, letter_on: date | None, received_on: date) -> list[TermFound]:
    """Return all terms in a letter, in reading order."""
    found = [
        *_last_days(layout, letter_on or received_on),
        *_counted(layout, letter_on=letter_on, received_on=received_on),
        *(
            TermFound(None, m.group(), Counted.AT_ONCE, s)
            for m, s in layout.matches(_AT_ONCE, having=_SOON)
        ),
        *(
            TermFound(hanging.on, hanging.words, Counted.HANGING, hanging.spot)
            for hanging in find_hanging(layout, letter_on=letter_on or received_on)
        ),
    ]
    return sorted(found, key=lambda find: (find.spot.block, find.spot.start))


def _last_days(layout: Layout, letter_on: date) -> Iterator[TermFound]:
    for found in find_dates(layout):
        filled = in_year_of(letter_on, found)
        cue = _cue(filled, layout)
        if cue is None or filled.on is None:
            continue
        day = filled.on - timedelta(days=1) if _is_too_late(cue, filled.spot) else filled.on
        yield TermFound(day, f"{cue} {filled.words}".strip(), Counted.FIXED, filled.spot)


def _is_too_late(cue: str, spot: Spot) -> bool:
    return bool(_DAY_BEFORE.match(cue) or _TOO_LATE.match(spot.after))


def _cue(found: DateFound, layout: Layout) -> str | None:
    spot = found.spot
    match = _LAST_DAY.search(spot.before)
    if match:
        return match["cue"]
    if _TOO_LATE.match(spot.after):
        return ""
    named = filter(None, map(_LABEL.search, _heads(found, layout)))
    return next((label.group() for label in named), None)


def _heads(found: DateFound, layout: Layout) -> Iterator[str]:
    """Yield what may name a day that fills its cell; other days may stand before it or above."""
    spot = found.spot
    if not spot.before.strip(_FIGURES):
        yield from (spot.label, spot.above, layout.over(spot))
    elif _OTHER_DAYS.fullmatch(spot.before):
        yield spot.label if spot.line.startswith(found.words) else layout.over(spot)


def _counted(layout: Layout, *, letter_on: date | None, received_on: date) -> Iterator[TermFound]:
    for match, spot in layout.matches(_WITHIN, having=_UNIT):
        count = _count(match["count"])
        given_since = _GIVEN_SINCE.search(spot.before)
        counted, since = _since(
            given_since["since"] or given_since["first"] if given_since else match["since"]
        )
        if counted is Counted.UNSAID and _STARTS.search(layout.blocks[spot.block].text, spot.start):
            counted = Counted.DELIVERY
        if counted is Counted.SERVICE and _SERVED_BY_THIS.search(layout.text):
            counted = Counted.LETTER
        given = match["cue"] is not None or bool(given_since or _GIVEN.search(spot.before))
        before_another = bool(_BEFORE_ANOTHER.match(match["since"]))
        if count is None or before_another or (not given and counted is Counted.UNSAID):
            continue
        first = received_on if counted is Counted.DELIVERY else letter_on
        known = first is not None and counted is not Counted.SERVICE
        if count == _SAFE_DAYS + 1 and counted is Counted.DELIVERY:
            count = _SAFE_DAYS
        on = _later(first, count, match["unit"].lower()) if known and first else None
        yield TermFound(on, f"{match.group()}{since}".strip(), counted, spot)


def _since(words: str) -> tuple[Counted, str]:
    """Say from what is counted, and how far the words that say so go."""
    for counted, pattern in _SINCE:
        if match := pattern.match(words):
            return counted, match.group()
    return Counted.UNSAID, ""


def _count(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    if written.lower() in ("een", "één", "a", "one"):
        return 1
    return number_in_words(written) or ordinal_in_words(written)


def _later(day: date, count: int, unit: str) -> date:
    if unit.startswith(("werkdag", "working", "business")):
        return working_days_after(day, count)
    if unit.startswith(("maand", "month")):
        return months_later(day, count)
    return day + count * _UNITS.get(unit[:2], timedelta(days=1))
