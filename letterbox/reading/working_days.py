"""Counting working days: Monday to Friday, and no public holiday of the Netherlands."""

from datetime import date, timedelta
from functools import lru_cache

_ONE = timedelta(days=1)


def working_days_after(day: date, count: int) -> date:
    """Return the day that is this many working days later.

    Holidays as in art. 3 Algemene termijnenwet.
    """
    while count > 0:
        day += _ONE
        count -= _is_working_day(day)
    return day


def working_days_before(day: date, count: int) -> date:
    """Return the day that is this many working days earlier."""
    while count > 0:
        day -= _ONE
        count -= _is_working_day(day)
    return day


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= _ONE
    moving = (easter + timedelta(days=days) for days in (-2, 0, 1, 39, 49, 50))
    fixed = (date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*moving, *fixed))


def _easter(year: int) -> date:
    """Return Easter Sunday by the Gregorian rule of Gauss, in its Meeus form."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
