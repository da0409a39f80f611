"""Organisations for the rooms: no door is needed here."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from letterbox.people.models import Organisation
from letterbox.shared.ports import Supplies
from runtime.database import sessions_on
from tests.builders import GROUND, a_registration

Register = Callable[..., Organisation]


@pytest.fixture
def register(supplies: Supplies, owner: Engine) -> Register:
    """Register an organisation."""

    def add(name: str = "De Wilg", *, ground: str | None = GROUND) -> Organisation:
        with sessions_on(owner).begin() as session:
            added, _ = a_registration(session, name=name, now=supplies.clock(), ground=ground)
        return added

    return add


@pytest.fixture
def wilg(register: Register) -> Organisation:
    """A sender."""
    return register("De Wilg")


@pytest.fixture
def zuid(register: Register) -> Organisation:
    """An organisation that counsels."""
    return register("Schuldhulp Zuid")
