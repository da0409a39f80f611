"""How a citizen's choices are kept, and what was mailed to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.shared.record import Record


class Preferences(Record):
    """What one citizen chose. The e-mail address is sealed, and so is the code that confirms it.

    `notices` names the kinds that are wanted; `calendar_hash` is the keyed hash of the token in
    the address of the calendar feed, and `calendar_names` says whether the feed names creditors.
    """

    __tablename__ = "preferences"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    language: Mapped[str | None] = mapped_column(String(2))
    notices: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    sealed_address: Mapped[bytes | None] = mapped_column(LargeBinary)
    confirmed_at: Mapped[datetime | None]
    sealed_code: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_made_at: Mapped[datetime | None]
    wrong_codes: Mapped[int]
    calendar_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    calendar_names: Mapped[bool]


class SentNotice(Record):
    """An e-mail to a citizen: of what kind, and what became of it. Never what it says.

    A kind has one mail per `occasion`, so that nothing is mailed twice. An occasion that names a
    day of a debt is a keyed hash.
    """

    __tablename__ = "sent_notices"
    __table_args__ = (UniqueConstraint("mailbox_id", "kind", "occasion"),)

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    occasion: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))
