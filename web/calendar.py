"""The calendar feed: the days ahead, for whoever holds the secret address (RFC 5545).

Calendars ask again and again. One that has the days already is told so without opening the
mailbox, and leaves no line; every other answer is in the citizen's logbook.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path
from fastapi.responses import Response
from icalendar import Calendar, Event
from sqlalchemy.orm import Session

from api.dependencies import Anyone, Now, SessionHere, SuppliesHere
from api.doorstep import VERSION
from letterbox.access import CitizenViewer, MailboxClosed, open_mailbox
from letterbox.debts.queries import version_of
from letterbox.logbook.rules import Act
from letterbox.overview.calendar import CalendarDay, calendar_of
from letterbox.overview.rules import for_citizen
from letterbox.overview.service import show_overview
from letterbox.preferences.models import Preferences
from letterbox.preferences.service import calendar_with
from letterbox.shared.days import day_of
from web.languages import known_language
from web.pages import vocabulary

router = APIRouter()

LONGEST_TOKEN = 100
ASK_AGAIN = timedelta(hours=12)
MEDIA_TYPE = "text/calendar; charset=utf-8"


@router.get("/calendar/{token}.ics", dependencies=[Anyone])
def feed(
    token: Annotated[str, Path(max_length=LONGEST_TOKEN)],
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Tell a calendar the days ahead.

    :raises MailboxClosed: nobody has this address, or not any more
    """
    chosen = calendar_with(session, supplies.keys, token)
    if chosen is None:
        raise MailboxClosed("Make a new address in your settings.")
    headers = {"ETag": _tag(session, chosen, now), "Cache-Control": "private, no-cache"}
    if headers["ETag"] in (if_none_match or ""):
        return Response(status_code=304, headers=headers)
    viewer = CitizenViewer(chosen.mailbox_id)
    key = open_mailbox(session, supplies.keys, viewer, Act.CALENDAR_SEEN, now=now)
    overview = for_citizen(show_overview(session, key, now=now))
    days = calendar_of(overview, names=chosen.calendar_names)
    words = vocabulary(known_language(chosen.language))
    written = write_calendar(days, words, site=supplies.public_url, now=now)
    return Response(written, headers=headers, media_type=MEDIA_TYPE)


def write_calendar(days: Iterable[CalendarDay], words: Any, *, site: str, now: datetime) -> bytes:
    """Return the days as a calendar: the same bytes all day long.

    :param words: of the house, in the citizen's language
    """
    made_at = datetime.combine(day_of(now), time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", f"-//Letterbox//{VERSION}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Letterbox")
    calendar.add("refresh-interval", ASK_AGAIN, {"value": "DURATION"})  # RFC 7986, 5.7
    for day in days:
        calendar.add_component(_event(day, words, site, made_at))
    return bytes(calendar.to_ical())


def _event(day: CalendarDay, words: Any, site: str, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{day.name}@letterbox")
    event.add("dtstamp", made_at)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    # Templates make markup; a calendar shows text as it is.
    event.add("summary", words.calendar_title(day).unescape().strip())
    event.add("description", words.calendar_text(day, f"{site}/me").unescape().strip())
    event.add("url", f"{site}/me")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _tag(session: Session, chosen: Preferences, now: datetime) -> str:
    """Return what changes whenever the days may, and can be told without opening the mailbox."""
    version = version_of(session, chosen.mailbox_id)
    facts = (chosen.calendar_hash, version, day_of(now), chosen.calendar_names, chosen.language)
    return f'"{sha256(repr((*facts, VERSION)).encode()).hexdigest()[:32]}"'
