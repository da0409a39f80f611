"""The whole application, to be looked at."""

import pytest
from fastapi import FastAPI

from letterbox.shared.ports import Supplies
from runtime.app import create_app


@pytest.fixture
def app(supplies: Supplies) -> FastAPI:
    return create_app(supplies)
