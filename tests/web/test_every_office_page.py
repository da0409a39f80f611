"""What holds for every page of people at work: the same as for the pages of citizens."""

from collections.abc import Callable

import httpx2
import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from tests.builders import System
from tests.web.browser import Browser, agree, ask
from tests.web.office import Office
from tests.web.page_rules import broken
from web.app import ROUTERS

AN_ID = "01890000-0000-7000-8000-000000000000"


@pytest.fixture
def pages(
    browser: Browser,
    browse: Callable[[], Browser],
    office: Callable[[], Office],
    counsellor: System,
    connect: Callable[..., System],
    work: Callable[[], int],
) -> dict[str, httpx2.Response]:
    """Every page of a counsellor, and every page on which something went wrong."""
    letter = connect("Woningstichting De Wilg").deliver().json()["id"]
    work()
    okafor, other, nobody = office(), office(), office()
    okafor.log_in_for(counsellor.organisation)
    other.log_in_for(connect("Zonder", scopes=()).organisation)
    place = agree(browser, ask(counsellor)).replace("/me/sharing/", "/office/clients/")
    asked = okafor.send(
        "/office/requests/new",
        purpose="Samen een overzicht maken.",
        permissions="overview",
        days=30,
        name="S. Okafor",
        role="hulpverlener",
    ).headers["location"]
    shown = {
        "choice": okafor.get("/office"),
        "nothing to do": other.get("/office"),
        "clients": okafor.get("/office/clients"),
        "all clients": okafor.get("/office/clients?who=all"),
        "client": okafor.get(place),
        "letters": okafor.get(f"{place}/letters"),
        "letter": okafor.get(f"{place}/letters/{letter}"),
        "new request": okafor.get("/office/requests/new"),
        "mistakes": okafor.send("/office/requests/new", purpose="x"),
        "code": okafor.get(asked),
        "login failed": nobody.get("/office/login/arrive"),
        "login needed": nobody.client.post("/office/requests/new"),
        "no scope": other.get("/office/clients"),
        "consent over": okafor.get(f"/office/clients/{AN_ID}"),
        "no request": okafor.get(f"/office/requests/{AN_ID}"),
        "no page": okafor.get("/office/nothing"),
        "not ours": okafor.client.post("/office/requests/new"),
    }
    okafor.client.cookies.delete("__Host-letterbox-code")
    shown["without the code"] = okafor.get(asked)
    browser.send(place.replace("/office/clients/", "/me/sharing/") + "/end")
    shown["ended"] = okafor.get("/office/clients")
    return shown | {"logged out": okafor.send("/office/logout")}


def test_every_page_keeps_to_the_rules(pages: dict[str, httpx2.Response]) -> None:
    assert len(pages) == 20
    assert broken(pages) == []


@pytest.mark.parametrize("route", [each for router in ROUTERS for each in router.routes])
def test_every_page_at_work_is_shut_for_others(
    route: BaseRoute, browse: Callable[[], Browser], browser: Browser
) -> None:
    assert isinstance(route, APIRoute)
    assert route.methods
    if not route.path.startswith("/office") or "/log" in route.path:
        return
    path = route.path.replace("{ending}", "pdf").replace("{pageNumber}", "1")
    for name in ("consentId", "letterId", "requestId"):
        path = path.replace(f"{{{name}}}", AN_ID)
    method = next(iter(route.methods))

    for somebody in (browse(), browser):
        page = somebody.client.request(method, path)
        assert page.status_code == (303 if method == "GET" else 401)
        assert page.headers.get("location", "/office/login").startswith("/office/login")
