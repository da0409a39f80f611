"""The shoebox of letters on a desk: a folder of PDFs read into one overview, without a server.

Nothing is kept and nothing leaves this machine. A file that no machine can read is named, with
every field to check.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from letterbox.debts.facts import Debt, DebtStatus, ReadLetter, Settlement
from letterbox.debts.rules import settle
from letterbox.letters.rules import Party, fingerprint
from letterbox.reading.findings import Reading
from letterbox.reading.rules import read
from letterbox.shared.money import Euro
from letterbox.shared.ports import PdfReader, PdfRefused, Unreadable

LIST = "letters.csv"
"""Optional, beside the PDFs: file, received_on, sender."""

_NAMES = {
    "kind": "kind",
    "letter_on": "letterDate",
    "sender": "sender",
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
    "iban": "iban",
    "payment_reference": "paymentReference",
    "language": "language",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the folder. `reading` is None when no machine can read it."""

    file: str
    received_on: date
    sender: Party | None
    fingerprint: str
    reading: Reading | None

    @property
    def letter_id(self) -> UUID:
        """The same for the same file, so that debts keep their names."""
        return uuid5(NAMESPACE_URL, f"{self.file}/{self.fingerprint}")


def overview_of_folder(folder: Path, reader: PdfReader, as_of: date) -> dict[str, Any]:
    """Read every PDF in a folder and return its debts, as `letterbox overview --json` prints them.

    :param as_of: the day on which letters without a `received_on` are taken to have come in
    """
    sheets = list(read_folder(folder, reader, as_of))
    settlement = settle(_read_letters(sheets))
    debt_of = _debts_by_letter(settlement)
    files = {sheet.letter_id: sheet.file for sheet in sheets}
    return {
        "letters": [_letter(sheet, debt_of.get(sheet.letter_id)) for sheet in sheets],
        "debts": [_debt(debt, files) for debt in settlement.debts],
        "totals": {"outstanding": str(_total(settlement.debts))},
    }


def read_folder(folder: Path, reader: PdfReader, as_of: date) -> Iterator[Sheet]:
    """Read every PDF in a folder, in the order of their names."""
    listed = _listed(folder / LIST)
    for path in sorted(folder.glob("*.pdf")):
        row = listed.get(path.name, {})
        received_on = date.fromisoformat(row["received_on"]) if row.get("received_on") else as_of
        sender = Party(row["sender"]) if row.get("sender") else None
        pdf = path.read_bytes()
        reading = _read(pdf, reader, received_on=received_on, sender=sender)
        yield Sheet(path.name, received_on, sender, fingerprint(pdf), reading)


def _listed(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    with path.open(newline="", encoding="utf-8-sig") as rows:
        return {row["file"]: row for row in csv.DictReader(rows)}


def _read(
    pdf: bytes, reader: PdfReader, *, received_on: date, sender: Party | None
) -> Reading | None:
    try:
        paper = reader.paper(pdf)
    except (Unreadable, PdfRefused):
        return None
    return read(paper, received_on=received_on, sender=sender, envelope=None)


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


def _debts_by_letter(settlement: Settlement) -> dict[UUID, str]:
    return {line.letter_id: str(debt.id) for debt in settlement.debts for line in debt.history}


def _letter(sheet: Sheet, debt: str | None) -> dict[str, Any]:
    reading = sheet.reading
    if reading is None:
        unknown = dict.fromkeys(_NAMES.values())
        check = sorted(_NAMES.values())
        return {"file": sheet.file, **unknown, "references": [], "debt": None, "check": check}
    return {
        "file": sheet.file,
        **{name: _shown(getattr(reading, field)) for field, name in _NAMES.items()},
        "references": list(reading.references),
        "debt": debt,
        "check": [_NAMES.get(field, field) for field in reading.check],
    }


def _debt(debt: Debt, files: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "id": str(debt.id),
        "creditor": _shown(debt.creditor),
        "collector": _shown(debt.collector),
        "status": debt.status.value,
        "outstanding": _shown(debt.outstanding),
        "stage": debt.stage.value,
        "nextDueDate": _shown(debt.due_on),
        "letters": [files[line.letter_id] for line in debt.history],
        "check": [_NAMES.get(field, field) for field in debt.unsure],
        "checks": [check.code for check in debt.checks],
    }


def _total(debts: Iterable[Debt]) -> Euro:
    running = (DebtStatus.OPEN, DebtStatus.PAYMENT_PLAN)
    owed = [debt.outstanding for debt in debts if debt.status in running]
    return Euro(sum(amount.cents for amount in owed if amount is not None))


def _shown(value: object) -> str | None:
    if isinstance(value, Party):
        return value.name
    return None if value is None else str(value)
