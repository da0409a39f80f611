"""What a citizen's own copy holds, beside the files of the letters."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from letterbox.debts.facts import Correction
from letterbox.letters.rules import Envelope, Notice
from letterbox.logbook.rules import Entry
from letterbox.reading.findings import Reading


@dataclass(frozen=True, slots=True)
class LetterHere:
    """A letter that is in the mailbox, and what its file is called in the copy."""

    id: UUID
    file: str
    received_at: datetime
    sender: str | None


@dataclass(frozen=True, slots=True)
class LetterTaken:
    """All that is known of one letter but its PDF."""

    letter: LetterHere
    status: str
    sha256: str
    receipt: str
    came_with: Envelope | None
    read: Reading | None
    unreadable_because: str | None


@dataclass(frozen=True, slots=True)
class NoticeTaken:
    """News about a claim that came without a letter."""

    id: UUID
    received_at: datetime
    sender: str
    says: Notice


@dataclass(frozen=True, slots=True)
class LineTaken:
    """A line of the logbook, with the hash that chains it."""

    number: int
    says: Entry
    organisation: str | None
    person: str | None
    hash: bytes


@dataclass(frozen=True, slots=True)
class LogbookTaken:
    """The whole logbook. `head` is the hash of its last line, which is about taking this."""

    head: bytes
    lines: tuple[LineTaken, ...]


@dataclass(frozen=True, slots=True)
class ConsentTaken:
    """A consent that the citizen gave, with the receipt they got."""

    id: UUID
    organisation: str
    counsellor_name: str
    counsellor_role: str
    purpose: str
    permissions: tuple[str, ...]
    creditors_left_out: tuple[str, ...]
    granted_at: datetime
    valid_until: datetime
    ended_at: datetime | None
    end_reason: str | None
    receipt: str


@dataclass(frozen=True, slots=True)
class CorrectionTaken:
    """What the citizen said about a debt, and when they took it back if they did."""

    said: Correction
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailTaken:
    """An e-mail that was sent, or not."""

    kind: str
    at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class SettingsTaken:
    """What the citizen chose, and what was mailed to them."""

    language: str | None = None
    address: str | None = None
    confirmed_at: datetime | None = None
    notices: tuple[str, ...] = ()
    calendar: bool = False
    mails: tuple[MailTaken, ...] = ()
