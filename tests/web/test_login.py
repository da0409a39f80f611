"""Logging in and out, and every way it may go wrong."""

from collections.abc import Callable

import httpx2
import pytest
from sqlalchemy import Engine, text

from letterbox.people.visits import IDLE, LONGEST_VISIT
from tests.builders import OTHER_BSN
from tests.fakes import FakeClock
from tests.web.browser import COOKIE, Browser, markup, words

Browse = Callable[[], Browser]


class TestLoggingIn:
    def test_goes_by_the_login_provider_to_the_overview(self, browse: Browse) -> None:
        browser = browse()

        away = browser.get("/me")
        departure = browser.get(away.headers["location"])
        arrival = browser.get("/login/arrive", params={"code": OTHER_BSN, "state": "S"})

        assert away.headers["location"] == "/login?next=/me"
        assert departure.headers["location"] == "https://login.example/authorize?state=S"
        assert arrival.headers["location"] == "/me"
        assert browser.get("/me").status_code == 200

    def test_claims_the_mailbox_once(self, browse: Browse, owner: Engine) -> None:
        browse().log_in()
        browse().log_in()

        with owner.begin() as connection:
            claimed = connection.scalars(text("SELECT claimed_at FROM mailboxes")).all()
        page = words(_logged_in(browse).get("/me/logbook"))
        assert len(claimed) == 1
        assert claimed[0] is not None
        assert page.count("U logde voor het eerst in.") == 1

    def test_keeps_the_cookie_from_scripts_other_sites_and_subdomains(self, browse: Browse) -> None:
        cookies = browse().log_in().headers.get_list("set-cookie")

        (cookie,) = [each for each in cookies if each.startswith(f"{COOKIE}=")]
        token, *attributes = cookie.split("; ")
        assert len(token.partition("=")[2]) >= 43
        assert {each.lower() for each in attributes} == {
            "httponly",
            "path=/",
            "samesite=lax",
            "secure",
        }

    def test_keeps_no_token_in_the_database(self, browser: Browser, owner: Engine) -> None:
        with owner.begin() as connection:
            kept = connection.scalars(text("SELECT token_hash FROM visits")).all()

        assert len(kept) == 1
        assert browser.token not in kept

    def test_goes_on_to_the_page_with_the_code(self, browse: Browse) -> None:
        browser = browse()

        away = browser.get("/me/sharing?code=7KQM-P2XD")
        browser.get(away.headers["location"])
        arrival = browser.get("/login/arrive", params={"code": OTHER_BSN, "state": "S"})

        assert arrival.headers["location"] == "/me/sharing?code=7KQM-P2XD"

    @pytest.mark.parametrize(
        "wish",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "me",
            "",
            "/me\r\nSet-Cookie: a=b",
            "/" + "a" * 600,
        ],
    )
    def test_never_leads_to_another_site(self, browse: Browse, wish: str) -> None:
        assert browse().log_in(wish=wish).headers["location"] == "/me"

    def test_takes_a_fresh_token_and_ends_the_visit_before(self, browser: Browser) -> None:
        planted = browser.token
        assert planted is not None

        browser.log_in(OTHER_BSN)

        assert browser.token not in (None, planted)
        browser.client.cookies.clear()
        thief = browser.get("/me", headers={"cookie": f"{COOKIE}={planted}"})
        assert thief.status_code == 303

    def test_ignores_a_token_that_was_planted(self, browse: Browse) -> None:
        browser = browse()
        browser.client.cookies.set(COOKIE, "planted", domain="letterbox.example")

        browser.log_in()

        assert browser.token != "planted"


