"""With whom a citizen shares, and what the logbook tells about it."""

from collections.abc import Callable

import pytest

from letterbox.consent.rules import ConsentStatus, Permission
from letterbox.debts.facts import DebtStatus
from letterbox.letters.rules import Status
from letterbox.logbook.rules import Act, ActorKind, Entry
from letterbox.overview.urgency import Severity
from letterbox.shared.kinds import Kind
from tests.builders import System
from tests.fakes import NOON, FakeClock
from tests.web.browser import Browser, agree, ask, words
from web.pages import vocabulary


class TestTheList:
    def test_says_when_nobody_looks_along(self, browser: Browser) -> None:
        assert "Niemand. U deelt uw overzicht nog met niemand." in words(browser.get("/me/sharing"))

    def test_says_how_often_and_when_somebody_looked(
        self, browser: Browser, counsellor: System, clock: FakeClock
    ) -> None:
        consent_id = agree(browser, ask(counsellor)).rpartition("/")[2]
        before = words(browser.get("/me/sharing"))
        for _ in range(2):
            clock.advance(minutes=5)
            counsellor.get(f"/v1/consents/{consent_id}/overview")

        after = words(browser.get("/me/sharing"))

        assert "Gekeken Nog niet" in before
        assert "Gekeken 2 keer, het laatst op 1 maart 2026 om 13.10 uur" in after
        assert "Mag nu meekijken" in after

    def test_says_what_is_over(
        self, browse: Callable[[], Browser], counsellor: System, clock: FakeClock
    ) -> None:
        browser = browse()
        browser.log_in()
        agree(browser, ask(counsellor), days=30)
        clock.advance(days=30)
        browser.log_in()

        assert "Afgelopen" in words(browser.get("/me/sharing"))


class TestOneConsent:
    def test_lists_every_look(self, browser: Browser, counsellor: System, clock: FakeClock) -> None:
        place = agree(browser, ask(counsellor))
        clock.advance(minutes=3)
        counsellor.get(f"/v1/consents/{place.rpartition('/')[2]}/overview")

        page = words(browser.get(place))

        assert "1 maart 2026 om 13.03 uur Gemeente Veldwijk bekeek uw overzicht." in page

    @pytest.mark.parametrize("place", ["not-an-id", "01890000-0000-7000-8000-000000000000"])
    def test_that_does_not_exist_is_not_found(self, browser: Browser, place: str) -> None:
        page = browser.get(f"/me/sharing/{place}")

        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")


class TestTheLogbook:
    def test_tells_what_happened_in_plain_words(
        self, browser: Browser, counsellor: System, connect: Callable[..., System]
    ) -> None:
        connect("Waterbedrijf Klaarbeek").deliver()
        consent_id = agree(browser, ask(counsellor)).rpartition("/")[2]
        counsellor.get(f"/v1/consents/{consent_id}/overview")
        browser.send(f"/me/sharing/{consent_id}/end")

        page = words(browser.get("/me/logbook"))

        for line in (
            "U logde voor het eerst in.",
            "Waterbedrijf Klaarbeek bezorgde een brief.",
            "U gaf Gemeente Veldwijk toestemming om mee te kijken.",
            "Gemeente Veldwijk bekeek uw overzicht.",
            "U stopte met delen met Gemeente Veldwijk.",
        ):
            assert line in page

    def test_counts_own_looks_in_a_row_as_one(self, browser: Browser, counsellor: System) -> None:
        consent_id = agree(browser, ask(counsellor)).rpartition("/")[2]
        for _ in range(3):
            browser.get("/me")
        for _ in range(2):
            counsellor.get(f"/v1/consents/{consent_id}/overview")

        page = words(browser.get("/me/logbook"))

        assert page.count("U bekeek uw overzicht.") == 1
        assert "U bekeek uw overzicht. (3 keer)" in page
        assert page.count("Gemeente Veldwijk bekeek uw overzicht.") == 2

    @pytest.mark.parametrize("act", Act)
    def test_has_words_for_everything_that_can_be_done(self, act: Act) -> None:
        entry = Entry(NOON, act, ActorKind.CITIZEN)

        said = vocabulary().line(entry, {}, {})

        assert "deed iets" not in said
        assert "U " in said


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("KINDS", Kind),
        ("SEVERITIES", Severity),
        ("SEVERITY_REASONS", Severity),
        ("DEBT_STATUSES", DebtStatus),
        ("UNREAD", Status),
        ("PERMISSIONS", Permission),
        ("CONSENT_STATUSES", ConsentStatus),
    ],
)
def test_everything_the_house_knows_has_a_dutch_word(table: str, kind: type) -> None:
    known = getattr(vocabulary(), table)

    assert set(known) == set(kind)  # type: ignore[call-overload]
