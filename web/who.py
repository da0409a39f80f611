"""Who is looking at a page, by the cookie they carry, and whether a form is one of ours.

There are two doors for people: citizens come in by one, people who work for an organisation by
the other. Each has a cookie of its own, and neither cookie opens the other door.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

from fastapi import Cookie, Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import Now, SessionHere, SuppliesHere
from letterbox.access import CitizenViewer, CounsellorViewer, MailboxKey, open_mailbox
from letterbox.consent.rules import Permission
from letterbox.logbook.rules import Act
from letterbox.people import staff, visits
from letterbox.people.assertions import NotRecognised
from letterbox.people.models import Employee, Organisation, StaffVisit, Visit
from letterbox.shared.errors import Refused
from letterbox.shared.ports import KeyStore, Supplies

COOKIE = "__Host-letterbox"
OFFICE_COOKIE = "__Host-letterbox-office"
"""The prefix makes browsers refuse it without TLS, with a domain, or from a subdomain."""

TOKEN_BYTES = 32
COUNSELS = frozenset({"overviews.read", "consents.request"})
SENDS = frozenset({"letters.deliver"})
"""The scopes of an organisation that its people need."""


class LoginNeeded(NotRecognised):
    """Nobody is logged in, or not any more. `login_url` leads on to where they were going."""

    def __init__(self, wish: str, *, login: str = "/login") -> None:
        super().__init__("Log in.")
        self.login_url = f"{login}?next={quote(wish)}"


class NotOurForm(Refused):
    """The form was not made for this visit: an old page, or someone else's."""


