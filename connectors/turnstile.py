"""Lets each organisation through so many times a minute, counted in this process.

With several web processes each counts for itself, so the whole lets through that many times
as much: the limit is a guard against runaway programs, not a price list.
"""

from uuid import UUID

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from letterbox.shared.ports import TooManyRequests


class CountingTurnstile:
    """Fulfils `Turnstile`."""

    def __init__(self, *, per_minute: int) -> None:
        self._limit = RateLimitItemPerMinute(per_minute)
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def let_through(self, organisation_id: UUID) -> None:
        if not self._counter.hit(self._limit, str(organisation_id)):
            raise TooManyRequests(f"Send at most {self._limit.amount} requests a minute.")
