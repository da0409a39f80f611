"""Short ways to say what was read in a letter. Only name what the test is about."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from letterbox.debts.facts import ClaimNotice, Correction, CorrectionKind, ReadLetter
from letterbox.letters.rules import NoticeType, Party
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
    sender_id: UUID | None = None,
    arrived: int | None = None,
    **others: Any,
) -> ReadLetter:
    """Return the letter of day `number`, with that number for an id.

    :param arrived: the day on which it came in, if that is another
    """
    on = day(number)
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
        received_at=noon(number if arrived is None else arrived),
        message_id=message_id or f"m-{number}",
        replaces=replaces,
        sender_id=sender_id,
        duplicate_of=duplicate_of,
        reading=reading,
    )


def a_notice(
    number: int,
    type: NoticeType = NoticeType.PAYMENT_RECEIVED,
    reference: str = "F-200001",
    *,
    sender: str = "Waterworks",
    euros: int | None = None,
    buyer: str | None = None,
    arrived: int | None = None,
    sender_id: UUID | None = None,
    id: int | None = None,
) -> ClaimNotice:
    """Return the notice of day `number`. Its id is the number and a thousand."""
    return ClaimNotice(
        notice_id=UUID(int=id or number + 1000),
        received_at=noon(number if arrived is None else arrived),
        sender_id=sender_id,
        sender=Party(sender),
        reference=reference,
        type=type,
        on=day(number),
        amount=None if euros is None else Euro(euros * 100),
        transferred_to=_party(buyer),
    )


def a_correction(
    number: int,
    kind: CorrectionKind,
    of: int,
    *,
    belongs_to: int | None = None,
    whole_debt: bool = True,
    euros: int | None = None,
) -> Correction:
    """Return what the citizen says on day `number` about letter `of`."""
    return Correction(
        correction_id=UUID(int=number + 2000),
        at=noon(number),
        kind=kind,
        letter_id=UUID(int=of),
        whole_debt=whole_debt,
        belongs_to=None if belongs_to is None else UUID(int=belongs_to),
        amount=None if euros is None else Euro(euros * 100),
    )


def day(number: int) -> date:
    """Return the day with this number."""
    return DAY_ONE + timedelta(days=number)


def noon(number: int) -> datetime:
    """Return noon on the day with this number."""
    return datetime.combine(day(number), time(12), UTC)


def _party(name: str | None) -> Party | None:
    return Party(name) if name else None


def _labelled(reference: str | None, label: str) -> tuple[Finding, ...]:
    if reference is None:
        return ()
    return (Finding("references", reference, Source.TEXT, label=label),)
