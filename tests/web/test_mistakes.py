"""Pages when things go wrong: what happened, and what to do."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from letterbox import access
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import Departure, Supplies
from runtime.app import create_app
from tests.builders import BSN
from tests.conftest import PUBLIC_URL
from tests.fakes import FakeLogin
from tests.web.browser import Browser, words


class ClosedLogin(FakeLogin):
    """A login provider that does not answer."""

    def depart(self) -> Departure:
        raise Unavailable("The login provider does not answer.")


@pytest.mark.parametrize("path", ["/nothing", "/me/", "/login/", "/static/nothing.css"])
def test_an_address_that_does_not_exist_gets_a_page(browser: Browser, path: str) -> None:
    page = browser.get(path)

    assert page.status_code == 404
    assert "Deze pagina is er niet" in words(page)


def test_the_wrong_method_gets_a_page(browser: Browser) -> None:
    page = browser.get("/logout")

    assert page.status_code == 405
    assert page.headers["allow"] == "POST"
    assert "Deze pagina kunt u zo niet openen" in words(page)


def test_a_login_provider_that_is_down_asks_for_patience(supplies: Supplies) -> None:
    client = TestClient(create_app(replace(supplies, login=ClosedLogin())), base_url=PUBLIC_URL)

    page = client.get("/login")

    assert page.status_code == 503
    assert page.headers["retry-after"] == "30"
    assert "Even geduld" in words(page)


@pytest.mark.parametrize(
    ("failure", "status", "said"),
    [
        (OperationalError("SELECT 1", {}, Exception("gone")), 503, "Even geduld"),
        (RuntimeError("Yara Boonstra owes 634.18"), 500, "Dit ligt niet aan u."),
    ],
)
def test_a_failure_of_ours_says_so_and_nothing_more(
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
    status: int,
    said: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr("web.overview.show_overview", fail)

    page = browser.get("/me")

    assert page.status_code == status
    assert said in words(page)
    assert "Boonstra" not in page.text + caplog.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src")


def test_a_failure_keeps_nothing(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("web.overview.show_overview", fail)
        browser.get("/me")

    assert "U bekeek uw overzicht." not in words(browser.get("/me/logbook"))


def test_a_closed_mailbox_has_nobody_in_it(browser: Browser, supplies: Supplies) -> None:
    with supplies.sessions.begin() as session:
        mailbox_id = access.mailbox_for(session, supplies.keys, BSN, now=supplies.clock())
        operator = access.OperatorViewer(mailbox_id)
        access.close_mailbox(session, supplies.keys, operator, now=supplies.clock())

    assert browser.get("/me").status_code == 303
