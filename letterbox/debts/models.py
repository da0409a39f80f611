"""How the debts of a mailbox are kept: one sealed snapshot, replaced as a whole."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.shared.record import Record


class Snapshot(Record):
    """All debts of one mailbox as its letters tell them. A projection: it can be made again."""

    __tablename__ = "snapshots"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    version: Mapped[int]
    settled_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
