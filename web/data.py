"""My data: take everything along, and close the mailbox."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from letterbox.access import CitizenViewer, close_mailbox
from letterbox.logbook.rules import Act
from letterbox.shared.days import day_of
from web import who
from web.archive import MEDIA_TYPE, archive_of
from web.languages import language_of
from web.pages import mine, page
from web.who import CitizenHere, CitizenSending

router = APIRouter()


@router.get("/me/data", response_class=HTMLResponse)
def show_data(here: CitizenHere) -> HTMLResponse:
    """Say what a citizen can take along, and that they can leave."""
    return mine(here, "data.html")


@router.post("/me/data/download")
def download(here: CitizenSending) -> StreamingResponse:
    """Send everything that is in the mailbox."""
    key = here.open(Act.EXPORTED)
    copy = archive_of(here, key, language_of(here.request))
    name = f"letterbox-{day_of(here.now)}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(copy, headers=headers, media_type=MEDIA_TYPE)


@router.get("/me/data/close", response_class=HTMLResponse)
def ask_to_close(here: CitizenHere) -> HTMLResponse:
    """Say what closing means, and ask once more."""
    return mine(here, "close.html", unsure=False)


@router.post("/me/data/close", response_class=HTMLResponse)
def close(here: CitizenSending, sure: Annotated[str, Form()] = "") -> Response:
    """Close the mailbox for good, if the citizen said to be sure."""
    if sure != "yes":
        return mine(here, "close.html", status=400, again="/me/data/close", unsure=True)
    viewer = CitizenViewer(here.visit.mailbox_id)
    close_mailbox(here.session, here.supplies.keys, viewer, now=here.now)
    response = page(here.request, "closed.html")
    who.farewell(response)
    return response
