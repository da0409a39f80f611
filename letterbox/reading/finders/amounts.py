"""Finding amounts of money, in the ways in which letters write them.

A bare number is taken for money only when it has two decimals, or stands alone in a column
of a table that says it is in euros: a year, a postcode or a meter reading is no amount. With a
point (`8.30`) it is a time or an article of law, unless the letter writes all its amounts so.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from letterbox.reading.layout import Layout, Spot
from letterbox.reading.numbers import BELOW_HUNDRED, NUMBER_WORD, number_in_words
from letterbox.reading.phrases.words import BROKEN_NUMBERS, DIGITS, Words
from letterbox.shared.money import Euro

_MARK = r"(?:€|â‚¬|¤|\bEURO?\b|\bEuro\b)"
_WHOLE = r"(?:\d{1,3}(?:[.,\s]\d{3})+|\d{1,9})"
_MINUS = r"(?P<minus>(?:(?<![/\d])(?<!\d\s)[-–−]\s?|(?<=\s)[-–−](?=[€\d])))?"
_MARKED = re.compile(
    rf"(?=[-–−€â¤E]){_MINUS}{_MARK}\s?(?P<minus2>[-–−]\s?)?(?P<whole>{_WHOLE})"
    rf"(?:[.,](?P<cents>\d{{2}}|[-–=]{{1,2}}))?(?![.,]?\d)(?P<after>\s?(?:-/-|CR\b|[-–−](?=\s|$)))?"
)
_BARE = re.compile(
    r"(?=[-–−\d])(?<![\w.,/€-])(?<!€\s)" + _MINUS + r"(?P<whole>\d{1,3}(?:[.,\s]\d{3})+|\d{1,7})"
    r"(?P<point>[.,])(?P<cents>\d{2}|--?|=)(?![.,/]?\d)(?![-/%]\d|\s?(?:%|uur\b|u\b|kWh|km\b|m³))(?P<minus2>)"
    r"(?P<after>\s?(?:-/-|CR\b|[-–−](?=\s|$|/)))?(?P<mark>\s?(?:€|EUR\b|[Ee]uro\b))?"
)
_NAMED = re.compile(
    r"(?<![\d.,])(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,6})\s(?:euro|EUR)\b", re.IGNORECASE
)
_INTEGER_CELL = re.compile(
    r"^(?P<minus>[-–]\s?)?(?P<whole>\d{1,3}(?:\.\d{3})*)(?P<after>\s?[-–])?$"
)
_IN_EUROS = re.compile(
    r"(?i)(?=[bai])\b(bedrag(en)?|alles)\s(\w+\s)?in\s(hele\s)?euro|\b(in|amount)\s\(?(EUR|€)"
)
_IN_WORDS = re.compile(
    rf"(?i)(?P<euros>{NUMBER_WORD}(?:\s{NUMBER_WORD})?)\seuro(?:\s(?:en\s)?(?P<cents>{BELOW_HUNDRED})\b(?:\scent\b)?)?"
)
_MARKS, _EUR, _EURO = Words("€", "â‚¬", "¤", "eur"), Words("eur"), Words("euro")
_NIL, _IS_NIL = re.compile(r"(?i)\bnihil\b"), Words("nihil")
_BESIDE = 20  # characters: whoever looks further takes long on a page full of numbers
_LOST_MARK = re.compile(r"(?:^|\s)\?\s?$")  # what a printer makes of a sign for euros
_LAW = re.compile(r"(?i)\b(?:art(?:icles?|ikel(?:en)?)?|sections?|clauses?|version)\.?\s$")
_FROM_HOUR = re.compile(
    r"(?i)(?:\b(?:at|from|until|till|om|vanaf)|\d[.:]\d\d\s?(?:[-–]|to|and|until|tot|en))\s?$"
)
_HOUR = re.compile(
    r"(?i)\s?(?:uur|hours|hrs?\b|[ap]\.?m\b|o.clock|[-–]\s?\d|(?:to|and|tot|en)\s\d)"
)
_SIZES = re.compile(r"[.,\s]")


class AmountFound(NamedTuple):
    """An amount, always positive, and where it stands.

    :ivar minus: a minus sign, or another sign of a credit, stands with it
    :ivar marked: it is certainly money: a euro sign, the word euro, or both decimals
    """

    amount: Euro
    spot: Spot
    minus: bool = False
    marked: bool = True


def find_amounts(layout: Layout) -> list[AmountFound]:
    """Return all amounts of a letter, in reading order, each one once."""
    found = [*_in_figures(layout), *_in_integers(layout), *_in_words(layout), *_nil(layout)]
    return sorted(found, key=lambda find: (find.spot.block, find.spot.start))


def _in_figures(layout: Layout) -> Iterator[AmountFound]:
    taken: set[tuple[int, int]] = set()
    found = [
        written
        for pattern, having in ((_MARKED, _MARKS), (_BARE, BROKEN_NUMBERS), (_NAMED, _EUR))
        for written in layout.matches(pattern, having=having)
    ]
    pointed = _parts_cents_by_points([match for match, _ in found])
    for match, spot in found:
        place = (spot.block, match.end("whole"))
        amount = None if _is_no_money(match, spot, pointed) else _euro(match)
        if place not in taken and amount is not None:
            taken.add(place)
            yield AmountFound(amount, spot, minus=_negative(match, spot))


def _parts_cents_by_points(found: Sequence[re.Match[str]]) -> bool:
    """Say whether a letter writes `1,166.50`: never a comma, and once what is no hour or day."""
    points = [match for match in found if _sign_before_cents(match) == "."]
    commas = any(_sign_before_cents(match) == "," for match in found)
    return not commas and any(not _may_be_hour(each) for each in points)


def _sign_before_cents(match: re.Match[str]) -> str:
    cents = match.groupdict().get("cents") or ""
    return match.string[match.end("whole")] if cents.isdigit() else ""


def _is_no_money(match: re.Match[str], spot: Spot, pointed: bool) -> bool:
    """`8.30` outside a table is a time or an article of law, unless it is said to be money."""
    if match.groupdict().get("point") != "." or match["mark"] or spot.cell:
        return False
    before = match.string[max(match.start() - _BESIDE, 0) : match.start()]
    after = match.string[match.end() : match.end() + _BESIDE]
    if _LOST_MARK.search(before):
        return False
    hour = _may_be_hour(match) and (_HOUR.match(after) or _FROM_HOUR.search(before))
    return not pointed or bool(hour or _LAW.search(before))


def _may_be_hour(match: re.Match[str]) -> bool:
    """Say so of days as well: `31.12`."""
    return len(match["whole"]) < 3 and int(match["whole"]) < 32 and int(match["cents"]) < 60


def _euro(match: re.Match[str]) -> Euro | None:
    groups = match.groupdict()
    whole = _SIZES.sub("", groups["whole"])
    cents = groups.get("cents") or "00"
    if len(whole) > 9 or len(set(_SIZES.findall(groups["whole"]))) > 1:
        return None
    return Euro(int(whole) * 100 + (int(cents) if cents.isdigit() else 0))


def _negative(match: re.Match[str], spot: Spot) -> bool:
    groups = match.groupdict()
    signs = any(groups.get(name) for name in ("minus", "minus2", "after"))
    return signs or spot.line == f"({match.group()})"


def _in_integers(layout: Layout) -> Iterator[AmountFound]:
    cells = [*_integer_cells(layout)]
    # Last, for it reads the whole letter: most have no such cell.
    if not cells or not _IN_EUROS.search(layout.text):
        return
    for number, at, match in cells:
        spot = layout.spot(number, at, at + match.end())
        amount = Euro(int(match["whole"].replace(".", "")) * 100)
        yield AmountFound(amount, spot, bool(match["minus"] or match["after"]), marked=False)


def _integer_cells(layout: Layout) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Yield lines that are a bare number behind a label: the block, from where in it, and what."""
    for number in layout.where(DIGITS):
        at = 0
        for line in layout.blocks[number].lines:
            match = _INTEGER_CELL.match(line.text)
            if match and layout.left_of(line):
                yield number, at, match
            at += len(line.text) + 1


def _in_words(layout: Layout) -> Iterator[AmountFound]:
    for match, spot in layout.matches(_IN_WORDS, having=_EURO):
        euros = _longest_number(match["euros"])
        cents = number_in_words(match["cents"] or "nul") or 0
        if euros is not None and cents < 100:
            yield AmountFound(Euro(euros * 100 + cents), spot)


def _longest_number(words: str) -> int | None:
    both = number_in_words(words)
    return both if both is not None else number_in_words(words.split()[-1])


def _nil(layout: Layout) -> Iterator[AmountFound]:
    for _, spot in layout.matches(_NIL, having=_IS_NIL):
        yield AmountFound(Euro(0), spot)
