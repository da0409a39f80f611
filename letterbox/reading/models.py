"""How a reading is kept: beside the letter, never over it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.shared.record import Record


class LetterReading(Record):
    """What was read in one letter, sealed; or, when `unreadable`, why nothing was."""

    __tablename__ = "readings"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox_id", "letter_id"], ["letters.mailbox_id", "letters.id"]),
    )

    mailbox_id: Mapped[UUID] = mapped_column(primary_key=True)
    letter_id: Mapped[UUID] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(20))
    rules_version: Mapped[int]
    read_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
