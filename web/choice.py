"""What a citizen chose on the page with a request: only ever less than was asked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import Form

from letterbox.consent.models import ConsentRequest
from letterbox.consent.rules import Permission

SHORTER_PERIODS = (30, 120)


@dataclass(frozen=True, slots=True)
class Choice:
    """What stood in the form, as it was sent: nothing typed is lost when the page comes back.

    :ivar letters_from: a day as browsers send it, or nothing
    """

    permissions: tuple[Permission, ...]
    days: int
    left_out: frozenset[str] = frozenset()
    letters_from: str = ""

    @property
    def first_day(self) -> date | None:
        """The day from which letters count.

        :raises ValueError: what was typed is not a day
        """
        return date.fromisoformat(self.letters_from) if self.letters_from else None

    def mistakes(self, today: date) -> list[str]:
        """Return what must be chosen differently, in words for the template."""
        found = [] if self.permissions else ["no-permission"]
        try:
            ahead = self.first_day is not None and self.first_day > today
        except ValueError:
            return [*found, "not-a-day"]
        return [*found, "day-ahead"] if ahead else found


def choice(
    days: Annotated[int, Form()],
    permissions: Annotated[list[Permission] | None, Form()] = None,
    left_out: Annotated[list[str] | None, Form()] = None,
    letters_from: Annotated[str, Form()] = "",
) -> Choice:
    """Return what was chosen in the form."""
    chosen = tuple(dict.fromkeys(permissions or ()))
    return Choice(chosen, days, frozenset(left_out or ()), letters_from.strip())


def earlier_choice(
    days: Annotated[int | None, Form()] = None,
    permissions: Annotated[list[Permission] | None, Form()] = None,
    left_out: Annotated[list[str] | None, Form()] = None,
    letters_from: Annotated[str, Form()] = "",
) -> Choice | None:
    """Return what was chosen before, if someone comes back to change it."""
    return None if days is None else choice(days, permissions, left_out, letters_from)


def whole_request(request: ConsentRequest) -> Choice:
    """Return the choice that leaves nothing out: how the page looks at first."""
    return Choice(tuple(map(Permission, request.permissions)), request.days)


def periods(request: ConsentRequest, now: datetime) -> list[tuple[int, datetime]]:
    """Return the periods to choose from, the shortest first, each in days and with its end."""
    shorter = [days for days in SHORTER_PERIODS if days < request.days]
    return [(days, now + timedelta(days=days)) for days in (*shorter, request.days)]
