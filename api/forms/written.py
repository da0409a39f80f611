"""One overview, written down in the form that was asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from api.forms import comma_list, report, spreadsheet
from api.forms.negotiation import Language
from api.forms.words import words_in
from api.shown import shown
from letterbox.consent.models import Consent
from letterbox.overview.listing import Listing, Occasion, listing_of
from letterbox.overview.rules import Overview

JSON = "application/json"
VARY = "Accept, Accept-Language"


@dataclass(frozen=True, slots=True)
class Written:
    """What goes out, and the headers that tell of it. Nothing in these is about a person."""

    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """A strong entity tag: another byte is another tag (RFC 9110, 8.8.3)."""
        return f'"{sha256(self.body).hexdigest()[:32]}"'


def write_overview(
    overview: Overview, consent: Consent, media_type: str, language: Language
) -> Written:
    """Write an overview down as JSON, or in one of the forms people take with them.

    :raises Unavailable: too many want a report now
    """
    if media_type == JSON:
        return Written(shown(overview, consent).model_dump_json(by_alias=True).encode(), JSON)
    occasion = Occasion(consent.id, consent.purpose, consent.valid_until)
    return _FORMS[media_type](listing_of(overview, occasion), language)


def _report(listing: Listing, language: Language) -> Written:
    body = report.write_report(listing, words_in(language))
    headers = _headers(listing, "pdf") | {"Content-Language": language}
    return Written(body, report.MEDIA_TYPE, headers)


def _spreadsheet(listing: Listing, language: Language) -> Written:
    body = spreadsheet.write_spreadsheet(listing, words_in(language))
    headers = _headers(listing, "xlsx") | {"Content-Language": language}
    return Written(body, spreadsheet.MEDIA_TYPE, headers)


def _list(listing: Listing, _: Language) -> Written:
    body = comma_list.write_list(listing)
    media_type = f"{comma_list.MEDIA_TYPE}; charset=utf-8; header=present"  # RFC 4180, 3
    return Written(body, media_type, _headers(listing, "csv"))


def _headers(listing: Listing, ending: str) -> dict[str, str]:
    name = f"schuldenoverzicht-{listing.overview.as_of.isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


_FORMS: dict[str, Callable[[Listing, Language], Written]] = {
    report.MEDIA_TYPE: _report,
    spreadsheet.MEDIA_TYPE: _spreadsheet,
    comma_list.MEDIA_TYPE: _list,
}
MADE = (JSON, *_FORMS)
"""What we make, in the order in which we would rather give it."""