class TestLoggingInThatFails:
    @pytest.mark.parametrize(
        "answer",
        [
            {"code": OTHER_BSN, "state": "another"},
            {"code": OTHER_BSN, "state": ""},
            {"code": OTHER_BSN},
            {"code": "refused", "state": "S"},
            {"code": "12345", "state": "S"},
            {"error": "access_denied", "state": "S"},
            {},
        ],
    )
    def test_says_what_to_do_and_lets_nobody_in(
        self, browse: Browse, answer: dict[str, str]
    ) -> None:
        browser = browse()
        browser.get("/login?next=/me/sharing")

        arrival = browser.get("/login/arrive", params=answer)

        assert arrival.status_code == 401
        assert "Inloggen is niet gelukt" in words(arrival)
        assert "/login?next=%2Fme%2Fsharing" in [
            tag.attributes["href"] for tag in markup(arrival).named("a")
        ]
        assert browser.token is None

    def test_needs_the_cookie_of_the_departure(self, browse: Browse) -> None:
        arrival = browse().get("/login/arrive", params={"code": OTHER_BSN, "state": "S"})

        assert arrival.status_code == 401

    def test_waits_ten_minutes_at_most(self, browse: Browse, clock: FakeClock) -> None:
        browser = browse()
        browser.get("/login")
        clock.advance(minutes=10)

        arrival = browser.get("/login/arrive", params={"code": OTHER_BSN, "state": "S"})

        assert arrival.status_code == 401


class TestAVisit:
    def test_ends_when_nothing_happens(self, browser: Browser, clock: FakeClock) -> None:
        clock.now += IDLE

        assert browser.get("/me").status_code == 303

    def test_goes_on_while_something_happens(self, browser: Browser, clock: FakeClock) -> None:
        for _ in range(3):
            clock.advance(minutes=14)
            assert browser.get("/me").status_code == 200

    def test_ends_after_a_day_of_work_whatever_happens(
        self, browser: Browser, clock: FakeClock
    ) -> None:
        started = clock.now
        while clock.now < started + LONGEST_VISIT:
            assert browser.get("/me").status_code == 200
            clock.advance(minutes=10)

        assert browser.get("/me").status_code == 303

    def test_that_ended_keeps_the_code_that_was_typed(
        self, browser: Browser, clock: FakeClock
    ) -> None:
        proof = browser.proof
        clock.now += IDLE

        fields = {"proof": proof, "code": "7kqm p2xd"}
        page = browser.client.post("/me/sharing/request", data=fields)

        (link,) = [tag for tag in markup(page).named("a") if tag.text == "Opnieuw inloggen"]
        arrival = _through_login(browser, link.attributes["href"] or "")
        assert page.status_code == 401
        assert arrival.headers["location"] == "/me/sharing?code=7kqm+p2xd"

    @pytest.mark.parametrize(
        ("came_from", "leads_to"),
        [
            ("https://letterbox.example/me/settings?done=code", "/me/settings"),
            ("https://evil.example//evil.example/x", "/me"),
            ("", "/me"),
        ],
    )
    def test_that_ended_leads_back_to_the_page_with_the_form(
        self, browser: Browser, clock: FakeClock, came_from: str, leads_to: str
    ) -> None:
        proof = browser.proof
        clock.now += IDLE

        page = browser.client.post(
            "/me/settings/notices", data={"proof": proof}, headers={"Referer": came_from}
        )

        (link,) = [tag for tag in markup(page).named("a") if tag.text == "Opnieuw inloggen"]
        arrival = _through_login(browser, link.attributes["href"] or "")
        assert arrival.headers["location"] == leads_to


class TestLoggingOut:
    def test_is_for_good_also_with_the_back_button(self, browser: Browser) -> None:
        token = browser.token
        page = browser.send("/logout")

        browser.client.cookies.clear()
        back = browser.get("/me", headers={"cookie": f"{COOKIE}={token}"})

        assert "U bent uitgelogd" in words(page)
        assert f'{COOKIE}=""' in page.headers["set-cookie"]
        assert back.status_code == 303
        assert page.headers["cache-control"] == "no-store"

    def test_twice_says_the_same(self, browse: Browse) -> None:
        assert "U bent uitgelogd" in words(browse().client.post("/logout"))

    def test_is_not_done_by_another_site(self, browser: Browser) -> None:
        assert browser.client.post("/logout", data={"proof": "forged"}).status_code == 403
        assert browser.get("/me").status_code == 200


def _logged_in(browse: Browse) -> Browser:
    browser = browse()
    browser.log_in()
    return browser


def _through_login(browser: Browser, address: str) -> httpx2.Response:
    browser.get(address)
    return browser.get("/login/arrive", params={"code": OTHER_BSN, "state": "S"})
