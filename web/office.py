"""The door for people who work for an organisation: counsellors, and those who send by hand.

The login provider says who they are and for whom they work; the organisation must be registered.
"""

import secrets
from typing import Annotated

from fastapi import APIRouter, Cookie, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from api.dependencies import Anyone, Now, SessionHere, SuppliesHere
from api.statuses import status_of
from letterbox.people import staff, visits
from letterbox.people.assertions import NotRecognised
from letterbox.people.models import Employee
from letterbox.shared.errors import LetterboxError
from letterbox.shared.ports import LoginFailed, Supplies
from web import login, who
from web.pages import mine, page

router = APIRouter()

HOME = "/office"
WAY = login.Way("__Host-office-login", "office-login+jwt", HOME)
CLIENTS, LETTERS = "/office/clients", "/office/letters"


@router.get("/office/login", dependencies=[Anyone])
def depart_for_work(supplies: SuppliesHere, now: Now, next: str = HOME) -> Response:
    """Send someone to the login provider for staff, and remember where they wanted to go."""
    departure = supplies.staff_login.depart()
    return login.send_off(WAY, departure, supplies.signer, wish=next, now=now)


@router.get("/office/login/arrive", dependencies=[Anyone])
def arrive_at_work(
    request: Request,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    state: str = "",
    code: str = "",
    remembered: Annotated[str, Cookie(alias=WAY.cookie)] = "",
    before: Annotated[str | None, Cookie(alias=who.OFFICE_COOKIE)] = None,
) -> Response:
    """Let someone in who comes back from the login provider for staff."""
    departed = login.remembered_by(WAY, supplies.signer, remembered, now)
    try:
        departure = login.departure_in(departed, state=state, code=code)
        member = supplies.staff_login.arrive(departure, code=code)
        employee = staff.recognise_employee(session, supplies.keys, member, now=now)
    except (LoginFailed, NotRecognised) as error:
        return _not_in(request, error, wish=departed.get("next", HOME))
    login.end_before(session, supplies, before)
    response = RedirectResponse(departed["next"], 303)
    who.welcome(response, _let_in(session, supplies, employee, now), cookie=who.OFFICE_COOKIE)
    login.forget(WAY, response)
    return response


@router.post("/office/logout", dependencies=[Anyone])
def log_out_of_work(
    request: Request,
    here: who.LookingAtWork,
    proof: Annotated[str, Form()] = "",
) -> Response:
    """End the visit. Someone who is out already is told the same."""
    if here is not None:
        here.refuse_foreign(proof)
        visits.end_visit(here.session, here.visit.token_hash)
    response = page(request, "office/logged_out.html")
    who.farewell(response, cookie=who.OFFICE_COOKIE)
    return response


@router.get("/office")
def show_office(here: who.MemberHere) -> Response:
    """Lead to the work: straight on where there is one kind of it, with a choice where two."""
    if here.counsels and not here.sends:
        return RedirectResponse(CLIENTS, 303)
    if here.sends and not here.counsels:
        return RedirectResponse(LETTERS, 303)
    return mine(here, "office/home.html")


def _let_in(session: Session, supplies: Supplies, employee: Employee, now: Now) -> str:
    # Always a fresh token: one that was planted before logging in opens nothing.
    token = secrets.token_urlsafe(who.TOKEN_BYTES)
    visits.begin_staff_visit(session, who.hash_of(supplies.keys, token), employee, now=now)
    return token


def _not_in(request: Request, error: LetterboxError, *, wish: str) -> Response:
    known = isinstance(error, LoginFailed)
    status = status_of(error)
    return page(request, "office/login_failed.html", next=wish, takes_part=known, status=status)
