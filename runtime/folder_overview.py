"""From the letters of a folder to their overview, in the same words as the service's own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

from letterbox.debts.facts import Debt, ReadLetter, Settlement
from letterbox.debts.rules import settle
from letterbox.letters.rules import Party
from letterbox.overview.listing import Listing, listing_of
from letterbox.overview.rules import Overview, Unread, View, overview_of
from letterbox.reading.findings import Event, Instalment
from runtime.shoebox import Sheet

_NAMES = {
    "kind": "kind",
    "letter_on": "letterDate",
    "sender": "sender",
    "recipient": "recipient",
    "creditor": "creditor",
    "collector": "collector",
    "outstanding": "outstanding",
    "payable_now": "payableNow",
    "principal": "principal",
    "interest": "interest",
    "collection_costs": "collectionCosts",
    "increase": "increase",
    "paid": "paid",
    "conditional_costs": "conditionalCosts",
    "due_on": "dueDate",
    "objection_on": "objectionDate",
    "iban": "iban",
    "payment_reference": "paymentReference",
    "language": "language",
}
_LISTS = ("references", "events", "instalments")


@dataclass(frozen=True, slots=True)
class FolderOverview:
    """What a folder of letters comes down to on a day."""

    sheets: Sequence[Sheet]
    overview: Overview

    @property
    def unread(self) -> list[Sheet]:
        """The files of which nobody knows yet what they say."""
        return [sheet for sheet in self.sheets if sheet.reading is None]

    @property
    def listing(self) -> Listing:
        """The same in rows, in which letters go by the names of their files."""
        return listing_of(self.overview, None, self._files)

    def as_json(self) -> dict[str, Any]:
        """Return it as `letterbox overview --json` prints it: every letter, and the debts."""
        told = {
            line.letter_id: {"debt": str(ranked.debt.id), "check": _named(line.check)}
            for ranked in self.overview.debts
            for line in ranked.debt.history
        }
        return {
            "letters": [_letter(sheet) | told.get(sheet.letter_id, {}) for sheet in self.sheets],
            "debts": [self._debt(ranked.debt) for ranked in self.overview.debts],
            "totals": {"outstanding": str(self.overview.totals.outstanding)},
        }

    @property
    def _files(self) -> dict[UUID, str]:
        return {sheet.letter_id: sheet.file for sheet in self.sheets}

    def _debt(self, debt: Debt) -> dict[str, Any]:
        return {
            "id": str(debt.id),
            "creditor": _shown(debt.creditor),
            "collector": _shown(debt.collector),
            "status": debt.status.value,
            "outstanding": _shown(debt.outstanding),
            "stage": debt.stage.value,
            "nextDueDate": _shown(debt.due_on),
            "letters": [self._files[line.letter_id] for line in debt.history],
            "check": _named(debt.unsure),
            "checks": [check.code for check in debt.checks],
        }


def overview_of_sheets(sheets: Sequence[Sheet], as_of: date) -> FolderOverview:
    """Settle what was read into debts, and return their overview on a day."""
    settlement: Settlement = settle(_read_letters(sheets))
    return FolderOverview(sheets, overview_of(settlement, _unread(sheets), View(), as_of=as_of))


def _read_letters(sheets: Iterable[Sheet]) -> Iterator[ReadLetter]:
    first: dict[str, UUID] = {}
    for sheet in sheets:
        if sheet.reading is not None:
            original = first.setdefault(sheet.fingerprint, sheet.letter_id)
            yield ReadLetter(
                letter_id=sheet.letter_id,
                received_at=datetime.combine(sheet.received_on, time(12), UTC),
                message_id=sheet.file,
                replaces=None,
                sender_id=None,
                duplicate_of=None if original == sheet.letter_id else original,
                reading=sheet.reading,
            )


def _unread(sheets: Iterable[Sheet]) -> Iterator[Unread]:
    for sheet in sheets:
        if sheet.reading is None:
            name = sheet.sender.name if sheet.sender else ""
            yield Unread(sheet.letter_id, sheet.received_on, name, "unreadable")


def _letter(sheet: Sheet) -> dict[str, Any]:
    reading = sheet.reading
    if reading is None:
        unknown = dict.fromkeys(_NAMES.values()) | {name: [] for name in _LISTS}
        return {"file": sheet.file, **unknown, "debt": None, "check": sorted(_NAMES.values())}
    return {
        "file": sheet.file,
        **{name: _shown(getattr(reading, field)) for field, name in _NAMES.items()},
        "references": list(reading.references),
        "events": [_members(event) for event in reading.events],
        "instalments": [_members(instalment) for instalment in reading.instalments],
        "debt": None,
        "check": _named(reading.check),
    }


def _named(fields: Iterable[str]) -> list[str]:
    return [_NAMES.get(field, field) for field in fields]


def _members(row: Event | Instalment) -> dict[str, str | None]:
    return {field.name: _shown(getattr(row, field.name)) for field in fields(row)}


def _shown(value: object) -> str | None:
    if isinstance(value, Party):
        return value.name
    if isinstance(value, Enum):
        return str(value.value)
    return None if value is None else str(value)
