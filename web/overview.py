"""The overview: what is owed, what comes first, and by when; and each debt by itself."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse

from letterbox.debts.citizen import NoSuchDebt
from letterbox.debts.facts import Told
from letterbox.debts.queries import with_latest_words
from letterbox.logbook.rules import Act
from letterbox.overview.course import course_of
from letterbox.overview.rules import Overview, for_citizen
from letterbox.overview.service import show_overview
from letterbox.overview.urgency import RUNNING, Severity
from web.chart import chart_of
from web.pages import mine
from web.who import CitizenHere

router = APIRouter()

PARTS = ("principal", "interest", "collection_costs", "increase", "paid")


@router.get("/me", response_class=HTMLResponse)
def show_mine(here: CitizenHere) -> HTMLResponse:
    """Show a citizen their own overview."""
    key = here.open(Act.OVERVIEW_SEEN)
    overview = for_citizen(show_overview(here.session, key, now=here.now))
    course = course_of([each.debt for each in overview.debts], as_of=overview.as_of)
    return mine(here, "overview.html", chart=chart_of(course), **seen(overview))


@router.get("/me/debts/{debtId}", response_class=HTMLResponse)
def show_debt(debt_id: Annotated[UUID, Path(alias="debtId")], here: CitizenHere) -> HTMLResponse:
    """Show one debt: how its amount is built up, what comes, and what was said when."""
    key = here.open(Act.OVERVIEW_SEEN)
    overview = for_citizen(show_overview(here.session, key, now=here.now))
    ranked = next((each for each in overview.debts if each.debt.id == debt_id), None)
    if ranked is None:
        raise NoSuchDebt("Look at the overview again: it may have changed.")
    debt = with_latest_words(here.session, key, ranked.debt)
    return mine(
        here,
        "debt.html",
        debt=debt,
        as_of=overview.as_of,
        coming=[each for each in overview.deadlines if each.debt_id == debt_id],
        parts=[(name, getattr(debt, name)) for name in PARTS],
        told=Told,
    )


def seen(overview: Overview) -> dict[str, Any]:
    """Return an overview as its template takes it."""
    return {
        "overview": overview,
        "running": [each for each in overview.debts if each.debt.status in RUNNING],
        "over": [each for each in overview.debts if each.debt.status not in RUNNING],
        "severities": list(Severity),
    }
