"""The letters behind an overview, for counsellors whom the citizen lets read them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Response

from api.dependencies import Now, Reader, SessionHere, SuppliesHere
from api.problems import problems
from api.shown import letter_here_out
from letterbox.access import CounsellorViewer, open_mailbox
from letterbox.consent.rules import Permission
from letterbox.letters.copies import marked_copy
from letterbox.logbook.rules import Act
from letterbox.overview.letters import letter_shown, letters_shown
from letterbox.overview.service import show_overview
from schemas.overview import LettersHereOut

router = APIRouter(tags=["consent"])

PDF = "application/pdf"
_DOCUMENT: dict[str, Any] = {
    "description": "The letter as a PDF, marked on every page with who took it and when",
    "headers": {"Content-Disposition": {"schema": {"type": "string"}}},
    "content": {PDF: {"schema": {"type": "string", "contentMediaType": PDF}}},
}


@router.get(
    "/consents/{consentId}/letters",
    summary="List the letters behind the overview",
    operation_id="listLettersOfConsent",
    responses=problems(404),
)
def list_letters(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    reader: Reader,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
) -> LettersHereOut:
    """List the letters that the citizen lets you read, newest first.

    Needs a consent with the permission `letters`. What the citizen left out is not in it.
    """
    viewer = CounsellorViewer(reader.id, consent_id, Permission.LETTERS)
    key = open_mailbox(session, supplies.keys, viewer, Act.LETTERS_SEEN, now=now)
    letters = letters_shown(show_overview(session, key, now=now))
    return LettersHereOut(letters=[letter_here_out(letter) for letter in letters])


@router.get(
    "/consents/{consentId}/letters/{letterId}/document",
    response_class=Response,
    summary="Take a copy of a letter",
    operation_id="getLetterDocument",
    responses={**problems(404), 200: _DOCUMENT},
)
def take_letter(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    letter_id: Annotated[UUID, Path(alias="letterId")],
    reader: Reader,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
) -> Response:
    """Take a copy of one letter. The citizen sees in the logbook that you did."""
    viewer, act = CounsellorViewer(reader.id, consent_id, Permission.LETTERS), Act.LETTER_TAKEN
    key = open_mailbox(session, supplies.keys, viewer, act, subject_id=letter_id, now=now)
    letter_shown(show_overview(session, key, now=now), letter_id)
    assert key.consent is not None
    pdf = marked_copy(
        session,
        supplies.files,
        supplies.reader,
        key,
        letter_id,
        taken_by=f"{key.consent.counsellor_name} ({reader.name})",
        now=now,
    )
    headers = {"Content-Disposition": f'attachment; filename="letter-{letter_id}.pdf"'}
    return Response(pdf, headers=headers, media_type=PDF)
