"""Choosing the language of the pages."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse

from api.dependencies import Anyone
from web.languages import LANGUAGES, SOURCE, remember
from web.login import own_path

router = APIRouter()


@router.get("/language", dependencies=[Anyone])
def choose_language(
    to: Annotated[str, Query(max_length=10)] = SOURCE, next: str = "/"
) -> RedirectResponse:
    """Show the pages in another language from now on, and go back to where someone was."""
    response = RedirectResponse(own_path(next), 303)
    if to in LANGUAGES:
        remember(response, to)
    return response
