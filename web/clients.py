"""The clients of a counsellor: what comes first for each, and the overview of one."""

from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response

from api.forms import comma_list, report, spreadsheet
from api.forms.negotiation import Language, best_language
from api.forms.words import words_in
from api.forms.written import JSON, write_overview
from letterbox.access import MailboxClosed, MailboxKey
from letterbox.consent.models import ConsentRequest
from letterbox.consent.queries import (
    clients_of,
    former_clients_of,
    request_of,
    requests_without_consent,
)
from letterbox.consent.rules import Permission, status_of_request
from letterbox.consent.service import status_of
from letterbox.logbook.rules import Act
from letterbox.overview.clients import clients_at_a_glance
from letterbox.overview.letters import letters_shown
from letterbox.overview.remembering import look_again
from letterbox.overview.service import show_overview
from letterbox.shared.days import day_of
from letterbox.shared.errors import NotFound
from web.languages import language_of
from web.overview import seen
from web.pages import HEADERS, mine
from web.who import CounsellorHere, Member

router = APIRouter()

MOST_CLIENTS = 100
STILL_SHOWN = timedelta(days=30)
"""How long a request or a consent that came to nothing, or ended, is still in the list."""

MEDIA_TYPES = {
    "pdf": report.MEDIA_TYPE,
    "xlsx": spreadsheet.MEDIA_TYPE,
    "csv": comma_list.MEDIA_TYPE,
    "json": JSON,
}


class ConsentOver(NotFound):
    """The consent ended, or was never there. Which of these is not said."""

    title = "You can no longer look at this client"


@router.get("/office/clients", response_class=HTMLResponse)
def show_clients(
    here: CounsellorHere, who: Annotated[Literal["mine", "all"], Query()] = "mine"
) -> HTMLResponse:
    """Show the clients of a counsellor, or of the whole organisation, most urgent first."""
    session, organisation_id, now = here.session, here.organisation.id, here.now
    consents = clients_of(
        session,
        organisation_id,
        now=now,
        counsellor=here.employee.name if who == "mine" else None,
        limit=MOST_CLIENTS,
    )
    # Asked before the mailboxes are opened one by one.
    requests = requests_without_consent(session, organisation_id, since=now - STILL_SHOWN)
    former = former_clients_of(session, organisation_id, now=now, since=now - STILL_SHOWN)
    clients = clients_at_a_glance(
        session, here.supplies.keys, consents, employee_id=here.employee.id, now=now
    )
    return mine(
        here,
        "office/clients.html",
        who=who,
        clients=clients,
        requests=[(each, _status(each, here)) for each in requests],
        former=[(consent, reference, status_of(consent, now)) for consent, reference in former],
        cut_off=len(consents) == MOST_CLIENTS,
        most=MOST_CLIENTS,
        terms=words_in(language_for(here)),
    )


@router.get("/office/clients/{consentId}", response_class=HTMLResponse)
def show_client(
    consent_id: Annotated[UUID, Path(alias="consentId")], here: CounsellorHere
) -> HTMLResponse:
    """Show the overview of a client, with its evidence, and what is new since the last visit."""
    key = opened(here, consent_id, Act.OVERVIEW_SEEN)
    assert key.consent is not None
    overview = show_overview(here.session, key, now=here.now)
    since = look_again(
        here.session,
        key,
        here.employee.id,
        overview,
        visit_began_at=here.visit.started_at,
        now=here.now,
    )
    request = request_of(here.session, here.organisation.id, key.consent.request_id)
    return mine(
        here,
        "office/client.html",
        consent=key.consent,
        reference=request.client_reference if request else None,
        days_left=(day_of(key.consent.valid_until) - day_of(here.now)).days,
        since=since,
        letters={each.letter_id: each for each in letters_shown(overview)},
        may_read=Permission.LETTERS in key.consent.permissions,
        terms=words_in(language_for(here)),
        **seen(overview),
    )


@router.get("/office/clients/{consentId}/overview.{ending}")
def take_overview(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    here: CounsellorHere,
    ending: Annotated[Literal["pdf", "xlsx", "csv", "json"], Path()],
) -> Response:
    """Hand out the overview of a client as a file."""
    key = opened(here, consent_id, Act.OVERVIEW_TAKEN)
    assert key.consent is not None
    overview = show_overview(here.session, key, now=here.now)
    written = write_overview(overview, key.consent, MEDIA_TYPES[ending], language_for(here))
    name = f"schuldenoverzicht-{overview.as_of.isoformat()}.{ending}"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(written.body, headers=headers, media_type=written.media_type)


def opened(
    here: Member,
    consent_id: UUID,
    act: Act,
    *,
    permission: Permission = Permission.OVERVIEW,
    subject_id: UUID | None = None,
) -> MailboxKey:
    """Open the mailbox of a client.

    :raises ConsentOver: the consent is not in force, or not for this
    """
    try:
        return here.open(consent_id, act, permission=permission, subject_id=subject_id)
    except MailboxClosed as error:
        raise ConsentOver("Ask your client for a new consent.") from error


def language_for(here: Member) -> Language:
    """Return the language of the pages, for what is written in it as a file."""
    return best_language([language_of(here.request)])


def _status(request: ConsentRequest, here: Member) -> str:
    return status_of_request(request.answer, lapses_at=request.lapses_at, now=here.now)
