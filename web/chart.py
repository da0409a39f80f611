"""Drawing how a total went: where the line runs, in the units of its picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from letterbox.overview.course import Moment

WIDTH, HEIGHT, FLOOR, LEFT, TOP = 640, 220, 180, 8, 28
"""The picture; the height at which zero is; the space beside and above the line."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A line through moments.

    :ivar line: the points as SVG writes them, from left to right
    :ivar under: the same, closed along the floor
    """

    moments: Sequence[Moment]
    line: str
    under: str
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR
    left: int = LEFT


def chart_of(moments: Sequence[Moment]) -> Chart | None:
    """Return a chart, or nothing where there is no course to draw yet."""
    if len(moments) < 2:
        return None
    days = (moments[-1].on - moments[0].on).days
    most = max(*(each.outstanding.cents for each in moments), 1)
    points = [
        (
            LEFT + (WIDTH - 2 * LEFT) * (each.on - moments[0].on).days / days,
            FLOOR - (FLOOR - TOP) * max(each.outstanding.cents, 0) / most,
        )
        for each in moments
    ]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    return Chart(moments, line, f"{LEFT},{FLOOR} {line} {WIDTH - LEFT},{FLOOR}")
