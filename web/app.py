"""The pages as one application: every route, every mistake, and the stylesheet."""

from pathlib import Path

from fastapi import FastAPI

from letterbox.shared.ports import Supplies
from web import (
    adding,
    answering,
    asking,
    calendar,
    client_letters,
    clients,
    correcting,
    data,
    home,
    language,
    letters,
    logbook,
    login,
    mistakes,
    office,
    overview,
    posting,
    sent,
    settings,
    sharing,
    sheets,
)
from web.dressing import dress
from web.sheets import Static

ROUTERS = (
    home.router,
    sheets.router,
    language.router,
    login.router,
    office.router,
    clients.router,
    client_letters.router,
    asking.router,
    posting.router,
    sent.router,
    overview.router,
    adding.router,
    letters.router,
    correcting.router,
    sharing.router,
    answering.router,
    logbook.router,
    settings.router,
    calendar.router,
    data.router,
)


def create_pages(supplies: Supplies, theme: Path | None = None) -> FastAPI:
    """Return the pages. Whoever mounts them sets the headers that every answer carries.

    :param theme: a file with the design tokens of a municipality
    """
    pages = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    pages.state.supplies, pages.state.theme = supplies, theme
    pages.state.dressed = dress(theme) is not None
    for router in ROUTERS:
        pages.include_router(router)
    mistakes.install(pages)
    pages.mount("/static", Static())
    return pages
