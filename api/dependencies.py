"""What a route may ask for: a transaction, the time, the supplies, and who is knocking."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import OAuth2, SecurityScopes
from sqlalchemy.orm import Session

from api.catalogue import ScopeMissing
from letterbox.people.assertions import NotRecognised
from letterbox.people.models import Organisation
from letterbox.people.service import SCOPES, working
from letterbox.shared.ports import Supplies

TOKEN_KIND = "at+jwt"  # noqa: S105 -- RFC 9068, section 2.1
TOKEN_AUDIENCE = "letterbox"  # noqa: S105

_bearer = OAuth2(
    flows={
        "clientCredentials": {
            "tokenUrl": "/oauth2/token",
            "scopes": {scope: scope for scope in sorted(SCOPES)},
        }
    },
    scheme_name="organisation",
    description="Client credentials with `private_key_jwt` (RFC 7523).",
    auto_error=False,
)


def supplies_of(request: Request) -> Supplies:
    """Return what the house was given from outside at start-up."""
    found: Supplies = request.app.state.supplies
    return found


# FastAPI hands what is not `async` to another thread, and solves what depends on something
# again and again: what waits for nothing is `async`, and takes what it needs from the request.
async def supplies(request: Request) -> Supplies:
    """Return what the house was given from outside at start-up."""
    return supplies_of(request)


SuppliesHere = Annotated[Supplies, Depends(supplies)]


async def session(request: Request) -> AsyncIterator[Session]:
    """Open one transaction for one request: keep all of it, or nothing.

    Nothing is asked of the database before the first query, so only the end waits for it.
    """
    session = supplies_of(request).sessions()
    try:
        yield session
        await run_in_threadpool(session.commit)
    except BaseException:
        await run_in_threadpool(session.rollback)
        raise
    finally:
        session.close()


async def now(request: Request) -> datetime:
    """Read the clock once, so that one request happens at one moment."""
    return supplies_of(request).clock()


Now = Annotated[datetime, Depends(now)]


def organisation(
    needed: SecurityScopes,
    authorization: Annotated[str | None, Depends(_bearer)],
    request: Request,
    now: Now,
) -> Organisation:
    """Let organisations in whose token reaches far enough.

    Reads the organisation each time, in a transaction of its own that is over before a
    slow upload begins: a suspended organisation is out at once.
    """
    supplies = supplies_of(request)
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotRecognised("Send an access token: `Authorization: Bearer …`.")
    claims = supplies.signer.opened(token, kind=TOKEN_KIND, audience=TOKEN_AUDIENCE, now=now)
    with supplies.sessions() as reading:
        # One statement needs no BEGIN and ROLLBACK around it.
        reading.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        caller = working(reading, UUID(claims["sub"]))
    supplies.turnstile.let_through(caller.id)
    reach = {*claims["scope"].split()} & {*caller.scopes}
    if not {*needed.scopes} <= reach:
        raise ScopeMissing(f"This needs the scope {' '.join(needed.scopes)}.")
    return caller


async def anyone() -> None:
    """Let everyone in. Said out loud, so that a door without a lock is never an accident."""


# `scope="function"` saves before the answer leaves. With FastAPI's default the caller
# would hear "201 Created" first, and the save could still fail.
SessionHere = Annotated[Session, Depends(session, scope="function")]
Deliverer = Annotated[Organisation, Security(organisation, scopes=["letters.deliver"])]
Asker = Annotated[Organisation, Security(organisation, scopes=["consents.request"])]
Reader = Annotated[Organisation, Security(organisation, scopes=["overviews.read"])]
Anyone = Depends(anyone)
