"""The date of the letter itself, among all the dates it names."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from letterbox.reading.finders.dates import DateFound, find_dates
from letterbox.reading.layout import Layout

_LABEL = re.compile(
    r"(?i)\b(?:datum|dagtekening(?: (?:aanmaning|aanslag|brief))?|factuurdatum|notadatum"
    r"|verzenddatum|datum (?:van )?(?:de |het )?"
    r"(?:(?:deze |dit )?(?:beschikking|besluit|brief|bericht|schrijven|aanslag|nota|factuur|stuk))"
    r"|date|invoice date|date of (?:this )?(?:letter|notice|decision|invoice|deed|statement)"
    r"|briefdatum|afdrukdatum|printdatum|rekeningdatum|(?:op)?gemaakt(?: op)?|afgedrukt op|afdr\."
    r"|datum (?:van )?(?:deze |het )?(?:vonnis|uitspraak|arrest|exploot|dagvaarding|overzicht"
    r"|uitreiking|bekendmaking|betekening|jaarrekening|aanmaning)|aanmaning d\.d\."
    r"|dagtek\.|uitspraakdatum|letter date)\s*:?\s*$"
    r"|(?:brief van|vandaag|today|(?:zitting en )?uitspraak(?: van)?|(?:vonnis|beschikking) van"
    r"|this letter|letter of|judgment of|report of|pronounced|rekening per"
    r"|(?:betekend|verzonden|verstuurd|served|sent)(?: op| on)?)\s*:\s*$"
    r"|^\W*(?:d\.d\.|verzonden|verstuurd|sent|letter of|beschikking van|overzicht van"
    r"|afschrift van)\s*$"
)
_OTHER_LABEL = re.compile(
    r"(?i)geboorte|uw brief|\bontvangen|in mindering|\bbetaal|betaling(?!sherinnering)|received"
    r"|besteld|behandel|\bevent\b|value date|afgekeurd|krachtens|betekende|herinnering van"
    r"|verzoek van|exploot dat"
    r"|verval|uiterste|uiterlijk|periode|leverdatum|datum en tijd|ingang|zitting|\bdue\b|birth"
    r"|verstreken|overtreding|constatering|controle|peildatum|voorschot|behandeling van|titel\b"
    r"|(?:uw|your) (?:bericht|message)"
)
_PLACE = re.compile(r"^(?:\d{4} ?[A-Z]{2} )?[A-Z’'][\w’' -]{2,30},?\s*$")
_WEEKDAY = re.compile(r"(?i)\b(?:(?:ma|di|wo|do|vr|za|zo)\w*dag|\w{3,6}day),?\s*$")
_TODAY = re.compile(
    r"(?i)\bheden,?\s(?:de\s)?(?:[a-zë\s]{3,60}\()?$|\bd\.?d\.\s$|\b(?:vonnis|arrest) van\s$"
    r"|\b(?:vandaag|today),?\s$|\bvandaag \($|^(?:verzonden(?: op)?|uitspraak)\s$"
)
_DEED = re.compile(
    r"(?i)^\W*(?:(?:heb|ben) ik\b.{0,80}(?:deurwaarder|ondergetekende)|uit kracht van"
    r"|(?:heb ik, )?ten verzoeke van)"
)
"""`Op 3 mei 2026 heb ik, gerechtsdeurwaarder`: who served it says so on the day itself."""
_NOW = re.compile(r"(?i)\bheden,?\s(?:de\s)?$")
_SIDE_BY_SIDE = re.compile(r"[|·•]")
_FIGURES = "0123456789 :./-"
_LEAST, _SURE = 3, 6


@dataclass(frozen=True, slots=True)
class LetterDate:
    """The date of the letter and whether it can be believed."""

    found: DateFound
    on: date
    sure: bool


def find_letter_date(layout: Layout, *, received_on: date) -> LetterDate | None:
    """Return the date that a letter bears, or None when no date fits."""
    dates = find_dates(layout)
    lines_above = {d.spot.above for d in dates if d.spot.line.startswith(d.words)}
    dates_alone = {d.spot.line for d in dates if d.spot.line == d.words}
    scored = [
        (_score(found, found.on, received_on), -order, found, found.on)
        for order, found in enumerate(dates)
        if found.on is not None and not _is_in_a_column(found, lines_above, dates_alone)
    ]
    if not scored:
        return None
    best, _, found, on = max(scored, key=lambda entry: entry[:2])
    rival = max((score for score, _, _, other in scored if other != on), default=0)
    later = any(on < other <= received_on for _, _, _, other in scored)
    sure = best >= _SURE and best > rival and not later
    return LetterDate(found, on, sure) if best >= _LEAST else None


def _is_in_a_column(
    found: DateFound, lines_above: Collection[str], dates_alone: Collection[str]
) -> bool:
    """Days that stand right below one another are of what is listed: visits, purchases."""
    spot = found.spot
    alone = not spot.before.strip(_FIGURES) and not spot.label
    return alone and (spot.line in lines_above or spot.above in dates_alone)


def _score(found: DateFound, on: date, received_on: date) -> int:
    spot = found.spot
    before = _WEEKDAY.sub("", spot.before)
    words = _named_by(found, before)
    if _OTHER_LABEL.search(words) and not _NOW.search(before):
        return 0
    score = (
        4 * bool(_LABEL.search(words) or _DEED.match(spot.after))
        or 3 * _stands_alone(found)
        or 2 * bool(_TODAY.search(before))
    )
    score += 2 * (spot.page == 1 and spot.box[1] < 400) if score else 0
    days = (received_on - on).days
    return score + 3 * (0 <= days <= 14) - 5 * (days < 0) - 2 * (days > 60)


def _named_by(found: DateFound, before: str) -> str:
    """Return the words that name a date: those before it or, where it begins a line, those to its
    left or above it. Beside the text of a letter only what is above is its name."""
    spot = found.spot
    beside = before if before.strip(" :") else ""
    around = (spot.label, spot.above) if spot.line.startswith(found.words) else ()
    own = (_SIDE_BY_SIDE.split(words)[-1] for words in (*around, beside))
    return next(filter(_LABEL.search, own), beside or spot.label or spot.above)


def _stands_alone(found: DateFound) -> bool:
    """`Utrecht, 3 mei 2026`: on a line of its own, at most with a place before it."""
    before, _, after = found.spot.line.partition(found.words)
    before = _WEEKDAY.sub("", before)
    return (not before.strip() or bool(_PLACE.match(before))) and (
        not after.strip(" .") or after.lstrip()[0] in "|·•"
    )
