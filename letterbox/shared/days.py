"""Which day it is where the citizens live. Terms and due dates are counted in these days."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


def day_of(moment: datetime) -> date:
    """Return the Dutch calendar day of a moment."""
    return moment.astimezone(HERE).date()


def start_of_day(moment: datetime) -> datetime:
    """Return when the Dutch calendar day of a moment began."""
    return datetime.combine(day_of(moment), time.min, HERE)
