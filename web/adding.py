"""Adding a letter: a PDF, or photos of a letter on paper."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from letterbox.access import CitizenViewer
from letterbox.letters.own import NotOneLetter, add_letter
from letterbox.letters.service import PostRoom
from letterbox.shared.errors import Invalid
from letterbox.shared.ports import PdfRefused, PhotoRefused
from web.pages import mine
from web.uploads import Uploaded
from web.who import CitizenHere, Here

router = APIRouter()


@router.get("/me/letters/add", response_class=HTMLResponse)
def ask_for_letter(here: CitizenHere) -> HTMLResponse:
    """Show how to add a letter."""
    return _page(here, None)


@router.post("/me/letters/add")
def take_letter(upload: Uploaded, here: CitizenHere) -> Response:
    """Take a letter in, and show what becomes of it."""
    here.refuse_foreign(upload.proof)
    supplies, citizen = here.supplies, CitizenViewer(here.visit.mailbox_id)
    post = PostRoom(supplies.keys, supplies.files, supplies.reader, supplies.signer, supplies.jobs)
    # Twenty photos take a while, and there are few connections.
    here.session.close()
    try:
        letter_id = add_letter(here.session, post, citizen, upload.files, now=here.now)
    except (NotOneLetter, PhotoRefused, PdfRefused) as refused:
        return _page(here, refused)
    return RedirectResponse(f"/me/letters/{letter_id}?done=added", 303)


def _page(here: Here, refused: Invalid | None) -> HTMLResponse:
    return mine(
        here,
        "add.html",
        status=400 if refused else 200,
        again="/me/letters/add",
        refused=refused,
        photo=getattr(refused, "photo", None),
    )
