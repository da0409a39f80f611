"""Everything that the finders find in a letter, before anything is chosen."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from letterbox.letters.rules import Party
from letterbox.reading.candidates.parties import Named
from letterbox.reading.concepts import said_in
from letterbox.reading.finders.amounts import find_amounts
from letterbox.reading.finders.events import EventFound, find_events
from letterbox.reading.finders.ibans import IbanFound, find_ibans
from letterbox.reading.finders.names import find_names
from letterbox.reading.finders.references import (
    ReferenceFound,
    asked_by_name,
    find_numbers,
    find_references,
)
from letterbox.reading.finders.terms import TermFound, find_terms
from letterbox.reading.layout import Layout
from letterbox.reading.letter_date import LetterDate, find_letter_date
from letterbox.reading.letterhead import find_letterhead
from letterbox.reading.recipient import Recipient, find_recipient
from letterbox.reading.roles import Part, roles_of
from letterbox.reading.sums import Closing, sums_in


@dataclass(frozen=True)
class Found:
    """The finds of one letter; each kind is looked for once, when it is first asked for."""

    layout: Layout
    received_on: date
    sender: Party | None = None

    @cached_property
    def letter_date(self) -> LetterDate | None:
        return find_letter_date(self.layout, received_on=self.received_on)

    @cached_property
    def since(self) -> date:
        """From this day on days lie ahead: the date of the letter, or else of its arrival."""
        return self.letter_date.on if self.letter_date else self.received_on

    @cached_property
    def parts(self) -> list[Part]:
        return roles_of(find_amounts(self.layout), self.layout)

    @cached_property
    def closings(self) -> list[Closing]:
        return sums_in(self.parts)

    @cached_property
    def terms(self) -> list[TermFound]:
        letter_on = self.letter_date.on if self.letter_date else None
        return find_terms(self.layout, letter_on=letter_on, received_on=self.received_on)

    @cached_property
    def accounts(self) -> list[IbanFound]:
        return find_ibans(self.layout)

    @cached_property
    def references(self) -> list[ReferenceFound]:
        return find_references(self.layout)

    @cached_property
    def numbers(self) -> list[ReferenceFound]:
        """The references, and whatever else is written like one."""
        known = {(find.spot.block, find.spot.start) for find in self.references}
        others = find_numbers(self.layout)
        new = [f for f in others if (f.spot.block, f.spot.start) not in known]
        return [*self.references, *new]

    @cached_property
    def asked_by_name(self) -> ReferenceFound | None:
        return asked_by_name(self.layout, self.references)

    @cached_property
    def named(self) -> Named:
        names = find_names(self.layout)
        citizen = self.recipient.name if self.recipient and self.recipient.sure else ""
        letterhead = find_letterhead(self.layout, names, citizen=citizen)
        return Named(names, letterhead, self.recipient, self.sender)

    @cached_property
    def recipient(self) -> Recipient | None:
        return find_recipient(self.layout)

    @cached_property
    def said(self) -> frozenset[str]:
        """Clues for what the letter speaks of, wherever it does."""
        return said_in(self.layout.plain)

    @property
    def writer(self) -> Party | None:
        """Who writes: who delivered it, or who seems to."""
        names = self.named.letterhead.names
        return self.sender or (Party(names[0]) if names else None)

    @cached_property
    def events(self) -> list[EventFound]:
        return find_events(self.layout, letter_on=self.since)
