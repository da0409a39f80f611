"""Every question about people and organisations that the house asks the database."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from letterbox.people.models import (
    Employee,
    Mailbox,
    Organisation,
    Recipient,
    StaffVisit,
    Visit,
)

# FOR NO KEY UPDATE: others may still add rows that point at the mailbox.
_HELD = (
    select(Mailbox)
    .where(Mailbox.id == bindparam("mailbox_id"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)


_FOUND_BY = select(Recipient.mailbox_id).where(Recipient.keyed_hash == bindparam("keyed_hash"))
_ORGANISATION = select(Organisation).where(Organisation.id == bindparam("organisation_id"))


def organisation(session: Session, organisation_id: UUID) -> Organisation | None:
    """Return the organisation, suspended or not."""
    return session.scalars(_ORGANISATION, {"organisation_id": organisation_id}).one_or_none()


def organisations(session: Session) -> Sequence[Organisation]:
    """Return all organisations, by name."""
    return session.scalars(select(Organisation).order_by(Organisation.name)).all()


def mailbox_found_by(session: Session, keyed_hash: str) -> UUID | None:
    """Return the mailbox with this keyed hash; only visible in its `recipient` scope."""
    return session.scalar(_FOUND_BY, {"keyed_hash": keyed_hash})


def mailbox(session: Session, mailbox_id: UUID) -> Mailbox | None:
    """Return the mailbox as it stands, without holding it."""
    return session.get(Mailbox, mailbox_id)


def mailbox_held(session: Session, mailbox_id: UUID) -> Mailbox | None:
    """Return the mailbox and hold it: others wait, so its logbook grows one line at a time."""
    return session.scalars(_HELD, {"mailbox_id": mailbox_id}).one_or_none()


def forget_recipients(session: Session, mailbox_id: UUID) -> None:
    """Delete every way to find this mailbox by a number."""
    session.execute(delete(Recipient).where(Recipient.mailbox_id == mailbox_id))


def organisation_by_number(session: Session, number: str) -> Organisation | None:
    """Return the organisation registered with this number."""
    statement = select(Organisation).where(Organisation.number == number)
    return session.scalars(statement).one_or_none()


def visit(session: Session, token_hash: str) -> Visit | None:
    """Return the visit with this token; only visible in its `visit` scope."""
    return session.get(Visit, token_hash)


def staff_visit(session: Session, token_hash: str) -> StaffVisit | None:
    """Return the staff visit with this token; only visible in its `visit` scope."""
    return session.get(StaffVisit, token_hash)


def employee(session: Session, employee_id: UUID) -> Employee | None:
    """Return an employee of the organisation whose scope was entered."""
    return session.get(Employee, employee_id)


def names_of_employees(session: Session, employee_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the names of these employees, as far as the scope shows them.

    The scope of a mailbox shows those who stand in its logbook.
    """
    statement = select(Employee.id, Employee.name).where(Employee.id.in_(employee_ids))
    return {row.id: row.name for row in session.execute(statement)}


def names_of(session: Session, organisation_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the names of these organisations."""
    statement = select(Organisation.id, Organisation.name).where(
        Organisation.id.in_(organisation_ids)
    )
    return {row.id: row.name for row in session.execute(statement)}
