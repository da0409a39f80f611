"""Building the web application from its supplies. Nothing is read from the environment here."""

from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api import (
    claim_notices,
    consent_letters,
    consent_requests,
    consents,
    explained,
    health,
    letters,
    oauth,
    problems,
)
from api.doorstep import VERSION, Doorstep
from letterbox.shared.ports import Supplies
from runtime.contract import describe
from web import app as pages


def create_app(
    supplies: Supplies, *, trusted_hosts: tuple[str, ...] = ("*",), theme: Path | None = None
) -> FastAPI:
    """Return the whole application: the JSON door, the pages, and what machines watch.

    :param theme: a file with the design tokens of a municipality
    """
    house = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    house.state.supplies = supplies
    for machinery in (oauth, health, explained):
        house.include_router(machinery.router)
    problems.install(house)
    door = create_api(public_url=supplies.public_url)
    door.state.supplies = supplies
    house.mount("/v1", door)
    house.mount("/", pages.create_pages(supplies, theme))
    house.add_middleware(TrustedHostMiddleware, allowed_hosts=list(trusted_hosts))
    house.add_middleware(Doorstep, origin=supplies.public_url)
    return house


def create_api(*, public_url: str) -> FastAPI:
    """Return the JSON door under `/v1`, described by `openapi.yaml`."""
    door = FastAPI(
        title="Letterbox",
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for room in (letters, claim_notices, consent_requests, consents, consent_letters):
        door.include_router(room.router)
    problems.install(door)
    describe(door, server=f"{public_url}/v1")
    return door
