"""The tables that the checks look in: numbers of the law with the day from which each holds.

They are files in `letterbox/debts/tables`, read once, so that a new rate is one new row.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, Protocol, TypeVar

import msgspec

from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind

_FOLDER = Path(__file__).parent.parent / "tables"

Status = Literal["confirmed", "to-be-confirmed"]


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the principal, up to so many euros, and the percentage of it; the last is open."""

    percent: Decimal
    up_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """What collecting may cost, in euros before VAT."""

    since: date
    minimum: Decimal
    maximum: Decimal
    bands: tuple[Band, ...]
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class Stacking:
    """Within how many months the costs of instalments count together."""

    since: date
    months: int
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class CollectionCosts:
    """The table of collection costs."""

    scale: tuple[Scale, ...]
    stacking: tuple[Stacking, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage, from a day on."""

    since: date
    percent: Decimal
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class Vat:
    """The general rate of VAT through the years."""

    rate: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class StatutoryInterest:
    """The rates of statutory interest, oldest first, known until a day."""

    until: date
    source: str
    rate: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Increase:
    """How many times itself a fine may rise in all."""

    since: date
    after_first_reminder: Decimal
    after_second_reminder: Decimal
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class FineIncreases:
    """The increases of traffic fines."""

    increase: tuple[Increase, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """After how many years a claim of some kind may be time-barred."""

    name: str
    years: int
    status: Status
    source: str
    stages: frozenset[Kind] = frozenset()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limitation:
    """All terms; the first that fits counts."""

    term: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """A collector in the register, within `[since, until)`."""

    name: str
    since: date
    number: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """The register of collectors, as far as the operator supplied it."""

    source: str
    since: date
    exempt: tuple[str, ...]
    registered: tuple[Registered, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicBodies:
    """Words by which a public body is known."""

    words: tuple[str, ...]


class Dated(Protocol):
    """A row that holds from a day on."""

    @property
    def since(self) -> date: ...


_Row = TypeVar("_Row", bound=Dated)
_Table = TypeVar("_Table")


def in_force(rows: Sequence[_Row], on: date) -> _Row | None:
    """Return the newest row that holds on a day, if any does."""
    return max((row for row in rows if row.since <= on), key=lambda row: row.since, default=None)


def names_one_of(words: Iterable[str], party: Party | None) -> bool:
    """Say whether the name of a party has one of these words in it, as whole words."""
    if party is None:
        return False
    name = f" {re.sub(r'[^a-z0-9]+', ' ', party.name.lower())} "
    return any(f" {word} " in name for word in words)


def is_public(party: Party | None) -> bool:
    """Say whether a party is a public body, which collects by laws of its own."""
    return names_one_of(PUBLIC_BODIES.words, party)


def _table(name: str, shape: type[_Table]) -> _Table:
    written = (_FOLDER / f"{name}.toml").read_bytes()
    return msgspec.toml.decode(written, type=shape)


COLLECTION_COSTS = _table("collection_costs", CollectionCosts)
VAT = _table("vat", Vat)
STATUTORY_INTEREST = _table("statutory_interest", StatutoryInterest)
FINE_INCREASES = _table("fine_increases", FineIncreases)
LIMITATION = _table("limitation", Limitation)
WKI_REGISTER = _table("wki_register", Register)
PUBLIC_BODIES = _table("public_bodies", PublicBodies)
