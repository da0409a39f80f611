"""Logging in and out. The login provider says who it is; the house only notes that they are in.

Citizens go out and come back by the routes here; people who work for an organisation by those in
`web.office`, in the same way.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
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
from letterbox.preferences.queries import preferences_of
from letterbox.shared.ports import Departure, LoginFailed, NotSigned, Signer, Supplies
from web import who
from web.languages import known_language, remember
from web.pages import page

router = APIRouter()

COOKIE = "__Host-login"
TIME_TO_LOG_IN = timedelta(minutes=10)
HOME = "/me"
LONGEST_PATH = 500
OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")
"""One slash, then anything printable but a backslash: browsers read `/\\` as `//`."""


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two ways out to a login provider and back.

    :ivar cookie: what remembers the departure
    :ivar kind: of the token in it: what was signed for one way is worth nothing on the other
    :ivar home: where to go for who had no other wish
    """

    cookie: str
    kind: str
    home: str


WAY = Way(COOKIE, "login+jwt", HOME)


@router.get("/login", dependencies=[Anyone])
def depart(supplies: SuppliesHere, now: Now, next: str = HOME) -> Response:
    """Send someone to the login provider, and remember where they wanted to go."""
    return send_off(WAY, supplies.login.depart(), supplies.signer, wish=next, now=now)


@router.get("/login/arrive", dependencies=[Anyone])
def arrive(
    request: Request,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    state: str = "",
    code: str = "",
    remembered: Annotated[str, Cookie(alias=COOKIE)] = "",
    before: Annotated[str | None, Cookie(alias=who.COOKIE)] = None,
) -> Response:
    """Let someone in who comes back from the login provider."""
    departed = remembered_by(WAY, supplies.signer, remembered, now)
    try:
        number = _number(supplies, departure_in(departed, state=state, code=code), code)
    except LoginFailed as error:
        wish = departed.get("next", HOME)
        return page(request, "login_failed.html", next=wish, status=status_of(error))
    end_before(session, supplies, before)
    response = RedirectResponse(departed["next"], 303)
    token, language = _let_in(session, supplies, number, now)
    who.welcome(response, token)
    forget(WAY, response)
    if language is not None:
        remember(response, known_language(language))
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


def own_path(wish: str, *, home: str = HOME) -> str:
    """Return where to go after logging in: a path of ours, and never another site."""
    ours = len(wish) <= LONGEST_PATH and OWN_PATH.fullmatch(wish) is not None
    return wish if ours else home


def send_off(
    way: Way, departure: Departure, signer: Signer, *, wish: str, now: datetime
) -> Response:
    """Redirect to the login provider, with a cookie that remembers why."""
    remembered = {
        "state": departure.state,
        "nonce": departure.nonce,
        "verifier": departure.verifier,
        "next": own_path(wish, home=way.home),
        "exp": int((now + TIME_TO_LOG_IN).timestamp()),
    }
    response = RedirectResponse(departure.url, 303)
    response.set_cookie(
        way.cookie,
        signer.sign(remembered, kind=way.kind),
        max_age=int(TIME_TO_LOG_IN.total_seconds()),
        secure=True,
        httponly=True,
        samesite="lax",
    )
    return response


def remembered_by(way: Way, signer: Signer, remembered: str, now: datetime) -> Mapping[str, Any]:
    """Return what the cookie of a departure remembers: nothing if it is not ours or too old."""
    try:
        return signer.opened(remembered, kind=way.kind, now=now)
    except NotSigned:
        return {}


def departure_in(departed: Mapping[str, Any], *, state: str, code: str) -> Departure:
    """Return the departure that belongs to someone who came back.

    :raises LoginFailed: they did not depart from here
    """
    expected = str(departed.get("state", ""))
    if not (expected and code and secrets.compare_digest(state.encode(), expected.encode())):
        raise LoginFailed("Log in once more.")
    return Departure("", expected, departed["nonce"], departed["verifier"])


def end_before(session: Session, supplies: Supplies, token: str | None) -> None:
    """End the visit that this browser had, if it had one."""
    if token is not None:
        visits.end_visit(session, who.hash_of(supplies.keys, token))


def forget(way: Way, response: Response) -> None:
    """Take back the cookie of the departure."""
    response.delete_cookie(way.cookie, secure=True, httponly=True, samesite="lax")


def _number(supplies: Supplies, departure: Departure, code: str) -> str:
    try:
        return compact_bsn(supplies.login.arrive(departure, code=code))
    except NotABsn as error:
        raise LoginFailed("The login provider gave no citizen service number.") from error


def _let_in(
    session: Session, supplies: Supplies, number: str, now: datetime
) -> tuple[str, str | None]:
    """Return the token of a new visit, and the language that the citizen chose, if they did."""
    mailbox_id = access.mailbox_for(session, supplies.keys, number, now=now)
    access.claim_mailbox(session, supplies.keys, mailbox_id, now=now)
    # Always a fresh token: one that was planted before logging in opens nothing.
    token = secrets.token_urlsafe(who.TOKEN_BYTES)
    visits.begin_visit(session, who.hash_of(supplies.keys, token), mailbox_id, now=now)
    chosen = preferences_of(session, mailbox_id)
    return token, chosen.language if chosen else None
