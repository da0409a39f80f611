"""Answering a request: see exactly who asks for what, narrow it, agree or decline.

A wrong code is counted, and what is counted must be kept. So it is answered with a page and
never with an error, which would undo the count. Unknown, answered and lapsed look the same.
"""

from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from letterbox.consent import service
from letterbox.consent.models import ConsentRequest
from letterbox.consent.rules import compact_code
from letterbox.consent.service import Narrowing, NoSuchRequest
from letterbox.logbook.rules import Act
from letterbox.overview.rules import for_citizen
from letterbox.overview.service import preview, seal_left_out, show_overview
from letterbox.people import visits
from letterbox.people.models import Organisation
from letterbox.people.queries import organisation
from letterbox.shared.days import day_of
from letterbox.shared.ids import new_id
from web.choice import Choice, choice, earlier_choice, periods, whole_request
from web.overview import seen
from web.pages import mine
from web.sharing import sharing_page
from web.who import CitizenHere, CitizenSending, Here

router = APIRouter()

LONGEST_CODE = 100
"""As typed: with spaces and dashes wherever people put them."""

Code = Annotated[str, Form(max_length=LONGEST_CODE)]
Asked = tuple[ConsentRequest, Organisation]


@router.get("/me/sharing", response_class=HTMLResponse)
def show_sharing(
    here: CitizenHere,
    code: Annotated[str, Query(max_length=LONGEST_CODE)] = "",
    done: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """Show with whom a citizen shares; with a code in the link, the request at once."""
    if code:
        return _answer_to(here, code)
    return sharing_page(here, declined=done == "declined")


@router.post("/me/sharing/request", response_class=HTMLResponse)
def show_request(
    here: CitizenSending, chosen: Annotated[Choice | None, Depends(earlier_choice)], code: Code = ""
) -> HTMLResponse:
    """Show who asks for what, to whoever has the code; with what was chosen before, if anything."""
    return _answer_to(here, code, chosen)


@router.post("/me/sharing/preview", response_class=HTMLResponse)
def show_preview(
    here: CitizenSending, chosen: Annotated[Choice, Depends(choice)], code: Code = ""
) -> HTMLResponse:
    """Show the overview as someone will see it if a citizen agrees to this."""
    asked = _asked(here, code)
    if asked is None:
        return sharing_page(here, wrong_code=code)
    if chosen.mistakes(day_of(here.now)):
        return _request_page(here, asked, chosen, code)
    request, asking = asked
    key = here.open(Act.REQUEST_SEEN, subject_id=request.id)
    overview = preview(
        here.session,
        key,
        letters_from=chosen.first_day,
        left_out=chosen.left_out,
        now=here.now,
    )
    return mine(
        here,
        "preview.html",
        again=_link_with(code),
        granted=False,
        who=request.counsellor_name,
        organisation=asking,
        until=here.now + timedelta(days=min(chosen.days, request.days)),
        permissions=chosen.permissions,
        code=compact_code(code),
        chosen=chosen,
        **seen(for_citizen(overview)),
    )


@router.post("/me/sharing/grant")
def grant(
    here: CitizenSending, chosen: Annotated[Choice, Depends(choice)], code: Code = ""
) -> Response:
    """Agree to a request, or to less than it asks."""
    asked = _asked(here, code)
    if asked is None:
        return sharing_page(here, wrong_code=code)
    if chosen.mistakes(day_of(here.now)):
        return _request_page(here, asked, chosen, code)
    consent_id = _grant(here, asked, chosen)
    return RedirectResponse(f"/me/sharing/{consent_id}?done=granted", 303)


@router.post("/me/sharing/decline")
def decline(here: CitizenSending, code: Code = "") -> Response:
    """Say no to a request."""
    asked = _asked(here, code)
    if asked is None:
        return sharing_page(here, wrong_code=code)
    request, _ = asked
    here.open(Act.CONSENT_DECLINED, subject_id=request.id)
    service.decline(here.session, request, now=here.now)
    return RedirectResponse("/me/sharing?done=declined", 303)


def _answer_to(here: Here, code: str, chosen: Choice | None = None) -> HTMLResponse:
    asked = _asked(here, code)
    if asked is None:
        return sharing_page(here, wrong_code=code)
    return _request_page(here, asked, chosen or whole_request(asked[0]), code)


def _link_with(code: str) -> str:
    return f"/me/sharing?{urlencode({'code': compact_code(code)})}"


def _asked(here: Here, code: str) -> Asked | None:
    """Return the open request with this code and who asks, or count a wrong code.

    :raises TooManyCodes: someone is guessing
    """
    visits.refuse_guessing(here.visit, now=here.now)
    try:
        request = service.open_request(here.session, here.supplies.keys, code, now=here.now)
    except NoSuchRequest:
        visits.note_wrong_code(here.visit, now=here.now)
        return None
    asking = organisation(here.session, request.organisation_id)
    return (request, asking) if asking and asking.suspended_at is None else None


def _request_page(here: Here, asked: Asked, chosen: Choice, code: str) -> HTMLResponse:
    request, asking = asked
    today = day_of(here.now)
    mistakes = chosen.mistakes(today)
    return mine(
        here,
        "request.html",
        again=_link_with(code),
        status=400 if mistakes else 200,
        mistakes=mistakes,
        asked=request,
        organisation=asking,
        code=compact_code(code),
        chosen=chosen,
        periods=periods(request, here.now),
        creditors=_creditors(here, request.id),
        today=today,
    )


def _creditors(here: Here, request_id: UUID) -> list[str]:
    """Return the names of the creditors that a citizen can leave out."""
    key = here.open(Act.REQUEST_SEEN, subject_id=request_id)
    debts = [ranked.debt for ranked in show_overview(here.session, key, now=here.now).debts]
    return sorted({debt.creditor.name for debt in debts if debt.creditor})


def _grant(here: Here, asked: Asked, chosen: Choice) -> UUID:
    consent_id = new_id(here.now)
    key = here.open(Act.CONSENT_GRANTED, subject_id=consent_id)
    narrowing = Narrowing(
        chosen.permissions,
        chosen.days,
        letters_from=chosen.first_day,
        sealed_left_out=seal_left_out(here.session, key, consent_id, chosen.left_out),
    )
    service.grant(
        here.session,
        here.supplies.signer,
        *asked,
        narrowing,
        mailbox_id=key.mailbox_id,
        consent_id=consent_id,
        now=here.now,
    )
    return consent_id
