"""A bank of test letters: TOML files with texts, slots and truth pass through here into shapes.

What a bank looks like is told in `docs/test-letters.md`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from letterbox.shared.kinds import Kind

BANKS = Path(__file__).parent / "banks"
LANGUAGES = ("nl", "en")
EVENTS = ("hearing", "eviction", "cut_off", "sale")


class BankProblem(ValueError):
    """A letter of a bank cannot be printed as it stands; the text says which one and why."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the body of a letter. The last column is set to the right."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful reader notes down: names of drawn values, expressions of them, or nothing."""

    outstanding: str
    payable_now: str
    due_date: str
    iban: str
    payment_reference: str
    references: tuple[str, ...]
    principal: str = ""
    interest: str = ""
    collection_costs: str = ""
    increase: str = ""
    paid: str = ""
    conditional_costs: str = ""
    instalments: tuple[tuple[str, str], ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    objection: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A text with slots, how to draw what goes into them, and its truth.

    :ivar noted: the fields of the truth that are written down, if only to say there are none
    """

    id: str
    kind: Kind
    language: str
    sender: str
    creditor: str
    collector: str
    head: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    subject: str
    body: tuple[str | Table, ...]
    footer: tuple[str, ...]
    draw: Mapping[str, str]
    truth: Truth
    file: str = field(default="", compare=False)
    noted: frozenset[str] = frozenset()

    @property
    def texts(self) -> Iterator[str]:
        """All that is printed, in the order of the bank."""
        yield from (*self.head, *(cell for row in self.details for cell in row), self.subject)
        for part in self.body:
            yield from (part,) if isinstance(part, str) else _cells(part)
        yield from self.footer


def letters_in(bank: str) -> list[Letter]:
    """Return all letters of a bank by its name.

    :raises BankProblem: there is no such bank, or a letter in it is not well formed
    """
    files = sorted((BANKS / bank).glob("*.toml"))
    if not files:
        raise BankProblem(f"no letters in the bank {bank!r}")
    return [shape_letter(raw, path.name) for path in files for raw in raw_letters(path)]


def raw_letters(path: Path) -> list[dict[str, Any]]:
    """Return the letters of a file as they are written.

    :raises BankProblem: it is not TOML, or holds something else than letters
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BankProblem(f"{path.name}: not TOML: {error}") from None
    letters = content.get("letter")
    if set(content) != {"letter"} or not isinstance(letters, list):
        raise BankProblem(f"{path.name}: holds something else than [[letter]]s: {sorted(content)}")
    return letters


def shape_letter(raw: Mapping[str, Any], file: str) -> Letter:
    """Return one letter.

    :raises BankProblem: a key is missing, unknown, or holds something of another shape
    """
    where = f"{file} {raw.get('id', '(no id)')}"
    _expect_keys(raw, Letter, where, without={"file", "noted"})
    truth = raw["truth"]
    _expect_keys(truth, Truth, f"{where} truth", optional=_OPTIONAL)
    try:
        return Letter(
            **{name: _text(raw[name]) for name in _PLAIN},
            kind=Kind(raw["kind"]),
            head=tuple(map(_text, raw["head"])),
            details=tuple(_pair(row) for row in raw["details"]),
            body=tuple(_body_part(part) for part in raw["body"]),
            footer=tuple(map(_text, raw["footer"])),
            draw={name: _text(how) for name, how in raw["draw"].items()},
            truth=_shape_truth(truth),
            file=file,
            noted=frozenset(truth),
        )
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise BankProblem(f"{where}: {error}") from None


_PLAIN = ("id", "language", "sender", "creditor", "collector", "subject")
_PAIRS = ("instalments", "events")
_OPTIONAL = {f.name for f in fields(Truth)} - {
    "outstanding",
    "payable_now",
    "due_date",
    "iban",
    "payment_reference",
    "references",
}


def _expect_keys(
    raw: Any,
    shape: type[Letter] | type[Truth],
    where: str,
    without: frozenset[str] | set[str] = frozenset(),
    optional: frozenset[str] | set[str] = frozenset(),
) -> None:
    if not isinstance(raw, Mapping):
        raise BankProblem(f"{where}: is not a table")
    known = {f.name for f in fields(shape)} - without
    if missing := known - optional - set(raw):
        raise BankProblem(f"{where}: misses {', '.join(sorted(missing))}")
    if unknown := set(raw) - known:
        raise BankProblem(f"{where}: does not know {', '.join(sorted(unknown))}")


def _shape_truth(raw: Mapping[str, Any]) -> Truth:
    lists = {name: tuple(_pair(pair) for pair in raw.get(name, [])) for name in _PAIRS}
    plain = {name: _text(value) for name, value in raw.items() if name not in (*_PAIRS, _MANY)}
    if not isinstance(raw[_MANY], list):
        raise TypeError("references is not a list")
    return Truth(**plain, **lists, references=tuple(map(_text, raw[_MANY])))  # type: ignore[arg-type]


_MANY = "references"


def _body_part(raw: Any) -> str | Table:
    if isinstance(raw, str):
        return raw
    if set(raw) - {"table", "header"}:
        raise TypeError(f"a part of the body is neither a text nor a table: {sorted(raw)}")
    rows = tuple(tuple(map(_text, row)) for row in raw["table"])
    table = Table(rows, tuple(map(_text, raw.get("header", []))))
    widths = {len(row) for row in (*rows, *((table.header,) if table.header else ()))}
    if len(widths) != 1:
        raise TypeError(f"the rows of a table are not equally long: {rows[0]}")
    return table


def _pair(raw: Any) -> tuple[str, str]:
    if not isinstance(raw, list) or len(raw) != 2:
        raise TypeError(f"not a pair: {raw}")
    return _text(raw[0]), _text(raw[1])


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError(f"not a text: {raw!r}")
    return raw


def _cells(table: Table) -> Iterator[str]:
    yield from table.header
    for row in table.rows:
        yield from row
