"""Every question about consents that the house asks the database."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Select, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from letterbox.consent.models import Consent, ConsentRequest
from letterbox.shared import scope

# Made once: every look at an overview asks these two.
_MINE = (
    Consent.organisation_id == bindparam("organisation_id"),
    Consent.id == bindparam("consent_id"),
)
_MAILBOX_OF = select(Consent.mailbox_id, scope.entering("mailbox", Consent.mailbox_id)).where(
    *_MINE
)
_NOW = bindparam("now", type_=DateTime(timezone=True))
_IN_FORCE = (
    select(Consent)
    .where(*_MINE)
    .where(Consent.valid_from <= _NOW, Consent.valid_until > _NOW)
    # Not compared with the time: the clocks of two machines differ, and an end is an end.
    .where(Consent.ended_at.is_(None))
)


def request_by_code(session: Session, code_hash: str) -> ConsentRequest | None:
    """Return the request with this code, held; only visible in its `code` scope."""
    statement = select(ConsentRequest).where(ConsentRequest.code_hash == code_hash)
    return session.scalars(statement.with_for_update()).one_or_none()


def request_of(session: Session, organisation_id: UUID, request_id: UUID) -> ConsentRequest | None:
    """Return a request this organisation made."""
    statement = select(ConsentRequest).where(
        ConsentRequest.organisation_id == organisation_id, ConsentRequest.id == request_id
    )
    return session.scalars(statement).one_or_none()


def mailbox_of(session: Session, *, organisation_id: UUID, consent_id: UUID) -> UUID | None:
    """Return whose consent this organisation was given, in force or not, and enter its scope."""
    named = {"organisation_id": organisation_id, "consent_id": consent_id}
    return session.scalars(_MAILBOX_OF, named).one_or_none()


def consent_in_force(
    session: Session, *, organisation_id: UUID, consent_id: UUID, now: datetime
) -> Consent | None:
    """Return the consent, if this organisation holds it right now."""
    named = {"organisation_id": organisation_id, "consent_id": consent_id, "now": now}
    return session.scalars(_IN_FORCE, named).one_or_none()


def consents_of(
    session: Session, organisation_id: UUID, sequence: int, *, limit: int
) -> Sequence[Consent]:
    """Return the consents this organisation was given after this place, oldest first."""
    statement = (
        select(Consent)
        .where(Consent.organisation_id == organisation_id, Consent.sequence > sequence)
        .order_by(Consent.sequence)
        .limit(limit)
    )
    return session.scalars(statement).all()


def consent_of(session: Session, organisation_id: UUID, consent_id: UUID) -> Consent | None:
    """Return a consent this organisation was given, in force or not."""
    statement = select(Consent).where(
        Consent.organisation_id == organisation_id, Consent.id == consent_id
    )
    return session.scalars(statement).one_or_none()


def consents_in(session: Session, mailbox_id: UUID) -> Sequence[Consent]:
    """Return every consent this citizen gave, newest first."""
    statement = select(Consent).where(Consent.mailbox_id == mailbox_id)
    return session.scalars(statement.order_by(Consent.granted_at.desc(), Consent.id)).all()


def consent_given(session: Session, mailbox_id: UUID, consent_id: UUID) -> Consent | None:
    """Return a consent this citizen gave, held, so that it ends once."""
    statement = select(Consent).where(Consent.mailbox_id == mailbox_id, Consent.id == consent_id)
    return session.scalars(statement.with_for_update()).one_or_none()


def end_consents_in(session: Session, mailbox_id: UUID, *, by: str, now: datetime) -> None:
    """End every consent of this citizen that is in force."""
    in_force = (Consent.ended_at.is_(None), Consent.valid_until > now)
    session.execute(
        update(Consent)
        .where(Consent.mailbox_id == mailbox_id, *in_force)
        .values(ended_at=now, ended_by=by)
    )


def clients_of(
    session: Session, organisation_id: UUID, *, now: datetime, counsellor: str | None, limit: int
) -> Sequence[tuple[Consent, str | None]]:
    """Return the consents in force of an organisation, newest first, with its own references.

    :param counsellor: only those that were asked for in this name
    """
    statement = _with_references(organisation_id).where(
        Consent.ended_at.is_(None), Consent.valid_from <= now, Consent.valid_until > now
    )
    if counsellor is not None:
        statement = statement.where(Consent.counsellor_name == counsellor)
    found = session.execute(statement.order_by(Consent.sequence.desc()).limit(limit))
    return [(row.Consent, row.client_reference) for row in found]


def former_clients_of(
    session: Session, organisation_id: UUID, *, now: datetime, since: datetime
) -> Sequence[tuple[Consent, str | None]]:
    """Return the consents that ended since then, the latest first, with the references."""
    ended_at = func.coalesce(Consent.ended_at, Consent.valid_until)
    statement = _with_references(organisation_id).where(
        or_(Consent.ended_at.is_not(None), Consent.valid_until <= now), ended_at > since
    )
    found = session.execute(statement.order_by(ended_at.desc()))
    return [(row.Consent, row.client_reference) for row in found]


def requests_without_consent(
    session: Session, organisation_id: UUID, *, since: datetime
) -> Sequence[ConsentRequest]:
    """Return the requests made since then that nobody granted, newest first."""
    statement = (
        select(ConsentRequest)
        .where(ConsentRequest.organisation_id == organisation_id)
        .where(ConsentRequest.asked_at > since, ConsentRequest.consent_id.is_(None))
        .order_by(ConsentRequest.asked_at.desc())
    )
    return session.scalars(statement).all()


def latest_request_by(
    session: Session, organisation_id: UUID, counsellor: str
) -> ConsentRequest | None:
    """Return the latest request that was made in this name."""
    statement = (
        select(ConsentRequest)
        .where(ConsentRequest.organisation_id == organisation_id)
        .where(ConsentRequest.counsellor_name == counsellor)
        .order_by(ConsentRequest.asked_at.desc())
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def _with_references(organisation_id: UUID) -> Select[Consent, str | None]:
    return (
        select(Consent, ConsentRequest.client_reference)
        .join(ConsentRequest, ConsentRequest.id == Consent.request_id)
        .where(Consent.organisation_id == organisation_id)
    )
