"""Every page, as everyone meets it: with a screen reader, a narrow phone, large letters.

axe-core looks for what a program can find of WCAG 2.2 AA; people must look for the rest
(digitoegankelijk.nl: at least every 36 months).
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from letterbox.consent.rules import Permission
from tests.api.consenting import agreed
from tests.builders import BSN, DEMAND, System
from tests.journeys.conftest import Employ, Meet
from tests.journeys.person import Person
from tests.web.browser import ask
from web.languages import LANGUAGES

# The login provider is older than the library it stands on.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

AXE = Path("node_modules/axe-core/axe.min.js")
NO_AXE = "axe-core is missing. Install Node.js, then: npm ci"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = (("a narrow phone", 320, "100%"), ("zoom", 640, "100%"), ("large letters", 1280, "200%"))
MEASURE = """size => {
  const root = document.documentElement
  root.style.fontSize = size
  const widths = [root.scrollWidth, innerWidth]
  root.style.fontSize = ''
  return widths
}"""
PAGES_OF_A_CITIZEN = (
    "/me/letters",
    "/me/letters/add",
    "/me/logbook",
    "/me/data",
    "/me/data/close",
    "/me/settings",
    "/me/nothing-there",
)
Tour = Callable[[Person, System, Employ], Iterator[str]]


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_AXE)
    return AXE.read_text()


@pytest.fixture
def counsellor(connect: Callable[..., System], work: Callable[[], int]) -> System:
    connect("De Wilg").deliver()
    work()
    return connect("Schuldhulp Zuid")


def faults(person: Person, axe: str) -> list[str]:
    """Return what axe-core finds on the page, with where it is."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    person.page.evaluate(axe)
    found: dict[str, Any] = person.page.evaluate("options => axe.run(options)", options)
    return [
        f"{person.page.url} {each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def too_wide(person: Person) -> list[str]:
    """Return on which screens the page must be scrolled sideways.

    The narrowest phone (WCAG 2.2, 1.4.10), a page zoomed to 200%, which halves its width, and
    letters twice as large (1.4.4).
    """
    found = []
    for screen, width, size in SCREENS:
        person.page.set_viewport_size({"width": width, "height": 844})
        scrolls, inner = person.page.evaluate(MEASURE, size)
        if scrolls > inner:
            found.append(f"{person.page.url} is {scrolls} wide on {screen}")
    person.page.set_viewport_size({"width": 390, "height": 844})
    return found


def tour_of_a_citizen(person: Person, counsellor: System, employ: Employ) -> Iterator[str]:
    """Go to every page of a citizen, and stop at each."""
    yield "home"
    person.goes_to("/login/arrive")
    yield "log-in that failed"
    person.logs_in()
    yield "overview"
    person.follows("Bekijk deze schuld")
    yield "debt"
    person.page.get_by_role("link", name=person.says("Dit klopt niet"), exact=True).click()
    yield "correction of a debt"
    for path in PAGES_OF_A_CITIZEN:
        person.goes_to(path)
        yield path
    person.goes_to("/me/letters")
    person.page.locator("main .letters a").first.click()
    yield "letter"
    person.page.get_by_role("link", name=person.says("Klopt niet")).first.click()
    yield "correction of a letter"
    person.presses("Bewaar wat ik zeg")
    yield "correction with a mistake"
    person.goes_to(f"/me/sharing?code={ask(counsellor)}")
    yield "request"
    person.presses("Bekijk eerst wat %(who)s ziet", who="S. Okafor")
    yield "preview"
    person.presses("Ja, ik deel dit")
    yield "consent"
    person.goes_to("/me/sharing")
    yield "sharing"
    person.field("Code").fill("2222-2222")
    person.presses("Bekijk het verzoek")
    yield "wrong code"
    person.goes_to("/me/settings")
    person.presses("Maak een adres voor mijn agenda")
    yield "calendar"
    person.presses("Uitloggen")
    yield "logged out"
    person.logs_in(path="/me/data/close")
    person.presses("Sluit mijn brievenbus")
    yield "closing with a mistake"
    person.page.get_by_role("checkbox").check()
    person.presses("Sluit mijn brievenbus")
    yield "closed"


def tour_of_a_counsellor(person: Person, counsellor: System, employ: Employ) -> Iterator[str]:
    """Go to every page of a counsellor, and stop at each."""
    consent_id = agreed(counsellor, permissions=tuple(Permission))
    person.goes_to("/office/login/arrive")
    yield "log-in that failed"
    person.logs_in_at_work(employ(counsellor, "Linda Groot"))
    yield "office"
    person.goes_to("/office/clients?who=all")
    yield "clients"
    person.goes_to("/office/requests/new")
    yield "new request"
    person.presses("Maak de code")
    yield "request with a mistake"
    person.field("Uw functie").fill("schuldhulpverlener")
    person.presses("Maak de code")
    yield "code"
    person.goes_to(f"/office/clients/{consent_id}")
    yield "client"
    person.goes_to(f"/office/clients/{consent_id}/letters")
    yield "letters of a client"
    person.page.locator("main a[href*='/letters/']").first.click()
    yield "letter of a client"
    person.goes_to("/office/clients/01890000-0000-7000-8000-000000000000")
    yield "no client"


def tour_of_a_sender(person: Person, counsellor: System, employ: Employ) -> Iterator[str]:
    """Go to every page of a small sender, and stop at each."""
    person.logs_in_at_work(employ(counsellor, "Mien Tol"), "/office/letters")
    yield "letters sent"
    person.goes_to("/office/letters/new")
    yield "new letter"
    person.presses("Bekijk wat wij lezen")
    yield "new letter with mistakes"
    file = {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": DEMAND.encode()}
    person.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    person.field("Burgerservicenummer (BSN)").fill(BSN)
    person.field("Datum van de brief").fill("2026-02-20")
    person.field("Onderwerp").fill("Herinnering")
    person.presses("Bekijk wat wij lezen")
    yield "what is read"
    person.presses("Verstuur de brief")
    yield "receipt"
    person.follows("Bekijk deze brief")
    yield "sent letter"


TOURS = {
    "citizen": tour_of_a_citizen,
    "counsellor": tour_of_a_counsellor,
    "sender": tour_of_a_sender,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tour", TOURS.values(), ids=TOURS)
def test_every_page_is_usable_by_everyone(
    meet: Meet, counsellor: System, employ: Employ, axe: str, tour: Tour, language: str
) -> None:
    person = meet(language)
    person.goes_to(f"/language?to={language}")
    found = []

    for _ in tour(person, counsellor, employ):
        found += faults(person, axe) + too_wide(person)

    assert found == []


def test_axe_finds_what_is_wrong(meet: Meet, axe: str) -> None:
    person = meet()
    person.goes_to("/")
    person.page.evaluate("document.querySelector('h1').outerHTML += '<img src=\"/icon\">'")

    assert any("image-alt" in fault for fault in faults(person, axe))
