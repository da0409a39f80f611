"""How the debts of a mailbox are kept, and what its citizen says about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.shared.record import Record


class Snapshot(Record):
    """All debts of one mailbox as its letters tell them. A projection: it can be made again.

    `version` counts how often it was made; `rules_version` says by which rules.
    """

    __tablename__ = "snapshots"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    version: Mapped[int]
    rules_version: Mapped[int]
    settled_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class KeptCorrection(Record):
    """What the citizen said, sealed. Taking it back is noted; nothing is deleted."""

    __tablename__ = "corrections"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
