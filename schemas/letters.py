"""Letters, as senders deliver them and as they hear back about them."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Amount, DateOrNone, Incoming, Moment, Outgoing

Kind = Literal[
    "invoice",
    "assessment",
    "fine",
    "reclaim",
    "reminder",
    "demand",
    "collection_notice",
    "disconnection_notice",
    "summons",
    "judgment",
    "writ",
    "seizure",
    "eviction_notice",
    "payment_plan",
    "payment_confirmation",
    "credit_note",
    "withdrawal",
    "transfer_notice",
    "statement",
    "other",
]
Status = Literal["received", "read", "unreadable"]
Oin = Annotated[str, Field(pattern=r"^[0-9]{20}$", examples=["00000099000000001000"])]
MessageId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=100,
        pattern=r"^[\x21-\x7e]+$",
        description="Unique for this sender, for ever. Sending it twice delivers once.",
        examples=["2026-000123"],
    ),
]


class BsnRecipient(Incoming):
    """A citizen, by citizen service number. Only for senders with a legal ground for it."""

    scheme: Literal["bsn"]
    value: Annotated[str, Field(pattern=r"^[0-9]{8,9}$", examples=["999990019"])]


class PartyIn(Incoming):
    """The creditor, when the sender collects for it."""

    name: Annotated[str, Field(min_length=1, max_length=200, examples=["Woonstichting De Linde"])]
    oin: Oin | None = None


class ClaimIn(Incoming):
    """What the sender itself says about the claim. Every member is optional."""

    reference: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    kind: Kind | None = None
    outstanding: Amount | None = None
    payable_now: Amount | None = None
    principal: Amount | None = None
    interest: Amount | None = None
    collection_costs: Amount | None = None
    paid: Amount | None = None
    due_date: DateOrNone = None
    iban: Annotated[str, Field(min_length=5, max_length=42)] | None = None
    payment_reference: Annotated[str, Field(min_length=1, max_length=100)] | None = None


class LetterIn(Incoming):
    """What goes with the PDF: part `letter` of the delivery."""

    message_id: MessageId
    recipient: BsnRecipient
    sent_on: Annotated[date, Field(description="The day it was sent.", examples=["2026-11-20"])]
    subject: Annotated[str, Field(min_length=1, max_length=200, examples=["Aanmaning huur"])]
    on_behalf_of: PartyIn | None = None
    claim: ClaimIn | None = None
    replaces: MessageId | None = None


class ReceiptOut(Outgoing):
    """Signed proof that a copy was delivered: the same answer for every citizen."""

    id: UUID
    message_id: str
    received_at: Moment
    sha256: Annotated[str, Field(description="SHA-256 of the PDF, in hexadecimal.")]
    bytes: int
    pages: int
    status: Literal["received"]
    possible_duplicate_of: Annotated[
        UUID | None, Field(description="An earlier letter of yours with the very same PDF.")
    ]
    receipt: Annotated[
        str, Field(description="JWS over id, messageId, receivedAt, sha256, bytes and pages.")
    ]


class DeliveryOut(Outgoing):
    """A line in the sender's register."""

    id: UUID
    message_id: str
    received_at: Moment
    bytes: int
    pages: int
    status: Status
    possible_duplicate_of: UUID | None


class DeliveriesOut(Outgoing):
    """A page of the sender's register, oldest first."""

    letters: list[DeliveryOut]
    next: Annotated[str | None, Field(description="Hand this back as `after` for what came later.")]


class ReadOut(Outgoing):
    """What was read in the letter itself, or `null` for what was not found."""

    kind: Kind
    letter_date: DateOrNone
    creditor: str | None
    outstanding: Amount | None
    payable_now: Amount | None
    principal: Amount | None
    interest: Amount | None
    collection_costs: Amount | None
    paid: Amount | None
    due_date: DateOrNone
    iban: str | None
    payment_reference: str | None
    check: Annotated[list[str], Field(description="Fields that a person should look at.")]


class ContradictionOut(Outgoing):
    """Where the letter says something else than the declared claim."""

    field: str
    declared: str
    read: str
    page: int | None
    quote: str


class LetterOut(DeliveryOut):
    """One delivered letter, what was read in it, and where that contradicts the claim."""

    read: ReadOut | None
    contradictions: list[ContradictionOut]
    reason: Annotated[str | None, Field(description="Why the letter is unreadable.")]
