"""The logbook: who looked at or changed what, in plain words."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from letterbox.consent.queries import consents_in
from letterbox.logbook.models import LogbookLine
from letterbox.logbook.queries import latest_lines, latest_looks
from letterbox.logbook.rules import Act, ActorKind
from letterbox.people.queries import names_of, names_of_employees
from letterbox.shared.days import day_of
from web.pages import mine
from web.who import CitizenHere

router = APIRouter()

MOST_LINES = 100


@router.get("/me/logbook", response_class=HTMLResponse)
def show_logbook(here: CitizenHere) -> HTMLResponse:
    """Show the latest lines. Looking at the logbook is a line itself."""
    key = here.open(Act.LOGBOOK_SEEN)
    latest = latest_lines(here.session, key.mailbox_id, most=MOST_LINES)
    lines = [*latest, *_before(latest, here.session, key.mailbox_id)]
    holders = {each.id: each.organisation_id for each in consents_in(here.session, key.mailbox_id)}
    names = names_in(here.session, lines) | dict(names_of(here.session, {*holders.values()}))
    given_to = {consent_id: names[holder] for consent_id, holder in holders.items()}
    return mine(
        here,
        "logbook.html",
        rows=_rows(lines),
        names=names,
        given_to=given_to,
        most=MOST_LINES,
        cut_off=len(latest) == MOST_LINES,
    )


def _before(
    latest: Sequence[LogbookLine], session: Session, mailbox_id: UUID
) -> Iterable[LogbookLine]:
    """Return who looked before that: it must not drown in lines that matter less."""
    looks = latest_looks(session, mailbox_id, most=MOST_LINES)
    return (look for look in looks if look.number < latest[-1].number)


def names_in(session: Session, lines: Sequence[LogbookLine]) -> dict[UUID, str]:
    """Return the names of the organisations in these lines, and of their people who did it."""
    names = dict(names_of(session, {line.actor_id for line in lines if line.actor_id}))
    employers = {line.person_id: line.actor_id for line in lines if line.person_id}
    for person_id, name in names_of_employees(session, {*filter(None, employers)}).items():
        employer = employers[person_id]
        names[person_id] = f"{name} ({names[employer]})" if employer else name
    return names


def _rows(lines: Iterable[LogbookLine]) -> list[tuple[LogbookLine, int]]:
    """Return the lines, and how often: a day of a citizen's own looks would drown the others."""
    groups: dict[tuple[object, ...], list[LogbookLine]] = {}
    for line in lines:
        groups.setdefault(_alike(line), []).append(line)
    return [(group[0], len(group)) for group in groups.values()]


def _alike(line: LogbookLine) -> tuple[object, ...]:
    own_look = line.actor == ActorKind.CITIZEN and line.act.endswith("_seen")
    return (line.act, day_of(line.at)) if own_look else (line.number,)
