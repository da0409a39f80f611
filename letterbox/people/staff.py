"""Recognising the people who work for an organisation, and knowing them again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from letterbox.people import queries
from letterbox.people.assertions import NotRecognised
from letterbox.people.models import Employee, Organisation
from letterbox.people.rules import numbers_of
from letterbox.people.service import working
from letterbox.shared import scope
from letterbox.shared.ids import new_id
from letterbox.shared.ports import KeyStore, StaffMember

LONGEST_NAME = 200


def recognise_employee(
    session: Session, keys: KeyStore, member: StaffMember, *, now: datetime
) -> Employee:
    """Return the employee who logged in, noted down when it is their first time.

    :raises NotRecognised: their organisation is not registered, or is suspended
    """
    organisation = _employer(session, member.organisation_number)
    scope.enter(session, organisation=organisation.id)
    name = member.name[:LONGEST_NAME]
    noted = insert(Employee).values(
        id=new_id(now),
        organisation_id=organisation.id,
        subject=keys.digest("employee", member.subject),
        name=name,
        first_seen_at=now,
        last_seen_at=now,
    )
    # Two first visits may begin at once.
    again = noted.on_conflict_do_update(
        index_elements=[Employee.organisation_id, Employee.subject],
        set_={"name": name, "last_seen_at": now},
    )
    return session.scalars(again.returning(Employee)).one()


def at_work(
    session: Session, organisation_id: UUID, employee_id: UUID
) -> tuple[Organisation, Employee]:
    """Return an organisation that is not suspended and its employee, and enter its scope.

    :raises NotRecognised: it was suspended in the meantime
    """
    organisation = working(session, organisation_id)
    scope.enter(session, organisation=organisation.id)
    employee = queries.employee(session, employee_id)
    assert employee is not None
    return organisation, employee


def _employer(session: Session, claimed: str) -> Organisation:
    found = (queries.organisation_by_number(session, number) for number in numbers_of(claimed))
    organisation = next((each for each in found if each is not None), None)
    if organisation is None or organisation.suspended_at is not None:
        raise NotRecognised("Your organisation is not registered, or is suspended.")
    return organisation
