"""How a line in the logbook is kept. The application may add lines, never change one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.logbook.rules import Act, ActorKind, Entry
from letterbox.shared.record import Record


class LogbookLine(Record):
    """One line: an entry, its number in this mailbox, and the hash that chains it."""

    __tablename__ = "logbook_lines"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    consent_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def entry(self) -> Entry:
        """What this line says."""
        return Entry(
            at=self.at,
            act=Act(self.act),
            actor=ActorKind(self.actor),
            actor_id=self.actor_id,
            consent_id=self.consent_id,
            subject_id=self.subject_id,
            person_id=self.person_id,
        )
