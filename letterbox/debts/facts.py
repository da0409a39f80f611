"""What settling takes and gives: readings in, debts with their history and checks out."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from letterbox.letters.rules import Party
from letterbox.reading.findings import Reading
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from letterbox.shared.paper import Box


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter that was read, with what the delivery says about its place among the others.

    :ivar replaces: the `message_id` of an earlier letter of the same sender
    :ivar duplicate_of: the first letter with this very PDF
    """

    letter_id: UUID
    received_at: datetime
    message_id: str
    replaces: str | None
    sender_id: UUID | None
    duplicate_of: UUID | None
    reading: Reading

    @property
    def on(self) -> date:
        """The date of the letter, or the day it came in when it bears none."""
        return self.reading.letter_on or self.received_at.date()


class DebtStatus(StrEnum):
    """How a debt stands after its newest letter."""

    OPEN = "open"
    PAYMENT_PLAN = "payment_plan"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a letter."""

    letter_id: UUID
    page: int | None
    box: Box | None
    quote: str


class CheckSeverity(StrEnum):
    """How soon a person should look."""

    NOTICE = "notice"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Check:
    """Something a person should look at, worded as a question. Never a verdict.

    :ivar message: the question in Dutch; `message_en` is the same in English
    :ivar source: the rule of law it is about, if any
    :ivar counsellor_only: not to be shown to a citizen, whose asking may harm their position
    """

    code: str
    severity: CheckSeverity
    message: str
    source: str | None = None
    evidence: tuple[Evidence, ...] = ()
    message_en: str = ""
    counsellor_only: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What one letter said about the debt."""

    letter_id: UUID
    on: date
    kind: Kind
    outstanding: Euro | None = None
    payable_now: Euro | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Debt:
    """Everything known about one claim, as its newest letters put it.

    :ivar stage: the most serious kind of letter it reached
    :ivar balance_on: the date of the letter that states the balance
    :ivar unsure: the fields of this debt that a person should look at
    """

    id: UUID
    status: DebtStatus
    stage: Kind
    creditor: Party | None = None
    collector: Party | None = None
    outstanding: Euro | None = None
    payable_now: Euro | None = None
    principal: Euro | None = None
    interest: Euro | None = None
    collection_costs: Euro | None = None
    increase: Euro | None = None
    paid: Euro | None = None
    balance_on: date | None = None
    due_on: date | None = None
    iban: str | None = None
    payment_reference: str | None = None
    references: tuple[str, ...] = ()
    first_letter_on: date | None = None
    last_letter_on: date | None = None
    unsure: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherLetter:
    """A letter that claims nothing."""

    letter_id: UUID
    on: date
    kind: Kind
    sender: Party | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """All letters of one mailbox, as debts and as letters that are no debt."""

    debts: tuple[Debt, ...] = ()
    other_letters: tuple[OtherLetter, ...] = field(default=())


def to_json(settlement: Settlement) -> bytes:
    """Write a settlement down so that `from_json` gives the very same one back."""
    return msgspec.json.encode(settlement)


def from_json(written: bytes) -> Settlement:
    """Return the settlement that `to_json` wrote down."""
    return msgspec.json.decode(written, type=Settlement)