class NotForThisOrganisation(Refused):
    """The organisation was not given what this page is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Someone who is looking, and what a page for them is made with.

    :ivar door: by which door they came in: `citizen` or `office`
    :ivar now: the one moment at which this request happens
    :ivar proof: goes along in every form, so that only our own pages can send one
    """

    door: ClassVar[str]

    request: Request
    session: Session
    supplies: Supplies
    now: datetime
    proof: str

    def refuse_foreign(self, proof: str) -> None:
        """Stop a form that is not from a page made for this visit.

        :raises NotOurForm: that is so
        """
        proven = secrets.compare_digest(proof.encode(), self.proof.encode())
        if not proven or not _from_here(self.request, self.supplies):
            raise NotOurForm("Open the page again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here(Visitor):
    """A citizen who is looking."""

    door: ClassVar[str] = "citizen"

    visit: Visit

    def open(self, act: Act, *, subject_id: UUID | None = None) -> MailboxKey:
        """Open their mailbox. What for is in their logbook from now on."""
        viewer = CitizenViewer(self.visit.mailbox_id)
        return open_mailbox(
            self.session, self.supplies.keys, viewer, act, subject_id=subject_id, now=self.now
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Visitor):
    """Someone who is looking for the organisation they work for."""

    door: ClassVar[str] = "office"

    visit: StaffVisit
    employee: Employee
    organisation: Organisation

    @property
    def counsels(self) -> bool:
        """Whether their organisation may ask for consents and look by them."""
        return COUNSELS.issubset(self.organisation.scopes)

    @property
    def sends(self) -> bool:
        """Whether their organisation may deliver letters."""
        return SENDS.issubset(self.organisation.scopes)

    def open(
        self,
        consent_id: UUID,
        act: Act,
        *,
        permission: Permission = Permission.OVERVIEW,
        subject_id: UUID | None = None,
    ) -> MailboxKey:
        """Open a mailbox by a consent. Who looked is in its logbook from now on."""
        viewer = CounsellorViewer(
            self.organisation.id, consent_id, permission, person_id=self.employee.id
        )
        return open_mailbox(
            self.session, self.supplies.keys, viewer, act, subject_id=subject_id, now=self.now
        )


def looking(
    request: Request,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    token: Annotated[str | None, Cookie(alias=COOKIE)] = None,
) -> Here | None:
    """Return which citizen is looking, if one is logged in."""
    if token is None:
        return None
    token_hash = hash_of(supplies.keys, token)
    visit = visits.visit(session, token_hash, now=now)
    if visit is None:
        return None
    proof = supplies.keys.digest("form", token_hash)
    return Here(
        request=request, session=session, supplies=supplies, now=now, proof=proof, visit=visit
    )


def looking_at_work(
    request: Request,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    token: Annotated[str | None, Cookie(alias=OFFICE_COOKIE)] = None,
) -> Member | None:
    """Return which employee is looking, if one is logged in and their organisation takes part."""
    if token is None:
        return None
    token_hash = hash_of(supplies.keys, token)
    visit = visits.staff_visit(session, token_hash, now=now)
    if visit is None:
        return None
    try:
        organisation, employee = staff.at_work(session, visit.organisation_id, visit.employee_id)
    except NotRecognised:
        return None
    return Member(
        request=request,
        session=session,
        supplies=supplies,
        now=now,
        proof=supplies.keys.digest("form", token_hash),
        visit=visit,
        employee=employee,
        organisation=organisation,
    )


Looking = Annotated[Here | None, Depends(looking)]
LookingAtWork = Annotated[Member | None, Depends(looking_at_work)]


async def citizen(request: Request, here: Looking) -> Here:
    """Let citizens in.

    :raises LoginNeeded: nobody is logged in
    """
    if here is None:
        raise LoginNeeded(await _wish(request))
    return here


async def member(request: Request, here: LookingAtWork) -> Member:
    """Let people in who work for an organisation.

    :raises LoginNeeded: nobody is logged in, or their organisation was suspended
    """
    if here is None:
        wish = _address(request) if request.method == "GET" else _page_of_form(request)
        raise LoginNeeded(wish or "/office", login="/office/login")
    return here


CitizenHere = Annotated[Here, Depends(citizen)]
MemberHere = Annotated[Member, Depends(member)]


def own_form(here: CitizenHere, proof: Annotated[str, Form()] = "") -> Here:
    """Let citizens in who send a form from one of our own pages.

    :raises NotOurForm: it comes from elsewhere, or was made for another visit
    """
    here.refuse_foreign(proof)
    return here


def own_office_form(here: MemberHere, proof: Annotated[str, Form()] = "") -> Member:
    """Let members in who send a form from one of our own pages.

    :raises NotOurForm: it comes from elsewhere, or was made for another visit
    """
    here.refuse_foreign(proof)
    return here


CitizenSending = Annotated[Here, Depends(own_form)]
MemberSending = Annotated[Member, Depends(own_office_form)]


async def counsellor(here: MemberHere) -> Member:
    """Let members in whose organisation counsels.

    :raises NotForThisOrganisation: it does not
    """
    return _if(here.counsels, here)


async def sender(here: MemberHere) -> Member:
    """Let members in whose organisation sends letters.

    :raises NotForThisOrganisation: it does not
    """
    return _if(here.sends, here)


async def counsellor_form(here: MemberSending) -> Member:
    """Let counsellors in who send a form from one of our own pages."""
    return _if(here.counsels, here)


async def sender_form(here: MemberSending) -> Member:
    """Let senders in who send a form from one of our own pages."""
    return _if(here.sends, here)


CounsellorHere = Annotated[Member, Depends(counsellor)]
CounsellorSending = Annotated[Member, Depends(counsellor_form)]
SenderHere = Annotated[Member, Depends(sender)]
SenderSending = Annotated[Member, Depends(sender_form)]


def welcome(response: Response, token: str, *, cookie: str = COOKIE) -> None:
    """Hand out the cookie. It goes when the browser closes; the visit may end earlier."""
    response.set_cookie(cookie, token, secure=True, httponly=True, samesite="lax", path="/")


def farewell(response: Response, *, cookie: str = COOKIE) -> None:
    """Take the cookie back."""
    response.delete_cookie(cookie, secure=True, httponly=True, samesite="lax", path="/")


def hash_of(keys: KeyStore, token: str) -> str:
    """Return what the house keeps of a token."""
    return keys.digest("visit", token)


def _if(allowed: bool, here: Member) -> Member:
    if not allowed:
        raise NotForThisOrganisation("Ask the operator what your organisation may do.")
    return here


def _from_here(request: Request, supplies: Supplies) -> bool:
    # The browser's own word goes first: it also holds where we are reached by another name.
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site == "same-origin"
    ours = urlsplit(supplies.public_url)
    return origin in (None, f"{ours.scheme}://{ours.netloc}")


async def _wish(request: Request) -> str:
    if request.method == "GET":
        return _address(request)
    # Someone who read for too long is logged out; the code they typed is still there.
    code = (await request.form()).get("code")
    if isinstance(code, str):
        return f"/me/sharing?{urlencode({'code': code})}"
    return _page_of_form(request) or "/me"


def _page_of_form(request: Request) -> str:
    # Only the path counts: which site it was on does not matter.
    return urlsplit(request.headers.get("referer", "")).path


def _address(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + query
