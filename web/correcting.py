"""What a citizen says of a letter or a debt: that something is right, or is not, and why."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from letterbox.access import CitizenViewer
from letterbox.debts.citizen import NoSuchDebt, Said, correct_debt, withdraw_correction
from letterbox.debts.facts import CorrectionKind, Debt
from letterbox.logbook.rules import Act
from letterbox.overview.letters import ShownLetter, letter_shown
from letterbox.overview.rules import Overview, for_citizen
from letterbox.overview.service import show_overview
from letterbox.shared.days import day_of
from web.complaint import Complaint, complaint
from web.login import own_path
from web.pages import mine
from web.values import LISTS, ORDER
from web.who import CitizenHere, CitizenSending, Here

router = APIRouter()

Field = Annotated[str, Query(max_length=40)]
Complained = Annotated[Complaint, Depends(complaint)]


@router.get("/me/letters/{letterId}/correct", response_class=HTMLResponse)
def ask_about_letter(
    letter_id: Annotated[UUID, Path(alias="letterId")], here: CitizenHere, field: Field = ""
) -> HTMLResponse:
    """Ask what is not right in a letter."""
    return _letter_page(
        here, letter_id, Complaint(field=field if field in (*ORDER, *LISTS) else "")
    )


@router.post("/me/letters/{letterId}/correct")
def hear_about_letter(
    letter_id: Annotated[UUID, Path(alias="letterId")], here: CitizenSending, typed: Complained
) -> Response:
    """Keep what is not right in a letter."""
    if typed.mistakes(day_of(here.now)):
        return _letter_page(here, letter_id, typed)
    _hear(here, typed.said(letter_id=letter_id))
    return RedirectResponse(f"/me/letters/{letter_id}?done=said#said", 303)


@router.post("/me/letters/{letterId}/confirm")
def hear_that_it_is_right(
    letter_id: Annotated[UUID, Path(alias="letterId")],
    here: CitizenSending,
    field: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
) -> Response:
    """Keep that a value was read as the letter says it."""
    _hear(here, Said(CorrectionKind.CONFIRMED, letter_id=letter_id, field=field, value=value))
    return RedirectResponse(f"/me/letters/{letter_id}?done=right#values", 303)


@router.get("/me/debts/{debtId}/correct", response_class=HTMLResponse)
def ask_about_debt(
    debt_id: Annotated[UUID, Path(alias="debtId")], here: CitizenHere
) -> HTMLResponse:
    """Ask what is not right about a debt."""
    return _debt_page(here, debt_id, Complaint())


@router.post("/me/debts/{debtId}/correct")
def hear_about_debt(
    debt_id: Annotated[UUID, Path(alias="debtId")], here: CitizenSending, typed: Complained
) -> Response:
    """Keep what is not right about a debt."""
    if typed.mistakes(day_of(here.now)):
        return _debt_page(here, debt_id, typed)
    _hear(here, typed.said(debt_id=debt_id))
    return RedirectResponse(f"/me/debts/{debt_id}#said", 303)


@router.post("/me/corrections/{correctionId}/withdraw")
def take_back(
    correction_id: Annotated[UUID, Path(alias="correctionId")],
    here: CitizenSending,
    back: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Take back what was said."""
    supplies, citizen = here.supplies, CitizenViewer(here.visit.mailbox_id)
    withdraw_correction(
        here.session, supplies.keys, supplies.jobs, citizen, correction_id, now=here.now
    )
    return RedirectResponse(own_path(back), 303)


def _hear(here: Here, said: Said) -> None:
    supplies, citizen = here.supplies, CitizenViewer(here.visit.mailbox_id)
    correct_debt(here.session, supplies.keys, supplies.jobs, citizen, said, now=here.now)


def _letter_page(here: Here, letter_id: UUID, typed: Complaint) -> HTMLResponse:
    key = here.open(Act.LETTER_SEEN, subject_id=letter_id)
    overview = for_citizen(show_overview(here.session, key, now=here.now))
    letter = letter_shown(overview, letter_id)
    place = f"/me/letters/{letter_id}"
    return _page(here, typed, overview, place, letter.debt, letter)


def _debt_page(here: Here, debt_id: UUID, typed: Complaint) -> HTMLResponse:
    overview = for_citizen(show_overview(here.session, here.open(Act.OVERVIEW_SEEN), now=here.now))
    debt = next((x.debt for x in overview.debts if x.debt.id == debt_id), None)
    if debt is None:
        raise NoSuchDebt("Look at the overview again: it may have changed.")
    return _page(here, typed, overview, f"/me/debts/{debt_id}", debt, None)


def _page(
    here: Here,
    typed: Complaint,
    overview: Overview,
    place: str,
    debt: Debt | None,
    letter: ShownLetter | None,
) -> HTMLResponse:
    mistakes = typed.mistakes(day_of(here.now)) if here.request.method == "POST" else {}
    others: Sequence[Debt] = [
        x.debt for x in overview.debts if debt is None or x.debt.id != debt.id
    ]
    return mine(
        here,
        "correct.html",
        status=400 if mistakes else 200,
        again=f"{place}/correct",
        place=place,
        letter=letter,
        debt=debt,
        others=others,
        typed=typed,
        mistakes=mistakes,
        today=day_of(here.now),
    )
