"""What a demo letter is made of, and what a careful reader should find in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from letterbox.letters.rules import Claim, Party
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.wording import DAYS

_NUMBER_WORDS = {2: "twee", 4: "vier", 6: "zes", 14: "veertien", 15: "vijftien"}
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to pay and the words that say so, made together so that they cannot differ.

    `on` is None when the term runs from the day the letter comes in: see `given`.
    """

    words: str
    on: date | None = None
    days_after_arrival: int | None = None

    @classmethod
    def by(cls, day: date, habit: str = "") -> Self:
        """The day itself is the last day."""
        return cls(DAYS[habit](day), on=day)

    @classmethod
    def before(cls, day: date, habit: str = "") -> Self:
        """The day before is the last day."""
        return cls(f"vóór {DAYS[habit](day)}", on=day - timedelta(days=1))

    @classmethod
    def within(cls, days: int, sent_on: date) -> Self:
        """So many days from the date on the letter."""
        return cls(f"binnen {days} dagen na dagtekening", on=sent_on + timedelta(days=days))

    @classmethod
    def within_weeks(cls, weeks: int, sent_on: date) -> Self:
        """So many weeks from the date on the letter, written out."""
        count = _NUMBER_WORDS[weeks]
        return cls(f"binnen {count} weken na dagtekening", on=sent_on + timedelta(weeks=weeks))

    @classmethod
    def after_delivery(cls, days: int) -> Self:
        """So many days from the day after delivery: the wording of a 14-day letter."""
        count = _NUMBER_WORDS[days]
        return cls(
            f"binnen {count} dagen vanaf de dag nadat deze brief bij u is bezorgd",
            days_after_arrival=days,
        )

    def given(self, arrived_on: date) -> date | None:
        """Return the last day to pay for a letter that came in on this day."""
        if self.days_after_arrival is None:
            return self.on
        return arrived_on + timedelta(days=self.days_after_arrival)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is really so. `creditor` is a key in the cast; None amounts are not in the letter."""

    kind: Kind
    creditor: str
    outstanding: Euro | None = None
    payable_now: Euro | None = None
    conditional_costs: Euro | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class DemoLetter:
    """One letter, ready to be printed and delivered.

    `sender` and `recipient` are keys in the cast; `text` is `story/name` among the texts;
    `template` names the layout; `values` fill in the text.
    """

    message_id: str
    sender: str
    recipient: str
    sent_on: date
    subject: str
    template: str
    text: str
    truth: Truth
    values: Mapping[str, Euro | date | str] = field(default_factory=dict)
    on_behalf_of: Party | None = None
    claim: Claim | None = None
    replaces: str | None = None


def posted(today: date, days_ago: int) -> date:
    """Return the working day, about so many days ago, on which a letter was sent."""
    day = today - timedelta(days=days_ago)
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def message_id(name: str, sent_on: date) -> str:
    """Return the sender's own number for a letter, unique over the days the demo is run."""
    return f"demo-{name}-{sent_on:%Y%m%d}"
