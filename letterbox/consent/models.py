"""How a request for consent and a consent are kept. Neither is ever deleted or reopened."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.shared.record import Record


class ConsentRequest(Record):
    """A counselling organisation asks. It does not yet know, or name, a mailbox."""

    __tablename__ = "consent_requests"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(280))
    permissions: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    days: Mapped[int]
    counsellor_name: Mapped[str] = mapped_column(String(120))
    counsellor_role: Mapped[str] = mapped_column(String(120))
    client_reference: Mapped[str | None] = mapped_column(String(100))
    asked_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_at: Mapped[datetime | None]
    consent_id: Mapped[UUID | None]


class Consent(Record):
    """A citizen lets one counselling organisation look, in `[valid_from, valid_until)`.

    `letters_from` and the sealed list of creditors left out are the citizen's narrowing.
    """

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("valid_until > valid_from", name="ends_after_it_begins"),
        Index(None, "organisation_id", "id"),
        Index(None, "organisation_id", "sequence"),
    )

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    request_id: Mapped[UUID] = mapped_column(ForeignKey("consent_requests.id"), unique=True)
    counsellor_name: Mapped[str] = mapped_column(String(120))
    counsellor_role: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(String(280))
    permissions: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    letters_from: Mapped[date | None]
    sealed_left_out: Mapped[bytes | None] = mapped_column(LargeBinary)
    text_version: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(20))
    end_reason: Mapped[str | None] = mapped_column(String(280))
    receipt: Mapped[str] = mapped_column(Text)
