"""The front page: what this is, and where to log in."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import Anyone
from web.pages import page
from web.who import Looking

router = APIRouter()


@router.get("/", response_class=HTMLResponse, dependencies=[Anyone])
def show_home(request: Request, here: Looking) -> HTMLResponse:
    """Say what this is."""
    return page(request, "home.html", here=here)
