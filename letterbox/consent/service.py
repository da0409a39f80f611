"""Asking for consent, granting, declining and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox.consent import queries
from letterbox.consent.models import Consent, ConsentRequest
from letterbox.consent.rules import (
    LAPSES_AFTER,
    LONGEST,
    TEXT_VERSION,
    ConsentStatus,
    Permission,
    RequestStatus,
    compact_code,
    new_code,
    status_of_consent,
    status_of_request,
)
from letterbox.people.models import Organisation
from letterbox.shared import scope
from letterbox.shared.errors import Invalid, NotFound
from letterbox.shared.ids import new_id
from letterbox.shared.ports import KeyStore, Signer


class NoSuchRequest(NotFound):
    """The code is wrong, answered, or lapsed. Which of these is nobody's business."""

    title = "There is no open request with this code"


class NoSuchConsent(NotFound):
    """The consent does not exist, or is not this caller's."""

    title = "There is no such consent"


class TooWide(Invalid):
    """More was granted than was asked: a mistake of the page, or a forged form."""

    title = "This is more than was asked for"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a counsellor asks for."""

    purpose: str
    permissions: tuple[Permission, ...]
    days: int
    counsellor_name: str
    counsellor_role: str
    client_reference: str | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the citizen made of it: never more than was asked."""

    permissions: tuple[Permission, ...]
    days: int
    letters_from: date | None = None
    sealed_left_out: bytes | None = None


def ask(
    session: Session, keys: KeyStore, organisation_id: UUID, asked: Asked, *, now: datetime
) -> tuple[ConsentRequest, str]:
    """Keep a request and return it with its code, which is not kept and shown only now."""
    code = new_code()
    scope.enter(session, organisation=organisation_id)
    request = ConsentRequest(
        id=new_id(now),
        organisation_id=organisation_id,
        code_hash=keys.digest("code", code),
        purpose=asked.purpose,
        permissions=list(asked.permissions),
        days=asked.days,
        counsellor_name=asked.counsellor_name,
        counsellor_role=asked.counsellor_role,
        client_reference=asked.client_reference,
        asked_at=now,
        lapses_at=now + LAPSES_AFTER,
    )
    session.add(request)
    session.flush()
    return request, code


def open_request(session: Session, keys: KeyStore, typed: str, *, now: datetime) -> ConsentRequest:
    """Return the pending request with this code.

    :raises NoSuchRequest: there is none, or it was answered, or it lapsed
    """
    code_hash = keys.digest("code", compact_code(typed))
    scope.enter(session, code=code_hash)
    request = queries.request_by_code(session, code_hash)
    if request is None or _status(request, now) is not RequestStatus.PENDING:
        raise NoSuchRequest("Check the code with your counsellor, or ask for a new one.")
    return request


def grant(
    session: Session,
    signer: Signer,
    request: ConsentRequest,
    organisation: Organisation,
    narrowing: Narrowing,
    *,
    mailbox_id: UUID,
    consent_id: UUID,
    now: datetime,
) -> Consent:
    """Turn a request into a consent that holds from now on.

    :raises TooWide: the narrowing widens
    """
    _refuse_widening(request, narrowing)
    scope.enter(session, scope.together("consents", request.organisation_id))
    consent = Consent(
        mailbox_id=mailbox_id,
        id=consent_id,
        organisation_id=request.organisation_id,
        request_id=request.id,
        counsellor_name=request.counsellor_name,
        counsellor_role=request.counsellor_role,
        purpose=request.purpose,
        permissions=list(narrowing.permissions),
        letters_from=narrowing.letters_from,
        sealed_left_out=narrowing.sealed_left_out,
        text_version=TEXT_VERSION,
        granted_at=now,
        valid_from=now,
        valid_until=now + timedelta(days=narrowing.days),
    )
    consent.receipt = signer.sign(_receipt(consent, organisation), kind="consent-receipt+jwt")
    request.answer, request.answered_at = RequestStatus.GRANTED, now
    request.consent_id = consent.id
    session.add(consent)
    session.flush()
    return consent


def decline(session: Session, request: ConsentRequest, *, now: datetime) -> None:
    """Say no. The counsellor learns that it was declined, not by whom."""
    request.answer, request.answered_at = RequestStatus.DECLINED, now
    session.flush()


def end(
    session: Session, mailbox_id: UUID, consent_id: UUID, *, reason: str | None, now: datetime
) -> Consent:
    """End a consent at once. Ending what has ended changes nothing.

    :raises NoSuchConsent: this citizen gave no such consent
    """
    consent = queries.consent_given(session, mailbox_id, consent_id)
    if consent is None:
        raise NoSuchConsent("Look at the list of people who may see your overview.")
    if status_of(consent, now) is ConsentStatus.ACTIVE:
        consent.ended_at, consent.ended_by, consent.end_reason = now, "citizen", reason
        session.flush()
    return consent


def consent_of(session: Session, organisation_id: UUID, consent_id: UUID) -> Consent:
    """Return a consent this organisation was given, in force or not.

    :raises NoSuchConsent: it was given none with this id
    """
    scope.enter(session, organisation=organisation_id)
    consent = queries.consent_of(session, organisation_id, consent_id)
    if consent is None:
        raise NoSuchConsent("Use the id from the consent request that was granted.")
    return consent


def consents_of(
    session: Session, organisation_id: UUID, sequence: int, *, limit: int
) -> Sequence[Consent]:
    """Return the consents this organisation was given after a place, oldest first, none missing."""
    # Waits for those being granted, which have their place but are not committed yet.
    scope.enter(session, scope.alone("consents", organisation_id), organisation=organisation_id)
    return queries.consents_of(session, organisation_id, sequence, limit=limit)


def request_of(session: Session, organisation_id: UUID, request_id: UUID) -> ConsentRequest:
    """Return a request this organisation made.

    :raises NoSuchRequest: it made none with this id
    """
    scope.enter(session, organisation=organisation_id)
    request = queries.request_of(session, organisation_id, request_id)
    if request is None:
        raise NoSuchRequest("Use the id that was given when consent was asked for.")
    return request


def status_of(consent: Consent, now: datetime) -> ConsentStatus:
    """Return where this consent stands."""
    return status_of_consent(valid_until=consent.valid_until, ended_at=consent.ended_at, now=now)


def _status(request: ConsentRequest, now: datetime) -> RequestStatus:
    return status_of_request(request.answer, lapses_at=request.lapses_at, now=now)


def _refuse_widening(request: ConsentRequest, narrowing: Narrowing) -> None:
    wider = set(narrowing.permissions) - set(request.permissions)
    too_long = narrowing.days > min(request.days, LONGEST.days)
    if wider or too_long or narrowing.days < 1 or not narrowing.permissions:
        raise TooWide("Choose from what was asked, and not more.")


def _receipt(consent: Consent, organisation: Organisation) -> dict[str, object]:
    # The fields of a consent record and receipt after ISO/IEC TS 27560:2023.
    return {
        "jti": str(consent.id),
        "iat": int(consent.granted_at.timestamp()),
        "notice_version": consent.text_version,
        "language": "nl",
        "purpose": consent.purpose,
        "recipient": {"name": organisation.name, "number": organisation.number},
        "recipient_contact": {"name": consent.counsellor_name, "role": consent.counsellor_role},
        "personal_data": consent.permissions,
        "valid_from": consent.valid_from.isoformat(),
        "valid_until": consent.valid_until.isoformat(),
        "withdrawal": "/me/sharing",
    }
