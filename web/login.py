"""Logging in and out. The login provider says who it is; the house only notes that they are in."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Cookie, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from api.dependencies import Anyone, Now, SessionHere, SuppliesHere
from api.statuses import status_of
from letterbox import access
from letterbox.people import visits
from letterbox.people.rules import NotABsn, compact_bsn
from letterbox.shared.ports import Departure, LoginFailed, NotSigned, Signer, Supplies
from web import who
from web.pages import page

router = APIRouter()

COOKIE = "__Host-login"
KIND = "login+jwt"
TIME_TO_LOG_IN = timedelta(minutes=10)
HOME = "/me"
LONGEST_PATH = 500
OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")
"""One slash, then anything printable but a backslash: browsers read `/\\` as `//`."""

Word = Annotated[str, Cookie(alias=COOKIE)]


@router.get("/login", dependencies=[Anyone])
def depart(supplies: SuppliesHere, now: Now, next: str = HOME) -> Response:
    """Send someone to the login provider, and remember where they wanted to go."""
    departure = supplies.login.depart()
    remembered = {
        "state": departure.state,
        "nonce": departure.nonce,
        "verifier": departure.verifier,
        "next": own_path(next),
        "exp": int((now + TIME_TO_LOG_IN).timestamp()),
    }
    response = RedirectResponse(departure.url, 303)
    response.set_cookie(
        COOKIE,
        supplies.signer.sign(remembered, kind=KIND),
        max_age=int(TIME_TO_LOG_IN.total_seconds()),
        secure=True,
        httponly=True,
        samesite="lax",
    )
    return response


@router.get("/login/arrive", dependencies=[Anyone])
def arrive(
    request: Request,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    state: str = "",
    code: str = "",
    remembered: Word = "",
    before: Annotated[str | None, Cookie(alias=who.COOKIE)] = None,
) -> Response:
    """Let someone in who comes back from the login provider."""
    departed = _departed(supplies.signer, remembered, now)
    try:
        number = _number(supplies, departed, state=state, code=code)
    except LoginFailed as error:
        wish = departed.get("next", HOME)
        return page(request, "login_failed.html", next=wish, status=status_of(error))
    if before is not None:
        visits.end_visit(session, who.hash_of(supplies.keys, before))
    response = RedirectResponse(departed["next"], 303)
    who.welcome(response, _let_in(session, supplies, number, now))
    _forget(response)
    return response


@router.post("/logout", dependencies=[Anyone])
def log_out(
    request: Request,
    here: who.Looking,
    proof: Annotated[str, Form()] = "",
) -> Response:
    """End the visit. Someone who is out already is told the same."""
    if here is not None:
        here.refuse_foreign(proof)
        visits.end_visit(here.session, here.visit.token_hash)
    response = page(request, "logged_out.html")
    who.farewell(response)
    return response


def own_path(wish: str) -> str:
    """Return where to go after logging in: a path of ours, and never another site."""
    ours = len(wish) <= LONGEST_PATH and OWN_PATH.fullmatch(wish) is not None
    return wish if ours else HOME


def _departed(signer: Signer, remembered: str, now: datetime) -> Mapping[str, Any]:
    try:
        return signer.opened(remembered, kind=KIND, now=now)
    except NotSigned:
        return {}


def _number(supplies: Supplies, departed: Mapping[str, Any], *, state: str, code: str) -> str:
    expected = str(departed.get("state", ""))
    if not (expected and code and secrets.compare_digest(state.encode(), expected.encode())):
        raise LoginFailed("Log in once more.")
    departure = Departure("", expected, departed["nonce"], departed["verifier"])
    try:
        return compact_bsn(supplies.login.arrive(departure, code=code))
    except NotABsn as error:
        raise LoginFailed("The login provider gave no citizen service number.") from error


def _let_in(session: Session, supplies: Supplies, number: str, now: datetime) -> str:
    mailbox_id = access.mailbox_for(session, supplies.keys, number, now=now)
    access.claim_mailbox(session, supplies.keys, mailbox_id, now=now)
    # Always a fresh token: one that was planted before logging in opens nothing.
    token = secrets.token_urlsafe(who.TOKEN_BYTES)
    visits.begin_visit(session, who.hash_of(supplies.keys, token), mailbox_id, now=now)
    return token


def _forget(response: Response) -> None:
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax")
