"""The two who knock at the JSON door."""

from collections.abc import Callable

import pytest

from tests.builders import System


@pytest.fixture
def sender(connect: Callable[..., System]) -> System:
    return connect("De Wilg")


@pytest.fixture
def counsellor(connect: Callable[..., System]) -> System:
    return connect("Schuldhulp Zuid")
