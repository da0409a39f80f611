"""A citizen and a counsellor, from the first log-in to the end of a consent, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from letterbox.shared.ports import Supplies
from tests.builders import System
from tests.journeys.conftest import Meet
from tests.web.browser import ask
from web.languages import LANGUAGES

# The login provider is older than the library it stands on.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def counsellor(connect: Callable[..., System], work: Callable[[], int]) -> System:
    """A counselling organisation, and a citizen with one debt."""
    connect("De Wilg").deliver()
    work()
    return connect("Schuldhulp Zuid")


@in_both_languages
class TestACitizen:
    def test_previews_narrows_shares_sees_who_looked_and_stops(
        self, meet: Meet, counsellor: System, language: str
    ) -> None:
        citizen = meet(language)
        citizen.logs_in()
        citizen.reads("634")
        citizen.follows("Laat een hulpverlener meekijken")
        citizen.field("Code").fill(ask(counsellor))
        citizen.presses("Bekijk het verzoek")
        citizen.reads("S. Okafor")
        citizen.page.get_by_role("checkbox", name=citizen.says("uw brieven lezen")).uncheck()
        citizen.presses("Bekijk eerst wat %(who)s ziet", who="S. Okafor")
        citizen.sees("De brieven zelf zijn niet te lezen.")
        citizen.presses("Terug naar de keuzes")
        box = citizen.page.get_by_role("checkbox", name=citizen.says("uw brieven lezen"))
        expect(box).not_to_be_checked()
        citizen.presses("Ja, ik deel dit")
        citizen.sees(
            "Gelukt. %(name)s mag nu meekijken. U hoeft verder niets te doen.",
            name="Schuldhulp Zuid",
        )
        place = citizen.page.url.partition("?")[0]
        consent_id = place.rpartition("/")[2]

        seen = counsellor.get(f"/v1/consents/{consent_id}/overview").json()
        assert seen["totals"]["outstanding"] == "634.18"
        assert seen["consent"]["permissions"] == ["overview"]

        citizen.page.goto(place)
        citizen.sees("%(who)s bekeek uw overzicht.", who="Schuldhulp Zuid")
        citizen.presses("Stop met delen")
        citizen.sees("Gestopt. %(name)s ziet vanaf nu niets meer.", name="Schuldhulp Zuid")
        assert counsellor.get(f"/v1/consents/{consent_id}/overview").status_code == 404

    def test_gets_no_hint_for_a_wrong_code_and_may_not_go_on_guessing(
        self, meet: Meet, counsellor: System, language: str
    ) -> None:
        citizen = meet(language)
        citizen.logs_in(path="/me/sharing")
        for _ in range(5):
            citizen.field("Code").fill("2222-2222")
            citizen.presses("Bekijk het verzoek")
            expect(citizen.field("Code")).to_have_value("2222-2222")
            assert citizen.page.title().startswith(citizen.says("Fout:"))
        citizen.field("Code").fill(ask(counsellor))
        citizen.presses("Bekijk het verzoek")

        citizen.sees("U heeft te veel codes geprobeerd")
        citizen.does_not_read("Okafor")

    def test_shows_nothing_any_more_after_logging_out(
        self, meet: Meet, counsellor: System, language: str
    ) -> None:
        citizen = meet(language)
        citizen.logs_in()
        citizen.reads("634")
        citizen.presses("Uitloggen")
        citizen.sees("U bent uitgelogd")
        citizen.page.go_back()

        citizen.does_not_read("634")

    def test_does_everything_by_keyboard(
        self, meet: Meet, counsellor: System, language: str
    ) -> None:
        citizen = meet(language)
        citizen.logs_in(path=f"/me/sharing?code={ask(counsellor)}")
        citizen.page.keyboard.press("Tab")
        skip = citizen.page.evaluate("document.activeElement.getAttribute('href')")
        assert skip == "#main"
        citizen.page.keyboard.press("Enter")
        for _ in range(40):
            citizen.page.keyboard.press("Tab")
            name = citizen.page.evaluate("document.activeElement.textContent.trim()")
            if name == citizen.says("Ja, ik deel dit"):
                break
        outline = citizen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        citizen.page.keyboard.press("Enter")

        citizen.sees(
            "Gelukt. %(name)s mag nu meekijken. U hoeft verder niets te doen.",
            name="Schuldhulp Zuid",
        )


class TestTwoTabs:
    def test_agreeing_in_both_makes_one_consent(
        self, meet: Meet, counsellor: System, open_house: Supplies
    ) -> None:
        citizen, path = meet(), f"/me/sharing?code={ask(counsellor)}"
        citizen.logs_in(path=path)
        other = citizen.page.context.new_page()
        other.goto(f"{open_house.public_url}{path}")
        citizen.presses("Ja, ik deel dit")
        citizen.reads("Schuldhulp Zuid")
        other.get_by_role("button", name="Ja, ik deel dit").click()

        expect(other.locator("main")).to_contain_text("Deze code werkt niet.")
        assert len(counsellor.get("/v1/consents").json()["consents"]) == 1

    def test_logging_out_in_one_stops_the_other(
        self, meet: Meet, counsellor: System, open_house: Supplies
    ) -> None:
        citizen, path = meet(), f"/me/sharing?code={ask(counsellor)}"
        citizen.logs_in(path=path)
        other = citizen.page.context.new_page()
        other.goto(f"{open_house.public_url}/me")
        other.get_by_role("button", name="Uitloggen").click()
        citizen.presses("Ja, ik deel dit")

        citizen.sees("U bent uitgelogd")
        assert counsellor.get("/v1/consents").json()["consents"] == []
