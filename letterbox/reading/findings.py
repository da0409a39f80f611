"""What was read in one letter: findings with their proof, and what follows from them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec

from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from letterbox.shared.paper import Box

AMOUNTS = (
    "outstanding",
    "payable_now",
    "principal",
    "interest",
    "collection_costs",
    "increase",
    "paid",
    "conditional_costs",
)
"""Fields of `Reading` that hold an amount."""


class Source(StrEnum):
    """Who says so."""

    DECLARED = "declared"
    E_INVOICE = "e_invoice"
    QR = "qr"
    TEXT = "text"
    OCR = "ocr"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact that a source states, and where.

    :ivar field: a field of `Reading`; `references` for each single reference
    :ivar value: the fact as the JSON door writes it: `1234.56`, `2026-12-04`
    :ivar box: points, origin at the top left of the page
    :ivar sure: whether the field may be believed without a second look
    :ivar confidence: from 0 to 1
    :ivar label: for a reference, the word that the letter puts before it
    """

    field: str
    value: str
    source: Source
    page: int | None = None
    box: Box | None = None
    quote: str = ""
    sure: bool = False
    confidence: float = 0.0
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """So much to be paid by this day, as one row of a payment plan."""

    on: date
    amount: Euro


@dataclass(frozen=True, slots=True)
class Event:
    """Something hard to undo that happens on a day: a hearing, an eviction.

    :ivar what: `hearing`, `eviction`, `cut_off` or `sale`
    """

    what: str
    on: date


@dataclass(frozen=True, slots=True)
class Reading:
    """All findings of a letter together, and the value that won for each field.

    :ivar outstanding: the whole balance of the debt after this letter
    :ivar payable_now: what is to be paid by `due_on`; less than the balance with instalments
    :ivar conditional_costs: threatened by a 14-day letter, not owed yet, in no other amount
    :ivar recipient: the name in the address
    :ivar due_words: the words that say when to pay, also when they name no date
    :ivar objection_on: the last day to object, appeal or oppose
    :ivar check: the fields that a person should look at
    :ivar page_sizes: width and height of each page as it was read, in points, like the boxes
    """

    kind: Kind = Kind.OTHER
    letter_on: date | None = None
    sender: Party | None = None
    creditor: Party | None = None
    collector: Party | None = None
    recipient: str | None = None
    outstanding: Euro | None = None
    payable_now: Euro | None = None
    principal: Euro | None = None
    interest: Euro | None = None
    collection_costs: Euro | None = None
    increase: Euro | None = None
    paid: Euro | None = None
    conditional_costs: Euro | None = None
    due_on: date | None = None
    due_words: str | None = None
    instalments: tuple[Instalment, ...] = ()
    events: tuple[Event, ...] = ()
    objection_on: date | None = None
    iban: str | None = None
    payment_reference: str | None = None
    references: tuple[str, ...] = ()
    language: str | None = None
    findings: tuple[Finding, ...] = ()
    check: tuple[str, ...] = ()
    page_sizes: tuple[tuple[float, float], ...] = ()


def value_of(reading: Reading, field: str) -> str | None:
    """Return the value that won for a field, as a finding of it writes it.

    Of a field that holds many, such as the references, there is no such value.
    """
    value = getattr(reading, field)
    if isinstance(value, Party):
        return value.name
    return None if value is None or isinstance(value, tuple) else str(value)


def to_json(reading: Reading) -> bytes:
    """Write a reading down so that `from_json` gives the very same reading back."""
    return msgspec.json.encode(reading)


def from_json(written: bytes) -> Reading:
    """Return the reading that `to_json` wrote down."""
    return msgspec.json.decode(written, type=Reading)
