from uuid import uuid4

import pytest

from connectors.turnstile import CountingTurnstile
from letterbox.shared.ports import TooManyRequests


class TestLetThrough:
    def test_stops_one_organisation_and_lets_the_others_through(self) -> None:
        turnstile, eager, patient = CountingTurnstile(per_minute=2), uuid4(), uuid4()
        turnstile.let_through(eager)
        turnstile.let_through(eager)

        with pytest.raises(TooManyRequests):
            turnstile.let_through(eager)
        turnstile.let_through(patient)
