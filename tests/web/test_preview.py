"""Before and after agreeing: a citizen sees what the other will see."""

from collections.abc import Callable

import pytest

from tests.builders import DEMAND, System
from tests.web.browser import Browser, agree, ask, markup, words

WATER = DEMAND.replace("Woningstichting De Wilg", "Waterbedrijf Klaarbeek").replace(
    "HU-2026-0417", "WK-88-1200"
)


@pytest.fixture
def two_debts(connect: Callable[..., System], work: Callable[[], int]) -> None:
    connect("Woningstichting De Wilg").deliver()
    connect("Waterbedrijf Klaarbeek").deliver(WATER)
    work()


class TestAPreview:
    def test_shows_who_will_see_what_until_when(
        self, browser: Browser, counsellor: System, two_debts: None
    ) -> None:
        page = browser.send(
            "/me/sharing/preview", code=ask(counsellor), days=30, permissions=["overview"]
        )

        said = words(page)
        assert "Zo ziet S. Okafor uw overzicht" in said
        assert "Dan mag Gemeente Veldwijk dit zien tot 31 maart 2026" in said
        assert "De brieven zelf zijn niet te lezen." in said
        assert "Samen nog open € 1.268,36 2 schulden" in said

    def test_hides_what_is_left_out(
        self, browser: Browser, counsellor: System, two_debts: None
    ) -> None:
        page = browser.send(
            "/me/sharing/preview",
            code=ask(counsellor),
            days=30,
            permissions=["overview"],
            left_out=["Waterbedrijf Klaarbeek"],
        )

        (main,) = markup(page).named("main")
        assert "Woningstichting De Wilg" in main.text
        assert "Klaarbeek" not in main.text

    def test_is_what_the_counsellor_gets(
        self, browser: Browser, counsellor: System, two_debts: None
    ) -> None:
        choice = {"days": 30, "left_out": ["Waterbedrijf Klaarbeek"]}
        code = ask(counsellor)
        before = words(
            browser.send("/me/sharing/preview", code=code, permissions=["overview"], **choice)
        )
        place = agree(browser, code, **choice)

        after = words(browser.get(f"{place}/preview"))
        pulled = counsellor.get(f"/v1/consents/{place.rpartition('/')[2]}/overview").json()

        assert pulled["totals"]["outstanding"] == "634.18"
        assert "Samen nog open € 634,18 1 schuld" in before
        assert "Samen nog open € 634,18 1 schuld" in after

    def test_grants_nothing(self, browser: Browser, counsellor: System, two_debts: None) -> None:
        code = ask(counsellor)

        browser.send("/me/sharing/preview", code=code, days=30, permissions=["overview"])

        assert "U deelt uw overzicht nog met niemand" in words(browser.get("/me/sharing"))
        assert browser.send("/me/sharing/request", code=code).status_code == 200

    def test_leads_back_to_the_choices_as_they_were(
        self, browser: Browser, counsellor: System, two_debts: None
    ) -> None:
        code = ask(counsellor)
        chosen = {
            "days": "30",
            "left_out": ["Waterbedrijf Klaarbeek"],
            "letters_from": "2026-02-01",
        }
        page = browser.send("/me/sharing/preview", code=code, permissions=["overview"], **chosen)
        carried: dict[str, object] = {}
        for tag in markup(page).named("input"):
            if tag.attributes.get("type") == "hidden" and tag.attributes["name"] != "proof":
                carried.setdefault(str(tag.attributes["name"]), []).append(tag.attributes["value"])  # type: ignore[attr-defined]

        back = markup(browser.send("/me/sharing/request", **carried))

        ticked = {
            tag.attributes["value"] for tag in back.named("input") if "checked" in tag.attributes
        }
        assert ticked == {"overview", "30", "Waterbedrijf Klaarbeek"}
        assert {"2026-02-01"} == {
            tag.attributes["value"]
            for tag in back.named("input")
            if tag.attributes["name"] == "letters_from"
        }

    def test_names_a_mistake_as_agreeing_would(self, browser: Browser, counsellor: System) -> None:
        page = browser.send("/me/sharing/preview", code=ask(counsellor), days=30)

        assert page.status_code == 400
        assert "Kies ten minste één" in words(page)

    def test_counts_a_wrong_code(self, browser: Browser) -> None:
        answers = [
            browser.send("/me/sharing/preview", code="2222-2222", days=30, permissions=["overview"])
            for _ in range(6)
        ]

        assert [each.status_code for each in answers] == [400] * 5 + [429]

    def test_of_a_consent_ends_with_it(self, browser: Browser, counsellor: System) -> None:
        place = agree(browser, ask(counsellor))
        browser.send(f"{place}/end")

        assert browser.get(f"{place}/preview").status_code == 404
