"""What holds for every page: strict, without script, and usable by everyone."""

from collections.abc import Callable
from itertools import pairwise

import httpx2
import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from tests.builders import OTHER_BSN, System
from tests.web.browser import Browser, Tag, agree, ask, markup
from web.app import ROUTERS

POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}


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
        "settings": browser.get("/me/settings?done=language"),
        "no address": browser.send("/me/settings/address", address="x"),
        "no mail code": browser.send("/me/settings/confirm", mail_code="x"),
        "calendar": browser.send("/me/settings/calendar", names="yes"),
        "no calendar": nobody.get("/calendar/nothing.ics"),
        "data": browser.get("/me/data"),
        "close": browser.get("/me/data/close"),
        "unsure": browser.send("/me/data/close"),
    }
    leaving = browse()
    leaving.log_in(OTHER_BSN)
    shown["closed"] = leaving.send("/me/data/close", sure="yes")
    for _ in range(5):
        shown["too many"] = browser.send("/me/sharing/request", code="2222-2222")
    return shown | {"logged out": browser.send("/logout")}


def test_every_page_keeps_to_the_rules(pages: dict[str, httpx2.Response]) -> None:
    broken = [
        f"{name}: {rule.__name__}"
        for name, page in pages.items()
        for rule in (
            answers_as_expected,
            has_its_headers,
            runs_nothing,
            says_what_it_is,
            has_landmarks,
            labels_every_field,
            has_no_id_twice,
            points_at_ids_that_exist,
            steps_down_one_heading_at_a_time,
            gives_a_next_step,
        )
        if not rule(page)
    ]

    assert len(pages) == 38
    assert broken == []


def answers_as_expected(page: httpx2.Response) -> bool:
    return page.status_code < 500 and page.headers["content-type"] == "text/html; charset=utf-8"


def has_its_headers(page: httpx2.Response) -> bool:
    parts = [part.split() for part in page.headers["content-security-policy"].split(";")]
    return (
        {name: values for name, *values in parts} == POLICY
        and page.headers["cache-control"] == "no-store"
        and page.headers["referrer-policy"] == "same-origin"
        and page.headers["x-content-type-options"] == "nosniff"
    )


def runs_nothing(page: httpx2.Response) -> bool:
    return not any(
        tag.name in {"script", "style", "iframe", "object"}
        or any(name.startswith("on") or name == "style" for name in tag.attributes)
        or (tag.attributes.get("href") or "").startswith(("javascript:", "http", "//"))
        for tag in markup(page).tags
    )


def says_what_it_is(page: httpx2.Response) -> bool:
    found = markup(page)
    (html,), (h1,) = found.named("html"), found.named("h1")
    title, *of_drawings = found.named("title")
    assert len(of_drawings) == len(found.named("svg"))
    return html.attributes["lang"] == "nl" and len(title.text) > 12 and bool(h1.text.strip())


def has_landmarks(page: httpx2.Response) -> bool:
    found = markup(page)
    (main,), first_link = found.named("main"), found.named("a")[0]
    one_each = len(found.named("header")) == len(found.named("footer")) == 1
    return one_each and first_link.attributes["href"] == f"#{main.attributes['id']}"


def labels_every_field(page: httpx2.Response) -> bool:
    found = markup(page)
    labels = {tag.attributes["for"] for tag in found.named("label") if tag.text.strip()}
    fields = [tag for tag in found.named("input") if tag.attributes.get("type") != "hidden"]
    return all(field.attributes.get("id") in labels for field in fields)


def has_no_id_twice(page: httpx2.Response) -> bool:
    ids = _ids(markup(page).tags)
    return len(ids) == len(set(ids))


def points_at_ids_that_exist(page: httpx2.Response) -> bool:
    tags = markup(page).tags
    pointed = [
        name
        for tag in tags
        for attribute in ("aria-describedby", "aria-labelledby", "for")
        for name in (tag.attributes.get(attribute) or "").split()
    ]
    anchors = [(tag.attributes.get("href") or "") for tag in tags if tag.name == "a"]
    return {*pointed, *(each[1:] for each in anchors if each.startswith("#"))} <= {*_ids(tags)}


def steps_down_one_heading_at_a_time(page: httpx2.Response) -> bool:
    levels = [int(tag.name[1]) for tag in markup(page).tags if tag.name in {"h1", "h2", "h3"}]
    return levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))


def gives_a_next_step(page: httpx2.Response) -> bool:
    steps = [
        tag
        for tag in markup(page).tags
        if (tag.name == "a" and "nl-button" in (tag.attributes.get("class") or "").split())
        or (tag.name == "button" and tag.attributes.get("class") != "plain")
    ]
    return bool(steps) and all(step.text.strip() for step in steps)


def _ids(tags: list[Tag]) -> list[str]:
    return [str(tag.attributes["id"]) for tag in tags if "id" in tag.attributes]


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
