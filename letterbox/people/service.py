"""Recognising organisations, registering and suspending them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from letterbox.people import assertions, queries
from letterbox.people.assertions import NotRecognised
from letterbox.people.models import Organisation, UsedAssertion
from letterbox.shared.errors import Conflict, Invalid, NotFound
from letterbox.shared.ids import new_id

SCOPES = frozenset({"letters.deliver", "consents.request", "overviews.read"})


class NumberTaken(Conflict):
    """Another organisation is registered with this number."""

    title = "This organisation number is registered already"


class UnknownScope(Invalid):
    """There is no such scope."""

    title = "There is no such scope"


class NoSuchOrganisation(NotFound):
    """No organisation has this id."""

    title = "There is no such organisation"


def recognise(session: Session, assertion: str, *, audience: str, now: datetime) -> Organisation:
    """Return the organisation that made this assertion, and spend the assertion.

    :raises NotRecognised: unknown, suspended, not well signed, late, or used before
    """
    organisation = working(session, assertions.claimed_id(assertion))
    proof = assertions.verified(
        assertion, client_id=organisation.id, jwks=organisation.jwks, audience=audience, now=now
    )
    spend = insert(UsedAssertion).values(
        organisation_id=organisation.id, jti=proof.jti, expires_at=proof.expires_at
    )
    spent = session.scalar(spend.on_conflict_do_nothing().returning(UsedAssertion.jti))
    if spent is None:
        raise NotRecognised("This assertion was used before. Make a new one for every token.")
    session.execute(delete(UsedAssertion).where(UsedAssertion.expires_at <= now))
    return organisation


def working(session: Session, organisation_id: UUID) -> Organisation:
    """Return an organisation that is registered and not suspended.

    :raises NotRecognised: it is neither, and which of the two is not said
    """
    organisation = queries.organisation(session, organisation_id)
    if organisation is None or organisation.suspended_at is not None:
        raise NotRecognised("Your organisation is not registered, or is suspended.")
    return organisation


def register(
    session: Session,
    *,
    name: str,
    number: str,
    scopes: frozenset[str],
    bsn_ground: str | None,
    jwks: dict[str, Any],
    now: datetime,
) -> Organisation:
    """Register an organisation. Done by the operator, as the owner of the database.

    :raises UnknownScope: a scope is not one of `SCOPES`
    :raises NumberTaken: the number is registered already
    """
    if not scopes <= SCOPES:
        raise UnknownScope(f"Choose from {', '.join(sorted(SCOPES))}.")
    if queries.organisation_by_number(session, number) is not None:
        raise NumberTaken("Suspend the earlier one, or add a key to it.")
    organisation = Organisation(
        id=new_id(now),
        name=name,
        number=number,
        scopes=sorted(scopes),
        bsn_ground=bsn_ground,
        jwks=jwks,
        registered_at=now,
    )
    session.add(organisation)
    session.flush()
    return organisation


def suspend(session: Session, organisation_id: UUID, *, now: datetime) -> Organisation:
    """Put an organisation out at once: its tokens are refused from now on.

    :raises NoSuchOrganisation: no organisation has this id
    """
    organisation = queries.organisation(session, organisation_id)
    if organisation is None:
        raise NoSuchOrganisation("See `letterbox organisation list`.")
    organisation.suspended_at = organisation.suspended_at or now
    return organisation
