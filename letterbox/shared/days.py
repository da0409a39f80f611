"""Which day it is where the citizens live, and the same day of later months."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


def day_of(moment: datetime) -> date:
    """Return the Dutch calendar day of a moment."""
    return moment.astimezone(HERE).date()


def start_of_day(moment: datetime) -> datetime:
    """Return when the Dutch calendar day of a moment began."""
    return datetime.combine(day_of(moment), time.min, HERE)


def months_later(day: date, count: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
