"""What citizens say of letters and debts: heard, shown, taken back, and never over a letter."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from letterbox.debts.facts import CorrectionKind
from tests.api.consenting import agreed
from tests.api.tables import row_counts
from tests.builders import DEMAND, OTHER_BSN, System
from tests.web.browser import Browser, Tag, markup, words
from tests.web.letters import listed
from web.complaint import KINDS

VAGUE = DEMAND.replace("Het openstaande bedrag is € 634,18.", "Bedrag € 634,18 of € 700,00.")
OTHER = DEMAND.replace("De Wilg", "De Linde").replace("HU-2026-0417", "LI-2026-0099")
NOWHERE = "01890000-0000-7000-8000-000000000000"


@pytest.fixture
def place(browser: Browser, connect: Callable[..., System], work: Callable[[], int]) -> str:
    """The page of a letter in which something was read with doubt."""
    letter = connect("Woningstichting De Wilg").deliver(VAGUE).json()["id"]
    work()
    return f"/me/letters/{letter}"


@pytest.fixture
def debt(browser: Browser, place: str) -> str:
    """The page of the debt that it tells of."""
    links = [tag.attributes.get("href") or "" for tag in markup(browser.get(place)).named("a")]
    return next(link for link in links if link.startswith("/me/debts/"))


def in_doubt(browser: Browser, place: str) -> dict[str, str]:
    """Return the fields of the first form with which a value is confirmed."""
    page = browser.get(place)
    hidden = {
        str(tag.attributes["name"]): str(tag.attributes["value"])
        for tag in reversed(markup(page).named("input"))
        if tag.attributes.get("name") in ("field", "value")
    }
    assert hidden, "nothing is in doubt"
    return hidden


class TestWhatIsRight:
    def test_needs_no_second_look_any_more(
        self, browser: Browser, place: str, work: Callable[[], int]
    ) -> None:
        doubted = in_doubt(browser, place)
        before = words(browser.get(place)).count("controleer")

        answer = browser.send(f"{place}/confirm", **doubted)
        work()

        assert answer.headers["location"] == f"{place}?done=right#values"
        page = words(browser.get(place))
        assert page.count("controleer") == before - 1
        assert "door u bevestigd" in page
        assert "U zegt: dit klopt" in page

    def test_is_told_to_the_counsellor_beside_the_doubt(
        self, browser: Browser, place: str, counsellor: System, work: Callable[[], int]
    ) -> None:
        doubted = in_doubt(browser, place)
        browser.send(f"{place}/confirm", **doubted)
        work()

        consent = agreed(counsellor)
        (debt,) = counsellor.get(f"/v1/consents/{consent}/overview").json()["debts"]

        (said,) = debt["says"]
        assert (said["kind"], said["value"]) == ("confirmed", doubted["value"])
        assert said["letterId"] == place.rpartition("/")[2]
        assert debt["disputed"] is False

    @pytest.mark.parametrize(
        "changes",
        [{"value": "1.00"}, {"field": "nothing"}, {"field": "interest"}, {"value": ""}],
        ids=str,
    )
    def test_is_what_was_read_and_nothing_else(
        self, browser: Browser, place: str, owner: Engine, changes: dict[str, str]
    ) -> None:
        answer = browser.send(f"{place}/confirm", **(in_doubt(browser, place) | changes))

        assert answer.status_code == 400
        assert row_counts(owner)["corrections"] == 0

    def test_can_be_taken_back(self, browser: Browser, place: str, work: Callable[[], int]) -> None:
        before = words(browser.get(place)).count("controleer")
        browser.send(f"{place}/confirm", **in_doubt(browser, place))

        answer = browser.send(_withdrawal(browser, place), back=place)
        work()

        assert answer.headers["location"] == place
        page = words(browser.get(place))
        assert page.count("controleer") == before
        assert "door u bevestigd" not in page

    def test_is_in_the_logbook_as_what_it_is(self, browser: Browser, place: str) -> None:
        browser.send(f"{place}/confirm", **in_doubt(browser, place))

        page = words(browser.get("/me/logbook"))

        assert "U gaf aan dat iets in een brief klopt." in page
        assert "U gaf aan dat iets niet klopt." not in page


class TestWhatIsNotRight:
    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            (
                {"kind": "misread", "value": "€ 643,18"},
                "in de brief staat iets anders (het bedrag): € 643,18",
            ),
            (
                {"kind": "wrong_amount", "right": "600"},
                "het bedrag klopt niet (het bedrag): € 600,00",
            ),
            (
                {"kind": "already_paid", "paid": "€ 34,18", "on": "2026-02-25"},
                "dit is betaald (het bedrag): € 34,18, 25 februari 2026",
            ),
            ({"kind": "already_paid"}, "dit is betaald"),
            ({"kind": "disputed", "note": "Ik huur hier niet."}, "Ik huur hier niet."),
            ({"kind": "not_a_debt"}, "dit is geen schuld van mij"),
            ({"kind": "belongs_to", "other": "apart"}, "dit hoort bij een andere schuld"),
        ],
        ids=lambda value: value["kind"] if isinstance(value, dict) else "",
    )
    def test_in_a_letter_is_shown_beside_it(
        self,
        browser: Browser,
        place: str,
        work: Callable[[], int],
        typed: dict[str, str],
        shown: str,
    ) -> None:
        answer = browser.send(f"{place}/correct", field="outstanding", **typed)

        assert answer.headers["location"] == f"{place}?done=said#said"
        page = words(browser.get(f"{place}?done=said"))
        assert shown in page
        assert "Bedankt." in page
        work()
        assert "634,18" in words(browser.get(place))

    def test_about_a_debt_is_shown_with_it_and_can_be_taken_back(
        self, browser: Browser, debt: str, work: Callable[[], int]
    ) -> None:
        answer = browser.send(f"{debt}/correct", kind="disputed", note="Nooit gehuurd.")
        work()

        assert answer.headers["location"] == f"{debt}#said"
        assert "U zegt: ik ben het er niet mee eens" in words(browser.get(debt))

    def test_may_be_the_debt_it_belongs_to(
        self,
        browser: Browser,
        place: str,
        connect: Callable[..., System],
        work: Callable[[], int],
    ) -> None:
        connect("Woningstichting De Linde").deliver(OTHER)
        work()
        form = browser.get(f"{place}/correct")
        options = {tag.text: tag.attributes["value"] for tag in markup(form).named("option")}
        other = next(value for text, value in options.items() if "Linde" in text)

        browser.send(f"{place}/correct", kind="belongs_to", other=other)
        work()

        assert len(debts_behind_letters(browser)) == 1

    @pytest.mark.parametrize(
        ("typed", "said", "field"),
        [
            ({}, "Kies wat er niet klopt.", None),
            ({"kind": "confirmed"}, "Kies wat er niet klopt.", None),
            ({"kind": "wrong_amount"}, "Vul een bedrag in", "right"),
            ({"kind": "wrong_amount", "right": "veel"}, "Vul een bedrag in", "right"),
            ({"kind": "already_paid", "paid": "-5"}, "Vul een bedrag in", "paid"),
            ({"kind": "already_paid", "on": "gisteren"}, "Vul een datum in", "on"),
            ({"kind": "already_paid", "on": "2026-03-02"}, "Kies vandaag of een dag", "on"),
            ({"kind": "belongs_to"}, "Kies bij welke schuld dit hoort.", "other"),
            ({"kind": "belongs_to", "other": "x"}, "Kies bij welke schuld dit hoort.", "other"),
            ({"kind": "misread", "field": "outstanding"}, "Vul in wat er in de brief", "value"),
            ({"kind": "disputed", "note": "x" * 1001}, "Schrijf het korter op.", "note"),
        ],
        ids=str,
    )
    def test_that_is_not_clear_comes_back_as_it_was_typed(
        self,
        browser: Browser,
        place: str,
        owner: Engine,
        typed: dict[str, str],
        said: str,
        field: str | None,
    ) -> None:
        sent = {"note": "Wat ik schreef"} | typed

        answer = browser.send(f"{place}/correct", **sent)

        assert answer.status_code == 400
        assert said in words(answer)
        assert "Fout:" in markup(answer).named("title")[0].text
        assert markup(answer).named("textarea")[0].text.strip() == sent["note"]
        if field:
            (wrong,) = [x for x in markup(answer).tags if x.attributes.get("aria-invalid")]
            assert wrong.attributes["name"] == field
            (chosen,) = [x for x in markup(answer).tags if "checked" in x.attributes]
            assert chosen.attributes["value"] == typed["kind"]
        assert row_counts(owner)["corrections"] == 0

    def test_asks_about_a_field_only_where_there_is_one(self, browser: Browser, place: str) -> None:
        plain = browser.get(f"{place}/correct")
        strange = browser.get(f"{place}/correct?field=<b>")
        about = browser.get(f"{place}/correct?field=outstanding")

        assert "Het gaat over het bedrag." in words(about)
        assert words(plain) == words(strange)
        assert "Wat staat er in de brief?" not in words(plain)

    def test_of_a_debt_or_letter_of_another_is_not_found(
        self, browser: Browser, place: str, debt: str, browse: Callable[[], Browser], owner: Engine
    ) -> None:
        stranger = browse()
        stranger.log_in(OTHER_BSN)

        answers = [
            *(stranger.get(f"{each}/correct") for each in (place, debt)),
            *(stranger.send(f"{each}/correct", kind="disputed") for each in (place, debt)),
            stranger.send(f"{place}/confirm", **in_doubt(browser, place)),
            browser.send(f"/me/letters/{NOWHERE}/correct", kind="disputed"),
            browser.send(f"/me/debts/{NOWHERE}/correct", kind="disputed"),
            browser.send(f"/me/corrections/{NOWHERE}/withdraw"),
        ]

        assert [answer.status_code for answer in answers] == [404] * len(answers)
        assert row_counts(owner)["corrections"] == 0

    def test_of_another_cannot_be_taken_back(
        self, browser: Browser, place: str, browse: Callable[[], Browser]
    ) -> None:
        browser.send(f"{place}/correct", kind="disputed")
        stranger = browse()
        stranger.log_in(OTHER_BSN)

        assert stranger.send(_withdrawal(browser, place)).status_code == 404
        assert "ik ben het er niet mee eens" in words(browser.get(place))

    def test_leads_back_to_a_page_of_ours(self, browser: Browser, place: str) -> None:
        browser.send(f"{place}/correct", kind="disputed")

        answer = browser.send(_withdrawal(browser, place), back="//evil.example")

        assert answer.headers["location"] == "/me"

    def test_has_words_for_everything(self, browser: Browser, place: str) -> None:
        page = browser.get(f"{place}/correct?field=outstanding")

        asked = [x.attributes["value"] for x in markup(page).named("input") if _is_radio(x)]
        assert asked == list(KINDS)
        assert {*KINDS, CorrectionKind.CONFIRMED} == {*CorrectionKind}


def debts_behind_letters(browser: Browser) -> list[str]:
    """Return the debts that the letters of a citizen lead to."""
    pages = [browser.get(place) for place in listed(browser)]
    links = [tag.attributes.get("href") or "" for page in pages for tag in markup(page).named("a")]
    return sorted({link for link in links if link.startswith("/me/debts/")})


def _withdrawal(browser: Browser, place: str) -> str:
    actions = [str(tag.attributes["action"]) for tag in markup(browser.get(place)).named("form")]
    return next(action for action in actions if action.endswith("/withdraw"))


def _is_radio(tag: Tag) -> bool:
    return tag.attributes.get("type") == "radio"
