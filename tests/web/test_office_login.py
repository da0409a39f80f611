"""Logging in and out for people who work for an organisation, and every way it may go wrong."""

from collections.abc import Callable
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import Engine, text

from letterbox.access import CounsellorViewer, open_mailbox
from letterbox.consent.rules import Permission
from letterbox.logbook.rules import Act
from letterbox.people.visits import IDLE, LONGEST_VISIT
from tests.api.assertions import suspend
from tests.builders import System
from tests.fakes import FakeClock
from tests.web.browser import COOKIE, Browser, agree, ask, markup, words
from tests.web.office import OFFICE_COOKIE, OKAFOR, Office

Browse = Callable[[], Browser]
AtWork = Callable[[], Office]
Connect = Callable[..., System]


@pytest.fixture
def okafor(office: AtWork, counsellor: System) -> Office:
    """A counsellor of Gemeente Veldwijk who is logged in."""
    opened = office()
    opened.log_in_for(counsellor.organisation)
    return opened


class TestLoggingIn:
    def test_goes_by_the_login_provider_to_the_office(
        self, office: AtWork, counsellor: System
    ) -> None:
        browser = office()

        away = browser.get("/office")
        departure = browser.get(away.headers["location"])
        code = f"{counsellor.organisation.number}|s.okafor|{OKAFOR}"
        arrival = browser.get("/office/login/arrive", params={"code": code, "state": "S"})

        assert away.headers["location"] == "/office/login?next=/office"
        assert departure.headers["location"] == "https://staff-login.example/authorize?state=S"
        assert arrival.headers["location"] == "/office"
        page = words(browser.get("/office"))
        assert "U bent ingelogd als S. Okafor van Gemeente Veldwijk." in page

    def test_knows_someone_again_and_takes_their_new_name(
        self, office: AtWork, counsellor: System, owner: Engine, clock: FakeClock
    ) -> None:
        number = counsellor.organisation.number
        office().come_in(f"{number}|s.okafor|S. Okafor")
        clock.advance(minutes=5)
        office().come_in(f"{number}|s.okafor|S. Okafor-Bakker")

        with owner.begin() as connection:
            [employee] = connection.execute(text("SELECT * FROM employees")).all()
        assert employee.name == "S. Okafor-Bakker"
        assert employee.last_seen_at > employee.first_seen_at
        assert "okafor" not in employee.subject

    def test_takes_the_same_person_at_two_organisations_for_two(
        self, office: AtWork, connect: Connect, owner: Engine
    ) -> None:
        for name in ("Een", "Ander"):
            office().log_in_for(connect(name).organisation)

        with owner.begin() as connection:
            known = connection.scalars(text("SELECT organisation_id FROM employees")).all()
        assert len(set(known)) == 2

    def test_knows_an_organisation_by_its_number_in_the_trade_register(
        self, office: AtWork, counsellor: System, owner: Engine
    ) -> None:
        with owner.begin() as connection:
            number = "00000003123456780000"
            connection.execute(text("UPDATE organisations SET number = :n"), {"n": number})

        arrival = office().come_in("12345678|s.okafor|S. Okafor")

        assert arrival.headers["location"] == "/office"

    @pytest.mark.parametrize(
        ("scopes", "place"),
        [
            (("consents.request", "overviews.read"), "/office/clients"),
            (("letters.deliver",), "/office/letters"),
        ],
    )
    def test_leads_straight_to_the_only_work_there_is(
        self, office: AtWork, connect: Connect, scopes: tuple[str, ...], place: str
    ) -> None:
        browser = office()
        browser.log_in_for(connect("Een", scopes=scopes).organisation)

        assert browser.get("/office").headers["location"] == place

    def test_says_when_there_is_no_work(self, office: AtWork, connect: Connect) -> None:
        browser = office()
        browser.log_in_for(connect("Geen", scopes=("overviews.read",)).organisation)

        assert "Uw organisatie mag hier nog niets doen." in words(browser.get("/office"))

    def test_keeps_the_cookie_from_scripts_other_sites_and_subdomains(
        self, office: AtWork, counsellor: System
    ) -> None:
        answer = office().log_in_for(counsellor.organisation)

        cookies = answer.headers.get_list("set-cookie")
        (cookie,) = [each for each in cookies if each.startswith(f"{OFFICE_COOKIE}=")]
        token, *attributes = cookie.split("; ")
        assert len(token.partition("=")[2]) >= 43
        assert {each.lower() for each in attributes} == {
            "httponly",
            "path=/",
            "samesite=lax",
            "secure",
        }

    def test_keeps_no_token_in_the_database(self, okafor: Office, owner: Engine) -> None:
        with owner.begin() as connection:
            kept = connection.scalars(text("SELECT token_hash FROM staff_visits")).all()

        assert len(kept) == 1
        assert okafor.token not in kept

    def test_goes_on_to_the_page_that_was_asked_for(
        self, office: AtWork, counsellor: System
    ) -> None:
        away = office().get("/office?x=1")
        arrival = office().log_in_for(counsellor.organisation, wish="/office?x=1")

        assert away.headers["location"] == "/office/login?next=/office%3Fx%3D1"
        assert arrival.headers["location"] == "/office?x=1"

    @pytest.mark.parametrize(
        "wish",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "office",
            "",
            "/office\r\nSet-Cookie: a=b",
            "/" + "a" * 600,
        ],
    )
    def test_never_leads_to_another_site(
        self, office: AtWork, counsellor: System, wish: str
    ) -> None:
        arrival = office().log_in_for(counsellor.organisation, wish=wish)

        assert arrival.headers["location"] == "/office"

    def test_takes_a_fresh_token_and_ends_the_visit_before(
        self, okafor: Office, counsellor: System
    ) -> None:
        planted = okafor.token
        assert planted is not None

        okafor.log_in_for(counsellor.organisation, "B. de Wit")

        assert okafor.token not in (None, planted)
        okafor.client.cookies.clear()
        thief = okafor.get("/office", headers={"cookie": f"{OFFICE_COOKIE}={planted}"})
        assert thief.status_code == 303

    def test_ignores_a_token_that_was_planted(self, office: AtWork, counsellor: System) -> None:
        browser = office()
        browser.client.cookies.set(OFFICE_COOKIE, "planted", domain="letterbox.example")

        browser.log_in_for(counsellor.organisation)

        assert browser.token != "planted"


