"""Answering a request: what a citizen sees, may narrow, and may never widen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from letterbox.consent.rules import LAPSES_AFTER
from letterbox.people import service
from runtime.database import sessions_on
from tests.builders import OTHER_BSN, System
from tests.fakes import FakeClock
from tests.web.browser import Browser, agree, ask, markup, words

WRONG = "2222-2222"


class TestAWrongCode:
    def test_gets_one_answer_whatever_is_wrong_with_it(
        self, browser: Browser, counsellor: System, clock: FakeClock, owner: Engine
    ) -> None:
        answered = ask(counsellor)
        browser.send("/me/sharing/decline", code=answered)
        suspended = ask(counsellor)
        with sessions_on(owner).begin() as session:
            service.suspend(session, counsellor.organisation.id, now=clock())

        pages = [browser.send("/me/sharing/request", code=c) for c in (WRONG, answered, suspended)]

        assert [page.status_code for page in pages] == [400, 400, 400]
        assert len({words(page) for page in pages}) == 1
        assert "Deze code werkt niet." in words(pages[0])

    def test_lapses_after_fourteen_days(
        self, browse: Callable[[], Browser], counsellor: System, clock: FakeClock
    ) -> None:
        code = ask(counsellor)
        clock.now += LAPSES_AFTER
        browser = browse()
        browser.log_in()

        assert browser.send("/me/sharing/request", code=code).status_code == 400

    def test_stays_in_the_field(self, browser: Browser) -> None:
        page = browser.send("/me/sharing/request", code="2222 <b>")

        (field,) = [tag for tag in markup(page).named("input") if tag.attributes["name"] == "code"]
        assert field.attributes["value"] == "2222 <b>"
        assert "code-error" in (field.attributes["aria-describedby"] or "")
        assert markup(page).named("title")[0].text.startswith("Fout:")

    @pytest.mark.parametrize("step", ["request", "grant", "decline"])
    def test_five_times_is_enough(
        self, browser: Browser, counsellor: System, clock: FakeClock, step: str
    ) -> None:
        proof = browser.proof
        fields = {"proof": proof, "days": "30", "permissions": "overview"}
        for _ in range(5):
            page = browser.client.post(f"/me/sharing/{step}", data={**fields, "code": WRONG})
            assert page.status_code == 400

        right = {**fields, "code": ask(counsellor)}
        refused = browser.client.post(f"/me/sharing/{step}", data=right)
        by_link = browser.get("/me/sharing", params={"code": right["code"]})
        clock.advance(minutes=14)
        browser.get("/me")
        clock.advance(minutes=2)
        again = browser.client.post("/me/sharing/request", data=right)

        assert refused.status_code == by_link.status_code == 429
        assert refused.headers["retry-after"] == "900"
        assert "te veel codes" in words(refused)
        assert again.status_code == 200


class TestARequest:
    def test_says_who_asks_for_what_until_when(self, browser: Browser, counsellor: System) -> None:
        said = words(browser.send("/me/sharing/request", code=ask(counsellor).lower()))

        assert "Gemeente Veldwijk wil meekijken" in said
        assert counsellor.organisation.number in said
        assert "S. Okafor, schuldhulpverlener" in said
        assert "Samen een overzicht van uw schulden maken." in said
        assert "Uw schuldenoverzicht bekijken en uw brieven lezen" in said
        assert "180 dagen, tot 28 augustus 2026 om 14.00 uur" in said

    def test_is_shown_at_once_by_the_link(self, browser: Browser, counsellor: System) -> None:
        page = browser.get("/me/sharing", params={"code": ask(counsellor)})

        assert "Gemeente Veldwijk wil meekijken" in words(page)

    def test_offers_shorter_periods_only(self, browser: Browser, counsellor: System) -> None:
        page = browser.send("/me/sharing/request", code=ask(counsellor, days=60))

        radios = [tag.attributes for tag in markup(page).named("input")]
        offered = [each["value"] for each in radios if each["name"] == "days"]
        assert offered == ["30", "60"]

    def test_shows_what_was_sent_as_text_and_never_as_markup(
        self, browser: Browser, connect: Callable[..., System]
    ) -> None:
        counsellor = connect("<script>alert(1)</script>")
        page = browser.send(
            "/me/sharing/request",
            code=ask(counsellor, purpose='"><img src=x onerror=alert(1)>'),
        )

        assert not markup(page).named("script")
        assert not markup(page).named("img")
        assert "<script>alert(1)</script> wil meekijken" in words(page)


class TestGranting:
    def test_lets_the_counsellor_in(self, browser: Browser, counsellor: System) -> None:
        place = agree(browser, ask(counsellor))

        page = words(browser.get(f"{place}?done=granted"))
        (consent,) = counsellor.get("/v1/consents").json()["consents"]
        assert consent["status"] == "active"
        assert place.endswith(consent["id"])
        assert counsellor.get(f"/v1/consents/{consent['id']}/overview").status_code == 200
        assert "Gemeente Veldwijk mag nu meekijken" in page
        assert consent["receipt"] in page

    def test_may_be_narrowed(
        self, browser: Browser, counsellor: System, connect: Callable[..., System], work: object
    ) -> None:
        connect("Woningstichting De Wilg").deliver()
        assert callable(work)
        work()
        code = ask(counsellor)
        names = [
            tag.attributes["value"]
            for tag in markup(browser.get("/me/sharing", params={"code": code})).named("input")
            if tag.attributes["name"] == "left_out"
        ]

        place = agree(
            browser,
            code,
            permissions="overview",
            days=30,
            left_out=names,
            letters_from="2026-01-01",
        )

        (consent,) = counsellor.get("/v1/consents").json()["consents"]
        seen = counsellor.get(f"/v1/consents/{consent['id']}/overview").json()
        said = words(browser.get(place))
        assert names
        assert consent["permissions"] == ["overview"]
        assert consent["validUntil"].startswith("2026-03-31T12:00")
        assert seen["debts"] == []
        assert f"Weggelaten {names[0]}" in said
        assert "Vanaf 1 januari 2026" in said

    @pytest.mark.parametrize(
        "forged",
        [
            {"days": 181},
            {"days": 0},
            {"days": -1},
            {"days": 10**9},
            {"days": "for ever"},
            {"permissions": ["overview", "letters"]},
            {"permissions": ["everything"]},
        ],
    )
    def test_is_never_widened(
        self, browser: Browser, counsellor: System, owner: Engine, forged: dict[str, object]
    ) -> None:
        code = ask(counsellor, permissions=["overview"])
        chosen = {"code": code, "days": 180, "permissions": ["overview"]} | forged

        page = browser.send("/me/sharing/grant", **chosen)

        assert page.status_code == 400
        assert _consents(owner) == 0
        assert browser.send("/me/sharing/request", code=code).status_code == 200

    @pytest.mark.parametrize(
        ("chosen", "said"),
        [
            ({"permissions": []}, "Kies ten minste één"),
            ({"letters_from": "soon"}, "Vul een datum in"),
            ({"letters_from": "2026-03-02"}, "Kies vandaag of een dag die al geweest is."),
        ],
    )
    def test_asks_again_and_keeps_the_rest(
        self,
        browser: Browser,
        counsellor: System,
        owner: Engine,
        chosen: dict[str, object],
        said: str,
    ) -> None:
        fields = {"code": ask(counsellor), "days": 30, "permissions": ["letters"]} | chosen

        page = browser.send("/me/sharing/grant", **fields)

        checked = [
            tag.attributes["value"]
            for tag in markup(page).named("input")
            if "checked" in tag.attributes
        ]
        assert page.status_code == 400
        assert said in words(page)
        assert checked == [*map(str, fields["permissions"]), "30"]  # type: ignore[call-overload]
        assert _consents(owner) == 0

    def test_happens_once(self, browser: Browser, counsellor: System, owner: Engine) -> None:
        code = ask(counsellor)
        agree(browser, code)

        again = browser.send("/me/sharing/grant", code=code, days=30, permissions="overview")

        assert again.status_code == 400
        assert _consents(owner) == 1

    def test_is_only_for_who_is_logged_in(
        self, browse: Callable[[], Browser], counsellor: System
    ) -> None:
        fields = {"code": ask(counsellor), "days": "30", "permissions": "overview"}

        assert browse().client.post("/me/sharing/grant", data=fields).status_code == 401


class TestDeclining:
    def test_tells_the_counsellor_no_and_not_who(
        self, browser: Browser, counsellor: System
    ) -> None:
        answer = counsellor.post("/v1/consent-requests", json=_wanted())
        code, request_id = answer.json()["code"], answer.json()["id"]

        page = browser.send("/me/sharing/decline", code=code)

        status = counsellor.get(f"/v1/consent-requests/{request_id}").json()
        assert page.headers["location"] == "/me/sharing?done=declined"
        assert "U heeft nee gezegd" in words(browser.get(page.headers["location"]))
        assert (status["status"], status.get("consentId")) == ("declined", None)
        assert "U zei nee" in words(browser.get("/me/logbook"))


class TestEndingAConsent:
    def test_shuts_the_door_at_once(self, browser: Browser, counsellor: System) -> None:
        place = agree(browser, ask(counsellor))
        consent_id = place.rpartition("/")[2]

        ended = browser.send(f"{place}/end", reason="Het is  klaar\x00.")

        page = words(browser.get(ended.headers["location"]))
        assert counsellor.get(f"/v1/consents/{consent_id}/overview").status_code == 404
        assert "Gemeente Veldwijk ziet vanaf nu niets meer" in page
        assert "Waarom gestopt Het is klaar." in page

    def test_twice_changes_nothing(
        self, browser: Browser, counsellor: System, clock: FakeClock
    ) -> None:
        place = agree(browser, ask(counsellor))
        browser.send(f"{place}/end")
        first = words(browser.get("/me/sharing"))
        clock.now += timedelta(minutes=5)

        assert browser.send(f"{place}/end").status_code == 303
        assert words(browser.get("/me/sharing")) == first

    def test_of_somebody_else_does_not_exist(
        self, browser: Browser, browse: Callable[[], Browser], counsellor: System, session: Session
    ) -> None:
        place = agree(browser, ask(counsellor))
        stranger = browse()
        stranger.log_in(OTHER_BSN)

        pages = [stranger.get(place), stranger.send(f"{place}/end")]

        assert [page.status_code for page in pages] == [404, 404]
        assert "Gemeente Veldwijk" not in pages[0].text + stranger.get("/me/sharing").text
        consent_id = place.rpartition("/")[2]
        assert counsellor.get(f"/v1/consents/{consent_id}/overview").status_code == 200


def _consents(owner: Engine) -> int:
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL row_security = off"))
        return int(connection.scalar(text("SELECT count(*) FROM consents")) or 0)


def _wanted() -> dict[str, object]:
    return {
        "purpose": "Samen een overzicht maken.",
        "permissions": ["overview"],
        "days": 30,
        "counsellor": {"name": "S. Okafor", "role": "schuldhulpverlener"},
    }
