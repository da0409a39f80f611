"""How a letter is kept. A letter never changes once it has arrived."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from letterbox.shared.record import Record

OF_LETTER = ["letters.mailbox_id", "letters.id"]


class Letter(Record):
    """One PDF from one sender to one citizen, in the citizen's mailbox.

    `keyed_fingerprint` tells whether the same PDF is in the mailbox already; `sealed_envelope`
    holds what came with it (`Envelope`). Without a sender, the citizen added it.
    """

    __tablename__ = "letters"
    __table_args__ = (Index(None, "mailbox_id", "keyed_fingerprint"),)

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sender_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    received_at: Mapped[datetime]
    keyed_fingerprint: Mapped[str] = mapped_column(String(64))
    duplicate_of: Mapped[UUID | None]
    sealed_envelope: Mapped[bytes] = mapped_column(LargeBinary)


class LetterFile(Record):
    """The sealed PDF of a letter, when files are kept in the database."""

    __tablename__ = "letter_files"
    __table_args__ = (ForeignKeyConstraint(["mailbox_id", "letter_id"], OF_LETTER),)

    mailbox_id: Mapped[UUID] = mapped_column(primary_key=True)
    letter_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Delivery(Record):
    """A line in the sender's own register: what it delivered, and what became of it.

    All questions of a sender are about its own deliveries, so this table starts its key with
    the sender and spreads over machines by it, as the others do by mailbox. `settled` tells
    whether the letter is in the overview yet.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox_id", "letter_id"], OF_LETTER),
        Index(None, "sender_id", "letter_id", unique=True),
        Index(None, "sender_id", "sequence"),
        Index(None, "mailbox_id", "letter_id", unique=True),
        Index("ix_deliveries_unsettled", "mailbox_id", postgresql_where=text("NOT settled")),
    )

    sender_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    mailbox_id: Mapped[UUID]
    letter_id: Mapped[UUID]
    keyed_content: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    byte_count: Mapped[int]
    pages: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    settled: Mapped[bool] = mapped_column(default=False)
    possible_duplicate_of: Mapped[UUID | None]


class OwnLetter(Record):
    """A letter that the citizen added, and what became of it: what a delivery is for a sender."""

    __tablename__ = "own_letters"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox_id", "letter_id"], OF_LETTER),
        Index("ix_own_letters_unsettled", "mailbox_id", postgresql_where=text("NOT settled")),
    )

    mailbox_id: Mapped[UUID] = mapped_column(primary_key=True)
    letter_id: Mapped[UUID] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
    byte_count: Mapped[int]
    pages: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    settled: Mapped[bool] = mapped_column(default=False)


class PagePicture(Record):
    """The sealed picture of a page, drawn when somebody first looked at it."""

    __tablename__ = "page_pictures"
    __table_args__ = (ForeignKeyConstraint(["mailbox_id", "letter_id"], OF_LETTER),)

    mailbox_id: Mapped[UUID] = mapped_column(primary_key=True)
    letter_id: Mapped[UUID] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class DeliveredNotice(Record):
    """News about a claim, from one sender to one citizen. Like a letter it never changes.

    `sealed` holds what it says (`Notice`).
    """

    __tablename__ = "claim_notices"
    __table_args__ = (UniqueConstraint("sender_id", "message_id"),)

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sender_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    message_id: Mapped[str] = mapped_column(String(100))
    received_at: Mapped[datetime]
    keyed_content: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
