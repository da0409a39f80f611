"""What an organisation sees of the letters it delivered, and what it never sees."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from letterbox.shared.ports import Unreadable
from tests.api.assertions import suspend
from tests.builders import BSN, DEMAND, System, without_ids
from tests.fakes import FakeClock, FakeReader
from tests.web.browser import Browser, markup, words
from tests.web.office import Office

AtWork = Callable[[], Office]
Connect = Callable[..., System]
UNKNOWN = "/office/letters/01890000-0000-7000-8000-000000000000"


@pytest.fixture
def landlord(connect: Connect) -> System:
    return connect("Kamerverhuur Vos", scopes=("letters.deliver",))


@pytest.fixture
def vos(office: AtWork, landlord: System) -> Office:
    """Someone of Kamerverhuur Vos who is logged in."""
    opened = office()
    opened.log_in_for(landlord.organisation, "R. Vos")
    return opened


class TestTheList:
    def test_says_when_there_is_nothing(self, vos: Office) -> None:
        assert "U heeft nog geen brieven verstuurd." in words(vos.get("/office/letters"))

    def test_holds_letters_of_this_organisation_only_newest_first(
        self, vos: Office, landlord: System, connect: Connect, clock: FakeClock
    ) -> None:
        landlord.deliver(messageId="oud")
        clock.advance(minutes=5)
        landlord.deliver(messageId="nieuw")
        connect("Een ander").deliver(messageId="vreemd")

        assert named(vos.get("/office/letters").text) == ["nieuw", "oud"]

    def test_says_what_became_of_each(
        self, vos: Office, landlord: System, reader: FakeReader, work: Callable[[], int]
    ) -> None:
        landlord.deliver()
        work()
        read = words(vos.get("/office/letters"))
        reader.failure = Unreadable("needs OCR")
        landlord.deliver(DEMAND + "Nog een.")
        work()
        landlord.deliver()

        page = words(vos.get("/office/letters"))
        assert "De computer kon de brief lezen." in read
        assert "De computer kon de brief niet lezen." in page
        assert "De computer gaat de brief nog lezen. Misschien dubbel" in page

    def test_says_nothing_of_the_recipient_or_the_letter(
        self, vos: Office, landlord: System, browser: Browser, work: Callable[[], int]
    ) -> None:
        landlord.deliver()
        work()
        before = vos.get("/office/letters").text
        browser.get("/me")

        after = vos.get("/office/letters").text
        assert after == before
        assert not [x for x in (BSN, "634", "Aanmaning") if x in without_ids(after)]

    def test_leaves_no_line_in_any_logbook(
        self, vos: Office, landlord: System, browser: Browser
    ) -> None:
        landlord.deliver()

        vos.get("/office/letters")

        assert "vroeg of een brief" not in words(browser.get("/me/logbook"))

    def test_goes_on_page_by_page_and_skips_none(
        self, vos: Office, landlord: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("web.sent.PER_PAGE", 2)
        for number in range(5):
            landlord.deliver(messageId=f"m{number}")

        pages, place = [], "/office/letters"
        while place:
            page = vos.get(place)
            pages.append(named(page.text))
            older = [tag for tag in markup(page).named("a") if tag.text == "Oudere brieven"]
            place = older[0].attributes["href"] if older else None  # type: ignore[assignment]

        assert pages == [["m4", "m3"], ["m2", "m1"], ["m0"]]

    @pytest.mark.parametrize("before", ["0", "-1", "x", str(2**63)])
    def test_takes_no_nonsense(self, vos: Office, before: str) -> None:
        assert vos.get(f"/office/letters?before={before}").status_code == 400

    def test_stays_readable_at_the_last_place(self, vos: Office) -> None:
        assert "Er zijn geen oudere brieven." in words(vos.get("/office/letters?before=1"))


class TestOneLetter:
    def test_shows_what_was_read_and_the_receipt(
        self, vos: Office, landlord: System, work: Callable[[], int]
    ) -> None:
        receipt = landlord.deliver().json()
        work()

        page = vos.get(f"/office/letters/{receipt['id']}")

        assert "634,18" in words(page)
        assert [tag.text for tag in markup(page).named("code")] == [receipt["receipt"]]

    def test_shows_where_it_contradicts_what_was_declared(
        self, vos: Office, landlord: System, work: Callable[[], int]
    ) -> None:
        claim = {"outstanding": "600.00", "dueDate": "2026-03-07", "kind": "invoice"}
        letter_id = landlord.deliver(claim=claim).json()["id"]
        work()

        page = words(vos.get(f"/office/letters/{letter_id}"))

        assert "De brief zegt iets anders dan u opgaf." in page
        assert "U gaf zelf op: 7 maart 2026" in page
        assert "U gaf zelf op: rekening" in page

    def test_waits_for_the_reading(self, vos: Office, landlord: System) -> None:
        letter_id = landlord.deliver().json()["id"]

        page = words(vos.get(f"/office/letters/{letter_id}"))

        assert "Kijk over een paar minuten nog een keer." in page
        assert "Openstaand bedrag" not in page

    def test_says_when_it_may_be_a_double_and_of_which(self, vos: Office, landlord: System) -> None:
        first, second = (landlord.deliver().json()["id"] for _ in range(2))

        page = vos.get(f"/office/letters/{second}")

        assert "U stuurde precies deze brief al eerder." in words(page)
        assert f'href="/office/letters/{first}"' in page.text

    def test_says_nothing_of_the_recipient(
        self, vos: Office, landlord: System, browser: Browser, work: Callable[[], int]
    ) -> None:
        pdf = DEMAND.replace("Datum:", "Mevrouw Y. Bakker\nKerkstraat 1\n1234 AB Veldwijk\nDatum:")
        letter_id = landlord.deliver(pdf).json()["id"]
        work()
        before = vos.get(f"/office/letters/{letter_id}").text
        browser.get("/me")

        after = vos.get(f"/office/letters/{letter_id}").text

        assert after == before
        assert not [said for said in (BSN, "Bakker") if said in after]

    def test_stands_in_the_logbook_like_any_look(
        self, vos: Office, landlord: System, browser: Browser
    ) -> None:
        letter_id = landlord.deliver().json()["id"]

        vos.get(f"/office/letters/{letter_id}")

        page = words(browser.get("/me/logbook"))
        assert "R. Vos (Kamerverhuur Vos) vroeg of een brief was aangekomen." in page

    def test_does_not_say_that_the_citizen_left(
        self, vos: Office, landlord: System, browser: Browser, work: Callable[[], int]
    ) -> None:
        letter_id = landlord.deliver().json()["id"]
        work()
        browser.send("/me/data/close", sure="yes")

        page = vos.get(f"/office/letters/{letter_id}")

        assert page.status_code == 200
        assert "kunnen wij niet meer laten zien" in words(page)
        assert "brievenbus" not in words(page)

    def test_of_another_organisation_does_not_exist(
        self, vos: Office, connect: Connect, owner: Engine
    ) -> None:
        letter_id = connect("Een ander").deliver().json()["id"]

        strange, unknown = vos.get(f"/office/letters/{letter_id}"), vos.get(UNKNOWN)

        assert strange.status_code == unknown.status_code == 404
        assert words(strange) == words(unknown)
        with owner.begin() as connection:
            connection.execute(text("SET LOCAL row_security = off"))
            asked = "SELECT count(*) FROM logbook_lines WHERE act = 'letter_status_asked'"
            assert connection.scalar(text(asked)) == 0


class TestWhoMayLook:
    @pytest.mark.parametrize("place", ["/office/letters", "/office/letters/new", UNKNOWN])
    def test_is_someone_whose_organisation_sends_letters(
        self, office: AtWork, connect: Connect, place: str
    ) -> None:
        counsellor = office()
        counsellor.log_in_for(connect("Hulp", scopes=("overviews.read",)).organisation)

        page = counsellor.get(place)

        assert page.status_code == 403
        assert "Dit is niet voor uw organisatie" in words(page)

    def test_is_nobody_of_a_suspended_organisation(
        self, vos: Office, landlord: System, owner: Engine
    ) -> None:
        suspend(owner, landlord)

        page = vos.get("/office/letters")

        assert page.headers["location"] == "/office/login?next=/office/letters"


def named(page: str) -> list[str]:
    """Return the message ids in the list, in order."""
    return [part.partition("</a>")[0].partition(">")[2] for part in page.split("letters/0")[1:]]
