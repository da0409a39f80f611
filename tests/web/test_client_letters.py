"""The letters of a client, as far as the client lets a counsellor read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.api.consenting import agreed
from tests.builders import System
from tests.fakes import FakeClock
from tests.web.browser import Browser, agree, ask, markup, words
from tests.web.office import Office


@dataclass
class Desk:
    """A counsellor at work, and a client with a letter from a landlord."""

    office: Office
    client: Browser
    counsellor: System
    letter: str

    def share(self, *permissions: str) -> str:
        """Let the client share, and return the address of the letters."""
        code = ask(self.counsellor, permissions=list(permissions), clientReference="Dossier 12")
        place = agree(self.client, code, permissions=list(permissions))
        return place.replace("/me/sharing/", "/office/clients/") + "/letters"


@pytest.fixture
def desk(
    office: Callable[[], Office],
    counsellor: System,
    connect: Callable[..., System],
    browser: Browser,
    work: Callable[[], int],
) -> Desk:
    delivered = connect("Woningstichting De Wilg").deliver().json()
    work()
    opened = office()
    opened.log_in_for(counsellor.organisation)
    return Desk(opened, browser, counsellor, delivered["id"])


class TestTheLetters:
    def test_are_listed_and_lead_to_each(self, desk: Desk) -> None:
        place = desk.share("overview", "letters")

        page = desk.office.get(place)

        assert "Brieven van Dossier 12" in words(page)
        assert "20 februari 2026 Woningstichting De Wilg: aanmaning" in words(page)
        assert f"{place}/{desk.letter}" in page.text

    def test_are_linked_from_the_overview_only_when_they_may_be_read(self, desk: Desk) -> None:
        without, with_letters = desk.share("overview"), desk.share("overview", "letters")

        for place, there in ((without, False), (with_letters, True)):
            page = desk.office.get(place.removesuffix("/letters"))
            assert (f"{place}/{desk.letter}" in page.text) is there

    def test_can_be_shared_without_the_overview(self, desk: Desk) -> None:
        place = desk.share("letters")

        listed = desk.office.get("/office/clients")

        assert "Dossier 12 Alleen brieven" in words(listed)
        assert place in listed.text
        assert desk.office.get(place).status_code == 200
        assert desk.office.get(place.removesuffix("/letters")).status_code == 404


class TestALetter:
    def test_is_shown_with_what_was_read_marked_where_it_stands(self, desk: Desk) -> None:
        place = f"{desk.share('overview', 'letters')}/{desk.letter}"

        page = desk.office.get(place)
        picture = desk.office.get(f"{place}/pages/1")

        assert "€ 634,18" in words(page).replace("\u00a0", " ")
        marks = [
            str(tag.attributes["aria-label"])
            for tag in markup(page).named("a")
            if "mark" in (tag.attributes.get("class") or "")
        ]
        assert "Openstaand: €\u00a0634,18" in marks
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")

    def test_shows_its_pages_only_to_who_is_looking(
        self, desk: Desk, office: Callable[[], Office], clock: FakeClock
    ) -> None:
        place = f"{desk.share('overview', 'letters')}/{desk.letter}"
        colleague = office()
        colleague.log_in_for(desk.counsellor.organisation, "B. de Wit")
        before = desk.office.get(f"{place}/pages/1")
        desk.office.get(place)

        assert before.status_code == 404
        assert colleague.get(f"{place}/pages/1").status_code == 404
        assert desk.office.get(f"{place}/pages/1").status_code == 200

    def test_is_taken_along_with_the_name_of_who_took_it(self, desk: Desk) -> None:
        place = f"{desk.share('overview', 'letters')}/{desk.letter}"

        taken = desk.office.get(f"{place}/document")

        mark = "Kopie uit Letterbox voor S. Okafor (Gemeente Veldwijk), 01-03-2026 13:00"
        assert taken.content.startswith(b"%PDF-")
        assert mark.encode() in taken.content
        assert taken.headers["content-disposition"].startswith("attachment;")

    def test_is_in_the_logbook_of_the_client(self, desk: Desk) -> None:
        place = f"{desk.share('overview', 'letters')}/{desk.letter}"
        desk.office.get(place)
        desk.office.get(f"{place}/document")

        page = words(desk.client.get("/me/logbook"))

        assert "S. Okafor (Gemeente Veldwijk) bekeek een brief." in page
        assert "S. Okafor (Gemeente Veldwijk) haalde een brief op als PDF." in page

    @pytest.mark.parametrize(
        "narrowing",
        [{"left_out": ["Woningstichting De Wilg"]}, {"letters_from": date(2026, 2, 21)}],
        ids=["left out", "from before"],
    )
    def test_is_nowhere_when_the_client_keeps_it_apart(
        self, desk: Desk, narrowing: dict[str, Any]
    ) -> None:
        consent = agreed(desk.counsellor, permissions=["overview", "letters"], **narrowing)
        client = f"/office/clients/{consent}"

        pages = [desk.office.get(page).text for page in (client, f"{client}/letters")]
        endings = [desk.office.get(f"{client}/overview.{x}") for x in ("json", "csv")]
        paths = [f"{client}/letters/{desk.letter}{x}" for x in ("", "/pages/1", "/document")]
        answers = [desk.office.get(path).status_code for path in paths]

        assert not [x for x in (*pages, *(each.text for each in endings)) if desk.letter in x]
        assert not [x for x in (*pages, *(each.text for each in endings)) if "Wilg" in x]
        assert answers == [404] * 3

    @pytest.mark.parametrize("path", ["", "/pages/1", "/document"])
    @pytest.mark.parametrize("how", ["without the permission", "ended", "another letter"])
    def test_is_not_shown_when_it_may_not_be(self, desk: Desk, path: str, how: str) -> None:
        place = desk.share(*(["overview"] if how == "without the permission" else ["letters"]))
        letter = desk.letter
        desk.office.get(f"{place}/{letter}")
        if how == "ended":
            consent = place.removesuffix("/letters").rpartition("/")[2]
            desk.client.send(f"/me/sharing/{consent}/end")
        if how == "another letter":
            letter = "01890000-0000-7000-8000-000000000000"

        page = desk.office.get(f"{place}/{letter}{path}")

        assert page.status_code == 404
        assert "U kunt deze cliënt niet bekijken" in words(page)
        assert "Wilg" not in page.text
