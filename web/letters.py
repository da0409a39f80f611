"""Letters: all of them, and each with its pages, what was read in it, and its PDF."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response

from letterbox.access import CitizenViewer
from letterbox.debts.queries import corrections_about
from letterbox.letters.pictures import Easel, picture_of
from letterbox.letters.queries import arrival_of, letter_in, pdf_of
from letterbox.letters.rules import Status
from letterbox.letters.service import NoSuchLetter
from letterbox.logbook.rules import Act
from letterbox.overview.letters import letter_shown, letters_shown
from letterbox.overview.rules import for_citizen
from letterbox.overview.service import show_overview
from letterbox.reading.queries import reading_of
from letterbox.shared.days import day_of
from web.pages import mine
from web.values import sheets_of, values_of
from web.who import CitizenHere

router = APIRouter()

MOST_LETTERS = 50
MOST_PAGES = 5
"""That are shown at a time: each picture is a request of its own."""

SHUT = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
"""For what is made from somebody else's file: shown for itself, it can do nothing."""

First = Annotated[int, Query(alias="from", ge=1, le=10_000)]


@router.get("/me/letters", response_class=HTMLResponse)
def show_letters(here: CitizenHere, first: First = 1) -> HTMLResponse:
    """Show all letters of a citizen, newest first."""
    key = here.open(Act.LETTERS_SEEN)
    letters = letters_shown(for_citizen(show_overview(here.session, key, now=here.now)))
    end = first + MOST_LETTERS
    return mine(
        here,
        "letters.html",
        letters=letters[first - 1 : end - 1],
        count=len(letters),
        newer=max(first - MOST_LETTERS, 1) if first > 1 else None,
        older=end if end <= len(letters) else None,
    )


@router.get("/me/letters/{letterId}", response_class=HTMLResponse)
def show_letter(
    letter_id: Annotated[UUID, Path(alias="letterId")],
    here: CitizenHere,
    first: First = 1,
    done: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """Show one letter: its pages, with what was read marked where it stands."""
    key = here.open(Act.LETTER_SEEN, subject_id=letter_id)
    overview = for_citizen(show_overview(here.session, key, now=here.now))
    letter = letter_shown(overview, letter_id)
    arrival, reading = (
        arrival_of(here.session, key, letter_id),
        reading_of(here.session, key, letter_id),
    )
    if reading and letter.check is not None:  # of what other letters bear out nothing is asked
        reading = replace(reading, check=letter.check)
    said = corrections_about(here.session, key, letter_id)
    values = values_of(reading, said) if reading else []
    # While it is being read, its pictures would wait for the same processes.
    drawn = arrival.pages if arrival.status != Status.RECEIVED else 0
    pages = range(first, min(first + MOST_PAGES, drawn + 1))
    return mine(
        here,
        "letter.html",
        letter=letter,
        status_now=arrival.status,
        received_on=day_of(arrival.received_at),
        pages=arrival.pages,
        reading=reading,
        values=values,
        sheets=sheets_of(reading, pages, values),
        most=MOST_PAGES,
        first=first,
        said=said,
        done=done,
    )


@router.get("/me/letters/{letterId}/pages/{pageNumber}")
def show_page(
    letter_id: Annotated[UUID, Path(alias="letterId")],
    page: Annotated[int, Path(alias="pageNumber", ge=1, le=1000)],
    here: CitizenHere,
) -> Response:
    """Show the picture of a page, to whoever is looking at the letter."""
    supplies, viewer = here.supplies, CitizenViewer(here.visit.mailbox_id)
    easel = Easel(supplies.sessions, supplies.keys, supplies.files, supplies.reader)
    picture = picture_of(here.session, easel, viewer, letter_id, page, now=here.now)
    return Response(picture, headers=SHUT, media_type="image/webp")


@router.get("/me/letters/{letterId}/document")
def take_document(
    letter_id: Annotated[UUID, Path(alias="letterId")], here: CitizenHere
) -> Response:
    """Hand out the letter as a PDF, as it came."""
    key = here.open(Act.LETTER_TAKEN, subject_id=letter_id)
    letter = letter_in(here.session, key, letter_id)
    if letter is None:
        raise NoSuchLetter("Look at the list of your letters.")
    pdf = pdf_of(here.session, here.supplies.files, key, letter_id)
    name = f"letter-{day_of(letter.received_at)}.pdf"
    headers = SHUT | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pdf, headers=headers, media_type="application/pdf")
