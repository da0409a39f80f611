"""Sharing: with whom, what they looked at, and stopping at any moment."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from letterbox.consent import service
from letterbox.consent.queries import consent_given, consents_in
from letterbox.consent.rules import ConsentStatus
from letterbox.consent.service import NoSuchConsent, status_of
from letterbox.logbook.queries import looks_by_consent, looks_under
from letterbox.logbook.rules import Act
from letterbox.overview.rules import for_citizen
from letterbox.overview.service import left_out_by, overview_under
from letterbox.people.queries import names_of, organisation
from web.logbook import names_in
from web.overview import seen
from web.pages import mine
from web.who import CitizenHere, CitizenSending, Here

router = APIRouter()

LONGEST_REASON = 280


def sharing_page(
    here: Here, *, wrong_code: str | None = None, declined: bool = False
) -> HTMLResponse:
    """Return the page with the code field and everyone who may or might look along.

    :param wrong_code: a code that did not fit, to be corrected
    """
    key = here.open(Act.CONSENT_SEEN)
    consents = consents_in(here.session, key.mailbox_id)
    return mine(
        here,
        "sharing.html",
        status=200 if wrong_code is None else 400,
        consents=[(consent, status_of(consent, here.now)) for consent in consents],
        names=names_of(here.session, {consent.organisation_id for consent in consents}),
        looks=looks_by_consent(here.session, key.mailbox_id),
        wrong_code=wrong_code,
        declined=declined,
    )


@router.get("/me/sharing/{consentId}", response_class=HTMLResponse)
def show_consent(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    here: CitizenHere,
    done: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """Show one consent, who looked by it, and its receipt."""
    key = here.open(Act.CONSENT_SEEN, subject_id=consent_id)
    consent = consent_given(here.session, key.mailbox_id, consent_id)
    if consent is None:
        raise NoSuchConsent("Look at the list of people who may see your overview.")
    looks = looks_under(here.session, key.mailbox_id, consent_id)
    return mine(
        here,
        "consent.html",
        consent=consent,
        status_now=status_of(consent, here.now),
        organisation=organisation(here.session, consent.organisation_id),
        left_out=sorted(left_out_by(key, consent).creditors),
        looks=looks,
        names=names_in(here.session, looks),
        done=done,
    )


@router.get("/me/sharing/{consentId}/preview", response_class=HTMLResponse)
def show_what_is_seen(
    consent_id: Annotated[UUID, Path(alias="consentId")], here: CitizenHere
) -> HTMLResponse:
    """Show the overview as it is seen by a consent that is in force."""
    key = here.open(Act.CONSENT_SEEN, subject_id=consent_id)
    consent = consent_given(here.session, key.mailbox_id, consent_id)
    if consent is None or status_of(consent, here.now) is not ConsentStatus.ACTIVE:
        raise NoSuchConsent("Look at the list of people who may see your overview.")
    return mine(
        here,
        "preview.html",
        granted=True,
        who=consent.counsellor_name,
        organisation=organisation(here.session, consent.organisation_id),
        until=consent.valid_until,
        permissions=consent.permissions,
        consent_id=consent_id,
        **seen(for_citizen(overview_under(here.session, key, consent, now=here.now))),
    )


@router.post("/me/sharing/{consentId}/end")
def end_consent(
    consent_id: Annotated[UUID, Path(alias="consentId")],
    here: CitizenSending,
    reason: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """End a consent at once."""
    key = here.open(Act.CONSENT_ENDED, subject_id=consent_id)
    said = "".join(letter for letter in reason if letter.isprintable()).strip()
    service.end(
        here.session,
        key.mailbox_id,
        consent_id,
        reason=said[:LONGEST_REASON] or None,
        now=here.now,
    )
    return RedirectResponse(f"/me/sharing/{consent_id}?done=ended", 303)
