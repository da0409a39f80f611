"""Asking a client for consent: the form, the code, and where the request stands."""

import re
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from tests.builders import System
from tests.fakes import FakeClock
from tests.web.browser import Browser, agree, markup, words
from tests.web.office import Office

WANTED: dict[str, Any] = {
    "purpose": "Samen een overzicht van uw schulden maken.",
    "permissions": ["overview", "letters"],
    "days": 120,
    "name": "S. Okafor",
    "role": "schuldhulpverlener",
    "reference": "Dossier 12",
}


@pytest.fixture
def okafor(office: Callable[[], Office], counsellor: System) -> Office:
    opened = office()
    opened.log_in_for(counsellor.organisation)
    return opened


def asked(browser: Office, **changes: Any) -> httpx2.Response:
    """Send the form, and return the page that it leads to."""
    sent = browser.send("/office/requests/new", **(WANTED | changes))
    assert sent.status_code == 303, words(sent)
    return browser.get(sent.headers["location"])


def code_on(page: httpx2.Response) -> str:
    [code] = [tag.text for tag in markup(page).tags if tag.attributes.get("class") == "big-code"]
    return " ".join(code.split()).removeprefix("Code: ")


class TestTheForm:
    def test_is_filled_in_as_far_as_can_be(self, okafor: Office) -> None:
        page = markup(okafor.get("/office/requests/new"))

        fields = {
            tag.attributes["name"]: tag.attributes.get("value") for tag in page.named("input")
        }
        [purpose] = page.named("textarea")
        assert fields["name"] == "S. Okafor"
        assert purpose.text.startswith("Samen een overzicht van uw schulden maken")
        ticked = [tag.attributes["value"] for tag in page.tags if "checked" in tag.attributes]
        assert ticked == ["overview", "120"]

    def test_takes_over_what_was_asked_the_last_time(self, okafor: Office) -> None:
        asked(okafor, days=30, role="budgetcoach")

        page = okafor.get("/office/requests/new")

        assert 'value="budgetcoach"' in page.text
        assert "Dossier 12" not in page.text
        ticked = [
            tag.attributes["value"] for tag in markup(page).tags if "checked" in tag.attributes
        ]
        assert ticked == ["overview", "letters", "30"]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"purpose": "Help"}, "Vertel in een zin waarom u wilt meekijken."),
            ({"purpose": "x" * 281}, "Dit is te lang. Maak het korter."),
            ({"permissions": []}, "Kies wat u wilt zien."),
            ({"days": 366}, "Kies hoe lang."),
            ({"name": " "}, "Vul dit in."),
            ({"role": "\u0000"}, "Vul dit in."),
            ({"reference": "x" * 101}, "Dit is te lang. Maak het korter."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, okafor: Office, changes: dict[str, Any], said: str
    ) -> None:
        page = okafor.send(
            "/office/requests/new", **(WANTED | {"reference": "Dossier 7"} | changes)
        )

        assert page.status_code == 400
        assert said in words(page)
        assert markup(page).named("title")[0].text.startswith("Fout:")
        kept = {"Dossier 7", "schuldhulpverlener"} - {
            str(WANTED[name]) if name != "reference" else "Dossier 7" for name in changes
        }
        assert all(text in page.text for text in kept)


