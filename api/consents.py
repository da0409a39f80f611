"""Consents, and the overview they open: the whole debt overview in one request."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Response
from starlette.exceptions import HTTPException

from api.dependencies import Now, Reader, SessionHere, SuppliesHere
from api.problems import problems
from api.shown import shown
from letterbox.access import CounsellorViewer, open_mailbox
from letterbox.consent import service
from letterbox.consent.models import Consent
from letterbox.consent.rules import Permission
from letterbox.logbook.rules import Act
from letterbox.overview.service import show_overview
from schemas.consents import ConsentOut, ConsentsOut
from schemas.overview import OverviewOut

router = APIRouter(tags=["consent"])


JSON_TYPES = {"application/json", "application/*", "*/*"}


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
        200: {"headers": {"ETag": {"schema": {"type": "string"}}}},
        304: {"description": "Nothing changed since the overview with this ETag"},
    },
)
def pull_overview(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    reader: Reader,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    accept: Annotated[str, Header(include_in_schema=False)] = "*/*",
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Pull everything known about a citizen's debts in one request.

    Every answer is in the citizen's logbook. After the consent expired or was revoked: 404.
    """
    if not JSON_TYPES & {kind.partition(";")[0].strip() for kind in accept.lower().split(",")}:
        raise HTTPException(406)
    viewer = CounsellorViewer(reader.id, consent_id, Permission.OVERVIEW)
    key = open_mailbox(session, supplies.keys, viewer, Act.OVERVIEW_SEEN, now=now)
    assert key.consent is not None
    body = shown(show_overview(session, key, now=now), key.consent).model_dump_json(by_alias=True)
    tag = f'"{sha256(body.encode()).hexdigest()[:32]}"'
    if if_none_match is not None and tag in if_none_match:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, headers={"ETag": tag}, media_type="application/json")


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
