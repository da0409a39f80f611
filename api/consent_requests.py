"""Requests for consent: a counselling organisation asks, the citizen answers on a page."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from api.dependencies import Asker, Now, SessionHere, SuppliesHere
from api.problems import problems
from letterbox.consent import service
from letterbox.consent.rules import Permission, status_of_request
from schemas.consents import ConsentRequestIn, ConsentRequestOut, ConsentRequestStatusOut

router = APIRouter(tags=["consent"])


@router.post(
    "/consent-requests",
    status_code=201,
    summary="Ask for consent",
    operation_id="askConsent",
    responses={
        **problems(413),
        201: {"headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}},
    },
)
def ask_consent(
    asked: ConsentRequestIn,
    asker: Asker,
    session: SessionHere,
    supplies: SuppliesHere,
    response: Response,
    now: Now,
) -> ConsentRequestOut:
    """Get a code to hand to a citizen. It names nobody and lapses after fourteen days."""
    request, code = service.ask(
        session,
        supplies.keys,
        asker.id,
        service.Asked(
            purpose=asked.purpose,
            permissions=tuple(dict.fromkeys(map(Permission, asked.permissions))),
            days=asked.days,
            counsellor_name=asked.counsellor.name,
            counsellor_role=asked.counsellor.role,
            client_reference=asked.client_reference,
        ),
        now=now,
    )
    response.headers["Location"] = f"/v1/consent-requests/{request.id}"
    url = f"{supplies.public_url}/me/sharing?code={code}"
    return ConsentRequestOut(id=request.id, code=code, url=url, lapses_at=request.lapses_at)


@router.get(
    "/consent-requests/{requestId}",
    summary="Show where a request stands",
    operation_id="showConsentRequest",
    responses=problems(404),
)
def show_consent_request(
    request_id: Annotated[UUID, Path(alias="requestId")],
    asker: Asker,
    session: SessionHere,
    now: Now,
) -> ConsentRequestStatusOut:
    """Show whether a request was granted, and the consent that came of it."""
    request = service.request_of(session, asker.id, request_id)
    return ConsentRequestStatusOut(
        id=request.id,
        status=status_of_request(request.answer, lapses_at=request.lapses_at, now=now).value,
        client_reference=request.client_reference,
        asked_at=request.asked_at,
        lapses_at=request.lapses_at,
        consent_id=request.consent_id,
    )
