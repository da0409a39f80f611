"""What a citizen does with letters in a browser."""

import re

import httpx2

from tests.web.browser import Browser, Tag, markup


def add(browser: Browser, *files: bytes) -> httpx2.Response:
    """Send the form with which a letter is added."""
    chosen = [("files", (f"{number}.bin", file)) for number, file in enumerate(files)]
    nothing = ("camera", ("", b""))
    return browser.client.post(
        "/me/letters/add", data={"proof": browser.proof}, files=[nothing, *chosen]
    )


def added(browser: Browser, *files: bytes) -> str:
    """Add a letter, and return the address of its page."""
    answer = add(browser, *files)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def listed(browser: Browser) -> list[str]:
    """Return the addresses of the letters in the list."""
    links = [tag.attributes.get("href") or "" for tag in markup(browser.get("/me/letters")).tags]
    return [link for link in links if re.fullmatch(r"/me/letters/[0-9a-f-]{36}", link)]


def marks(page: httpx2.Response) -> list[Tag]:
    """Return what is marked on the pages of a letter."""
    return [tag for tag in markup(page).named("a") if _id(tag).startswith("mark-")]


def rows(page: httpx2.Response) -> dict[str, str]:
    """Return what is said of each value, by the id of its row."""
    found = markup(page).named("li")
    return {_id(tag): " ".join(tag.text.split()) for tag in found if _id(tag).startswith("value-")}


def _id(tag: Tag) -> str:
    return tag.attributes.get("id") or ""
