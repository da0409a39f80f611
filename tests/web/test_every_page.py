"""What holds for every page: strict, without script, and usable by everyone."""

from collections.abc import Callable

import httpx2
import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from tests.builders import OTHER_BSN, System
from tests.web.browser import Browser, agree, ask, markup
from tests.web.page_rules import broken
from web.app import ROUTERS


@pytest.fixture
def pages(
    browser: Browser,
    browse: Callable[[], Browser],
    counsellor: System,
    connect: Callable[..., System],
    work: Callable[[], int],
) -> dict[str, httpx2.Response]:
    """Every page, and every page on which something went wrong."""
    sender = connect("Woningstichting De Wilg")
    letter = sender.deliver().json()["id"]
    work()
    waiting = sender.deliver().json()["id"]
    place = agree(browser, ask(counsellor))
    counsellor.get(f"/v1/consents/{place.rpartition('/')[2]}/overview")
    code = ask(counsellor)
    nobody = browse()
    shown = {
        "home": nobody.get("/"),
        "overview": browser.get("/me"),
        **of_letters(browser, letter, waiting),
        "debt": browser.get(link_to(browser.get("/me"), "/me/debts/")),
        "preview": browser.send(
            "/me/sharing/preview", code=code, days=30, permissions=["overview"]
        ),
        "what is seen": browser.get(f"{place}/preview"),
        "sharing": browser.get("/me/sharing"),
        "declined": browser.get("/me/sharing?done=declined"),
        "request": browser.send("/me/sharing/request", code=code),
        "consent": browser.get(f"{place}?done=granted"),
        "logbook": browser.get("/me/logbook"),
        "wrong code": browser.send("/me/sharing/request", code="2222-2222"),
        "mistakes": browser.send("/me/sharing/grant", code=code, days=30, letters_from="x"),
        "too wide": browser.send("/me/sharing/grant", code=code, days=999, permissions="letters"),
        "bad shape": browser.send("/me/sharing/grant", code=code, days="x"),
        "not ours": browser.client.post("/me/sharing/request"),
        "no consent": browser.get("/me/sharing/01890000-0000-7000-8000-000000000000"),
        "no page": browser.get("/me/nothing"),
        "no method": browser.get("/logout"),
        "too large": browser.send("/me/sharing/request", code="2" * 200_000),
        "login needed": nobody.client.post("/me/sharing/request"),
        "login failed": nobody.get("/login/arrive"),
        "ended": browser.get(browser.send(f"{place}/end").headers["location"]),
        **of_settings(browser, nobody),
    }
    leaving = browse()
    leaving.log_in(OTHER_BSN)
    shown["closed"] = leaving.send("/me/data/close", sure="yes")
    for _ in range(5):
        shown["too many"] = browser.send("/me/sharing/request", code="2222-2222")
    return shown | {"logged out": browser.send("/logout")}


def of_letters(browser: Browser, letter: str, waiting: str) -> dict[str, httpx2.Response]:
    return {
        "letters": browser.get("/me/letters"),
        "a letter": browser.get(f"/me/letters/{letter}?done=said"),
        "a letter that waits": browser.get(f"/me/letters/{waiting}?done=added"),
        "adding": browser.get("/me/letters/add"),
        "nothing added": browser.send("/me/letters/add"),
        "correcting": browser.get(f"/me/letters/{letter}/correct?field=outstanding"),
        "corrected": browser.get(
            browser.send(f"/me/letters/{letter}/correct", kind="disputed").headers["location"]
        ),
        "not clear": browser.send(f"/me/letters/{letter}/correct", field="outstanding"),
    }


def of_settings(browser: Browser, nobody: Browser) -> dict[str, httpx2.Response]:
    return {
        "settings": browser.get("/me/settings?done=language"),
        "no address": browser.send("/me/settings/address", address="x"),
        "no mail code": browser.send("/me/settings/confirm", mail_code="x"),
        "calendar": browser.send("/me/settings/calendar", names="yes"),
        "no calendar": nobody.get("/calendar/nothing.ics"),
        "data": browser.get("/me/data"),
        "close": browser.get("/me/data/close"),
        "unsure": browser.send("/me/data/close"),
    }


def link_to(page: httpx2.Response, begins: str) -> str:
    """Return the first link on a page that begins like this."""
    links = (str(tag.attributes.get("href")) for tag in markup(page).named("a"))
    return next(link for link in links if link.startswith(begins))


def test_every_page_keeps_to_the_rules(pages: dict[str, httpx2.Response]) -> None:
    assert len(pages) == 41
    assert broken(pages) == []


def test_the_stylesheet_may_be_kept_for_a_while(browser: Browser) -> None:
    sheet = browser.get("/static/letterbox.css")

    assert sheet.headers["content-type"].startswith("text/css")
    assert sheet.headers["cache-control"] == "public, max-age=600"
    assert "url(" not in sheet.text
    assert browser.get("/static/../app.py").status_code == 404
    assert browser.get("/static/%2e%2e/app.py").status_code == 404


@pytest.mark.parametrize("route", [each for router in ROUTERS for each in router.routes])
def test_every_page_of_a_citizen_is_shut_for_others(
    route: BaseRoute, browse: Callable[[], Browser]
) -> None:
    assert isinstance(route, APIRoute)
    assert route.methods
    if not route.path.startswith("/me"):
        return
    path = route.path.replace("{consentId}", "01890000-0000-7000-8000-000000000000")
    method = next(iter(route.methods))

    page = browse().client.request(method, path)

    assert page.status_code == (303 if method == "GET" else 401)
