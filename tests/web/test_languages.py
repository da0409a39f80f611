"""Choosing the language of the pages."""

import pytest

from tests.builders import System
from tests.web.browser import Browser, agree, ask, markup, words
from web.languages import COOKIE, LANGUAGES


def language_of(browser: Browser, path: str = "/me") -> str | None:
    return markup(browser.get(path)).named("html")[0].attributes["lang"]


class TestAPage:
    def test_is_in_dutch_at_first(self, browser: Browser) -> None:
        assert language_of(browser) == "nl"
        assert "Mijn overzicht" in words(browser.get("/me"))

    def test_leads_to_the_other_language_and_back_to_itself(self, browser: Browser) -> None:
        page = browser.get("/me/sharing?done=declined")
        (link,) = [tag for tag in markup(page).named("a") if tag.attributes.get("lang") == "en"]

        answer = browser.get(str(link.attributes["href"]))

        assert answer.status_code == 303
        assert answer.headers["location"] == "/me/sharing?done=declined"
        assert language_of(browser) == "en"
        assert "You said no." in words(browser.get("/me/sharing?done=declined"))

    def test_says_amounts_and_days_as_its_language_does(
        self, browser: Browser, counsellor: System
    ) -> None:
        browser.get("/language?to=en")
        place = agree(browser, ask(counsellor))

        assert "until" in words(browser.get(f"{place}?done=granted")).lower()
        assert "March 2026" in words(browser.get(place))

    def test_keeps_the_code_when_the_language_changes(
        self, browser: Browser, counsellor: System
    ) -> None:
        code = ask(counsellor)
        page = browser.send("/me/sharing/request", code=code)
        (link,) = [tag for tag in markup(page).named("a") if tag.attributes.get("lang") == "en"]

        back = browser.get(str(link.attributes["href"])).headers["location"]

        assert "would like to look" in words(browser.get(back))


class TestTheChoice:
    @pytest.mark.parametrize("wish", ["//evil.example", "https://evil.example", "/\\evil"])
    def test_leads_nowhere_else(self, browser: Browser, wish: str) -> None:
        answer = browser.get("/language", params={"to": "en", "next": wish})

        assert answer.headers["location"] in {"/", "/me"}

    def test_of_an_unknown_language_changes_nothing(self, browser: Browser) -> None:
        assert "set-cookie" not in browser.get("/language?to=xx").headers

    def test_is_kept_by_the_browser_alone(self, browser: Browser) -> None:
        cookie = browser.get("/language?to=en").headers["set-cookie"]

        assert cookie.startswith(f"{COOKIE}=en;")
        assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"))

    def test_spoilt_in_the_browser_is_dutch(self, browser: Browser) -> None:
        browser.client.cookies.set(COOKIE, "../../etc/passwd")

        assert language_of(browser, "/") == "nl"


def test_every_language_has_its_own_name() -> None:
    assert LANGUAGES["nl"] == "Nederlands"
    assert LANGUAGES["en"] == "English"
