"""What an organisation delivered: its own register, and what was read in one letter of it.

Never anything about the recipient, nor whether they looked.
"""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse

from letterbox.letters.service import latest_deliveries
from letterbox.reading.contradictions import contradictions_in
from letterbox.reading.findings import Reading, Source
from letterbox.reading.service import sent_letter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from web.pages import mine
from web.values import values_of
from web.who import SenderHere

router = APIRouter()

PER_PAGE = 50
LARGEST_PLACE = 2**63 - 1
EXPECTED = ("outstanding", "due_on", "iban", "payment_reference")
"""What a letter about money says. Where it is not found, the sender hears so."""

SEEN = frozenset(
    (
        *EXPECTED,
        "kind",
        "creditor",
        "letter_on",
        "payable_now",
        "principal",
        "interest",
        "collection_costs",
        "paid",
    )
)
"""What a sender may see, as at the JSON door. Never who it is for."""

TEXTS = ("iban", "payment_reference", "creditor")

Meant = Euro | date | Kind | str


@router.get("/office/letters", response_class=HTMLResponse)
def show_sent_letters(
    here: SenderHere, before: Annotated[int | None, Query(ge=1, le=LARGEST_PLACE)] = None
) -> HTMLResponse:
    """Show what this organisation delivered in whatever way, newest first."""
    found = latest_deliveries(here.session, here.organisation.id, before=before, limit=PER_PAGE + 1)
    listed = found[:PER_PAGE]
    return mine(
        here,
        "office/sent_letters.html",
        deliveries=listed,
        before=before,
        older=listed[-1].sequence if len(found) > PER_PAGE else None,
    )


@router.get("/office/letters/{letterId}", response_class=HTMLResponse)
def show_sent_letter(
    letter_id: Annotated[UUID, Path(alias="letterId")], here: SenderHere
) -> HTMLResponse:
    """Show what became of one letter, and where it contradicts what was declared."""
    keys, sender_id = here.supplies.keys, here.organisation.id
    person_id = here.employee.id
    sent = sent_letter(here.session, keys, sender_id, letter_id, now=here.now, person_id=person_id)
    return mine(here, "office/sent_letter.html", sent=sent, **shown(sent.reading))


def shown(reading: Reading | None, sent_on: date | None = None) -> dict[str, Any]:
    """Return what a sender sees of a reading, for the templates.

    :param sent_on: the day of the letter as it was typed
    """
    if reading is None:
        return {"values": [], "missing": [], "declared": {}, "contradicted": {}}
    found = [each for each in values_of(reading, ()) if each.field in SEEN]
    values = [each for each in found if each.value is not None]
    there = {each.field for each in values}
    declared = {
        each.field: _meant(each.field, each.value)
        for each in reading.findings
        if each.source is Source.DECLARED and each.field in SEEN
    }
    contradicted = {
        each.field: _meant(each.field, each.read)
        for each in contradictions_in(reading)
        if each.field in SEEN
    }
    if sent_on is not None and reading.letter_on is not None:
        declared["letter_on"] = sent_on
        if sent_on != reading.letter_on:
            contradicted["letter_on"] = reading.letter_on
    return {
        "values": values,
        "missing": [field for field in EXPECTED if field not in there],
        "declared": declared,
        "contradicted": contradicted,
    }


def _meant(field: str, written: str) -> Meant:
    if field.endswith("_on"):
        return date.fromisoformat(written)
    if field == "kind":
        return Kind(written)
    return written if field in TEXTS else Euro.parse(written)
