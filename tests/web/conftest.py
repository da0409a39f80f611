"""A citizen at a browser, and a counsellor who asks."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.builders import System
from tests.conftest import PUBLIC_URL
from tests.web.browser import Browser
from tests.web.office import Office


@pytest.fixture
def browse(client: TestClient) -> Callable[[], Browser]:
    """Open a browser with no cookies in it."""

    def opened() -> Browser:
        return Browser(
            TestClient(
                client.app,
                base_url=PUBLIC_URL,
                raise_server_exceptions=False,
                follow_redirects=False,
            )
        )

    return opened


@pytest.fixture
def browser(browse: Callable[[], Browser]) -> Browser:
    """A browser in which a citizen is logged in."""
    opened = browse()
    opened.log_in()
    return opened


@pytest.fixture
def counsellor(connect: Callable[..., System]) -> System:
    return connect("Gemeente Veldwijk")


@pytest.fixture
def office(browse: Callable[[], Browser]) -> Callable[[], Office]:
    """Open a browser with no cookies in it, at the door for people at work."""
    return lambda: Office(browse().client)


@pytest.fixture
def dentist(connect: Callable[..., System]) -> System:
    return connect("Tandarts Kiezel", scopes=("letters.deliver",))


@pytest.fixture
def mien(office: Callable[[], Office], dentist: System) -> Office:
    """An assistant of Tandarts Kiezel who is logged in."""
    opened = office()
    opened.log_in_for(dentist.organisation, "Mien Tolsma")
    return opened
