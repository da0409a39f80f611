"""How a sender writes amounts, days and numbers: values pass through here and become print."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import TypeVar

from tests.letters.draws import Iban, Reference
from tests.letters.expressions import Value

Choice = TypeVar("Choice")

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
_SHORT = {
    "nl": "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
_DAYS = {
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}


@dataclass(frozen=True, slots=True)
class Style:
    """What one sender is used to.

    :ivar amount: before and after the digits in running text: `€ 12,50`
    :ivar cell: the same in a table
    :ivar points: whether thousands are set apart
    :ivar dash: whether whole amounts end in `,-`
    :ivar minus: where the minus of a negative amount goes: before the sign, or the digits
    :ivar day: name of a way to write days; `label_day` the same in the block of references
    """

    language: str = "nl"
    amount: tuple[str, str] = ("€ ", "")
    cell: tuple[str, str] = ("€ ", "")
    points: bool = True
    dash: bool = False
    minus: str = "before"
    day: str = "long"
    label_day: str = "numbers"
    iban_groups: bool = True
    reference_gap: str = " "


_AMOUNTS = {
    ("€ ", ""): 30,
    ("€\u00a0", ""): 16,
    ("€\u2009", ""): 4,
    ("€\u202f", ""): 2,
    ("€", ""): 12,
    ("EUR ", ""): 12,
    ("", " euro"): 3,
    ("", ""): 5,
    ("â‚¬ ", ""): 1,
    ("? ", ""): 1,
}
_DAY_STYLES = {
    "nl": {
        "long": 30,
        "day": 6,
        "numbers": 22,
        "loose": 10,
        "short": 8,
        "slashes": 6,
        "quote": 1,
        "points": 3,
    },
    "en": {"long": 40, "american": 6, "numbers": 10, "short": 10, "slashes": 4, "day": 5},
}


def draw_style(language: str, chance: Random) -> Style:
    """Return the habits of a sender."""
    amount = pick(chance, _AMOUNTS)
    if language == "en" and amount[0].startswith("€") and chance.random() < 0.8:
        amount = ("€", "")
    day = pick(chance, _DAY_STYLES[language])
    return Style(
        language=language,
        amount=amount,
        cell=chance.choice((amount, amount, amount, ("", ""))) if amount[0] else amount,
        points=chance.random() < 0.85,
        dash=language == "nl" and chance.random() < 0.3,
        minus=chance.choice(("before", "inside")),
        day=day,
        label_day=chance.choice((day, "numbers", "long")),
        iban_groups=chance.random() < 0.7,
        reference_gap=chance.choice((" ", " ", "", ".")),
    )


def write_value(value: Value, how: str, style: Style, *, cell: bool = False) -> str:
    """Return a value in print.

    :param how: a way that the text asks for, or nothing
    :param cell: whether it stands alone in a cell of a table
    :raises ValueError: the value cannot be written in that way
    """
    if isinstance(value, Decimal):
        return write_amount(value, how, style, cell=cell)
    if isinstance(value, date):
        return write_day(value, how or (style.label_day if cell else style.day), style.language)
    if isinstance(value, Iban | Reference):
        return _write_number(value, how, style)
    if how:
        raise ValueError(f"{value!r} cannot be written as {how!r}")
    return str(value)


def write_amount(amount: Decimal, how: str, style: Style, *, cell: bool = False) -> str:
    """Return an amount in print: `€ 1.234,56`.

    :raises ValueError: there is no such way, or it is for whole amounts only
    """
    whole = amount == amount.to_integral()
    if how in ("words", "dash") and not whole:
        raise ValueError(f"{amount} is not whole, and cannot be written as {how!r}")
    if how == "words":
        return f"{'-' if amount < 0 else ''}{abs(int(amount))} euro{_plural(style, amount)}"
    before, after = _around(how, style, cell)
    dash = whole and style.language == "nl" and (how == "dash" or (style.dash and not how))
    digits = _digits(abs(amount), style, dash=dash) + after
    if amount >= 0:
        return before + digits
    return f"-{before}{digits}" if style.minus == "before" else f"{before}-{digits}"


def write_day(day: date, how: str, language: str) -> str:
    """Return a day in print.

    :raises ValueError: there is no such way
    """
    if how not in _DAY_WAYS:
        raise ValueError(f"a day cannot be written as {how!r}")
    return _DAY_WAYS[how](day, language)


def ways_to_write_day(day: date) -> Iterator[str]:
    """Return every way in which a letter may write a whole day."""
    for how, way in _DAY_WAYS.items():
        if how not in ("yearless", "month"):
            yield from (way(day, "nl"), way(day, "en"))


def ways_to_write_amount(amount: Decimal) -> Iterator[str]:
    """Return every way in which a letter may write the digits of an amount."""
    for language in ("nl", "en"):
        for points in (True, False):
            style = Style(language, points=points)
            yield _digits(abs(amount), style, dash=False)
            if amount == amount.to_integral():
                yield _digits(abs(amount), style, dash=True)
                yield f"{abs(int(amount))} euro"


def contains_number(text: str, number: str) -> bool:
    """Say whether a number stands in a text and is not a part of a longer one."""
    return re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)", text) is not None


def pick(chance: Random, weights: Mapping[Choice, int]) -> Choice:
    """Return one of the choices, by their weights."""
    return chance.choices(list(weights), weights=list(weights.values()))[0]


def _around(how: str, style: Style, cell: bool) -> tuple[str, str]:
    if how in ("euro", "dash"):
        return ("€ ", "") if style.language == "nl" else ("€", "")
    if how == "bare":
        return ("", "")
    if how:
        raise ValueError(f"an amount cannot be written as {how!r}")
    return style.cell if cell else style.amount


def _plural(style: Style, amount: Decimal) -> str:
    return "s" if style.language == "en" and abs(amount) != 1 else ""


def _digits(amount: Decimal, style: Style, *, dash: bool) -> str:
    english = f"{amount:,.2f}" if style.points else f"{amount:.2f}"
    if style.language == "en":
        return english
    dutch = english.translate(str.maketrans(",.", ".,"))
    return f"{dutch[:-3]},-" if dash else dutch


def _write_number(number: str, how: str, style: Style) -> str:
    if how not in ("", "spaced", "plain"):
        raise ValueError(f"a number cannot be written as {how!r}")
    if isinstance(number, Iban) or number.startswith("RF"):
        spaced = how == "spaced" or (style.iban_groups and not how)
        return _in_fours(number, " ") if spaced else number
    if re.fullmatch(r"\d{16}", number) and how != "plain":
        return _in_fours(number, " " if how else style.reference_gap)
    return number


def _in_fours(number: str, gap: str) -> str:
    return gap.join(number[at : at + 4] for at in range(0, len(number), 4))


def _month(day: date, language: str) -> str:
    return MONTHS[language].split()[day.month - 1]


def _short_month(day: date, language: str) -> str:
    return _SHORT[language].split()[day.month - 1]


def _long(day: date, language: str) -> str:
    return f"{day.day} {_month(day, language)} {day.year}"


_DAY_WAYS: dict[str, Callable[[date, str], str]] = {
    "long": _long,
    "numbers": lambda day, _: f"{day:%d-%m-%Y}",
    "loose": lambda day, _: f"{day.day}-{day.month}-{day.year}",
    "short": lambda day, language: f"{day.day} {_short_month(day, language)} {day.year}",
    "slashes": lambda day, _: f"{day:%d/%m/%Y}",
    "points": lambda day, _: f"{day:%d.%m.%Y}",
    "quote": lambda day, language: f"{day.day} {_month(day, language)} '{day:%y}",
    "american": lambda day, _: f"{_month(day, 'en')} {day.day}, {day.year}",
    "day": lambda day, language: f"{_DAYS[language].split()[day.weekday()]} {_long(day, language)}",
    "yearless": lambda day, language: f"{day.day} {_month(day, language)}",
    "month": lambda day, language: f"{_month(day, language)} {day.year}",
}
