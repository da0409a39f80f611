"""Every question about people and organisations that the house asks the database."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from letterbox.people.models import Mailbox, Organisation, Recipient


def organisation(session: Session, organisation_id: UUID) -> Organisation | None:
    """Return the organisation, suspended or not."""
    return session.get(Organisation, organisation_id)


def organisations(session: Session) -> Sequence[Organisation]:
    """Return all organisations, by name."""
    return session.scalars(select(Organisation).order_by(Organisation.name)).all()


def mailbox_found_by(session: Session, keyed_hash: str) -> UUID | None:
    """Return the mailbox with this keyed hash; only visible in its `recipient` scope."""
    return session.scalar(select(Recipient.mailbox_id).where(Recipient.keyed_hash == keyed_hash))


def mailbox_held(session: Session, mailbox_id: UUID) -> Mailbox | None:
    """Return the mailbox and hold it: others wait, so its logbook grows one line at a time."""
    # FOR NO KEY UPDATE: others may still add rows that point at the mailbox.
    statement = select(Mailbox).where(Mailbox.id == mailbox_id).with_for_update(key_share=True)
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def forget_recipients(session: Session, mailbox_id: UUID) -> None:
    """Delete every way to find this mailbox by a number."""
    session.execute(delete(Recipient).where(Recipient.mailbox_id == mailbox_id))
