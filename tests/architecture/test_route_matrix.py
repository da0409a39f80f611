"""Every door × every kind of caller. A route that is not in the table fails the test."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.architecture.callers import World
from tests.architecture.house import doors_of, mounted_in
from tests.builders import System
from tests.conftest import PUBLIC_URL
from tests.fakes import FakeClock
from tests.web.browser import Browser
from web.dressing import RULES

Row = dict[str, int]

STRANGERS = {"nobody": 401, "garbage": 401, "expired": 401, "suspended": 401, "a citizen": 401}
SYSTEMS = STRANGERS | {"without the scope": 403}


def systems(right: int, *, other: int, **consents: int) -> Row:
    """Return the row of a door that only systems with a token may pass."""
    under = {f"{name} consent": status for name, status in consents.items()}
    return SYSTEMS | {"another organisation": other} | under | {"the right one": right}


def everyone(status: int) -> Row:
    """Return the row of a door that is open to everyone alike."""
    return dict.fromkeys([*SYSTEMS, "another organisation", "the right one"], status)


def page(right: int, *, other: int) -> Row:
    """Return the row of a page: whoever is not logged in is sent to log in."""
    return {"nobody": 303, "a system": 303, "idle": 303, "an employee": 303} | {
        "another citizen": other,
        "the citizen": right,
    }


def form(right: int, *, other: int) -> Row:
    """Return the row of a form: it must come from a page made for this visit."""
    return {
        "nobody": 401,
        "a system": 401,
        "idle": 401,
        "an employee": 401,
        "without proof": 403,
        "with another's proof": 403,
        "another citizen": other,
        "the citizen": right,
    }


def office(right: int, *, other: int, scopeless: int = 403) -> Row:
    """Return the row of a page for people at work: their organisation must have the scope."""
    outside = ["nobody", "a system", "the citizen", "an idle employee", "suspended"]
    return dict.fromkeys(outside, 303) | {
        "without the scope": scopeless,
        "another organisation": other,
        "an employee": right,
    }


def office_form(right: int, *, other: int) -> Row:
    """Return the row of a form for people at work."""
    outside = ["nobody", "a system", "the citizen", "an idle employee", "suspended"]
    return dict.fromkeys(outside, 401) | {
        "an employee without proof": 403,
        "an employee with a citizen's proof": 403,
        "without the scope": 403,
        "another organisation": other,
        "an employee": right,
    }


def open_page(status: int) -> Row:
    callers = ["nobody", "a system", "idle", "another citizen", "the citizen", "an employee"]
    return dict.fromkeys(callers, status)


MATRIX: dict[str, Row] = {
    "POST /v1/letters": systems(201, other=201),
    "GET /v1/letters": systems(200, other=200),
    "GET /v1/letters/{letterId}": systems(200, other=404),
    "POST /v1/claim-notices": systems(201, other=201),
    "POST /v1/consent-requests": systems(201, other=201),
    "GET /v1/consent-requests/{requestId}": systems(200, other=404),
    "GET /v1/consents": systems(200, other=200),
    "GET /v1/consents/{consentId}": systems(200, other=404, lapsed=200, revoked=200),
    "GET /v1/consents/{consentId}/overview": systems(200, other=404, lapsed=404, revoked=404),
    "GET /v1/consents/{consentId}/letters": systems(200, other=404, lapsed=404, revoked=404),
    "GET /v1/consents/{consentId}/letters/{letterId}/document": systems(
        200, other=404, lapsed=404, revoked=404
    ),
    "GET /v1/openapi.json": everyone(200),
    "GET /v1/openapi.yaml": everyone(200),
    "POST /oauth2/token": everyone(200)
    | {"nobody": 400, "garbage": 401, "expired": 401, "suspended": 401},
    "GET /.well-known/oauth-authorization-server": everyone(200),
    "GET /.well-known/jwks.json": everyone(200),
    "GET /problems": everyone(200),
    "GET /problems/{slug}": everyone(200),
    "GET /health/live": everyone(200),
    "GET /health/ready": everyone(200),
    "GET /metrics": everyone(200),
    "GET /": open_page(200),
    "GET /design.css": open_page(200 if RULES.is_file() else 404),
    "GET /language": open_page(303),
    "GET /login": open_page(303),
    "GET /login/arrive": open_page(401),
    "GET /office/login": open_page(303),
    "GET /office/login/arrive": open_page(401),
    "POST /office/logout": {
        "an employee without proof": 403,
        "an employee with a citizen's proof": 403,
    }
    | open_page(200),
    "GET /office": office(200, other=200, scopeless=200),
    "GET /office/clients": office(200, other=200),
    "GET /office/clients/{consentId}": office(200, other=404)
    | {"lapsed consent": 404, "revoked consent": 404},
    "GET /office/clients/{consentId}/overview.{ending}": office(200, other=404)
    | {"lapsed consent": 404, "revoked consent": 404},
    "GET /office/clients/{consentId}/letters": office(200, other=404)
    | {"lapsed consent": 404, "revoked consent": 404},
    "GET /office/clients/{consentId}/letters/{letterId}": office(200, other=404)
    | {"lapsed consent": 404, "revoked consent": 404},
    # For who is looking at the letter only: none of these does.
    "GET /office/clients/{consentId}/letters/{letterId}/pages/{pageNumber}": office(404, other=404),
    "GET /office/clients/{consentId}/letters/{letterId}/document": office(200, other=404)
    | {"lapsed consent": 404, "revoked consent": 404},
    "GET /office/requests/new": office(200, other=200),
    "POST /office/requests/new": office_form(303, other=303),
    "GET /office/requests/{requestId}": office(200, other=404),
    "GET /office/letters": office(200, other=200),
    "GET /office/letters/{letterId}": office(200, other=404),
    "GET /office/letters/new": office(200, other=200),
    "POST /office/letters/check": office_form(200, other=200),
    "POST /office/letters": office_form(200, other=200),
    "POST /logout": {"without proof": 403, "with another's proof": 403} | open_page(200),
    "GET /me": page(200, other=200),
    "GET /me/debts/{debtId}": page(200, other=404),
    "GET /me/letters": page(200, other=200),
    "GET /me/letters/add": page(200, other=200),
    # Without a file, so that nothing is added.
    "POST /me/letters/add": form(400, other=400),
    "GET /me/letters/{letterId}": page(200, other=404),
    "GET /me/letters/{letterId}/pages/{pageNumber}": page(200, other=404),
    "GET /me/letters/{letterId}/document": page(200, other=404),
    "GET /me/letters/{letterId}/correct": page(200, other=404),
    "POST /me/letters/{letterId}/correct": form(303, other=404),
    "POST /me/letters/{letterId}/confirm": form(303, other=404),
    "GET /me/debts/{debtId}/correct": page(200, other=404),
    "POST /me/debts/{debtId}/correct": form(303, other=404),
    "POST /me/corrections/{correctionId}/withdraw": form(303, other=404),
    "GET /me/logbook": page(200, other=200),
    "GET /me/sharing": page(200, other=200),
    "POST /me/sharing/request": form(200, other=200),
    "POST /me/sharing/preview": form(200, other=200),
    "POST /me/sharing/grant": form(303, other=303),
    "POST /me/sharing/decline": form(303, other=303),
    "GET /me/sharing/{consentId}": page(200, other=404),
    "GET /me/sharing/{consentId}/preview": page(200, other=404),
    "POST /me/sharing/{consentId}/end": form(303, other=404),
    "GET /me/settings": page(200, other=200),
    "POST /me/settings/language": form(303, other=303),
    "POST /me/settings/address": form(303, other=303),
    "POST /me/settings/confirm": form(400, other=400),
    "POST /me/settings/forget": form(303, other=303),
    "POST /me/settings/notices": form(303, other=303),
    "POST /me/settings/calendar": form(200, other=200),
    "POST /me/settings/calendar/stop": form(303, other=303),
    "GET /calendar/{token}.ics": open_page(200),
    "GET /me/data": page(200, other=200),
    "POST /me/data/download": form(200, other=200),
    "GET /me/data/close": page(200, other=200),
    "POST /me/data/close": form(200, other=200),
}


@pytest.fixture
def world(
    connect: Callable[..., System], client: TestClient, owner: Engine, clock: FakeClock
) -> World:
    def browse() -> Browser:
        return Browser(TestClient(client.app, base_url=PUBLIC_URL, follow_redirects=False))

    return World(connect, browse, owner, clock)


class TestTheMatrix:
    def test_has_a_row_for_every_route(self, app: FastAPI) -> None:
        assert sorted(MATRIX) == sorted(str(door) for door in doors_of(app))

    def test_covers_everything_that_is_mounted(self, app: FastAPI) -> None:
        # What is under /static is a stylesheet and an icon, for everyone.
        assert mounted_in(app) == {"/v1", "", "/static"}

    @pytest.mark.parametrize("door", MATRIX)
    def test_holds(self, world: World, door: str) -> None:
        row = MATRIX[door]

        # Those who may do least come first: a refusal must leave nothing behind.
        answered = {caller: world.knock(door, caller) for caller in row}

        assert answered == row
