"""Consents, and the overview they open: the whole debt overview in one request."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Response
from starlette.exceptions import HTTPException

from api.dependencies import Now, Reader, SessionHere, SuppliesHere
from api.forms.negotiation import best_language, best_type
from api.forms.written import JSON, MADE, VARY, write_overview
from api.problems import problems
from letterbox.access import CounsellorViewer, open_mailbox
from letterbox.consent import service
from letterbox.consent.models import Consent
from letterbox.consent.rules import Permission
from letterbox.logbook.rules import Act
from letterbox.overview.service import show_overview
from schemas.consents import ConsentOut, ConsentsOut
from schemas.overview import OverviewOut

router = APIRouter(tags=["consent"])


_TEXT = {"schema": {"type": "string"}}
_OVERVIEW: dict[str, Any] = {
    "description": "The overview, in the form that `Accept` asks for",
    "headers": {"ETag": _TEXT, "Vary": _TEXT, "Content-Disposition": _TEXT},
    "content": {
        form: {"schema": {"type": "string", "contentMediaType": form}}
        for form in MADE
        if form != JSON
    },
}


@router.get(
    "/consents",
    summary="List your consents",
    operation_id="listConsents",
    responses=problems(),
)
def list_consents(
    reader: Reader,
    session: SessionHere,
    now: Now,
    after: Annotated[str | None, Query(pattern=r"^[0-9]{1,18}$")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> ConsentsOut:
    """List the consents your organisation was given, oldest first."""
    found = service.consents_of(session, reader.id, int(after or 0), limit=limit)
    return ConsentsOut(
        consents=[_consent_out(consent, now) for consent in found],
        next=str(found[-1].sequence) if found else after,
    )


@router.get(
    "/consents/{consentId}",
    summary="Show one consent",
    operation_id="showConsent",
    responses=problems(404),
)
def show_consent(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    reader: Reader,
    session: SessionHere,
    now: Now,
) -> ConsentOut:
    """Show a consent, in force or not."""
    return _consent_out(service.consent_of(session, reader.id, consent_id), now)


@router.get(
    "/consents/{consentId}/overview",
    response_model=OverviewOut,
    summary="Pull the debt overview",
    operation_id="showOverview",
    responses={
        **problems(404, 406),
        200: _OVERVIEW,
        304: {"description": "Nothing changed since the overview with this ETag"},
    },
)
def pull_overview(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    reader: Reader,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    accept: Annotated[list[str] | None, Header(include_in_schema=False)] = None,
    accept_language: Annotated[
        str | None, Header(description="Dutch or English, for the PDF and the spreadsheet.")
    ] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Pull everything known about a citizen's debts in one request.

    As JSON, as a report (PDF/UA-1), as a spreadsheet, or as a list of debts (CSV). Every answer
    is in the citizen's logbook. After the consent expired or was revoked: 404.
    """
    form = best_type(accept, MADE)
    if form is None:
        raise HTTPException(406, headers={"Vary": VARY})
    viewer = CounsellorViewer(reader.id, consent_id, Permission.OVERVIEW)
    key = open_mailbox(session, supplies.keys, viewer, Act.OVERVIEW_SEEN, now=now)
    assert key.consent is not None
    overview = show_overview(session, key, now=now)
    written = write_overview(overview, key.consent, form, best_language([accept_language or ""]))
    headers = {"ETag": written.tag, "Vary": VARY}
    if if_none_match is not None and written.tag in if_none_match:
        return Response(status_code=304, headers=headers)
    headers |= written.headers
    return Response(written.body, headers=headers, media_type=written.media_type)


def _consent_out(consent: Consent, now: datetime) -> ConsentOut:
    return ConsentOut(
        id=consent.id,
        status=service.status_of(consent, now).value,
        permissions=consent.permissions,
        purpose=consent.purpose,
        counsellor_name=consent.counsellor_name,
        valid_from=consent.valid_from,
        valid_until=consent.valid_until,
        ended_at=consent.ended_at,
        receipt=consent.receipt,
    )
