"""Turning every "no" of the house into a page that says what happened and what to do next.

The words are in `templates/mistakes`, one file per error or status; the nearest one is taken.
"""

import logging
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.exc import OperationalError, TimeoutError
from starlette.exceptions import HTTPException

from api.statuses import slug_of, status_of
from letterbox.people.visits import WRONG_CODES_WITHIN
from letterbox.shared.errors import LetterboxError
from web.pages import page
from web.who import LoginNeeded

logger = logging.getLogger(__name__)

RETRY_AFTER = {
    "too-many-codes": str(int(WRONG_CODES_WITHIN.total_seconds())),
    "too-many-requests": "60",
    503: "30",
}
"""In seconds, by the name of the error or by its status."""


def install(pages: FastAPI) -> None:
    """Make the pages answer every error with a page."""
    pages.add_exception_handler(LoginNeeded, _on_login_needed)
    pages.add_exception_handler(LetterboxError, _on_letterbox_error)
    pages.add_exception_handler(RequestValidationError, _on_bad_shape)
    pages.add_exception_handler(HTTPException, _on_http_error)
    pages.add_exception_handler(OperationalError, _on_database_away)
    pages.add_exception_handler(TimeoutError, _on_database_away)
    pages.add_exception_handler(Exception, _on_surprise)


def _mistake(
    request: Request, status: int, *slugs: str, login_url: str = "/login", ticket: str = ""
) -> HTMLResponse:
    called = (*slugs, status, f"{status // 100}xx")
    names = [f"mistakes/{name}.html" for name in called]
    later = next((RETRY_AFTER[name] for name in called if name in RETRY_AFTER), None)
    headers = {"Retry-After": later} if later else {}
    return page(request, *names, status=status, headers=headers, login_url=login_url, ticket=ticket)


def _on_login_needed(request: Request, error: Exception) -> Response:
    assert isinstance(error, LoginNeeded)
    if request.method == "GET":
        return RedirectResponse(error.login_url, 303)
    # Not a redirect: browsers would not let a form lead on to the login provider.
    return _mistake(request, 401, "login-needed", login_url=error.login_url)


def _on_letterbox_error(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, LetterboxError)
    kinds = [kind for kind in type(error).__mro__ if issubclass(kind, LetterboxError)]
    return _mistake(request, status_of(error), *map(slug_of, kinds))


def _on_bad_shape(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, RequestValidationError)
    in_path = any(each["loc"][0] == "path" for each in error.errors())
    return _mistake(request, 404 if in_path else 400)


def _on_http_error(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, HTTPException)
    response = _mistake(request, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _on_database_away(request: Request, error: Exception) -> HTMLResponse:
    logger.error("The database does not answer: %s", type(error).__name__)
    return _mistake(request, 503)


def _on_surprise(request: Request, error: Exception) -> HTMLResponse:
    ticket = uuid4().hex[:8].upper()
    # Not the message: it may quote what a letter says.
    logger.error("Unexpected error %s on a page: %s", ticket, type(error).__name__)
    return _mistake(request, 500, ticket=ticket)
