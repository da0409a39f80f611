"""Letters as their citizen sees them: the list, the pages, what was read, and the PDF."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from letterbox.access import LOOK_LASTS, MailboxKey
from letterbox.letters.models import Delivery, OwnLetter
from letterbox.letters.queries import arrival_of
from letterbox.overview.letters import ShownLetter, letter_shown
from letterbox.overview.rules import Overview
from tests.builders import DEMAND, OTHER_BSN, System
from tests.fakes import FakeClock
from tests.web.browser import Browser, markup, words
from tests.web.letters import added, listed, marks, rows
from web import letters as page_of_letters

WITHOUT_DATE = DEMAND.replace("Datum: 20 februari 2026\n", "")


@pytest.fixture
def place(browser: Browser, connect: Callable[..., System], work: Callable[[], int]) -> str:
    """The page of a letter that was read."""
    letter = connect("Woningstichting De Wilg").deliver().json()["id"]
    work()
    return f"/me/letters/{letter}"


class TestTheList:
    def test_says_when_there_are_none(self, browser: Browser) -> None:
        assert "Er zijn nog geen brieven." in words(browser.get("/me/letters"))

    def test_names_sender_kind_day_and_debt(self, browser: Browser, place: str) -> None:
        page = browser.get("/me/letters")

        assert listed(browser) == [place]
        assert (
            "20 februari 2026 Woningstichting De Wilg: aanmaning "
            "Hoort bij: Woningstichting De Wilg, € 634,18" in words(page)
        )

    def test_says_what_became_of_each(
        self, browser: Browser, connect: Callable[..., System], work: Callable[[], int]
    ) -> None:
        sender = connect("Buurthuis")
        sender.deliver("%PDF-1.7\nHallo buurt\nDatum: 21 februari 2026\n")
        sender.deliver("%PDF-1.7\n")
        added(browser, DEMAND.encode())
        work()
        sender.deliver()

        page = words(browser.get("/me/letters"))

        assert "In deze brief staat geen schuld." in page
        assert "Deze brief kon de computer niet lezen." in page
        assert "Deze brief lezen wij nog." in page
        assert "Door u toegevoegd" in page

    def test_goes_on_on_another_page(
        self,
        browser: Browser,
        connect: Callable[..., System],
        clock: FakeClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(page_of_letters, "MOST_LETTERS", 2)
        sender, sent = connect("De Wilg"), []
        for number in range(5):
            clock.advance(minutes=1)
            sent.append(sender.deliver(f"%PDF-1.7\nbrief {number}").json()["id"])

        pages = [browser.get(f"/me/letters?from={begin}").text for begin in (1, 3, 5)]

        assert [[letter in page for letter in sent] for page in pages] == [
            [False, False, False, True, True],
            [False, True, True, False, False],
            [True, False, False, False, False],
        ]
        assert ["Oudere" in page for page in pages] == [True, True, False]
        assert ["Nieuwere" in page for page in pages] == [False, True, True]

    def test_of_another_is_another(
        self, browser: Browser, place: str, browse: Callable[[], Browser]
    ) -> None:
        stranger = browse()
        stranger.log_in(OTHER_BSN)

        assert listed(stranger) == []


class TestALetter:
    def test_shows_what_was_read_with_its_words(self, browser: Browser, place: str) -> None:
        page = browser.get(place)

        said = list(rows(page).values())
        assert any(row.startswith("Het bedrag € 634,18") for row in said)
        assert any("Betalen voor of op 6 maart 2026" in row for row in said)
        assert any("NL91 ABNA 0417 1643 00" in row for row in said)
        assert "Woningstichting De Wilg: aanmaning" in words(page)
        assert "Betaal op tijd of vraag om een afspraak." in words(page)

    def test_asks_what_the_letters_of_its_debt_together_leave_open(
        self, browser: Browser, place: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def left_open(overview: Overview, letter_id: UUID) -> ShownLetter:
            return replace(letter_shown(overview, letter_id), check=("creditor",))

        monkeypatch.setattr(page_of_letters, "letter_shown", left_open)

        asked = [row for row in rows(browser.get(place)).values() if "controleer" in row]
        assert [row.startswith("Van wie de schuld is") for row in asked] == [True]

    def test_marks_every_value_where_it_stands_and_leads_there_and_back(
        self, browser: Browser, place: str
    ) -> None:
        page = browser.get(place)

        links = {tag.attributes.get("href") for tag in markup(page).named("a")}
        found = marks(page)
        assert len(found) >= 4
        for mark in found:
            number = str(mark.attributes["id"]).removeprefix("mark-")
            assert mark.attributes["href"] == f"#value-{number}"
            assert f"value-{number}" in rows(page)
            assert f"#mark-{number}" in links
        names = [mark.attributes["aria-label"] for mark in found]
        assert "Het bedrag: €\xa0634,18" in names
        assert len(markup(page).named("rect")) == len(found)

    def test_draws_its_marks_in_the_measure_of_the_page(self, browser: Browser, place: str) -> None:
        found = markup(browser.get(place))

        (sheet,) = found.named("svg")
        assert sheet.attributes["viewbox"] == "0 0 595.0 842.0"
        assert sheet.text.strip() == "Bladzijde 1 van 1"
        (picture,) = found.named("image")
        assert (picture.attributes["width"], picture.attributes["height"]) == ("595.0", "842.0")
        boxes = [float(tag.attributes["x"] or -1) for tag in found.named("rect")]
        assert all(0 <= left < 595 for left in boxes)

    def test_that_waits_says_so_and_how_to_see_when_it_is_done(
        self, browser: Browser, connect: Callable[..., System]
    ) -> None:
        place = f"/me/letters/{connect('De Wilg').deliver().json()['id']}"

        page = browser.get(place)

        assert "Wij lezen deze brief nog." in words(page)
        links = {tag.text: tag.attributes.get("href") for tag in markup(page).named("a")}
        assert links["Kijk of het klaar is"] == place
        assert "refresh" not in page.text
        assert not markup(page).named("img")
        assert "Haal de brief op als PDF" in words(page)

    def test_that_cannot_be_read_is_still_of_use(
        self, browser: Browser, connect: Callable[..., System], work: Callable[[], int]
    ) -> None:
        place = f"/me/letters/{connect('De Wilg').deliver('%PDF-1.7').json()['id']}"
        work()

        page = browser.get(place)

        assert "De computer kon deze brief niet lezen." in words(page)
        assert "Haal de brief op als PDF" in words(page)
        assert markup(page).named("img")[0].attributes["alt"] == "Bladzijde 1 van 1"
        assert rows(page) == {}

    def test_that_came_twice_leads_to_the_first(
        self, browser: Browser, place: str, work: Callable[[], int]
    ) -> None:
        again = added(browser, DEMAND.encode())
        work()

        page = browser.get(again)

        assert "Deze brief kwam al eerder binnen. Hij telt één keer." in words(page)
        links = {tag.text: tag.attributes.get("href") for tag in markup(page).named("a")}
        assert links["Bekijk de eerste"] == place

    def test_shows_what_it_says_as_text(
        self, browser: Browser, connect: Callable[..., System], work: Callable[[], int]
    ) -> None:
        sender = connect("<img src=x onerror=alert(1)>")
        place = f"/me/letters/{sender.deliver().json()['id']}"
        work()

        assert not markup(browser.get(place)).named("img")

    def test_shows_some_pages_at_a_time(
        self,
        browser: Browser,
        place: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(page_of_letters, "MOST_PAGES", 2)
        monkeypatch.setattr(page_of_letters, "arrival_of", _with_pages(5))

        first, last = browser.get(place), browser.get(f"{place}?from=5")

        assert first.text.count("/pages/") == 2
        assert "Volgende bladzijden" in words(first)
        assert last.text.count("/pages/5") == 1
        assert "Vorige bladzijden" in words(last)
        assert "Volgende bladzijden" not in words(last)
        links = {tag.attributes.get("href") for tag in markup(last).named("a")}
        assert any(link and link.startswith(f"{place}?from=1#mark-") for link in links)

    @pytest.mark.parametrize("what", ["", "/document", "/pages/1", "/correct"])
    def test_is_not_there_for_others(
        self, browser: Browser, place: str, browse: Callable[[], Browser], what: str
    ) -> None:
        stranger = browse()
        stranger.log_in(OTHER_BSN)
        browser.get(place)

        theirs = stranger.get(place + what)
        nobodys = stranger.get(f"/me/letters/{uuid4()}{what}")

        assert (theirs.status_code, nobodys.status_code) == (404, 404)
        assert words(theirs) == words(nobodys)

    def test_is_in_the_logbook_once_with_its_pictures(self, browser: Browser, place: str) -> None:
        browser.get(place)
        browser.get(f"{place}/pages/1")
        browser.get(f"{place}/pages/1")

        assert words(browser.get("/me/logbook")).count("U bekeek een brief.") == 1


class TestAPicture:
    def test_is_shut_in(self, browser: Browser, place: str) -> None:
        browser.get(place)

        picture = browser.get(f"{place}/pages/1")

        assert picture.status_code == 200
        assert picture.headers["content-type"] == "image/webp"
        assert picture.headers["cache-control"] == "no-store"
        assert "sandbox" in picture.headers["content-security-policy"]

    def test_of_no_page_is_not_there(self, browser: Browser, place: str) -> None:
        browser.get(place)

        pages = [browser.get(f"{place}/pages/{page}") for page in (0, 2, "x", 99999)]

        assert [page.status_code for page in pages] == [404, 404, 404, 404]

    def test_is_not_there_without_looking_at_the_letter(
        self, browser: Browser, place: str, clock: FakeClock
    ) -> None:
        assert browser.get(f"{place}/pages/1").status_code == 404
        browser.get(place)
        clock.now += LOOK_LASTS / 2
        browser.get("/me")
        clock.now += LOOK_LASTS / 2
        assert browser.get(f"{place}/pages/1").status_code == 200
        clock.advance(seconds=1)
        assert browser.get(f"{place}/pages/1").status_code == 404


class TestTheDocument:
    def test_is_the_letter_as_it_came_to_take_along(self, browser: Browser, place: str) -> None:
        document = browser.get(f"{place}/document")

        assert document.text == DEMAND
        assert document.headers["content-type"] == "application/pdf"
        disposition = document.headers["content-disposition"]
        assert disposition == 'attachment; filename="letter-2026-03-01.pdf"'
        assert "sandbox" in document.headers["content-security-policy"]

    def test_is_in_the_logbook(self, browser: Browser, place: str) -> None:
        browser.get(f"{place}/document")

        assert "U haalde een brief op als PDF." in words(browser.get("/me/logbook"))


def test_in_english_it_speaks_english(browser: Browser, place: str) -> None:
    browser.client.cookies.set("__Host-language", "en")

    page = browser.get(place)

    assert "What we read" in words(page)
    assert "The amount €634.18" in " ".join(rows(page).values())


def _with_pages(count: int) -> Callable[..., Delivery | OwnLetter]:
    def arrival(session: Session, key: MailboxKey, letter_id: UUID) -> Delivery | OwnLetter:
        found = arrival_of(session, key, letter_id)
        found.pages = count
        return found

    return arrival
