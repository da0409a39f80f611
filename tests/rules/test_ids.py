from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from letterbox.shared.ids import new_id

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 13 * 10**15).map(lambda us: EPOCH + timedelta(microseconds=us))


class TestNewId:
    @given(MOMENTS)
    def test_is_a_version_7_uuid_of_that_millisecond(self, now: datetime) -> None:
        made = new_id(now)

        assert (made.version, made.variant) == (7, "specified in RFC 4122")
        assert made.int >> 80 == (now - EPOCH) // timedelta(milliseconds=1)

    @given(MOMENTS)
    def test_sorts_in_the_order_of_time(self, now: datetime) -> None:
        assert new_id(now) < new_id(now + timedelta(milliseconds=1))

    def test_is_never_the_same_twice(self) -> None:
        assert len({new_id(datetime(2026, 3, 1, tzinfo=UTC)) for _ in range(1000)}) == 1000
