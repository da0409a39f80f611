"""Who is logged in: for how long, and how often a citizen may mistype a code."""

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from letterbox.people import queries
from letterbox.people.models import Employee, StaffVisit, Visit
from letterbox.shared import scope
from letterbox.shared.errors import LetterboxError

IDLE = timedelta(minutes=15)
LONGEST_VISIT = timedelta(hours=8)
MOST_WRONG_CODES = 5
WRONG_CODES_WITHIN = timedelta(minutes=15)

V = TypeVar("V", Visit, StaffVisit)


class TooManyCodes(LetterboxError):
    """Someone is guessing codes."""

    title = "Too many codes were tried"


def begin_visit(session: Session, token_hash: str, mailbox_id: UUID, *, now: datetime) -> None:
    """Note that a citizen logged in."""
    begun = Visit(token_hash=token_hash, mailbox_id=mailbox_id, started_at=now, seen_at=now)
    _begin(session, begun, now)


def begin_staff_visit(
    session: Session, token_hash: str, employee: Employee, *, now: datetime
) -> None:
    """Note that an employee logged in."""
    begun = StaffVisit(
        token_hash=token_hash,
        employee_id=employee.id,
        organisation_id=employee.organisation_id,
        started_at=now,
        seen_at=now,
    )
    _begin(session, begun, now)


def visit(session: Session, token_hash: str, *, now: datetime) -> Visit | None:
    """Return which citizen is logged in with this token, unless idle or in for too long."""
    scope.enter(session, visit=token_hash)
    return _going_on(queries.visit(session, token_hash), now)


def staff_visit(session: Session, token_hash: str, *, now: datetime) -> StaffVisit | None:
    """Return which employee is logged in with this token, unless idle or in for too long."""
    scope.enter(session, visit=token_hash)
    return _going_on(queries.staff_visit(session, token_hash), now)


def end_visit(session: Session, token_hash: str) -> None:
    """Log out, whoever it is."""
    scope.enter(session, visit=token_hash)
    for kind in (Visit, StaffVisit):
        session.execute(delete(kind).where(kind.token_hash == token_hash))


def end_visits_to(session: Session, mailbox_id: UUID) -> None:
    """Log out everyone who is in this mailbox, wherever they are."""
    scope.enter(session, closing=mailbox_id)
    session.execute(delete(Visit).where(Visit.mailbox_id == mailbox_id))


def refuse_guessing(found: Visit, *, now: datetime) -> None:
    """Stop a visitor who tried too many wrong codes lately.

    :raises TooManyCodes: that is so
    """
    if _lately(found, now) and found.wrong_codes >= MOST_WRONG_CODES:
        raise TooManyCodes("Wait a quarter of an hour, and check the code with your counsellor.")


def note_wrong_code(found: Visit, *, now: datetime) -> None:
    """Count a wrong code."""
    found.wrong_codes = found.wrong_codes + 1 if _lately(found, now) else 1
    found.wrong_code_at = now


def _begin(session: Session, begun: Visit | StaffVisit, now: datetime) -> None:
    _sweep(session, now)
    scope.enter(session, visit=begun.token_hash)
    session.add(begun)
    session.flush()


def _sweep(session: Session, now: datetime) -> None:
    """Delete the visits that are over. Nobody sees them: the policy says which may go."""
    # Left first: the scope of a visit would let that visit go as well.
    scope.enter(session, visit="", over=(now - IDLE).isoformat())
    for kind in (Visit, StaffVisit):
        session.execute(delete(kind).execution_options(synchronize_session=False))
    scope.enter(session, over="")


def _going_on(found: V | None, now: datetime) -> V | None:
    if found is None or now >= min(found.seen_at + IDLE, found.started_at + LONGEST_VISIT):
        return None
    found.seen_at = now
    return found


def _lately(found: Visit, now: datetime) -> bool:
    return found.wrong_code_at is not None and now < found.wrong_code_at + WRONG_CODES_WITHIN
