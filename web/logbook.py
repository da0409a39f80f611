"""The logbook: who looked at or changed what, in plain words."""

from collections.abc import Iterable
from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from letterbox.consent.queries import consents_in
from letterbox.logbook.models import LogbookLine
from letterbox.logbook.queries import latest_lines
from letterbox.logbook.rules import Act, ActorKind
from letterbox.people.queries import names_of
from letterbox.shared.days import day_of
from web.pages import mine
from web.who import CitizenHere

router = APIRouter()

MOST_LINES = 100


@router.get("/me/logbook", response_class=HTMLResponse)
def show_logbook(here: CitizenHere) -> HTMLResponse:
    """Show the latest lines. Looking at the logbook is a line itself."""
    key = here.open(Act.LOGBOOK_SEEN)
    lines = latest_lines(here.session, key.mailbox_id, most=MOST_LINES)
    holders = {each.id: each.organisation_id for each in consents_in(here.session, key.mailbox_id)}
    actors = {line.actor_id for line in lines if line.actor_id}
    names = names_of(here.session, actors | set(holders.values()))
    given_to = {consent_id: names[holder] for consent_id, holder in holders.items()}
    return mine(
        here,
        "logbook.html",
        rows=_rows(lines),
        names=names,
        given_to=given_to,
        most=MOST_LINES,
        cut_off=len(lines) == MOST_LINES,
    )


def _rows(lines: Iterable[LogbookLine]) -> list[tuple[LogbookLine, int]]:
    """Return the lines, and how often in a row: a citizen's own looks would drown the others."""
    groups = [list(group) for _, group in groupby(lines, key=_alike)]
    return [(group[0], len(group)) for group in groups]


def _alike(line: LogbookLine) -> tuple[object, ...]:
    own_look = line.actor == ActorKind.CITIZEN and line.act.endswith("_seen")
    return (line.act, day_of(line.at)) if own_look else (line.number,)
