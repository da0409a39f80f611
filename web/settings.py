"""Settings: language, notices by e-mail, and the calendar feed.

A wrong code is counted, and what is counted must be kept: like other mistakes here it is answered
with the page and what was typed, never with an error.
"""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from letterbox.access import MailboxKey
from letterbox.logbook.rules import Act
from letterbox.mailing import addresses
from letterbox.mailing.addresses import TooManyMails
from letterbox.preferences import queries, service
from letterbox.preferences.rules import NOTICES, MailKind, NotAnAddress
from web.languages import LANGUAGES, language_of, remember
from web.pages import mine
from web.who import CitizenHere, CitizenSending, Here

router = APIRouter()

PLACE = "/me/settings"
LONGEST_TYPED = 300
MOST_MAILS = 20

Typed = Annotated[str, Form(max_length=LONGEST_TYPED)]


@router.get(PLACE, response_class=HTMLResponse)
def show_settings(
    here: CitizenHere, done: Annotated[str, Query(max_length=20)] = ""
) -> HTMLResponse:
    """Show what a citizen chose, and what was mailed to them."""
    return _settings_page(here, here.open(Act.SETTINGS_SEEN), done=done)


@router.post(f"{PLACE}/language")
def choose_language(here: CitizenSending, language: Typed = "") -> Response:
    """Keep the language, and show the pages in it from now on."""
    key = here.open(Act.SETTINGS_CHANGED)
    response = _done("language")
    if language in LANGUAGES:
        service.choose_language(here.session, key.mailbox_id, language)
        remember(response, language)
    return response


@router.post(f"{PLACE}/address")
def give_address(here: CitizenSending, address: Typed = "") -> Response:
    """Keep an e-mail address, and have a code mailed to it."""
    key = here.open(Act.SETTINGS_SEEN)
    jobs, now = here.supplies.jobs, here.now
    try:
        addresses.ask_confirmation(here.session, jobs, key, address, now=now)
    except NotAnAddress:
        return _settings_page(here, key, wrong={"address": "no-address"}, address=address)
    except TooManyMails:
        return _settings_page(here, key, wrong={"address": "too-many"}, address=address)
    _keep_language(here, key)
    return _changed(here, "code")


@router.post(f"{PLACE}/confirm")
def confirm_address(here: CitizenSending, mail_code: Typed = "") -> Response:
    """Use the address from now on, if the code is the one that was mailed to it."""
    key = here.open(Act.SETTINGS_SEEN)
    if not addresses.confirm_address(here.session, key, mail_code, now=here.now):
        return _settings_page(here, key, wrong={"mail_code": "no-code"}, mail_code=mail_code)
    chosen = queries.preferences_to_change(here.session, key.mailbox_id)
    # Who went to the trouble wants them; each can be turned off.
    chosen.notices = chosen.notices or [*NOTICES]
    return _changed(here, "confirmed")


@router.post(f"{PLACE}/forget")
def forget_address(here: CitizenSending) -> Response:
    """Forget the address, and mail nothing any more."""
    addresses.forget_address(here.session, here.open(Act.SETTINGS_CHANGED))
    return _done("forgotten")


@router.post(f"{PLACE}/notices")
def choose_notices(
    here: CitizenSending, notices: Annotated[list[MailKind] | None, Form()] = None
) -> Response:
    """Keep which notices are wanted."""
    key = here.open(Act.SETTINGS_CHANGED)
    service.choose_notices(here.session, key.mailbox_id, notices or ())
    return _done("notices")


@router.post(f"{PLACE}/calendar", response_class=HTMLResponse)
def start_calendar(here: CitizenSending, names: Typed = "") -> HTMLResponse:
    """Make a calendar feed and show its address, which is not kept and shown only now."""
    key = here.open(Act.SETTINGS_CHANGED)
    token = service.start_calendar(
        here.session, here.supplies.keys, key.mailbox_id, names=names == "yes"
    )
    _keep_language(here, key)
    address = f"{here.supplies.public_url}/calendar/{token}.ics"
    return mine(here, "calendar.html", again=PLACE, address=address, names=names == "yes")


@router.post(f"{PLACE}/calendar/stop")
def stop_calendar(here: CitizenSending) -> Response:
    """End the calendar feed."""
    key = here.open(Act.SETTINGS_CHANGED)
    service.stop_calendar(here.session, key.mailbox_id)
    return _done("calendar-stopped")


def _settings_page(
    here: Here,
    key: MailboxKey,
    *,
    done: str = "",
    wrong: Mapping[str, str] | None = None,
    **typed: str,
) -> HTMLResponse:
    """Return the settings, with what was typed and what is wrong with it."""
    chosen = queries.preferences_of(here.session, key.mailbox_id)
    return mine(
        here,
        "settings.html",
        status=400 if wrong else 200,
        again=PLACE,
        chosen=chosen,
        address=addresses.address_of(key, chosen) if chosen else None,
        waiting=bool(chosen and addresses.waiting_code(key, chosen, now=here.now)),
        mails=queries.latest_notices(here.session, key.mailbox_id, most=MOST_MAILS),
        can_mail=here.supplies.mail is not None,
        languages=LANGUAGES,
        kinds=NOTICES,
        done=done,
        wrong=wrong or {},
        typed=typed,
    )


def _keep_language(here: Here, key: MailboxKey) -> None:
    """Write mails and the calendar in the language of the pages, unless they chose another."""
    chosen = queries.preferences_to_change(here.session, key.mailbox_id)
    chosen.language = chosen.language or language_of(here.request)


def _changed(here: Here, done: str) -> RedirectResponse:
    here.open(Act.SETTINGS_CHANGED)
    return _done(done)


def _done(done: str) -> RedirectResponse:
    return RedirectResponse(f"{PLACE}?done={done}", 303)
