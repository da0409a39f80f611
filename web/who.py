"""Who is looking at a page, by the cookie they carry, and whether a form is one of ours."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

from fastapi import Cookie, Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from api.dependencies import Now, SessionHere, SuppliesHere
from letterbox.access import CitizenViewer, MailboxKey, open_mailbox
from letterbox.logbook.rules import Act
from letterbox.people import visits
from letterbox.people.assertions import NotRecognised
from letterbox.people.models import Visit
from letterbox.shared.errors import Refused
from letterbox.shared.ports import KeyStore, Supplies

COOKIE = "__Host-letterbox"
"""The prefix makes browsers refuse it without TLS, with a domain, or from a subdomain."""

TOKEN_BYTES = 32


class LoginNeeded(NotRecognised):
    """Nobody is logged in, or not any more. `login_url` leads on to where they were going."""

    def __init__(self, wish: str) -> None:
        super().__init__("Log in.")
        self.login_url = f"/login?next={quote(wish)}"


class NotOurForm(Refused):
    """The form was not made for this visit: an old page, or someone else's."""


@dataclass(frozen=True, slots=True)
class Here:
    """A citizen who is looking, and what a page for them is made with.

    :ivar now: the one moment at which this request happens
    :ivar proof: goes along in every form, so that only our own pages can send one
    """

    request: Request
    session: Session
    supplies: Supplies
    now: datetime
    visit: Visit
    proof: str

    def open(self, act: Act, *, subject_id: UUID | None = None) -> MailboxKey:
        """Open their mailbox. What for is in their logbook from now on."""
        viewer = CitizenViewer(self.visit.mailbox_id)
        return open_mailbox(
            self.session, self.supplies.keys, viewer, act, subject_id=subject_id, now=self.now
        )

    def refuse_foreign(self, proof: str) -> None:
        """Stop a form that is not from a page made for this visit.

        :raises NotOurForm: that is so
        """
        proven = secrets.compare_digest(proof.encode(), self.proof.encode())
        if not proven or not _from_here(self.request, self.supplies):
            raise NotOurForm("Open the page again.")


def looking(
    request: Request,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    token: Annotated[str | None, Cookie(alias=COOKIE)] = None,
) -> Here | None:
    """Return who is looking, if anyone is logged in."""
    if token is None:
        return None
    token_hash = hash_of(supplies.keys, token)
    visit = visits.visit(session, token_hash, now=now)
    if visit is None:
        return None
    proof = supplies.keys.digest("form", token_hash)
    return Here(request, session, supplies, now, visit, proof)


Looking = Annotated[Here | None, Depends(looking)]


async def citizen(request: Request, here: Looking) -> Here:
    """Let citizens in.

    :raises LoginNeeded: nobody is logged in
    """
    if here is None:
        raise LoginNeeded(await _wish(request))
    return here


CitizenHere = Annotated[Here, Depends(citizen)]


def own_form(here: CitizenHere, proof: Annotated[str, Form()] = "") -> Here:
    """Let citizens in who send a form from one of our own pages.

    :raises NotOurForm: it comes from elsewhere, or was made for another visit
    """
    here.refuse_foreign(proof)
    return here


CitizenSending = Annotated[Here, Depends(own_form)]


def welcome(response: Response, token: str) -> None:
    """Hand out the cookie. It goes when the browser closes; the visit may end earlier."""
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="lax", path="/")


def farewell(response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax", path="/")


def hash_of(keys: KeyStore, token: str) -> str:
    """Return what the house keeps of a token."""
    return keys.digest("visit", token)


def _from_here(request: Request, supplies: Supplies) -> bool:
    # The browser's own word goes first: it also holds where we are reached by another name.
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site == "same-origin"
    ours = urlsplit(supplies.public_url)
    return origin in (None, f"{ours.scheme}://{ours.netloc}")


async def _wish(request: Request) -> str:
    if request.method == "GET":
        query = f"?{request.url.query}" if request.url.query else ""
        return request.url.path + query
    # Someone who read for too long is logged out; the code they typed is still there.
    code = (await request.form()).get("code")
    return f"/me/sharing?{urlencode({'code': code})}" if isinstance(code, str) else "/me/sharing"
