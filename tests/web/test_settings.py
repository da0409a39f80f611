"""Settings: what a citizen chooses holds, what they typed wrong is still there."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import httpx2
import pytest
from fastapi.testclient import TestClient

from letterbox.preferences.queries import note_notice
from letterbox.preferences.rules import MailKind, MailStatus
from letterbox.shared import scope
from letterbox.shared.ports import Supplies
from runtime.app import create_app
from tests.builders import System
from tests.conftest import PUBLIC_URL
from tests.fakes import FakeClock, FakeMail
from tests.rooms import acts
from tests.rooms.mailing import ADDRESS, code_in
from tests.web.browser import Browser, markup, words

Work = Callable[[], int]


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


@pytest.fixture
def code(browser: Browser, mail: FakeMail, work: Work) -> str:
    """The code that was mailed to a citizen who gave an address."""
    browser.send("/me/settings/address", address=ADDRESS)
    work()
    return code_in(mail)


@pytest.fixture
def mailed(browser: Browser, code: str) -> Browser:
    """A citizen with an address that was confirmed."""
    browser.send("/me/settings/confirm", mail_code=code)
    return browser


def settings(browser: Browser) -> httpx2.Response:
    return browser.get("/me/settings")


def field(page: httpx2.Response, name: str) -> dict[str, str | None]:
    (found,) = [tag for tag in markup(page).named("input") if tag.attributes.get("name") == name]
    return found.attributes


def ticked(page: httpx2.Response, name: str) -> list[str | None]:
    return [
        tag.attributes["value"]
        for tag in markup(page).named("input")
        if tag.attributes.get("name") == name and "checked" in tag.attributes
    ]


def after(browser: Browser, answer: httpx2.Response) -> str:
    assert answer.status_code == 303
    return words(browser.get(answer.headers["location"]))


class TestTheAddress:
    def test_is_confirmed_step_by_step(
        self, browser: Browser, mail: FakeMail, work: Work, clock: FakeClock
    ) -> None:
        asked = browser.send("/me/settings/address", address=f" {ADDRESS} ")
        assert "Wij sturen u een e-mail met een code" in after(browser, asked)
        work()

        confirmed = browser.send("/me/settings/confirm", mail_code=code_in(mail))

        assert "Wij mailen u vanaf nu" in after(browser, confirmed)
        assert f"Uw e-mailadres is {ADDRESS}." in words(settings(browser))
        assert ticked(settings(browser), "notices") == ["new_letter", "near_day"]

    @pytest.mark.parametrize("typed", ["geen adres", "<b>x@y.nl", ""])
    def test_that_is_none_stays_in_the_field(self, browser: Browser, typed: str) -> None:
        page = browser.send("/me/settings/address", address=typed)

        assert page.status_code == 400
        assert "Dit is geen e-mailadres" in words(page)
        assert markup(page).named("title")[0].text.startswith("Fout:")
        assert field(page, "address")["value"] == typed
        assert field(page, "address")["aria-invalid"] == "true"

    def test_is_not_confirmed_by_a_wrong_code_which_stays_in_the_field(
        self, browser: Browser, code: str
    ) -> None:
        page = browser.send("/me/settings/confirm", mail_code="12 34")

        assert page.status_code == 400
        assert "Deze code werkt niet" in words(page)
        assert field(page, "mail_code")["value"] == "12 34"

    def test_is_not_confirmed_after_five_wrong_codes_and_the_page_says_no_more(
        self, browser: Browser, code: str
    ) -> None:
        pages = [browser.send("/me/settings/confirm", mail_code="x") for _ in range(5)]

        right = browser.send("/me/settings/confirm", mail_code=code)

        assert right.status_code == 400
        assert words(right) == words(pages[0])

    def test_is_mailed_five_codes_a_day(self, browser: Browser) -> None:
        answers = [browser.send("/me/settings/address", address=ADDRESS) for _ in range(6)]

        assert [answer.status_code for answer in answers] == [303] * 5 + [400]
        assert "vijf keer" in words(answers[-1])

    def test_is_forgotten_when_the_citizen_wants_that(self, mailed: Browser) -> None:
        said = after(mailed, mailed.send("/me/settings/forget"))

        assert "Uw e-mailadres is gewist" in said
        assert ADDRESS not in said

    def test_is_not_asked_for_where_no_mail_is_sent(self, supplies: Supplies) -> None:
        app = create_app(replace(supplies, mail=None))
        browser = Browser(TestClient(app, base_url=PUBLIC_URL, follow_redirects=False))
        browser.log_in()

        page = settings(browser)

        assert "Deze Letterbox verstuurt geen e-mail" in words(page)
        assert "address" not in {tag.attributes.get("name") for tag in markup(page).named("input")}


class TestNotices:
    def test_can_be_chosen_one_by_one(self, mailed: Browser) -> None:
        for chosen in (["near_day"], [], ["new_letter", "near_day"]):
            answer = mailed.send("/me/settings/notices", notices=chosen)

            assert "Uw keuze is bewaard" in after(mailed, answer)
            assert ticked(settings(mailed), "notices") == chosen

    def test_are_told_of_afterwards(
        self, mailed: Browser, connect: Callable[..., System], work: Work
    ) -> None:
        connect("De Wilg").deliver()
        work()

        said = words(settings(mailed))

        assert "Een code: verstuurd" in said
        assert "Er is een nieuwe brief: verstuurd" in said

    def test_of_every_kind_and_fate_have_words(
        self, browser: Browser, supplies: Supplies, mailbox: UUID
    ) -> None:
        told = [(kind, status) for kind in MailKind for status in MailStatus]
        with supplies.sessions.begin() as session:
            scope.enter(session, mailbox=mailbox)
            for number, (kind, status) in enumerate(told):
                note_notice(
                    session,
                    mailbox,
                    uuid4(),
                    kind,
                    occasion=str(number),
                    status=status,
                    now=supplies.clock(),
                )

        page = settings(browser)

        joined = sum(status is MailStatus.JOINED for _, status in told)
        assert page.status_code == 200
        assert page.text.count('class="when"') == len(told) - joined

    def test_come_in_the_language_of_the_pages(
        self, browser: Browser, mail: FakeMail, work: Work
    ) -> None:
        browser.get("/language", params={"to": "en"})

        browser.send("/me/settings/address", address=ADDRESS)
        work()

        assert "Your code is" in mail.sent[0][2]


class TestTheLanguage:
    def test_is_that_of_the_pages_from_now_on_and_after_the_next_login(
        self, browser: Browser, browse: Callable[[], Browser]
    ) -> None:
        answer = browser.send("/me/settings/language", language="en")

        elsewhere = browse()
        elsewhere.log_in()
        for each in (browser, elsewhere):
            assert markup(each.get("/me")).named("html")[0].attributes["lang"] == "en"
        assert answer.status_code == 303

    def test_that_is_none_changes_nothing(self, browser: Browser) -> None:
        browser.send("/me/settings/language", language="xx")

        assert markup(settings(browser)).named("html")[0].attributes["lang"] == "nl"

    def test_that_nobody_chose_leaves_the_browser_its_own(
        self, browser: Browser, browse: Callable[[], Browser]
    ) -> None:
        elsewhere = browse()
        elsewhere.get("/language", params={"to": "en"})
        elsewhere.log_in()

        assert markup(elsewhere.get("/me")).named("html")[0].attributes["lang"] == "en"


class TestTheLogbook:
    def test_tells_of_every_change_and_of_no_try(
        self, browser: Browser, supplies: Supplies, mailbox: UUID, code: str
    ) -> None:
        def changes() -> int:
            lines = acts.logbook(supplies, mailbox)
            return sum(line.act == "settings_changed" for line in lines)

        before = changes()
        browser.send("/me/settings/confirm", mail_code="x")
        browser.send("/me/settings/address", address="x")
        assert changes() == before
        for path, fields in (
            ("confirm", {"mail_code": code}),
            ("notices", {}),
            ("language", {"language": "nl"}),
            ("calendar", {}),
            ("calendar/stop", {}),
            ("forget", {}),
        ):
            browser.send(f"/me/settings/{path}", **fields)

        assert changes() == before + 6
        assert "U veranderde uw instellingen." in words(browser.get("/me/logbook"))
