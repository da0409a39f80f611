"""The letters of a client, for counsellors whom the client lets read them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse, Response

from api.forms.words import words_in
from letterbox.access import CounsellorViewer, MailboxClosed, MailboxKey
from letterbox.consent.queries import request_of
from letterbox.consent.rules import Permission
from letterbox.letters.copies import marked_copy
from letterbox.letters.pictures import Easel, picture_of
from letterbox.letters.queries import arrival_of
from letterbox.letters.service import NoSuchLetter
from letterbox.logbook.rules import Act
from letterbox.overview.letters import ShownLetter, letter_shown, letters_shown
from letterbox.overview.service import show_overview
from letterbox.reading.queries import reading_of
from letterbox.shared.days import day_of
from web.clients import ConsentOver, language_for, opened
from web.letters import MOST_PAGES, SHUT, First
from web.pages import mine
from web.values import sheets_of, values_of
from web.who import CounsellorHere, Member

router = APIRouter()


@router.get("/office/clients/{consentId}/letters", response_class=HTMLResponse)
def show_client_letters(
    consent_id: Annotated[UUID, Path(alias="consentId")], here: CounsellorHere
) -> HTMLResponse:
    """Show which letters a client lets someone read, newest first."""
    key = opened(here, consent_id, Act.LETTERS_SEEN, permission=Permission.LETTERS)
    assert key.consent is not None
    request = request_of(here.session, here.organisation.id, key.consent.request_id)
    return mine(
        here,
        "office/letters.html",
        consent=key.consent,
        reference=request.client_reference if request else None,
        letters=letters_shown(show_overview(here.session, key, now=here.now)),
        terms=words_in(language_for(here)),
    )


@router.get("/office/clients/{consentId}/letters/{letterId}", response_class=HTMLResponse)
def show_client_letter(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    letter_id: Annotated[UUID, Path(alias="letterId")],
    here: CounsellorHere,
    first_page: First = 1,
) -> HTMLResponse:
    """Show one letter of a client: its pages, with what was read marked where it stands."""
    act = Act.LETTER_SEEN
    key = opened(here, consent_id, act, permission=Permission.LETTERS, subject_id=letter_id)
    letter = _shared(here, key, letter_id)
    arrival = arrival_of(here.session, key, letter_id)
    reading = reading_of(here.session, key, letter_id)
    values = values_of(reading, ()) if reading else []
    pages = range(first_page, min(first_page + MOST_PAGES, arrival.pages + 1))
    return mine(
        here,
        "office/letter.html",
        consent=key.consent,
        letter=letter,
        received_on=day_of(arrival.received_at),
        pages=arrival.pages,
        values=values,
        sheets=sheets_of(reading, pages, values),
        most=MOST_PAGES,
        first=first_page,
        terms=words_in(language_for(here)),
    )


@router.get("/office/clients/{consentId}/letters/{letterId}/pages/{pageNumber}")
def show_client_page(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    letter_id: Annotated[UUID, Path(alias="letterId")],
    page: Annotated[int, Path(alias="pageNumber", ge=1, le=1000)],
    here: CounsellorHere,
) -> Response:
    """Show the picture of a page, to whoever is looking at the letter."""
    supplies = here.supplies
    easel = Easel(supplies.sessions, supplies.keys, supplies.files, supplies.reader)
    viewer = CounsellorViewer(
        here.organisation.id, consent_id, Permission.LETTERS, here.employee.id
    )
    try:
        picture = picture_of(here.session, easel, viewer, letter_id, page, now=here.now)
    except MailboxClosed as error:
        raise ConsentOver("Ask your client for a new consent.") from error
    return Response(picture, headers=SHUT, media_type="image/webp")


@router.get("/office/clients/{consentId}/letters/{letterId}/document")
def take_client_letter(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    letter_id: Annotated[UUID, Path(alias="letterId")],
    here: CounsellorHere,
) -> Response:
    """Hand out a letter as a PDF that says on every page who took it and when."""
    act = Act.LETTER_TAKEN
    key = opened(here, consent_id, act, permission=Permission.LETTERS, subject_id=letter_id)
    _shared(here, key, letter_id)
    pdf = marked_copy(
        here.session,
        here.supplies.files,
        here.supplies.reader,
        key,
        letter_id,
        taken_by=f"{here.employee.name} ({here.organisation.name})",
        now=here.now,
    )
    headers = SHUT | {"Content-Disposition": f'attachment; filename="letter-{letter_id}.pdf"'}
    return Response(pdf, headers=headers, media_type="application/pdf")


def _shared(here: Member, key: MailboxKey, letter_id: UUID) -> ShownLetter:
    try:
        return letter_shown(show_overview(here.session, key, now=here.now), letter_id)
    except NoSuchLetter as error:
        raise ConsentOver("Look at the letters that your client shares.") from error
