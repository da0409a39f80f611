"""Turning every "no" of the house into a problem document (RFC 9457), in one place.

What was sent is never echoed: it may be a citizen's number, or the name of a member that
holds one.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import OperationalError, TimeoutError
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from api.catalogue import OF_HTTP
from api.statuses import slug_of, status_of
from letterbox.letters.notices import NoticeIdTaken
from letterbox.letters.service import MessageIdTaken
from letterbox.shared.errors import Invalid, LetterboxError, Unavailable
from letterbox.shared.ports import PdfRefused
from letterbox.shared.trace import where
from schemas.problems import Mistake, Problem

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
IN_BODY = "body"
TOKEN_PATH = "/oauth2/token"  # noqa: S105
OF_OAUTH = {
    "not-recognised": "invalid_client",
    "invalid-scope": "invalid_scope",
    "invalid-request": "invalid_request",
}
"""What RFC 6749, section 5.2, calls the same: a general OAuth library knows only these."""


ALWAYS = (400, 401, 403, 429, 503)
"""What every door for systems may answer."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document the problems a route can answer with beside `ALWAYS`, for its `responses=`."""
    return {
        status: {"description": OF_HTTP[status].title, "model": Problem}
        for status in sorted((*ALWAYS, *statuses))
    }


def install(app: FastAPI) -> None:
    """Make the app answer every error with a problem document."""
    app.add_exception_handler(LetterboxError, _on_letterbox_error)
    app.add_exception_handler(RequestValidationError, _on_bad_shape)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(OperationalError, _on_database_away)
    app.add_exception_handler(TimeoutError, _on_database_away)
    app.add_exception_handler(Exception, lambda _, error: on_surprise(error))


def answer(
    slug: str,
    title: str,
    status: int,
    detail: str,
    *,
    instance: str | None = None,
    errors: Sequence[Mistake] | None = None,
    letter_id: str | None = None,
    notice_id: str | None = None,
    at: str = "",
) -> JSONResponse:
    """Return a problem document as a response.

    :param at: the address that was asked, since the token endpoint says one thing more
    """
    problem = Problem(
        type=f"/problems/{slug}",
        title=title,
        status=status,
        detail=detail,
        instance=instance,
        errors=list(errors) if errors else None,
        letterId=letter_id,
        noticeId=notice_id,
        error=OF_OAUTH.get(slug) if at == TOKEN_PATH else None,
    )
    content = problem.model_dump(exclude_none=True, by_alias=True)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    headers |= {"Retry-After": "30"} if status in (429, 503) else {}
    return JSONResponse(content, status, headers, MEDIA_TYPE)


def of_error(error: LetterboxError, *, at: str = "") -> JSONResponse:
    """Return what an expected error looks like at the JSON door."""
    return answer(
        slug_of(type(error)),
        error.title,
        status_of(error),
        error.detail,
        errors=[_mistake(error)] if isinstance(error, Invalid) else None,
        letter_id=str(error.letter_id) if isinstance(error, MessageIdTaken) else None,
        notice_id=str(error.notice_id) if isinstance(error, NoticeIdTaken) else None,
        at=at,
    )


def _mistake(error: Invalid) -> Mistake:
    page = error.page if isinstance(error, PdfRefused) else None
    return Mistake(pointer=error.pointer, code=error.code, detail=error.detail, page=page)


def _on_letterbox_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, LetterboxError)
    return of_error(error, at=request.url.path)


def _on_bad_shape(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    kind = OF_HTTP[400]
    errors = [_misfit(each) for each in error.errors()]
    at = request.url.path
    return answer(kind.slug, kind.title, 400, kind.detail, errors=errors, at=at)


def _misfit(error: dict[str, Any]) -> Mistake:
    if error["type"] == "json_invalid":  # its place is a count of characters, not a pointer
        error = {**error, "loc": error["loc"][:1]}
    unknown = error["type"] == "extra_forbidden"
    # The name of an unknown member was sent by the caller, like everything else.
    place = [part for part in error["loc"] if part != IN_BODY][: -1 if unknown else None]
    detail = "There is a member here that we do not know." if unknown else "See the description."
    return Mistake(
        pointer="".join(f"/{part}" for part in place),
        code=str(error["type"]).replace("_", "-"),
        detail=detail,
    )


def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    kind = OF_HTTP.get(error.status_code, OF_HTTP[400])
    response = answer(kind.slug, kind.title, error.status_code, kind.detail)
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(sorted(_methods_at(request)))
    return response


def _methods_at(request: Request) -> set[str]:
    # Starlette names those of the first route only; RFC 9110 wants all of them.
    routes = [context.original_route for context in iter_route_contexts(request.app.routes)]
    return {
        method
        for route in routes
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }


def _on_database_away(_: Request, error: Exception) -> JSONResponse:
    logger.error("The database does not answer: %s", type(error).__name__)
    return of_error(Unavailable("Try again in half a minute; nothing was kept."))


def on_surprise(error: Exception) -> JSONResponse:
    """Return what a mistake of ours looks like, and log where it was made."""
    ticket = f"urn:uuid:{uuid4()}"
    logger.error("Unexpected error %s: %s", ticket, where(error))
    kind = OF_HTTP[500]
    return answer(kind.slug, kind.title, 500, kind.detail, instance=ticket)
