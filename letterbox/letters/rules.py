"""What a letter is made of. No database, no clock, no network."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from stdnum import iban
from stdnum.exceptions import ValidationError

from letterbox.shared.errors import Invalid
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

LARGEST_LETTER = 20 * 1024 * 1024
"""In bytes. Larger files are scans gone wrong, not letters."""

MOST_PAGES = 100


class NotAnIban(Invalid):
    """The account number fails its check."""

    title = "This is not an IBAN"


class NoticeType(StrEnum):
    """What news without a letter is about (the event types of FCID, Vorderingenoverzicht Rijk)."""

    PAYMENT_RECEIVED = "payment_received"
    PAID_IN_FULL = "paid_in_full"
    WITHDRAWN = "withdrawn"
    REMITTED = "remitted"
    PAYMENT_PLAN_AGREED = "payment_plan_agreed"
    TRANSFERRED = "transferred"
    DISPUTED_UPHELD = "disputed_upheld"


class Status(StrEnum):
    """What became of a delivered letter."""

    RECEIVED = "received"
    READ = "read"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as a letter names it. `number` is its OIN, if known."""

    name: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What the sender itself declares about the letter, as data. Everything is optional."""

    reference: str | None = None
    kind: Kind | None = None
    outstanding: Euro | None = None
    payable_now: Euro | None = None
    principal: Euro | None = None
    interest: Euro | None = None
    collection_costs: Euro | None = None
    paid: Euro | None = None
    due_on: date | None = None
    iban: str | None = None
    payment_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What came with the PDF. Sealed: it says what is owed, and to whom."""

    message_id: str
    subject: str
    sent_on: date
    on_behalf_of: Party | None = None
    claim: Claim | None = None
    replaces: str | None = None


def compact_iban(text: str) -> str:
    """Return an account number without spaces.

    :raises NotAnIban: length, country or the mod-97 check is not right (ISO 13616)
    """
    try:
        return str(iban.validate(text))
    except ValidationError as error:
        raise NotAnIban(
            "Check the account number: its check digits do not hold.",
            code="not-an-iban",
            pointer="/letter/claim/iban",
        ) from error


def is_pdf(file: bytes) -> bool:
    """Test whether a file calls itself a PDF. Whether it is a good one, the gate says."""
    return b"%PDF-" in file[:1024]


def fingerprint(pdf: bytes) -> str:
    """Return the SHA-256 of this exact file, in hexadecimal."""
    return sha256(pdf).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """What is sealed with a letter: its envelope, and the receipt that was given for it.

    A letter that the citizen added came without either.
    """

    envelope: Envelope | None
    sha256: str
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A letter at the door.

    :ivar canonical: the envelope and recipient as they were sent, in one fixed writing
    :ivar person_id: the employee who hands it over, when it is not the organisation's computer
    """

    bsn: str
    envelope: Envelope
    pdf: bytes
    canonical: str
    person_id: UUID | None = None

    @property
    def content(self) -> str:
        """What must be the same for a repeated delivery to be the same delivery."""
        return f"{fingerprint(self.pdf)}/{self.canonical}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Signed proof that a copy was delivered. `again` marks a repeated delivery."""

    id: UUID
    message_id: str
    received_at: datetime
    sha256: str
    byte_count: int
    pages: int
    receipt: str
    possible_duplicate_of: UUID | None
    again: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """News about a claim without a letter. Sealed: it says what was owed, and by whom.

    :ivar amount: what the news is about, never what is left: so much paid, remitted, withdrawn
    :ivar transferred_to: to whom it is owed from now on
    """

    reference: str
    type: NoticeType
    on: date
    amount: Euro | None = None
    transferred_to: Party | None = None


@dataclass(frozen=True, slots=True)
class IncomingNotice:
    """A claim notice at the door.

    :ivar canonical: the notice and its recipient as they were sent, in one fixed writing
    """

    bsn: str
    message_id: str
    notice: Notice
    canonical: str


@dataclass(frozen=True, slots=True)
class NoticeReceived:
    """What a sender hears of a claim notice. `again` marks a repeated delivery."""

    id: UUID
    message_id: str
    received_at: datetime
    again: bool
