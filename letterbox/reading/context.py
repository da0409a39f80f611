"""What the words around an amount or a date say about it: owed now, or only if, or long ago.

A 14-day letter names costs that are not owed yet; most letters say what will happen to those
who do not pay. From such a sentence to the end of its paragraph nothing is owed, unless a
sentence asks for payment again.
"""

import re
from functools import lru_cache
from itertools import pairwise

from letterbox.reading.layout import sentence_starts

_IF_NOT = re.compile(
    r"(?i)\b(?:betaalt u (?:\w+\s)?(?:niet|te laat)|(?:niet|te laat) (?:op tijd )?betaald\?"
    r"|(?:indien|als|wanneer|mocht) (?:u|wij|het|de|betaling)\b"
    r"[^.]{0,60}\b(?:niet|uitblij\w+|geen|te laat)|bij (?:gebreke|uitblijven"
    r"|niet[- ]tijdige|te late|niet tijdig)"
    r"|(?:ontvangen|krijgen|hebben) wij [^.]{0,60}\b(?:niet|geen)\b[^.]{0,60}\bdan\b"
    r"|blijft? (?:\w+\s){0,4}(?:uit|betaling)\b|doet u (?:dat|dit|niets) ?niet?"
    r"|in dat geval|anders (?:krijgt|geef|moet|bent|worden|zal)|na afloop van de termijn"
    r"|if (?:we|you|your|payment)\b[^.]{0,60}\b(?:not|unpaid|still)\b"
    r"|without payment|failing|otherwise|wat als (?:u|ik) niet betaal"
    r"|mist u|heeft u [^.]{0,40} niet (?:alles|volledig) betaald, dan"
    r"|dan (?:bent|wordt|worden|moet|komen|betaalt|verhogen|brengen) (?:u"
    r"|wij|de|het|deze)\b|kunnen wij [^.]{0,40} in rekening brengen"
    r"|betaalt u (?:weer|deze|dit|het)\b[^.?]{0,40}\bniet\b|niet(?: tijdig)? afgezegd\w*"
    r"|niet tijdig afzeggen|te laat afgezegd\w*|niet op tijd betaald)"
)
_ASKS_AGAIN = re.compile(
    r"(?i)^(?:(?:daarom |alsnog )?(?:wij|we) (?:verzoeken|vragen|sommeren)"
    r"|u moet\b(?!.{0,60}\bdan\b)|maak\b|betaal\b|zorg\b|wilt u\b|u gelieve"
    r"|please)"
)
_TO_PREVENT = re.compile(r"(?i)\b(?:wilt u|om)\b[^.]{0,60}\bvoorkomen\b")
_THREAT = re.compile(
    r"(?i)\b(?:zal|zullen|kan|kunnen|kunt)\b|\bextra\b|\bminimaal\b|\boplopen\b"
    r"|\bwordt\b|\bworden\b|\bwill\b|\bmay\b|\badds\b|\bverhoogd tot\b"
)
_COST = re.compile(r"(?i)kosten|rente|verho(?:ging|ogd)|dwangbevel|costs|interest|charge|aanmaning")
_NOT_NOW = re.compile(
    r"(?i)hoeft u (?:nu )?niet|niet te betalen|geen betalingsverzoek|betaalt u pas"
    r"|wordt u nu niets|iets anders dan|los van|apart bericht"
    r"|niet (?:in|bij) .{0,30} begrepen|wij hebben .{0,30} overgemaakt"
    r"|\bvergoed(?:t|en)? (?:wij|u)|wij vergoeden|naar uw rekening|stort(?:en)? wij"
    r"|ontvangt u van ons"
)
_RATE = re.compile(
    r"(?i)(?:\bper\s(?:maand|jaar|week|dag|stuk|keer|kwartaal)|\b(?:iedere"
    r"|elke)\smaand|\bmaandelijks\w*|\bà|×|\bx|\b(?:3|drie)\sv\.e\.|\belk\b"
    r"|voor (?:elke?|iedere?)\b|\bper month|\beach\b|\btermijnen van)"
)
_BOUND = re.compile(
    r"(?i)\b(?:minimaal|maximaal|ten minste|hooguit|meer dan|hoger dan"
    r"|lager dan|tussen|ongeveer|circa|al snel|meestal|spoedig|at least"
    r"|up to|boven|vanaf|onder|tot meer dan|van ten hoogste|naar|bedrag tussen)\s(?:de\s)?$"
)
_BEFORE_NOW = re.compile(r"(?i)\b(?:was|waren|huurprijs bedroeg|stuurden wij u|schreven wij)\b")


def is_conditional(text: str, at: int) -> bool:
    """Say whether what stands here is only owed if something happens, or does not."""
    return any(start <= at < end for start, end in _conditional_parts(text))


@lru_cache(maxsize=512)
def _conditional_parts(text: str) -> tuple[tuple[int, int], ...]:
    """Return from where to where a paragraph speaks of what is only so if."""
    parts, open_ = [], False
    for start, end in pairwise([0, *sentence_starts(text), len(text)]):
        sentence = text[start:end]
        if _ASKS_AGAIN.match(sentence.strip()) and not _IF_NOT.search(sentence):
            open_ = False
        cue = None if _TO_PREVENT.search(sentence) else _IF_NOT.search(sentence)
        if open_ or _threatens(sentence):
            parts.append((start, end))
        elif cue is not None:
            parts.append((start + cue.start() + 1, end))
        open_ = open_ or cue is not None
    return tuple(parts)


def _threatens(sentence: str) -> bool:
    return bool(_THREAT.search(sentence) and _COST.search(sentence) and _IF_NOT.search(sentence))


def is_a_rate(before: str, after: str) -> bool:
    """Say whether an amount is per month, per piece or per instalment, or the price of one."""
    return bool(_RATE.search(before[-22:]) or _RATE.match(after.lstrip(" ,()*")))


def is_a_bound(before: str) -> bool:
    """Say whether an amount is a limit or an estimate: `minimaal € 40`, `tussen € 180`."""
    return bool(_BOUND.search(before[-26:]))


def is_not_asked(sentence: str) -> bool:
    """Say whether the sentence itself says that this is not to be paid now."""
    return bool(_NOT_NOW.search(sentence))


def is_history(before: str) -> bool:
    """Say whether an amount is what once was: `uw saldo was € 129,60`."""
    return bool(_BEFORE_NOW.search(before[-45:]))
