"""What a browser sends when someone posts a letter by hand."""

from typing import Any

import httpx2
from sqlalchemy import Engine, text

from tests.builders import BSN, DEMAND
from tests.web.browser import markup
from tests.web.office import Office

CHECK, SEND = "/office/letters/check", "/office/letters"


def filled_in(browser: Office, **changes: str) -> dict[str, str]:
    return {
        "proof": browser.proof,
        "mark": "AAAAAAAA",
        "bsn": BSN,
        "sent_on": "2026-02-20",
        "subject": "Aanmaning huur",
    } | changes


def post(
    browser: Office,
    place: str,
    *,
    pdf: bytes | str = DEMAND,
    headers: dict[str, str] | None = None,
    **changes: str,
) -> httpx2.Response:
    content = pdf.encode() if isinstance(pdf, str) else pdf
    form = filled_in(browser, **changes)
    return browser.client.post(place, data=form, files=file(content), headers=headers)


def file(content: bytes) -> dict[str, Any]:
    return {"document": ("brief.pdf", content, "application/pdf")}


def fields(page: httpx2.Response) -> dict[str, str]:
    """Return what a browser would send of the form on this page, but for the file."""
    inputs = [tag.attributes for tag in markup(page).named("input")]
    return {
        str(each["name"]): each.get("value") or "" for each in inputs if each.get("type") != "file"
    }


def deliveries(owner: Engine) -> int:
    with owner.begin() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM deliveries")) or 0)
