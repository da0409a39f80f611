"""The pages as one application: every route, every mistake, and the stylesheet."""

from fastapi import FastAPI

from letterbox.shared.ports import Supplies
from web import answering, home, logbook, login, mistakes, overview, sharing
from web.pages import Static

ROUTERS = (
    home.router,
    login.router,
    overview.router,
    sharing.router,
    answering.router,
    logbook.router,
)


def create_pages(supplies: Supplies) -> FastAPI:
    """Return the pages. Whoever mounts them sets the headers that every answer carries."""
    pages = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    pages.state.supplies = supplies
    for router in ROUTERS:
        pages.include_router(router)
    mistakes.install(pages)
    pages.mount("/static", Static())
    return pages
