"""Drawing the course: the line stays within its picture, and higher means more."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from letterbox.overview.course import Moment
from letterbox.shared.money import Euro
from web.chart import FLOOR, TOP, WIDTH, chart_of

FIRST = date(2026, 1, 31)


def points(line: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (point.split(",") for point in line.split())]


def test_one_moment_is_no_course() -> None:
    assert chart_of([Moment(FIRST, Euro(1))]) is None


@given(st.lists(st.integers(-100, 10**9), min_size=2, max_size=13))
def test_the_line_stays_in_the_picture_and_rises_with_the_amount(cents: list[int]) -> None:
    moments = [Moment(FIRST + timedelta(days=30 * n), Euro(c)) for n, c in enumerate(cents)]

    chart = chart_of(moments)

    assert chart is not None
    drawn = points(chart.line)
    assert len(drawn) == len(moments)
    assert all(0 <= x <= WIDTH and TOP <= y <= FLOOR for x, y in drawn)
    assert [x for x, _ in drawn] == sorted(x for x, _ in drawn)
    most, least = max(cents), min(cents)
    assert drawn[cents.index(most)][1] <= drawn[cents.index(least)][1]
