"""Real letters on real paper: seen, corrected, posted by hand, and looked at by a counsellor."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from connectors.pdf import PdfPool
from letterbox.letters.rules import LARGEST_LETTER, MOST_PAGES
from runtime.demo.cast import CAST
from runtime.demo.letters import letters_before
from runtime.demo.printer import print_letter
from tests.builders import OTHER_BSN, System
from tests.fakes import FakeClock
from tests.journeys.conftest import Employ, Meet
from tests.journeys.person import Person
from tests.web.browser import ask
from web.languages import LANGUAGES

# The login provider is older than the library it stands on.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)

LINDA = "Linda Groot"


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(largest=LARGEST_LETTER, most_pages=MOST_PAGES, processes=1) as opened:
        yield opened


@pytest.fixture
def reader(pool: PdfPool) -> PdfPool:
    """Letters are opened for real here."""
    return pool


@pytest.fixture(scope="module")
def warning() -> bytes:
    """The last warning of an energy company, as its printer made it."""
    letters = letters_before(date(2026, 3, 1))
    (letter,) = [each for each in letters if "energy-disconnection" in each.message_id]
    return print_letter(letter, CAST)


@pytest.fixture
def counsellor(connect: Callable[..., System], work: Callable[[], int], warning: bytes) -> System:
    """A counselling organisation, and a citizen with one real letter."""
    connect("Lichtkring Energie B.V.").deliver(warning)
    work()
    return connect("Schuldhulp Zuid")


def at_work(meet: Meet, employ: Employ, employer: System, language: str) -> Person:
    person = meet(language, width=1100)
    person.logs_in_at_work(employ(employer, LINDA))
    return person


def share(citizen: Person, code: str, **changes: str) -> str:
    """Agree to a request and return the id of the consent."""
    citizen.goes_to(f"/me/sharing?code={code}")
    for box in changes.values():
        citizen.page.get_by_role("radio", name=citizen.says(box)).check()
    citizen.presses("Ja, ik deel dit")
    citizen.sees("Stoppen met delen")
    return citizen.page.url.partition("?")[0].rpartition("/")[2]


@in_both_languages
class TestACorrection:
    def test_changes_what_the_debt_says_and_is_the_citizens_word_to_the_counsellor(
        self,
        meet: Meet,
        employ: Employ,
        counsellor: System,
        work: Callable[[], int],
        language: str,
    ) -> None:
        citizen = meet(language)
        citizen.logs_in()
        citizen.goes_to("/me/letters")
        citizen.page.locator("main .letters a").first.click()
        expect(citizen.page.locator("svg.sheet image")).to_have_count(1)
        drawn = "async () => { const i = new Image(); i.src = document.querySelector"
        drawn += "('svg.sheet image').getAttribute('href'); await i.decode(); return i.width }"
        assert citizen.page.evaluate(drawn) > 600
        mark = citizen.page.locator("svg.sheet a.mark").first
        mark.focus()
        assert ":" in str(mark.get_attribute("aria-label"))

        citizen.page.get_by_role(
            "link", name=citizen.says("Er klopt iets niet aan deze brief")
        ).click()
        citizen.page.get_by_role("radio", name=citizen.says("Ik heb betaald.")).check()
        citizen.field("Wilt u er iets bij zeggen?").fill("Aan de deur, met pin.")
        citizen.presses("Bewaar wat ik zeg")
        citizen.reads("Aan de deur, met pin.")
        work()

        citizen.goes_to("/me")
        citizen.follows("Bekijk deze schuld")
        citizen.sees("U zegt: dit is betaald")
        citizen.reads("569")

        consent_id = share(citizen, ask(counsellor))
        worker = at_work(meet, employ, counsellor, language)
        worker.goes_to(f"/office/clients/{consent_id}")
        worker.sees("Cliënt: dit is betaald")
        worker.reads("Aan de deur, met pin.")
        worker.reads("569")

        citizen.goes_to("/me")
        citizen.follows("Bekijk deze schuld")
        citizen.page.get_by_role("button", name=citizen.says("Trek dit in")).first.click()
        work()
        worker.page.reload()
        worker.does_not_read("Aan de deur, met pin.")


@in_both_languages
class TestACounsellor:
    def test_asks_shows_the_code_looks_and_takes_the_overview_along(
        self, meet: Meet, employ: Employ, counsellor: System, language: str
    ) -> None:
        worker = at_work(meet, employ, counsellor, language)
        worker.goes_to("/office/clients")
        worker.follows("Vraag een cliënt om toestemming")
        expect(worker.field("Uw naam")).to_have_value(LINDA)
        worker.field("Uw functie").fill("schuldhulpverlener")
        worker.field("Uw kenmerk voor deze cliënt").fill("D-2026-17")
        worker.presses("Maak de code")
        expect(worker.page.locator("[role=img] svg")).to_have_count(1)
        code = worker.page.locator(".big-code").inner_text().split()[-1]

        citizen = meet(language)
        citizen.logs_in()
        share(citizen, code)

        worker.goes_to("/office/clients")
        worker.follows_exactly("D-2026-17")
        worker.reads("Lichtkring Energie B.V.")
        worker.reads("569")
        for form, begins in (("PDF", b"%PDF"), ("Spreadsheet", b"PK"), ("JSON", b"{")):
            with worker.page.expect_download() as taken:
                worker.page.get_by_role("link", name=form, exact=True).click()
            assert taken.value.path().read_bytes().startswith(begins)

        citizen.goes_to("/me/logbook")
        citizen.reads(LINDA)

    def test_sees_nothing_any_more_when_the_consent_ends_while_the_page_is_open(
        self, meet: Meet, employ: Employ, counsellor: System, clock: FakeClock, language: str
    ) -> None:
        citizen = meet(language)
        citizen.logs_in()
        consent_id = share(citizen, ask(counsellor))
        worker = at_work(meet, employ, counsellor, language)
        worker.goes_to(f"/office/clients/{consent_id}")
        worker.reads("Lichtkring Energie B.V.")
        citizen.goes_to(f"/me/sharing/{consent_id}")
        citizen.presses("Stop met delen")

        worker.page.reload()

        worker.does_not_read("Lichtkring")
        assert worker.page.get_by_role("heading", level=1).inner_text() == worker.says(
            "U kunt deze cliënt niet bekijken"
        )
        worker.page.go_back()
        worker.does_not_read("Lichtkring")

    def test_sees_nothing_any_more_when_the_consent_expires_while_the_page_is_open(
        self, meet: Meet, employ: Employ, counsellor: System, clock: FakeClock, language: str
    ) -> None:
        citizen = meet(language)
        citizen.logs_in()
        consent_id = share(citizen, ask(counsellor, days=1))
        clock.advance(hours=23, minutes=50)
        worker = at_work(meet, employ, counsellor, language)
        worker.goes_to(f"/office/clients/{consent_id}")
        worker.reads("Lichtkring Energie B.V.")
        clock.advance(minutes=11)

        worker.page.reload()

        worker.does_not_read("Lichtkring")


@in_both_languages
class TestASmallSender:
    def test_sees_what_is_read_and_posts_a_letter_that_its_citizen_then_has(
        self,
        meet: Meet,
        employ: Employ,
        connect: Callable[..., System],
        work: Callable[[], int],
        warning: bytes,
        language: str,
    ) -> None:
        dentist = connect("Tandarts Kiezel", scopes=("letters.deliver",))
        sender = at_work(meet, employ, dentist, language)
        sender.goes_to("/office/letters/new")
        file = {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": warning}
        sender.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        sender.field("Burgerservicenummer (BSN)").fill(OTHER_BSN)
        sender.field("Datum van de brief").fill("2026-02-20")
        sender.field("Onderwerp").fill("Herinnering")
        sender.presses("Bekijk wat wij lezen")
        sender.sees("De brief is nog niet verstuurd.")
        sender.reads("569")
        assert OTHER_BSN not in sender.page.url
        sender.presses("Verstuur de brief")
        sender.sees("De brief ligt in de digitale brievenbus. U hoeft niets meer te doen.")
        work()

        citizen = meet(language)
        citizen.logs_in(OTHER_BSN)
        citizen.reads("569")
