"""Citizens who are logged in: for how long, and how often they may mistype a code."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from letterbox.people import queries
from letterbox.people.models import Visit
from letterbox.shared import scope
from letterbox.shared.errors import LetterboxError

IDLE = timedelta(minutes=15)
LONGEST_VISIT = timedelta(hours=8)
MOST_WRONG_CODES = 5
WRONG_CODES_WITHIN = timedelta(minutes=15)


class TooManyCodes(LetterboxError):
    """Someone is guessing codes."""

    title = "Too many codes were tried"


def begin_visit(session: Session, token_hash: str, mailbox_id: UUID, *, now: datetime) -> None:
    """Note that a citizen logged in."""
    scope.enter(session, visit=token_hash)
    session.add(Visit(token_hash=token_hash, mailbox_id=mailbox_id, started_at=now, seen_at=now))
    session.flush()


def visit(session: Session, token_hash: str, *, now: datetime) -> Visit | None:
    """Return who is logged in with this token, unless idle or logged in for too long."""
    scope.enter(session, visit=token_hash)
    found = queries.visit(session, token_hash)
    if found is None or now >= min(found.seen_at + IDLE, found.started_at + LONGEST_VISIT):
        return None
    found.seen_at = now
    return found


def end_visit(session: Session, token_hash: str) -> None:
    """Log out."""
    scope.enter(session, visit=token_hash)
    session.execute(delete(Visit).where(Visit.token_hash == token_hash))


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


def _lately(found: Visit, now: datetime) -> bool:
    return found.wrong_code_at is not None and now < found.wrong_code_at + WRONG_CODES_WITHIN
