"""Posting a letter by hand: fill it in, see what will be read, send it."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Cookie, Depends, Request
from fastapi.responses import HTMLResponse

from api.dependencies import Now, SuppliesHere
from letterbox.letters.rules import Party
from letterbox.letters.service import NoGroundForBsn, PostRoom, deliver_letter
from letterbox.people.models import Organisation
from letterbox.people.rules import compact_bsn, masked
from letterbox.reading.findings import Reading
from letterbox.reading.trial import try_reading
from letterbox.shared.days import day_of
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import PdfRefused
from web import who
from web.handed import LONGEST, Handed, Typed, form_of, new_mark
from web.pages import mine
from web.sent import shown
from web.who import LoginNeeded, Member, NotForThisOrganisation, SenderHere

router = APIRouter()

NEW = "/office/letters/new"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was handed over, after the gate looked at it.

    :ivar mistakes: by field, in words for the template
    """

    handed: Handed
    sender: Organisation
    mistakes: dict[str, str] = field(default_factory=dict)


def early(
    request: Request,
    supplies: SuppliesHere,
    now: Now,
    token: Annotated[str | None, Cookie(alias=who.OFFICE_COOKIE)] = None,
) -> Member:
    """Let senders in before their upload begins, in a transaction that is over by then.

    :raises LoginNeeded: nobody is logged in
    :raises NotForThisOrganisation: it does not send letters
    :raises NoGroundForBsn: it has no registered ground to use the number
    """
    with supplies.sessions() as session:
        here = who.looking_at_work(request, session, supplies, now, token)
    if here is None:
        raise LoginNeeded(NEW, login="/office/login")
    if not here.sends:
        raise NotForThisOrganisation("Ask the operator what your organisation may do.")
    _refuse_without_ground(here.organisation)
    return here


async def handed(request: Request, here: Annotated[Member, Depends(early)]) -> Handed:
    """Read the form, and let it in if it comes from one of our own pages.

    :raises NotOurForm: it comes from elsewhere, or was made for another visit
    :raises TooManyRequests: this organisation sends more than its share
    """
    form, pdf = await form_of(request)
    here.refuse_foreign(str(form.get("proof", "")))
    here.supplies.turnstile.let_through(here.organisation.id)
    return Handed.of(form, pdf)


def looked_at(
    handed: Annotated[Handed, Depends(handed)],
    here: Annotated[Member, Depends(early)],
    now: Now,
) -> Looked:
    """Let the gate look at the PDF, while no transaction waits for it."""
    mistakes = handed.typed.mistakes(day_of(now))
    try:
        if handed.pdf:
            here.supplies.reader.inspect(handed.pdf)
        else:
            mistakes["document"] = "empty"
    except PdfRefused as refused:
        mistakes["document"] = refused.code
        return Looked(Handed(handed.typed), here.organisation, mistakes)
    except Unavailable:
        mistakes["document"] = "busy"
    return Looked(handed, here.organisation, mistakes)


LookedAt = Annotated[Looked, Depends(looked_at)]


def read_on_trial(looked: LookedAt, supplies: SuppliesHere, now: Now) -> Reading | None:
    """Read what was handed over, while no transaction waits for it."""
    if looked.mistakes:
        return None
    sender, letter = Party(looked.sender.name, looked.sender.number), looked.handed
    try:
        return try_reading(
            supplies.reader,
            letter.pdf,
            sender=sender,
            envelope=letter.typed.envelope,
            on=day_of(now),
        )
    except Unavailable:
        looked.mistakes["document"] = "busy"
        return None


@router.get(NEW, response_class=HTMLResponse)
def show_new_letter(here: SenderHere) -> HTMLResponse:
    """Show the form, filled in as far as can be."""
    _refuse_without_ground(here.organisation)
    subject = f"Brief van {here.organisation.name}"[: LONGEST["subject"]]
    today = day_of(here.now).isoformat()
    return _form(here, Handed(Typed(mark=new_mark(), sent_on=today, subject=subject)), {})


@router.post("/office/letters/check", response_class=HTMLResponse)
def check_letter(
    looked: LookedAt,
    reading: Annotated[Reading | None, Depends(read_on_trial)],
    here: SenderHere,
) -> HTMLResponse:
    """Show what will be read in a letter. Nothing is sent, and nothing is kept."""
    if looked.mistakes:
        return _form(here, looked.handed, looked.mistakes)
    typed = looked.handed.typed
    return mine(
        here,
        "office/check_letter.html",
        again=NEW,
        **_filled_in(looked.handed, {}),
        reading=reading,
        **shown(reading, typed.envelope.sent_on),
        bsn=masked(compact_bsn(typed.bsn)),
    )


@router.post("/office/letters", response_class=HTMLResponse)
def send_letter(looked: LookedAt, here: SenderHere) -> HTMLResponse:
    """Deliver a letter. The answer is the same whether or not the citizen ever looked."""
    if looked.mistakes:
        return _form(here, looked.handed, looked.mistakes)
    supplies, incoming = here.supplies, looked.handed.incoming_from(here.employee.id)
    post = PostRoom(supplies.keys, supplies.files, supplies.reader, supplies.signer, supplies.jobs)
    receipt = deliver_letter(here.session, post, here.organisation, incoming, now=here.now)
    again = f"/office/letters/{receipt.id}"
    return mine(here, "office/delivered.html", again=again, receipt=receipt)


def _refuse_without_ground(organisation: Organisation) -> None:
    if organisation.bsn_ground is None:
        raise NoGroundForBsn("Register the legal ground with the operator first.")


def _form(here: Member, handed: Handed, mistakes: dict[str, str]) -> HTMLResponse:
    status = 400 if mistakes else 200
    filled_in = _filled_in(handed, mistakes)
    return mine(here, "office/post_letter.html", status=status, again=NEW, **filled_in)


def _filled_in(handed: Handed, mistakes: dict[str, str]) -> dict[str, Any]:
    return {"handed": handed, "typed": handed.typed, "mistakes": mistakes, "longest": LONGEST}
