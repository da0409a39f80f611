"""The debt overview: who wants how much, since when, by what date, and where that stands."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Amount, DateOrNone, Moment, Outgoing
from schemas.consents import Permission
from schemas.letters import Kind

Severity = Literal["crisis", "enforcement", "costs", "normal"]
Event = Literal["hearing", "eviction", "cut_off", "sale", "objection"]
Coming = Literal["hearing", "eviction", "cut_off", "sale", "objection", "instalment"]


AddedByCitizen = Annotated[
    bool, Field(description="No sender delivered this letter: the citizen added it.")
]


class ConsentHereOut(Outgoing):
    """By which consent this was shown."""

    id: UUID
    valid_until: Moment
    permissions: list[Permission]
    purpose: str


class TotalsOut(Outgoing):
    """Over all debts that are open or in a payment plan."""

    outstanding: Amount
    debts: int
    payable_now: Amount
    overdue: Annotated[str, Field(description="Payable now, of which the due date has passed.")]
    costs_and_interest: Amount
    fields_to_check: int


class DeadlineOut(Outgoing):
    """Something that must happen by a day. What has passed is no deadline."""

    debt_id: UUID
    on: DateOrNone
    amount: Annotated[Amount | None, Field(description="To be paid by this day; null for events.")]
    what: Annotated[
        Literal[Kind, Coming],
        Field(description="The kind of letter that asks to pay by this day, or what else comes."),
    ]
    days_left: int
    severity: Severity


class PartyOut(Outgoing):
    """An organisation, as its letters name it."""

    name: str
    identifier: Annotated[str | None, Field(description="OIN, if known.")]


class EvidenceOut(Outgoing):
    """Where it stands: points from the top left of the page."""

    letter_id: UUID
    page: int | None
    box: tuple[float, float, float, float] | None
    quote: str


class CheckOut(Outgoing):
    """Something a person should look at. A question, never a verdict."""

    code: str
    severity: str
    message: str
    evidence: list[EvidenceOut]
    source: Annotated[str | None, Field(description="The rule of law it is about, if any.")]
    counsellor_only: Annotated[
        bool,
        Field(description="Not to be shown to the citizen, whose asking may harm their position."),
    ]


class HistoryOut(Outgoing):
    """What one letter said about this debt, or a notice without a letter, or the citizen."""

    letter_id: Annotated[
        UUID, Field(description="Of a notice or of what the citizen says, its own id.")
    ]
    on: DateOrNone
    kind: Kind
    outstanding: Amount | None
    payable_now: Amount | None
    due_date: DateOrNone
    source: Literal["letter", "notice", "citizen"]
    what: Annotated[
        str | None, Field(description="The type of a notice, or what the citizen says of it.")
    ]
    amount: Annotated[Amount | None, Field(description="What that is about.")]
    duplicate_of: Annotated[
        UUID | None, Field(description="The same letter came in before, and counts once.")
    ]
    added_by_citizen: AddedByCitizen


class SaidOut(Outgoing):
    """What the citizen says of this debt. It stands beside what letters say, never over it."""

    kind: Literal[
        "wrong_amount",
        "already_paid",
        "disputed",
        "belongs_to",
        "not_a_debt",
        "misread",
        "confirmed",
    ]
    at: Moment
    letter_id: Annotated[UUID | None, Field(description="When it is about one letter of it.")]
    field: Annotated[str | None, Field(description="The member it is about, if it is about one.")]
    value: Annotated[
        str | None, Field(description="What was read and is confirmed, or should have been read.")
    ]
    amount: Amount | None
    on: DateOrNone
    note: str


class EventOut(Outgoing):
    """What a letter announces for a day: past ones too."""

    what: Event
    on: DateOrNone
    letter_id: UUID


class InstalmentOut(Outgoing):
    """One instalment of a payment plan, paid or not, as a letter names it."""

    on: DateOrNone
    amount: Amount
    letter_id: UUID


class DebtOut(Outgoing):
    """Everything known about one claim, as its newest letters put it."""

    id: UUID
    creditor: PartyOut | None
    collector: PartyOut | None
    status: Literal["open", "payment_plan", "paid", "withdrawn"]
    stage: Kind
    severity: Severity
    outstanding: Amount | None
    payable_now: Amount | None
    principal: Amount | None
    interest: Amount | None
    collection_costs: Amount | None
    increase: Amount | None
    paid: Amount | None
    balance_on: DateOrNone
    due_date: DateOrNone
    overdue: Annotated[bool, Field(description="The day to pay has passed.")]
    iban: str | None
    payment_reference: str | None
    references: list[str]
    first_letter_on: DateOrNone
    last_letter_on: DateOrNone
    disputed: bool
    says: list[SaidOut]
    unsure: Annotated[list[str], Field(description="Members that a person should look at.")]
    confirmed: Annotated[
        list[str], Field(description="Those of `unsure` that the citizen looked up and confirms.")
    ]
    checks: list[CheckOut]
    history: list[HistoryOut]
    events: list[EventOut]
    instalments: list[InstalmentOut]


class OtherLetterOut(Outgoing):
    """A letter that claims nothing."""

    letter_id: UUID
    on: DateOrNone
    sender: str | None
    kind: Kind
    added_by_citizen: AddedByCitizen


class UnreadLetterOut(Outgoing):
    """A letter that no amount here takes account of: not read yet, or not readable."""

    letter_id: UUID
    received_on: DateOrNone
    sender: Annotated[str | None, Field(description="Nobody, when the citizen added it.")]
    status: Literal["received", "read", "unreadable"]
    added_by_citizen: AddedByCitizen


class UnlinkedNoticeOut(Outgoing):
    """News about a claim of which no letter here tells, or more than one."""

    notice_id: UUID
    on: DateOrNone
    sender: str
    reference: str
    type: str
    amount: Amount | None


class OverviewOut(Outgoing):
    """All debts of one citizen on a day."""

    as_of: DateOrNone
    consent: ConsentHereOut
    totals: TotalsOut
    deadlines: list[DeadlineOut]
    debts: list[DebtOut]
    other_letters: list[OtherLetterOut]
    unread_letters: list[UnreadLetterOut]
    unlinked_notices: list[UnlinkedNoticeOut]


class LetterHereOut(Outgoing):
    """One letter behind the overview."""

    id: UUID
    on: Annotated[
        DateOrNone, Field(description="The day it bears, or came in when it was not read.")
    ]
    sender: str | None
    kind: Annotated[Kind | None, Field(description="Of a letter that was read.")]
    status: Literal["received", "read", "unreadable"]
    debt_id: Annotated[UUID | None, Field(description="The debt that it tells of.")]
    added_by_citizen: AddedByCitizen
    duplicate_of: Annotated[UUID | None, Field(description="The same letter came in before.")]


class LettersHereOut(Outgoing):
    """The letters that a consent lets see, newest first."""

    letters: list[LetterHereOut]
