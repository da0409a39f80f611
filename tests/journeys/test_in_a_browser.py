"""What a citizen does on a phone, in a real browser: share, see who looked, stop."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from letterbox.shared.ports import Supplies
from tests.builders import BSN, System

# The login provider is older than the library it stands on.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

ASKED = {
    "purpose": "Samen een overzicht van uw schulden maken.",
    "permissions": ["overview", "letters"],
    "days": 120,
    "counsellor": {"name": "S. Okafor", "role": "schuldhulpverlener"},
}


@pytest.fixture
def sender(connect: Callable[..., System], work: Callable[[], int]) -> System:
    sender = connect("De Wilg")
    sender.deliver()
    work()
    return sender


@pytest.fixture
def counsellor(connect: Callable[..., System], sender: System) -> System:
    return connect("Schuldhulp Zuid")


def log_in(page: Page, supplies: Supplies, path: str = "/me") -> None:
    page.goto(f"{supplies.public_url}{path}")
    page.get_by_role("button", name=BSN).click()


def asked_code(counsellor: System) -> tuple[str, str]:
    asked = counsellor.post("/v1/consent-requests", json=ASKED).json()
    return asked["id"], asked["code"]


class TestACitizen:
    def test_sees_the_debt_that_a_letter_told_of(
        self, page: Page, open_house: Supplies, sender: System
    ) -> None:
        log_in(page, open_house)

        expect(page.get_by_role("heading", level=1)).to_have_text("Mijn overzicht")
        expect(page.locator("main")).to_contain_text("€ 634,18")

    def test_shares_sees_who_looked_and_stops(
        self, page: Page, open_house: Supplies, counsellor: System
    ) -> None:
        request_id, code = asked_code(counsellor)
        log_in(page, open_house, f"/me/sharing?code={code}")
        expect(page.locator("main")).to_contain_text("S. Okafor")
        page.get_by_label("Uw brieven lezen").uncheck()
        page.get_by_role("button", name="Ja, ik deel dit").click()

        consent_id = counsellor.get(f"/v1/consent-requests/{request_id}").json()["consentId"]
        seen = counsellor.get(f"/v1/consents/{consent_id}/overview").json()
        assert seen["totals"]["outstanding"] == "634.18"
        assert seen["consent"]["permissions"] == ["overview"]

        page.goto(f"{open_house.public_url}/me/sharing/{consent_id}")
        expect(page.locator("main")).to_contain_text("bekeek uw overzicht")
        page.get_by_role("button", name=re.compile("stop", re.IGNORECASE)).click()
        expect(page.locator("main")).to_contain_text(re.compile("gestopt", re.IGNORECASE))
        assert counsellor.get(f"/v1/consents/{consent_id}/overview").status_code == 404

    def test_shows_nothing_any_more_after_logging_out(
        self, page: Page, open_house: Supplies, sender: System
    ) -> None:
        log_in(page, open_house)
        expect(page.locator("main")).to_contain_text("634,18")
        page.get_by_role("button", name="Uitloggen").click()
        # Going back while the next page is still coming fails in Chromium, not in Letterbox.
        expect(page.get_by_role("heading", level=1)).to_have_text("U bent uitgelogd")
        page.go_back()
        page.reload()

        expect(page.locator("body")).not_to_contain_text("634,18")

    def test_fits_on_the_narrowest_phone(
        self, page: Page, open_house: Supplies, counsellor: System
    ) -> None:
        _, code = asked_code(counsellor)
        page.set_viewport_size({"width": 320, "height": 640})
        log_in(page, open_house, f"/me/sharing?code={code}")

        for path in ("/me", "/me/sharing", f"/me/sharing?code={code}", "/me/logbook"):
            page.goto(f"{open_house.public_url}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
