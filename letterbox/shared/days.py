"""Which day it is where the citizens live. Terms and due dates are counted in these days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


def day_of(moment: datetime) -> date:
    """Return the Dutch calendar day of a moment."""
    return moment.astimezone(HERE).date()
