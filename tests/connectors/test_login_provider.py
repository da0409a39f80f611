"""What every login provider promises, against a real one and the fake, and what only a real can."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from warnings import catch_warnings

import httpx2
import pytest

from connectors.login_provider import LoginProvider
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import Departure, Login, LoginFailed
from tests.builders import BSN
from tests.fakes import FakeLogin

with catch_warnings(action="ignore"):
    # Of a library that the provider uses; not ours to mend.
    from oidc_provider_mock import User, run_server_in_thread

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

ARRIVE = "https://letterbox.example/login/arrive"
Agree = Callable[[Departure], str]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread(user_claims=[User(sub="someone", claims={"bsn": BSN})]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def provider(issuer: str, monkeypatch: pytest.MonkeyPatch) -> LoginProvider:
    # Authlib refuses plain http, even to this very machine.
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    return LoginProvider(issuer, "letterbox", "secret", ARRIVE, claim="sub")


def log_in(departure: Departure, sub: str = BSN) -> dict[str, list[str]]:
    """Fill in the form of the provider, and return what it sends back with us."""
    answer = httpx2.post(departure.url, data={"sub": sub})
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(ARRIVE)
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
        self, provider: LoginProvider, changes: dict[str, str]
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
