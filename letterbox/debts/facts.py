"""What settling takes and gives: readings in, debts with their history and checks out."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from letterbox.letters.rules import NoticeType, Party
from letterbox.reading.findings import Reading
from letterbox.shared.days import day_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from letterbox.shared.paper import Box


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter that was read, with what the delivery says about its place among the others.

    :ivar replaces: the `message_id` of an earlier letter of the same sender
    :ivar duplicate_of: the first letter with this very PDF
    :ivar added_by_citizen: no sender delivered it
    """

    letter_id: UUID
    received_at: datetime
    message_id: str
    replaces: str | None
    sender_id: UUID | None
    duplicate_of: UUID | None
    reading: Reading
    added_by_citizen: bool = False

    @property
    def on(self) -> date:
        """The date of the letter, or the day it came in when it bears none."""
        return self.reading.letter_on or self.received_at.date()

    @property
    def age(self) -> tuple[date, datetime, UUID]:
        """What letters and notices are put in order by, oldest first."""
        return self.on, self.received_at, self.letter_id


@dataclass(frozen=True, slots=True)
class ClaimNotice:
    """News about a claim that came without a letter.

    :ivar sender: the organisation that says so
    :ivar amount: what the news is about, never what is left
    :ivar on: the day of which the sender says it happened
    """

    notice_id: UUID
    received_at: datetime
    sender_id: UUID | None
    sender: Party
    reference: str
    type: NoticeType
    on: date
    amount: Euro | None = None
    transferred_to: Party | None = None

    @property
    def holds_from(self) -> date:
        """The day from which it counts: nobody reports what is still to happen."""
        return min(self.on, day_of(self.received_at))

    @property
    def age(self) -> tuple[date, datetime, UUID]:
        """What letters and notices are put in order by, oldest first."""
        return self.holds_from, self.received_at, self.notice_id


class CorrectionKind(StrEnum):
    """What a citizen may say about a debt or one of its letters.

    `misread`: the letter says something else than was read; `confirmed`: it says just that.
    """

    WRONG_AMOUNT = "wrong_amount"
    ALREADY_PAID = "already_paid"
    DISPUTED = "disputed"
    BELONGS_TO = "belongs_to"
    NOT_A_DEBT = "not_a_debt"
    MISREAD = "misread"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Correction:
    """What the citizen says. It stands beside what letters say, never over it.

    Debts are made anew each time and may get another name; letters stay. So a correction holds
    on to letters.

    :ivar letter_id: the letter it is about; for a whole debt, the letter the debt is named after
    :ivar whole_debt: it is about the debt that this letter is in, not about this letter
    :ivar belongs_to: with `belongs_to`, a letter of the debt it belongs to; None: to no other
    :ivar amount: what it should be, or what was paid
    :ivar on: the day on which it was paid
    :ivar field: of the reading of the letter, when it is about one
    :ivar value: with `confirmed` what was read, as `value_of` writes it; else what should be read
    """

    correction_id: UUID
    at: datetime
    kind: CorrectionKind
    letter_id: UUID
    whole_debt: bool = True
    belongs_to: UUID | None = None
    amount: Euro | None = None
    on: date | None = None
    note: str = ""
    field: str = ""
    value: str = ""


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


class Told(StrEnum):
    """By whom something in the history of a debt was said."""

    LETTER = "letter"
    NOTICE = "notice"
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What one letter said about the debt, or one notice, or the citizen.

    :ivar letter_id: the letter; of a notice or a correction, its own id
    :ivar kind: the kind of letter; of a notice, that of the letter it takes the place of
    :ivar outstanding: the balance that a letter states; a notice or a citizen states none
    :ivar source: who says so
    :ivar what: the type of a notice, or the kind of a correction
    :ivar amount: what a notice or a correction is about
    :ivar duplicate_of: the same letter came in before, and counts once
    :ivar added_by_citizen: no sender delivered this letter
    :ivar sender: who wrote the letter, by its name
    :ivar check: the fields of the letter that a person should look at, beside the others
    """

    letter_id: UUID
    on: date
    kind: Kind
    outstanding: Euro | None = None
    payable_now: Euro | None = None
    due_on: date | None = None
    source: Told = Told.LETTER
    what: str | None = None
    amount: Euro | None = None
    duplicate_of: UUID | None = None
    added_by_citizen: bool = False
    sender: str | None = None
    check: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DebtEvent:
    """Something that a letter announces for a day.

    :ivar what: as in `Event` of a reading; `objection` for the last day to object
    """

    what: str
    on: date
    letter_id: UUID


@dataclass(frozen=True, slots=True)
class DebtInstalment:
    """So much to be paid by this day, as a letter names it."""

    on: date
    amount: Euro
    letter_id: UUID


@dataclass(frozen=True, slots=True)
class Debt:
    """Everything known about one claim, as its newest letters put it.

    Notices that are newer than the newest balance are counted in; what the citizen says is not.

    :ivar stage: the most serious kind of letter it reached
    :ivar balance_on: the date of the letter that states the balance
    :ivar unsure: the fields of this debt that a person should look at
    :ivar events: past ones too, for settling knows no day
    :ivar instalments: of the payment plan, paid or not
    :ivar disputed: the citizen says that it is not so: `says` has what they say instead
    :ivar confirmed: the fields among `unsure` that the citizen looked up, and that are right
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
    events: tuple[DebtEvent, ...] = ()
    instalments: tuple[DebtInstalment, ...] = ()
    disputed: bool = False
    says: tuple[Correction, ...] = ()
    confirmed: tuple[str, ...] = ()

    @property
    def named_after(self) -> UUID:
        """The smallest of its letters, by which a debt is known when it is made anew."""
        return min(line.letter_id for line in self.history if line.source is Told.LETTER)


@dataclass(frozen=True, slots=True)
class OtherLetter:
    """A letter that claims nothing."""

    letter_id: UUID
    on: date
    kind: Kind
    sender: Party | None = None
    added_by_citizen: bool = False


@dataclass(frozen=True, slots=True)
class Settlement:
    """All letters of one mailbox, as debts and as letters that are no debt.

    :ivar unlinked_notices: news about a claim of which no letter came in, or of more than one
    :ivar unlinked_corrections: what the citizen says about letters that are in no debt
    """

    debts: tuple[Debt, ...] = ()
    other_letters: tuple[OtherLetter, ...] = field(default=())
    unlinked_notices: tuple[ClaimNotice, ...] = ()
    unlinked_corrections: tuple[Correction, ...] = ()


def to_json(settlement: Settlement) -> bytes:
    """Write a settlement down so that `from_json` gives the very same one back."""
    return msgspec.json.encode(settlement)


def from_json(written: bytes) -> Settlement:
    """Return the settlement that `to_json` wrote down."""
    return msgspec.json.decode(written, type=Settlement)
