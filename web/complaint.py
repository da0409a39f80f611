"""What a citizen typed about what is not right: nothing of it is lost when something is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Form

from letterbox.debts.citizen import LONGEST_NOTE, LONGEST_VALUE, Said
from letterbox.debts.facts import CorrectionKind
from letterbox.shared.money import Euro
from web.typed import amount_in, clean, day_in

APART = "apart"
"""Instead of another debt: by itself."""

KINDS = (
    CorrectionKind.MISREAD,
    CorrectionKind.WRONG_AMOUNT,
    CorrectionKind.ALREADY_PAID,
    CorrectionKind.DISPUTED,
    CorrectionKind.NOT_A_DEBT,
    CorrectionKind.BELONGS_TO,
)
"""In the order in which the form asks."""

Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Complaint:
    """What stood in the form, as it was sent.

    :ivar field: what was read, when it is about that
    :ivar value: what stands in the letter instead
    :ivar right: what the amount should be; `paid` is what was paid
    :ivar other: the debt it belongs to, or `APART`
    """

    kind: str = ""
    field: str = ""
    value: str = ""
    right: str = ""
    paid: str = ""
    on: str = ""
    other: str = ""
    note: str = ""

    def mistakes(self, today: date) -> Mapping[str, str]:
        """Return what must be put right, by the name of the field in the form, in short words."""
        if self.kind not in (KINDS if self.field else KINDS[1:]):
            return {"kind": "no-kind"}
        found = {
            "value": self._value_mistake(),
            "right": self._amount_mistake("wrong_amount", self.right, needed=True),
            "paid": self._amount_mistake("already_paid", self.paid, needed=False),
            "on": self._day_mistake(today),
            "other": "no-debt" if self.kind == "belongs_to" and not self._knows_other() else "",
            "note": "too-long" if len(self.note) > LONGEST_NOTE else "",
        }
        return {name: mistake for name, mistake in found.items() if mistake}

    def said(self, *, letter_id: UUID | None = None, debt_id: UUID | None = None) -> Said:
        """Return what the citizen says, when there are no mistakes in it."""
        return Said(
            CorrectionKind(self.kind),
            debt_id=debt_id,
            letter_id=letter_id,
            other_debt_id=UUID(self.other) if self._moves() and self.other != APART else None,
            amount=self._amount(),
            on=day_in(self.on) if self.on and self.kind == CorrectionKind.ALREADY_PAID else None,
            note=self.note,
            field=self.field if letter_id else "",
            value=self.value if self.kind == CorrectionKind.MISREAD else "",
        )

    def _moves(self) -> bool:
        return self.kind == CorrectionKind.BELONGS_TO

    def _amount(self) -> Euro | None:
        text = {"wrong_amount": self.right, "already_paid": self.paid}.get(self.kind)
        return amount_in(text) if text else None

    def _value_mistake(self) -> str:
        if self.kind != CorrectionKind.MISREAD:
            return ""
        if not self.value:
            return "no-value"
        return "too-long" if len(self.value) > LONGEST_VALUE else ""

    def _amount_mistake(self, kind: str, text: str, *, needed: bool) -> str:
        if self.kind != kind or not (text or needed):
            return ""
        try:
            amount_in(text)
        except ValueError:
            return "no-amount"
        return ""

    def _day_mistake(self, today: date) -> str:
        if self.kind != CorrectionKind.ALREADY_PAID or not self.on:
            return ""
        try:
            day = day_in(self.on)
        except ValueError:
            return "not-a-day"
        return "day-ahead" if day > today else ""

    def _knows_other(self) -> bool:
        try:
            return self.other == APART or bool(UUID(self.other))
        except ValueError:
            return False


def complaint(
    kind: Text = "",
    field: Text = "",
    value: Text = "",
    right: Text = "",
    paid: Text = "",
    on: Text = "",
    other: Text = "",
    note: Text = "",
) -> Complaint:
    """Return what was typed into the form."""
    lines = {"kind": kind, "field": field, "value": value, "right": right, "paid": paid}
    lines |= {"on": on, "other": other}
    whole = note.replace("\x00", "").strip()
    return Complaint(note=whole, **{name: clean(line) for name, line in lines.items()})
