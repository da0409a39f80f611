"""Texts with slots pass through here, meet the values that were drawn, and become a letter."""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.letters.bank import BankProblem, Letter, Table
from tests.letters.draws import Drawn
from tests.letters.expressions import Value
from tests.letters.styles import Style, draw_style, write_value

ABOUT_CITIZEN = ("salutation", "recipient", "surname", "street", "place", "year")
_SLOT_ONLY = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """All that is to be printed of one letter, without slots, before it has a layout."""

    language: str
    address: tuple[str, ...]
    head: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    subject: str
    body: tuple[str | Table, ...]
    footer: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it, one thing per line."""
        tables = (part for part in self.body if isinstance(part, Table))
        rows = [" ".join(row) for table in tables for row in (table.header, *table.rows)]
        details = [" ".join(pair) for pair in self.details]
        plain = [part for part in self.body if isinstance(part, str)]
        return "\n".join([*self.head, *details, self.subject, *plain, *rows, *self.footer])


def draw_habits(letter: Letter, seed: int) -> Style:
    """Return how the sender of one printing writes."""
    return draw_style(letter.language, Random(f"style/{letter.id}/{seed}"))  # noqa: S311


def fill_letter(letter: Letter, drawn: Drawn, style: Style) -> Filled:
    """Return the letter with its values.

    :raises BankProblem: a slot names nothing that was drawn, or asks for an impossible way
    """
    pen = _Pen(letter, _known(letter, drawn), style)
    return Filled(
        language=letter.language,
        address=(
            drawn.citizen.recipient(letter.language),
            drawn.citizen.street,
            drawn.citizen.place,
        ),
        head=tuple(pen.write(line) for line in letter.head),
        details=tuple((pen.write(name), pen.write(it, cell=True)) for name, it in letter.details),
        subject=pen.write(letter.subject),
        body=tuple(pen.write(p) if isinstance(p, str) else pen.fill(p) for p in letter.body),
        footer=tuple(pen.write(line) for line in letter.footer),
    )


def slots_in(text: str) -> list[tuple[str, str]]:
    """Return the names of the slots in a text, each with the way it asks for.

    :raises ValueError: a brace stands alone
    """
    parsed = string.Formatter().parse(text)
    return [(name, how or "") for _, name, how, _ in parsed if name is not None]


def _known(letter: Letter, drawn: Drawn) -> dict[str, Value]:
    citizen = drawn.citizen
    sent = drawn.values["sent"]
    return {
        **drawn.values,
        "salutation": citizen.salutation(letter.language),
        "recipient": citizen.recipient(letter.language),
        "surname": citizen.surname,
        "street": citizen.street,
        "place": citizen.place,
        "year": getattr(sent, "year", 0),
    }


@dataclass(frozen=True, slots=True)
class _Pen:
    letter: Letter
    values: Mapping[str, Value]
    style: Style

    def fill(self, table: Table) -> Table:
        rows = tuple(tuple(self.write(c, cell=True) for c in row) for row in table.rows)
        return Table(rows, tuple(self.write(cell) for cell in table.header))

    def write(self, text: str, *, cell: bool = False) -> str:
        alone = cell and bool(_SLOT_ONLY.fullmatch(text.strip()))
        try:
            parsed = list(string.Formatter().parse(text))
            return "".join(
                before + ("" if name is None else self._slot(name, how or "", alone))
                for before, name, how, _ in parsed
            )
        except ValueError as error:
            where = f"{self.letter.file} {self.letter.id}"
            raise BankProblem(f"{where}: {error} in {text[:60]!r}") from None

    def _slot(self, name: str, how: str, alone: bool) -> str:
        if name not in self.values:
            raise ValueError(f"slot {{{name}}} is not drawn")
        return write_value(self.values[name], how, self.style, cell=alone)
