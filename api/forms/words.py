"""The words of the report and the spreadsheet, in Dutch and in English, and how to say a value."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from api.forms.negotiation import LANGUAGES, Language
from letterbox.overview.listing import Row, Value
from letterbox.shared.money import Euro

WORDS = Path(__file__).with_name("words.toml")
HARD_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Words:
    """One language: names of sheets and columns, terms of the house, and phrases."""

    language: Language
    title: str
    months: tuple[str, ...]
    euro: str
    thousands: str
    decimals: str
    yes: str
    no: str
    number_format: str
    day_format: str
    sheets: Mapping[str, str]
    columns: Mapping[str, str]
    terms: Mapping[str, str]
    phrases: Mapping[str, str]

    def term(self, term: str) -> str:
        """Return what a term of the house is called; a new check goes by its code."""
        return self.terms.get(term) or term.replace("_", " ")

    def field(self, name: str) -> str:
        """Return what a field is called, in the middle of a sentence."""
        called = self.columns.get(name) or name.replace("_", " ")
        return called if called.isupper() else called[:1].lower() + called[1:]

    def phrase(self, name: str, /, **parts: object) -> str:
        """Return a phrase with its parts filled in."""
        return self.phrases[name].format(**parts)

    def question(self, row: Row) -> tuple[str, Language]:
        """Return what a check asks, and in which language: in Dutch if there is no other."""
        english = row.values["question_en"] if self.language == "en" else None
        return (str(english), "en") if english else (str(row.values["question"]), "nl")

    def amount(self, amount: Euro) -> str:
        """Return an amount as people write it, with a space that does not break."""
        euros, cents = divmod(abs(amount.cents), 100)
        whole = f"{euros:,}".replace(",", self.thousands)
        said = self.euro.format(amount=f"{whole}{self.decimals}{cents:02d}")
        return ("-" if amount.cents < 0 else "") + said.replace(" ", HARD_SPACE)

    def day(self, day: date) -> str:
        """Return a day in full: `22 november 2026`."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}".replace(" ", HARD_SPACE)

    def short_day(self, day: date) -> str:
        """Return a day for a column: `22-11-2026`, or `22/11/2026`."""
        return f"{day:{'%d-%m-%Y' if self.language == 'nl' else '%d/%m/%Y'}}"

    def said(self, value: Value) -> str:
        """Return any value as text for people. A term says itself with `term`."""
        if isinstance(value, Euro):
            return self.amount(value)
        if isinstance(value, date):
            return self.short_day(value)
        if isinstance(value, bool):
            return self.yes if value else self.no
        if isinstance(value, tuple):
            return ", ".join(value)
        return "" if value is None else str(value)


@cache
def words_in(language: Language) -> Words:
    """Return the words of a language."""
    written = _written()[language]
    return Words(language=language, **{**written, "months": tuple(written["months"])})


@cache
def _written() -> dict[Language, dict[str, Any]]:
    read = tomllib.loads(WORDS.read_text("utf-8"))
    return {language: read[language] for language in LANGUAGES}
