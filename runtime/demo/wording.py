"""How letters write amounts and days: every sender has its own habit, and none of them agree."""

from collections.abc import Callable, Mapping
from datetime import date
from string import Formatter
from typing import Any

from letterbox.shared.money import Euro
from runtime.demo.numbers import in_groups

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SHORT_MONTHS = [
    "jan.",
    "feb.",
    "mrt.",
    "apr.",
    "mei",
    "jun.",
    "jul.",
    "aug.",
    "sep.",
    "okt.",
    "nov.",
    "dec.",
]
HARD_SPACE = "\N{NO-BREAK SPACE}"


def _bare(amount: Euro) -> str:
    return amount.dutch.replace("€ ", "")


def _english(amount: Euro) -> str:
    return f"{amount.cents / 100:,.2f}"


def _dash(amount: Euro) -> str:
    return f"€{HARD_SPACE}{_bare(amount).removesuffix('00')}-"


AMOUNTS: Mapping[str, Callable[[Euro], str]] = {
    "": lambda amount: f"€{HARD_SPACE}{_bare(amount)}",
    "bare": _bare,
    "dash": _dash,
    "english": lambda amount: f"€{_english(amount)}",
    "eur": lambda amount: f"EUR{HARD_SPACE}{_bare(amount)}",
    "tight": lambda amount: f"€{_bare(amount)}",
}
"""`€ 1.234,56`, `1.234,56`, `€ 50,-`, `€1,234.56`, `EUR 1.234,56` and `€1.234,56`."""

DAYS: Mapping[str, Callable[[date], str]] = {
    "": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "english": lambda day: f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}",
    "month": lambda day: f"{MONTHS[day.month - 1]} {day.year}",
    "numbers": lambda day: f"{day:%d-%m-%Y}",
    "short": lambda day: f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}",
    "slashes": lambda day: f"{day.day}/{day.month}/{day.year}",
}
"""`3 maart 2026`, `3 March 2026`, `maart 2026`, `03-03-2026`, `3 mrt. 2026` and `3/3/2026`."""


class Wording(Formatter):
    """Fills in a sentence: `{total:eur}` and `{sent:short}` choose a way of writing.

    A number in groups is asked for as `{iban:groups}`.
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Euro):
            return AMOUNTS[format_spec](value)
        if isinstance(value, date):
            return DAYS[format_spec](value)
        if format_spec == "groups":
            return in_groups(value)
        return str(super().format_field(value, format_spec))


def write(sentence: str, values: Mapping[str, object]) -> str:
    """Return the sentence with its values filled in.

    :raises KeyError: the sentence asks for a value, or a way of writing, that is not there
    """
    return Wording().vformat(sentence, (), values)
