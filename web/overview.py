"""The overview: what is owed, what comes first, and by when."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from letterbox.logbook.rules import Act
from letterbox.overview.rules import for_citizen
from letterbox.overview.service import show_overview
from letterbox.overview.urgency import RUNNING, Severity
from web.pages import mine
from web.who import CitizenHere

router = APIRouter()


@router.get("/me", response_class=HTMLResponse)
def show_mine(here: CitizenHere) -> HTMLResponse:
    """Show a citizen their own overview."""
    key = here.open(Act.OVERVIEW_SEEN)
    overview = for_citizen(show_overview(here.session, key, now=here.now))
    return mine(
        here,
        "overview.html",
        overview=overview,
        running=[each for each in overview.debts if each.debt.status in RUNNING],
        over=[each for each in overview.debts if each.debt.status not in RUNNING],
        severities=list(Severity),
    )
