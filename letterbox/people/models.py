"""The organisations the house knows, and the mailboxes of citizens.

There is no table of citizens: a citizen is a mailbox, found by a keyed hash of a number.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.shared.record import Record


class Organisation(Record):
    """An organisation that connects: a sender, or one that counsels, or both.

    `number` is its OIN (20 digits; source: OIN-Stelsel, Logius). `bsn_ground` names the law
    that lets it process citizen service numbers; without one it may not (Wabb art. 10).
    """

    __tablename__ = "organisations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(20), unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    bsn_ground: Mapped[str | None] = mapped_column(String(200))
    jwks: Mapped[dict[str, Any]] = mapped_column(JSONB)
    registered_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]


class UsedAssertion(Record):
    """A `jti` that was spent at the token endpoint, kept until the assertion has expired."""

    __tablename__ = "used_assertions"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    jti: Mapped[str] = mapped_column(String(200), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Mailbox(Record):
    """A citizen's mailbox: its wrapped data key and the head of its logbook.

    Without `wrapped_key` the mailbox is closed, and nothing in it can ever be read again.
    """

    __tablename__ = "mailboxes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    logbook_lines: Mapped[int] = mapped_column(default=0)
    logbook_head: Mapped[bytes] = mapped_column(LargeBinary, default=b"")


class Recipient(Record):
    """How a mailbox is found: the keyed hash of a number. The number itself is sealed."""

    __tablename__ = "recipients"

    keyed_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), index=True)
    sealed_number: Mapped[bytes] = mapped_column(LargeBinary)


class Visit(Record):
    """A citizen who is logged in. Found by the hash of the token in the cookie."""

    __tablename__ = "visits"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    wrong_codes: Mapped[int] = mapped_column(default=0)
    wrong_code_at: Mapped[datetime | None]


class Employee(Record):
    """A person who works for an organisation and logged in for it.

    `subject` is the keyed hash of what the login provider calls them.
    """

    __tablename__ = "employees"
    __table_args__ = (UniqueConstraint("organisation_id", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    subject: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class StaffVisit(Record):
    """An employee who is logged in. Found by the hash of the token in the cookie."""

    __tablename__ = "staff_visits"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