class TestLoggingInThatFails:
    @pytest.mark.parametrize(
        "answer",
        [{"state": "another"}, {"state": ""}, {"code": "refused"}, {"code": ""}],
    )
    def test_says_what_to_do_and_lets_nobody_in(
        self, office: AtWork, counsellor: System, answer: dict[str, str]
    ) -> None:
        browser = office()
        code = f"{counsellor.organisation.number}|s.okafor|{OKAFOR}"

        arrival = browser.come_in(**({"code": code, "wish": "/office?x=1"} | answer))

        assert arrival.status_code == 401
        assert "Inloggen is niet gelukt" in words(arrival)
        assert "/office/login?next=%2Foffice%3Fx%3D1" in [
            tag.attributes["href"] for tag in markup(arrival).named("a")
        ]
        assert browser.token is None

    def test_says_so_when_the_organisation_takes_no_part(
        self, office: AtWork, counsellor: System, owner: Engine
    ) -> None:
        unknown = office().come_in(f"00000099000000010000|s.okafor|{OKAFOR}")
        suspend(owner, counsellor)
        suspended = office().log_in_for(counsellor.organisation)

        assert unknown.status_code == suspended.status_code == 401
        assert "Uw organisatie kan nu niet inloggen bij Letterbox." in words(unknown)
        assert words(unknown) == words(suspended)

    def test_needs_the_cookie_of_the_departure(self, office: AtWork, counsellor: System) -> None:
        code = f"{counsellor.organisation.number}|s.okafor|{OKAFOR}"

        arrival = office().get("/office/login/arrive", params={"code": code, "state": "S"})

        assert arrival.status_code == 401

    def test_waits_ten_minutes_at_most(
        self, office: AtWork, counsellor: System, clock: FakeClock
    ) -> None:
        browser = office()
        browser.get("/office/login")
        clock.advance(minutes=10)

        code = f"{counsellor.organisation.number}|s.okafor|{OKAFOR}"
        arrival = browser.get("/office/login/arrive", params={"code": code, "state": "S"})

        assert arrival.status_code == 401


class TestTheTwoDoors:
    def test_do_not_take_the_cookie_of_the_other(self, okafor: Office, browser: Browser) -> None:
        citizens, employees = browser.token, okafor.token
        browser.client.cookies.clear()
        okafor.client.cookies.clear()

        inside = browser.get("/me", headers={"cookie": f"{COOKIE}={employees}"})
        at_work = okafor.get("/office", headers={"cookie": f"{OFFICE_COOKIE}={citizens}"})
        swapped = browser.get("/me", headers={"cookie": f"{OFFICE_COOKIE}={citizens}"})

        assert inside.headers["location"] == "/login?next=/me"
        assert at_work.headers["location"] == "/office/login?next=/office"
        assert swapped.headers["location"] == "/login?next=/me"

    def test_do_not_take_who_departed_by_the_other(
        self, browse: Browse, office: AtWork, counsellor: System
    ) -> None:
        code = f"{counsellor.organisation.number}|s.okafor|{OKAFOR}"
        citizen, employee = browse(), office()
        departed = citizen.get("/login").headers["set-cookie"].partition(";")[0].partition("=")[2]

        crossed = employee.get(
            "/office/login/arrive",
            params={"code": code, "state": "S"},
            headers={"cookie": f"__Host-office-login={departed}"},
        )

        assert crossed.status_code == 401

    def test_may_both_be_used_in_one_browser(
        self, browser: Browser, office: AtWork, counsellor: System
    ) -> None:
        both = Office(browser.client)
        both.log_in_for(counsellor.organisation)

        assert both.get("/me").status_code == both.get("/office").status_code == 200
        both.send("/office/logout")
        assert both.get("/me").status_code == 200
        assert both.get("/office").status_code == 303


