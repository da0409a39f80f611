"""What a route may ask for: a transaction, the time, the supplies, and who is knocking."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Security
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


# What waits for nothing is `async`: FastAPI hands every other dependency to another thread.
async def supplies(request: Request) -> Supplies:
    """Return what the house was given from outside at start-up."""
    found: Supplies = request.app.state.supplies
    return found


SuppliesHere = Annotated[Supplies, Depends(supplies)]


def session(supplies: SuppliesHere) -> Iterator[Session]:
    """Open one transaction for one request: keep all of it, or nothing."""
    with supplies.sessions.begin() as session:
        yield session


async def now(supplies: SuppliesHere) -> datetime:
    """Read the clock once, so that one request happens at one moment."""
    return supplies.clock()


Now = Annotated[datetime, Depends(now)]


def organisation(
    needed: SecurityScopes,
    authorization: Annotated[str | None, Depends(_bearer)],
    supplies: SuppliesHere,
    now: Now,
) -> Organisation:
    """Let organisations in whose token reaches far enough.

    Reads the organisation each time, in a transaction of its own that is over before a
    slow upload begins: a suspended organisation is out at once.
    """
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