class TestTheCode:
    def test_is_shown_large_and_works_for_the_client(
        self, okafor: Office, browser: Browser
    ) -> None:
        page = asked(okafor)

        request = browser.send("/me/sharing/request", code=code_on(page))
        assert "Samen een overzicht van uw schulden maken." in words(request)
        assert "S. Okafor" in words(request)

    def test_is_in_the_drawing_as_a_link(self, okafor: Office) -> None:
        page = asked(okafor)

        [drawing] = [tag for tag in markup(page).tags if tag.attributes.get("role") == "img"]
        code = code_on(page)
        assert drawing.attributes["aria-label"] == f"QR-code van de link met code {code}"
        [read] = zxingcpp.read_barcodes(_painted(page))
        assert read.text == f"https://letterbox.example/me/sharing?code={code}"

    def test_is_not_kept_and_the_page_says_so(
        self, okafor: Office, clock: FakeClock, counsellor: System
    ) -> None:
        page = asked(okafor)
        again = okafor.get(page.url.path)
        clock.advance(minutes=8)
        okafor.get("/office/clients")
        clock.advance(minutes=8)
        late = okafor.get(page.url.path)

        assert "Wij bewaren de code niet. U ziet hem alleen nu" in words(page)
        assert code_on(again) == code_on(page)
        assert code_on(page) not in late.text
        assert "Bent u hem kwijt? Maak dan een nieuw verzoek." in words(late)

    def test_is_gone_in_another_visit_and_on_another_request(
        self, okafor: Office, counsellor: System
    ) -> None:
        first, second = asked(okafor), asked(okafor, reference="Dossier 13")

        assert code_on(second) not in okafor.get(first.url.path).text
        okafor.log_in_for(counsellor.organisation)
        assert code_on(second) not in okafor.get(second.url.path).text

    def test_is_shown_to_nobody_else(
        self, okafor: Office, office: Callable[[], Office], connect: Callable[..., System]
    ) -> None:
        page = asked(okafor)
        other = office()
        other.log_in_for(connect("Schuldhulp Zuid").organisation)

        assert other.get(page.url.path).status_code == 404


class TestARequest:
    def test_leads_to_the_client_once_it_is_granted(self, okafor: Office, browser: Browser) -> None:
        page = asked(okafor)
        place = agree(browser, code_on(page), days=120).replace("/me/sharing", "/office/clients")

        granted = okafor.get(page.url.path)

        assert "Uw cliënt gaf toestemming." in words(granted)
        assert place in granted.text
        assert code_on(page) not in granted.text
        assert okafor.get(place).status_code == 200

    def test_says_that_it_was_declined_or_lapsed(
        self, okafor: Office, browser: Browser, clock: FakeClock, counsellor: System
    ) -> None:
        declined, lapsed = asked(okafor), asked(okafor)
        browser.send("/me/sharing/decline", code=code_on(declined))
        clock.advance(days=14)
        okafor.log_in_for(counsellor.organisation)

        assert "Uw cliënt zei nee." in words(okafor.get(declined.url.path))
        assert "Dit verzoek is verlopen" in words(okafor.get(lapsed.url.path))

    def test_can_be_read_in_english(self, okafor: Office) -> None:
        page = asked(okafor)
        okafor.get("/language?to=en&next=/office")

        english = okafor.get(page.url.path)

        assert markup(english).named("html")[0].attributes["lang"] == "en"
        assert "We do not keep the code." in words(english)


def _painted(page: httpx2.Response) -> Image.Image:
    """Paint the drawing as a browser does, ten dots for each of its units."""
    [svg] = [tag for tag in markup(page).named("svg") if tag.attributes.get("class") == "qr"]
    [path] = [tag for tag in markup(page).named("path") if tag.attributes.get("stroke") == "#000"]
    side = int(str(svg.attributes["viewbox"]).split()[-1])
    canvas = Image.new("L", (side * 10, side * 10), 255)
    pen = ImageDraw.Draw(canvas)
    x = y = 0.0
    for step, numbers in _steps(str(path.attributes["d"])):
        if step == "M":
            x, y = numbers
        elif step == "m":
            x, y = x + numbers[0], y + numbers[1]
        else:
            left, top = x * 10, (y - 0.5) * 10
            pen.rectangle((left, top, left + numbers[0] * 10 - 1, top + 9), fill=0)
            x += numbers[0]
    return canvas


def _steps(path: str) -> list[tuple[str, list[float]]]:

    found = re.findall(r"([Mmh])([^Mmh]*)", path)
    return [(step, [float(n) for n in re.findall(r"-?[\d.]+", said)]) for step, said in found]
