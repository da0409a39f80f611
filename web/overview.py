"""The overview: what is owed, what comes first, and by when."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from letterbox.logbook.rules import Act
from letterbox.overview.rules import RUNNING, Severity
from letterbox.overview.service import show_overview
from web.pages import mine
from web.who import CitizenHere

router = APIRouter()

FOR_COUNSELLORS = {"maybe_time_barred"}
"""A citizen who asks a creditor about this may restart the term by asking."""


@router.get("/me", response_class=HTMLResponse)
def show_mine(here: CitizenHere) -> HTMLResponse:
    """Show a citizen their own overview."""
    key = here.open(Act.OVERVIEW_SEEN)
    overview = show_overview(here.session, key, now=here.now)
    return mine(
        here,
        "overview.html",
        overview=overview,
        running=[each for each in overview.debts if each.debt.status in RUNNING],
        over=[each for each in overview.debts if each.debt.status not in RUNNING],
        severities=list(Severity),
        hidden_checks=FOR_COUNSELLORS,
    )
