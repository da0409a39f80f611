"""What every login provider promises, against a real one and the fake, and what only a real can."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from warnings import catch_warnings

import httpx2
import pytest

from connectors.login_provider import LoginProvider, StaffLoginProvider
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import Departure, Login, LoginFailed, StaffLogin, StaffMember
from tests.builders import BSN
from tests.fakes import FakeLogin, FakeStaffLogin

with catch_warnings(action="ignore"):
    # Of a library that the provider uses; not ours to mend.
    from oidc_provider_mock import User, run_server_in_thread

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

ARRIVE = "https://letterbox.example/login/arrive"
AT_WORK = "https://letterbox.example/office/login/arrive"
Agree = Callable[[Departure], str]

SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"
OIN = "00000099000000070000"
OKAFOR = StaffMember(OIN, "s.okafor", "S. Okafor")
USERS = {
    "someone": {"bsn": BSN},
    "s.okafor": {"number": OIN, "name": "S. Okafor"},
    "nameless": {"number": OIN, "name": " \u202e"},
    "without a job": {"name": "S. Okafor"},
    "without a number": {"number": "", "name": "S. Okafor"},
    "well known": {"acr": SUBSTANTIAL},
    "badly known": {"acr": "http://eidas.europa.eu/LoA/low"},
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    users = [User(sub=name, claims=claims) for name, claims in USERS.items()]
    with run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def provider(issuer: str, monkeypatch: pytest.MonkeyPatch) -> LoginProvider:
    # Authlib refuses plain http, even to this very machine.
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    return LoginProvider(issuer, "letterbox", "secret", ARRIVE, claim="sub")


@pytest.fixture
def staff_provider(issuer: str, monkeypatch: pytest.MonkeyPatch) -> StaffLoginProvider:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    return StaffLoginProvider(
        issuer, "office", "secret", AT_WORK, organisation_claim="number", name_claim="name"
    )


def log_in(departure: Departure, sub: str = BSN) -> dict[str, list[str]]:
    """Fill in the form of the provider, and return what it sends back with us."""
    answer = httpx2.post(departure.url, data={"sub": sub})
    assert answer.status_code == 302
    assert answer.headers["location"].startswith((ARRIVE, AT_WORK))
    return parse_qs(urlsplit(answer.headers["location"]).query)


@pytest.fixture(params=["real", "fake"])
def door(request: pytest.FixtureRequest) -> tuple[Login, Agree]:
    """A login, and what the citizen does there."""
    if request.param == "fake":
        return FakeLogin(), lambda _: BSN
    real: LoginProvider = request.getfixturevalue("provider")
    return real, lambda departure: log_in(departure)["code"][0]


class TestLogin:
    def test_brings_back_the_number_of_who_logged_in(self, door: tuple[Login, Agree]) -> None:
        login, agree = door
        departure = login.depart()

        assert login.arrive(departure, code=agree(departure)) == BSN

    def test_fails_for_a_code_that_nobody_gave(self, door: tuple[Login, Agree]) -> None:
        login, _ = door

        with pytest.raises(LoginFailed):
            login.arrive(login.depart(), code="refused")

    def test_fails_for_the_code_of_another_departure(self, door: tuple[Login, Agree]) -> None:
        login, agree = door
        departure = login.depart()

        with pytest.raises(LoginFailed):
            login.arrive(replace(departure, nonce="another"), code=agree(departure))

    def test_names_the_state_it_will_come_back_with(self, door: tuple[Login, Agree]) -> None:
        departure = door[0].depart()

        assert f"state={departure.state}" in departure.url


class TestLoginProvider:
    def test_departs_with_a_challenge_and_never_shows_what_answers_it(
        self, provider: LoginProvider
    ) -> None:
        departure = provider.depart()

        asked = parse_qs(urlsplit(departure.url).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["response_type"] == ["code"]
        assert (asked["nonce"], asked["state"]) == ([departure.nonce], [departure.state])
        assert departure.verifier not in departure.url
        assert "secret" not in departure.url

    def test_never_departs_the_same_way_twice(self, provider: LoginProvider) -> None:
        one, other = provider.depart(), provider.depart()

        assert not {one.state, one.nonce, one.verifier} & {other.state, other.nonce, other.verifier}

    def test_comes_back_with_its_state(self, provider: LoginProvider) -> None:
        departure = provider.depart()

        assert log_in(departure)["state"] == [departure.state]

    def test_fails_when_a_code_is_used_twice(self, provider: LoginProvider) -> None:
        departure = provider.depart()
        code = log_in(departure)["code"][0]
        provider.arrive(departure, code=code)

        with pytest.raises(LoginFailed):
            provider.arrive(departure, code=code)

    def test_takes_the_number_from_the_claim_that_is_set(self, provider: LoginProvider) -> None:
        broker = replace(provider, claim="bsn")
        departure = broker.depart()

        assert broker.arrive(departure, code=log_in(departure, "someone")["code"][0]) == BSN

    @pytest.mark.parametrize(
        "changes",
        [{"claim": "bsn"}, {"client_id": "another"}],
        ids=["no such claim", "another client"],
    )
    def test_fails_when_the_answer_is_not_for_us(
        self, provider: LoginProvider, changes: dict[str, Any]
    ) -> None:
        departure = provider.depart()
        code = log_in(departure)["code"][0]

        with pytest.raises(LoginFailed):
            replace(provider, **changes).arrive(departure, code=code)

    def test_fails_when_the_issuer_is_another(self, provider: LoginProvider, issuer: str) -> None:
        departure = provider.depart()
        code = log_in(departure)["code"][0]
        same_door_by_another_name = issuer.replace("localhost", "127.0.0.1")

        with pytest.raises((LoginFailed, Unavailable)):
            replace(provider, issuer=same_door_by_another_name + "/").arrive(departure, code=code)

    @pytest.mark.parametrize("when", ["departing", "arriving"])
    def test_is_unavailable_when_nobody_answers(self, when: str, provider: LoginProvider) -> None:
        gone = replace(provider, issuer="http://127.0.0.1:9")

        with pytest.raises(Unavailable):
            if when == "departing":
                gone.depart()
            else:
                gone.arrive(provider.depart(), code="c")

    def test_is_unavailable_when_something_else_answers(
        self, provider: LoginProvider, issuer: str
    ) -> None:
        with pytest.raises(Unavailable):
            replace(provider, issuer=f"{issuer}/elsewhere").depart()

    def test_is_unavailable_when_the_provider_does_not_say_where_to_go(
        self, provider: LoginProvider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("connectors.login_provider._fetched", lambda _: {"issuer": "x"})

        with pytest.raises(Unavailable):
            replace(provider).depart()


class TestTheLevel:
    def test_is_asked_for_and_is_enough(self, provider: LoginProvider) -> None:
        strict = replace(provider, levels=(SUBSTANTIAL, "other"))
        departure = strict.depart()

        asked = parse_qs(urlsplit(departure.url).query)
        assert asked["acr_values"] == [f"{SUBSTANTIAL} other"]
        code = log_in(departure, "well known")["code"][0]
        assert strict.arrive(departure, code=code) == "well known"

    @pytest.mark.parametrize("who", ["badly known", "someone"])
    def test_is_checked_on_arrival(self, who: str, provider: LoginProvider) -> None:
        strict = replace(provider, levels=(SUBSTANTIAL,))
        departure = strict.depart()

        with pytest.raises(LoginFailed):
            strict.arrive(departure, code=log_in(departure, who)["code"][0])

    def test_is_not_looked_at_when_none_is_set(self, provider: LoginProvider) -> None:
        departure = provider.depart()

        assert "acr_values" not in departure.url
        assert provider.arrive(departure, code=log_in(departure, "badly known")["code"][0])


@pytest.fixture(params=["real", "fake"])
def staff_door(request: pytest.FixtureRequest) -> tuple[StaffLogin, Agree]:
    """A login for staff, and what an employee does there."""
    if request.param == "fake":
        return FakeStaffLogin(), lambda _: f"{OIN}|{OKAFOR.subject}|{OKAFOR.name}"
    real: StaffLoginProvider = request.getfixturevalue("staff_provider")
    return real, lambda departure: log_in(departure, OKAFOR.subject)["code"][0]


class TestStaffLogin:
    def test_brings_back_who_it_is_and_for_whom_they_work(
        self, staff_door: tuple[StaffLogin, Agree]
    ) -> None:
        login, agree = staff_door
        departure = login.depart()

        assert login.arrive(departure, code=agree(departure)) == OKAFOR

    def test_fails_for_a_code_that_nobody_gave(self, staff_door: tuple[StaffLogin, Agree]) -> None:
        login, _ = staff_door

        with pytest.raises(LoginFailed):
            login.arrive(login.depart(), code="refused")

    def test_fails_for_the_code_of_another_departure(
        self, staff_door: tuple[StaffLogin, Agree]
    ) -> None:
        login, agree = staff_door
        departure = login.depart()

        with pytest.raises(LoginFailed):
            login.arrive(replace(departure, nonce="another"), code=agree(departure))

    def test_names_the_state_it_will_come_back_with(
        self, staff_door: tuple[StaffLogin, Agree]
    ) -> None:
        departure = staff_door[0].depart()

        assert f"state={departure.state}" in departure.url


class TestStaffLoginProvider:
    @pytest.mark.parametrize("who", ["nameless", "without a job", "without a number", "stranger"])
    def test_fails_for_who_does_not_say_who_they_are_and_for_whom(
        self, who: str, staff_provider: StaffLoginProvider
    ) -> None:
        departure = staff_provider.depart()

        with pytest.raises(LoginFailed):
            staff_provider.arrive(departure, code=log_in(departure, who)["code"][0])

    def test_fails_for_the_code_of_a_citizen(
        self, provider: LoginProvider, staff_provider: StaffLoginProvider
    ) -> None:
        departure = provider.depart()
        code = log_in(departure, OKAFOR.subject)["code"][0]

        with pytest.raises(LoginFailed):
            staff_provider.arrive(departure, code=code)
