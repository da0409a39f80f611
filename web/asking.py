"""Asking a client for consent: the form, and the code that is shown only now."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import segno
from fastapi import APIRouter, Cookie, Depends, Form, Path
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from letterbox.consent import service
from letterbox.consent.queries import latest_request_by
from letterbox.consent.rules import Permission, status_of_request
from letterbox.shared.ports import NotSigned
from web.pages import mine
from web.typed import clean
from web.who import CounsellorHere, CounsellorSending, Member

router = APIRouter()

PURPOSE = "Samen een overzicht van uw schulden maken, om tot een regeling te komen."
"""What the citizen reads, so always in Dutch. The counsellor may say it better."""

PERIODS = (30, 120, 180, 365)
USUAL_PERIOD = 120
LONGEST = {"purpose": 280, "name": 120, "role": 120, "reference": 100}
SHORTEST_PURPOSE = 10

CODE_COOKIE = "__Host-letterbox-code"
CODE_KIND = "code+jwt"
CODE_STAYS = timedelta(minutes=15)
"""The code is not kept here. So long the counsellor's own browser has it, for this visit only."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stood in the form, as it was typed: nothing is lost when the page comes back."""

    purpose: str = PURPOSE
    permissions: tuple[Permission, ...] = (Permission.OVERVIEW,)
    days: int = USUAL_PERIOD
    name: str = ""
    role: str = ""
    reference: str = ""

    def mistakes(self) -> dict[str, str]:
        """Return what must be filled in differently, by field, in words for the template."""
        found = {
            field: "too-long" for field, most in LONGEST.items() if len(getattr(self, field)) > most
        }
        found |= {field: "empty" for field in ("name", "role") if not getattr(self, field)}
        if len(self.purpose) < SHORTEST_PURPOSE:
            found["purpose"] = "too-short"
        if not self.permissions:
            found["permissions"] = "empty"
        if self.days not in PERIODS:
            found["days"] = "empty"
        return found


def wanted(
    days: Annotated[int, Form()] = 0,
    purpose: Annotated[str, Form()] = "",
    permissions: Annotated[list[Permission] | None, Form()] = None,
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    reference: Annotated[str, Form()] = "",
) -> Wanted:
    """Return what was filled in."""
    chosen = tuple(dict.fromkeys(permissions or ()))
    return Wanted(clean(purpose), chosen, days, clean(name), clean(role), clean(reference))


@router.get("/office/requests/new", response_class=HTMLResponse)
def show_new_request(here: CounsellorHere) -> HTMLResponse:
    """Show the form, filled in as far as can be."""
    name = here.employee.name
    latest = latest_request_by(here.session, here.organisation.id, name)
    if latest is None:
        return _form(here, Wanted(name=name))
    days = latest.days if latest.days in PERIODS else USUAL_PERIOD
    permissions = tuple(map(Permission, latest.permissions))
    return _form(here, Wanted(latest.purpose, permissions, days, name, latest.counsellor_role))


@router.post("/office/requests/new", response_class=HTMLResponse)
def ask_for_consent(here: CounsellorSending, typed: Annotated[Wanted, Depends(wanted)]) -> Response:
    """Keep the request, and lead to the page with its code."""
    if typed.mistakes():
        return _form(here, typed)
    asked = service.Asked(
        purpose=typed.purpose,
        permissions=typed.permissions,
        days=typed.days,
        counsellor_name=typed.name,
        counsellor_role=typed.role,
        client_reference=typed.reference or None,
    )
    keys, organisation_id = here.supplies.keys, here.organisation.id
    request, code = service.ask(here.session, keys, organisation_id, asked, now=here.now)
    response = RedirectResponse(f"/office/requests/{request.id}", 303)
    _hand_over(here, response, request.id, code)
    return response


@router.get("/office/requests/{requestId}", response_class=HTMLResponse)
def show_asked(
    request_id: Annotated[UUID, Path(alias="requestId")],
    here: CounsellorHere,
    handed: Annotated[str, Cookie(alias=CODE_COOKIE)] = "",
) -> HTMLResponse:
    """Show a request: with its code while this browser has it, and where it stands."""
    request = service.request_of(here.session, here.organisation.id, request_id)
    status = status_of_request(request.answer, lapses_at=request.lapses_at, now=here.now)
    code = _code_of(here, request_id, handed)
    link = f"{here.supplies.public_url}/me/sharing?code={code}"
    return mine(
        here,
        "office/asked.html",
        asked=request,
        status_now=status,
        code=code,
        link=link,
        qr=_drawn(link) if code else None,
        site=here.supplies.public_url.partition("://")[2],
    )


def _form(here: Member, typed: Wanted) -> HTMLResponse:
    # The form as it is shown at first is filled in but for the role.
    mistakes = typed.mistakes() if here.request.method == "POST" else {}
    return mine(
        here,
        "office/new_request.html",
        status=400 if mistakes else 200,
        again="/office/requests/new",
        typed=typed,
        mistakes=mistakes,
        periods=PERIODS,
        longest=LONGEST,
    )


def _hand_over(here: Member, response: Response, request_id: UUID, code: str) -> None:
    claims: dict[str, Any] = {
        "request": str(request_id),
        "code": code,
        "visit": here.proof,
        "exp": int((here.now + CODE_STAYS).timestamp()),
    }
    response.set_cookie(
        CODE_COOKIE,
        here.supplies.signer.sign(claims, kind=CODE_KIND),
        secure=True,
        httponly=True,
        samesite="lax",
        path="/",
    )


def _code_of(here: Member, request_id: UUID, handed: str) -> str:
    try:
        claims = here.supplies.signer.opened(handed, kind=CODE_KIND, now=here.now)
    except NotSigned:
        return ""
    ours = (claims["request"], claims["visit"]) == (str(request_id), here.proof)
    return str(claims["code"]) if ours else ""


def _drawn(link: str) -> Markup:
    # Attributes only: the policy of the pages forbids inline style.
    drawing = segno.make(link, error="m", micro=False).svg_inline(
        scale=1, border=4, omitsize=True, svgclass="qr", lineclass=None, title="QR"
    )
    return Markup(drawing)  # noqa: S704 -- drawn here, of a link of our own
