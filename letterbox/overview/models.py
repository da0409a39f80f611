"""How it is kept what a counsellor saw of an overview, to tell them later what is new."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.shared.record import Record


class SeenOverview(Record):
    """What one employee last saw under one consent, sealed with the key of the mailbox."""

    __tablename__ = "seen_overviews"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox_id", "consent_id"], ["consents.mailbox_id", "consents.id"]),
    )

    mailbox_id: Mapped[UUID] = mapped_column(primary_key=True)
    consent_id: Mapped[UUID] = mapped_column(primary_key=True)
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    seen_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
