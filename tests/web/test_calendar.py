"""The calendar feed: the days ahead, to whoever has the address, and no more than was chosen."""

from collections.abc import Callable
from datetime import date
from typing import Any

import httpx2
import pytest
from icalendar import Calendar

from letterbox.shared.ports import Supplies
from tests.builders import DEMAND, System, without_ids
from tests.conftest import PUBLIC_URL
from tests.fakes import FakeClock
from tests.rooms import acts
from tests.web.browser import Browser, markup, words

Work = Callable[[], int]
SECRETS = ("wilg", "634", "hu-2026", "nl91")


@pytest.fixture(autouse=True)
def owing(connect: Callable[..., System], work: Work) -> System:
    sender = connect("Woningstichting De Wilg")
    sender.deliver()
    work()
    return sender


def make(browser: Browser, **fields: str) -> str:
    """Make a feed and return its path."""
    page = browser.send("/me/settings/calendar", **fields)
    assert page.status_code == 200
    (shown,) = markup(page).named("textarea")
    assert shown.text.startswith(f"{PUBLIC_URL}/calendar/")
    return shown.text.strip().removeprefix(PUBLIC_URL)


def events(answer: httpx2.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found: list[Any] = Calendar.from_ical(answer.text).walk("VEVENT")
    return [dict(each.items()) | {"on": each["dtstart"].dt} for each in found]


class TestTheFeed:
    def test_tells_the_day_and_nothing_else(
        self, browser: Browser, browse: Callable[[], Browser]
    ) -> None:
        answer = browse().get(make(browser))

        [event] = events(answer)
        assert event["on"] == date(2026, 3, 6)
        assert event["SUMMARY"] == "Letterbox: een betaling"
        assert f"{PUBLIC_URL}/me" in event["DESCRIPTION"]
        assert not [secret for secret in SECRETS if secret in without_ids(answer.text.lower())]

    def test_tells_names_and_amounts_where_the_citizen_chose_so(
        self, browser: Browser, browse: Callable[[], Browser]
    ) -> None:
        [event] = events(browse().get(make(browser, names="yes")))

        said = event["SUMMARY"].replace("\N{NO-BREAK SPACE}", " ")
        assert said == "Betaal € 634,18 aan Woningstichting De Wilg"

    def test_writes_names_as_they_are(
        self,
        browser: Browser,
        browse: Callable[[], Browser],
        connect: Callable[..., System],
        work: Work,
    ) -> None:
        name = "Jansen & Zonen; Incasso, Noord"
        letter = DEMAND.replace("Woningstichting De Wilg", name).replace("0417", "0999")
        connect(name).deliver(letter)
        work()

        told = [each["SUMMARY"] for each in events(browse().get(make(browser, names="yes")))]

        assert any("Jansen & Zonen" in each for each in told)

    def test_calls_the_same_day_by_the_same_name(
        self, browser: Browser, browse: Callable[[], Browser], owing: System, work: Work
    ) -> None:
        path = make(browser)
        before = events(browse().get(path))
        owing.deliver(DEMAND.replace("0417", "0999").replace("6 maart", "9 maart"))
        work()

        afterwards = events(browse().get(path))

        names = [each["UID"] for each in afterwards]
        assert len(names) == len(set(names)) == 2
        assert before[0]["UID"] in names

    def test_forgets_a_day_that_has_passed(
        self, browser: Browser, browse: Callable[[], Browser], clock: FakeClock
    ) -> None:
        path = make(browser)
        clock.advance(days=6)

        assert events(browse().get(path)) == []

    def test_is_not_sent_again_while_nothing_changed(
        self,
        browser: Browser,
        browse: Callable[[], Browser],
        owing: System,
        work: Work,
        supplies: Supplies,
    ) -> None:
        path, calendar = make(browser), browse()
        tag = calendar.get(path).headers["etag"]
        lines = len(acts.logbook(supplies, acts.a_mailbox(supplies)))

        again = calendar.get(path, headers={"If-None-Match": tag})

        assert (again.status_code, again.content) == (304, b"")
        assert len(acts.logbook(supplies, acts.a_mailbox(supplies))) == lines
        owing.deliver(DEMAND.replace("0417", "0999"))
        work()
        assert calendar.get(path, headers={"If-None-Match": tag}).status_code == 200

    def test_is_another_one_the_next_day(
        self, browser: Browser, browse: Callable[[], Browser], clock: FakeClock
    ) -> None:
        path, calendar = make(browser), browse()
        tag = calendar.get(path).headers["etag"]
        clock.advance(days=1)

        assert calendar.get(path, headers={"If-None-Match": tag}).status_code == 200

    def test_stands_in_the_logbook_once_a_day(
        self, browser: Browser, browse: Callable[[], Browser]
    ) -> None:
        path = make(browser)
        for _ in range(3):
            browse().get(path)
            browser.get("/me")

        said = words(browser.get("/me/logbook"))

        assert said.count("U liet uw agenda de belangrijke dagen ophalen.") == 1
        assert "U liet uw agenda de belangrijke dagen ophalen. (3 keer)" in said


class TestAnAddressThatDoesNotWork:
    def test_is_answered_alike_whatever_is_wrong_with_it(
        self, browser: Browser, browse: Callable[[], Browser], supplies: Supplies
    ) -> None:
        renewed = make(browser)
        stopped = make(browser)
        browser.send("/me/settings/calendar/stop")
        closed = make(browser)
        acts.close(supplies, acts.a_mailbox(supplies))

        answers = [
            browse().get(path)
            for path in (renewed, stopped, closed, "/calendar/nothing.ics", "/calendar/é.ics")
        ]

        assert [answer.status_code for answer in answers] == [404] * 5
        assert len({words(answer) for answer in answers}) == 1

    def test_is_not_kept_in_the_clear(self, browser: Browser, supplies: Supplies) -> None:
        token = make(browser).removeprefix("/calendar/").removesuffix(".ics")

        assert len(token) >= 43
        assert token not in browser.get("/me/settings").text