class TestAVisit:
    def test_ends_when_nothing_happens(self, okafor: Office, clock: FakeClock) -> None:
        clock.now += IDLE

        assert okafor.get("/office").status_code == 303

    def test_ends_after_a_day_of_work_whatever_happens(
        self, okafor: Office, clock: FakeClock
    ) -> None:
        started = clock.now
        while clock.now < started + LONGEST_VISIT:
            assert okafor.get("/office").status_code == 200
            clock.advance(minutes=10)

        assert okafor.get("/office").status_code == 303

    def test_ends_at_once_when_the_organisation_is_suspended(
        self, okafor: Office, counsellor: System, owner: Engine
    ) -> None:
        assert okafor.get("/office").status_code == 200

        suspend(owner, counsellor)

        assert okafor.get("/office").headers["location"] == "/office/login?next=/office"

    def test_is_swept_up_when_it_is_over_and_somebody_comes_in(
        self, okafor: Office, browser: Browser, browse: Browse, owner: Engine, clock: FakeClock
    ) -> None:
        clock.advance(minutes=10)
        later = browse()
        later.log_in()
        clock.advance(minutes=6)

        browse().log_in()

        # The one at work and the first citizen are over; the later one goes on.
        assert _visits(owner) == {"visits": 2, "staff_visits": 0}
        assert later.get("/me").status_code == 200


class TestLoggingOut:
    def test_is_for_good_also_with_the_back_button(self, okafor: Office) -> None:
        token = okafor.token
        page = okafor.send("/office/logout")

        okafor.client.cookies.clear()
        back = okafor.get("/office", headers={"cookie": f"{OFFICE_COOKIE}={token}"})

        assert "U bent uitgelogd" in words(page)
        assert f'{OFFICE_COOKIE}=""' in page.headers["set-cookie"]
        assert back.status_code == 303
        assert page.headers["cache-control"] == "no-store"

    def test_twice_says_the_same(self, office: AtWork) -> None:
        assert "U bent uitgelogd" in words(office().client.post("/office/logout"))

    def test_is_not_done_by_another_site(self, okafor: Office) -> None:
        forged = okafor.client.post("/office/logout", data={"proof": "forged"})

        assert forged.status_code == 403
        assert okafor.get("/office").status_code == 200

    def test_is_not_done_with_the_proof_of_a_citizen(
        self, okafor: Office, browser: Browser
    ) -> None:
        proof = browser.proof

        assert _sent(okafor, proof).status_code == 403

    def test_is_not_done_from_elsewhere(self, okafor: Office) -> None:
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "same-site"}):
            sent = okafor.client.post(
                "/office/logout", data={"proof": okafor.proof}, headers=headers
            )
            assert sent.status_code == 403


class TestTheCitizen:
    def test_reads_which_person_looked(
        self, browser: Browser, counsellor: System, owner: Engine, okafor: Office
    ) -> None:
        place = agree(browser, ask(counsellor))
        counsellor.get(f"/v1/consents/{place.rpartition('/')[2]}/overview")
        by_hand(counsellor, UUID(place.rpartition("/")[2]), owner)

        for page in (words(browser.get("/me/logbook")), words(browser.get(place))):
            assert "S. Okafor (Gemeente Veldwijk) bekeek uw overzicht." in page
            assert "uur Gemeente Veldwijk bekeek uw overzicht." in page


def by_hand(counsellor: System, consent_id: UUID, owner: Engine) -> None:
    """Look at an overview as the only employee there is."""
    with owner.begin() as connection:
        employee_id = connection.scalars(text("SELECT id FROM employees")).one()
    viewer = CounsellorViewer(
        counsellor.organisation.id, consent_id, Permission.OVERVIEW, person_id=employee_id
    )
    supplies = counsellor.supplies
    with supplies.sessions.begin() as session:
        open_mailbox(session, supplies.keys, viewer, Act.OVERVIEW_SEEN, now=supplies.clock())


def _sent(browser: Office, proof: str) -> httpx2.Response:
    return browser.client.post("/office/logout", data={"proof": proof})


def _visits(owner: Engine) -> dict[str, int]:
    with owner.begin() as connection:
        return {
            table: connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608
            for table in ("visits", "staff_visits")
        }
