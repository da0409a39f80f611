"""The house as people meet it: a real web server, a real login provider, a real browser."""

import os
import shutil
import socket
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from connectors.login_provider import LoginProvider, StaffLoginProvider
from letterbox.shared.ports import Supplies
from runtime.app import create_app
from tests.builders import BSN, OTHER_BSN, System
from tests.journeys.person import Person

with warnings.catch_warnings():
    # It warns of its own libraries when it is imported.
    warnings.simplefilter("ignore")
    from oidc_provider_mock import User, run_server_in_thread

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NO_CHROMIUM = "Chromium is missing. Install it: apt-get install chromium (Debian, Ubuntu)"
PICTURES = Path("var/failed-pages")
"""Where the last page of a journey that failed is kept."""

Meet = Callable[..., Person]
Employ = Callable[[System, str], str]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        # In CI a page that nobody looked at must not pass for one that works.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone, with a citizen who speaks Dutch."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture
def meet(chromium: Browser, open_house: Supplies, request: pytest.FixtureRequest) -> Iterator[Meet]:
    """Meet people, each with a browser of their own; keep a picture of where a journey failed."""
    met: list[Person] = []

    def someone(language: str = "nl", *, width: int = 390) -> Person:
        viewport = {"width": width, "height": 844}
        context = chromium.new_context(viewport=viewport, accept_downloads=True)  # type: ignore[arg-type]
        person = Person(context.new_page(), open_house.public_url, language)
        met.append(person)
        return person

    yield someone
    failed = getattr(request.node, "failed", False)
    for number, person in enumerate(met):
        if failed:
            PICTURES.mkdir(parents=True, exist_ok=True)
            person.page.screenshot(
                path=PICTURES / f"{request.node.name}-{number}.png", full_page=True
            )
        person.page.context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report


@pytest.fixture
def provider() -> Iterator[str]:
    """A login provider that knows two citizens; people at work are made known to it."""
    citizens = [User(sub=BSN), User(sub=OTHER_BSN)]
    with run_server_in_thread(user_claims=citizens) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def employ(provider: str) -> Employ:
    """Make someone known to the login provider as working somewhere; return their log-in."""

    def known(employer: System, name: str) -> str:
        log_in = f"{name.split()[-1].lower()}@{employer.organisation.number}.example"
        claims = {"organisation_number": employer.organisation.number, "name": name}
        httpx2.put(f"{provider}/users/{log_in}", json=claims).raise_for_status()
        return log_in

    return known


@pytest.fixture
def open_house(supplies: Supplies, provider: str) -> Iterator[Supplies]:
    """The house with its doors open on a port of its own, and a login provider beside it."""
    port = _free_port()
    url = f"http://localhost:{port}"
    known_as = (provider, "letterbox", "any will do")
    login = LoginProvider(*known_as, f"{url}/login/arrive", claim="sub")
    staff_login = StaffLoginProvider(
        *known_as,
        f"{url}/office/login/arrive",
        organisation_claim="organisation_number",
        name_claim="name",
    )
    opened = replace(supplies, login=login, staff_login=staff_login, public_url=url)
    with _serving(opened, port):
        yield opened


@contextmanager
def _serving(supplies: Supplies, port: int) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(create_app(supplies), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
