"""Short ways to say what was read in a letter. Only name what the test is about."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from letterbox.debts.facts import ReadLetter
from letterbox.letters.rules import Party
from letterbox.reading.findings import Finding, Reading, Source
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

DAY_ONE = date(2026, 1, 1)


def a_letter(
    number: int,
    *,
    creditor: str | None = "Waterworks",
    collector: str | None = None,
    kind: Kind = Kind.REMINDER,
    euros: int | None = None,
    quoting: str | None = None,
    case: str | None = None,
    customer: str | None = None,
    message_id: str | None = None,
    replaces: str | None = None,
    duplicate_of: UUID | None = None,
    **others: Any,
) -> ReadLetter:
    """Return the letter of day `number`, with that number for an id."""
    on = DAY_ONE + timedelta(days=number)
    references = tuple(reference for reference in (case, customer) if reference)
    outstanding = None if euros is None else Euro(euros * 100)
    reading = Reading(
        **{
            "kind": kind,
            "letter_on": on,
            "sender": _party(collector or creditor),
            "creditor": _party(creditor),
            "collector": _party(collector),
            "outstanding": outstanding,
            "payable_now": outstanding if outstanding and outstanding.cents else None,
            "payment_reference": quoting,
            "references": references,
            "findings": _labelled(case, "Factuurnummer") + _labelled(customer, "Klantnummer"),
            **others,
        }
    )
    return ReadLetter(
        letter_id=UUID(int=number),
        received_at=datetime.combine(on, time(12), UTC),
        message_id=message_id or f"m-{number}",
        replaces=replaces,
        sender_id=None,
        duplicate_of=duplicate_of,
        reading=reading,
    )


def _party(name: str | None) -> Party | None:
    return Party(name) if name else None


def _labelled(reference: str | None, label: str) -> tuple[Finding, ...]:
    if reference is None:
        return ()
    return (Finding("references", reference, Source.TEXT, label=label),)
