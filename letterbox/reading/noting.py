"""What was found in a letter, noted down as findings: each with its place and quote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from letterbox.letters.rules import Party
from letterbox.reading.finders.events import EventFound
from letterbox.reading.findings import Finding, Source
from letterbox.reading.instalments import InstalmentFound
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.letter_date import LetterDate
from letterbox.reading.objection import Objection
from letterbox.reading.outcome import Outcome
from letterbox.reading.parties import Parties
from letterbox.reading.payment import Payment
from letterbox.reading.recipient import Recipient
from letterbox.shared.kinds import Kind


@dataclass(frozen=True, slots=True)
class Understood:
    """All that the pages of a letter were understood to say."""

    layout: Layout
    letter_date: LetterDate | None
    outcome: Outcome
    payment: Payment
    parties: Parties
    recipient: Recipient | None = None
    objection: Objection | None = None
    events: Sequence[EventFound] = ()
    instalments: Sequence[InstalmentFound] = ()


def note_down(letter: Understood) -> dict[str, Finding]:
    """Return what the letter says, by field."""
    found = [
        *_amounts(letter.outcome),
        *_dates(letter.letter_date, letter.outcome),
        *_objection(letter.objection),
        *_payment(letter.payment, letter.outcome),
        *_recipient(letter.recipient),
        *_parties(letter.parties, letter.outcome),
        _kind(letter.outcome),
    ]
    return {finding.field: _as_seen(finding, letter.layout) for finding in found}


def note_lists(letter: Understood) -> tuple[Finding, ...]:
    """Return what a letter may say several of: references, events and instalments."""
    found = [
        *references_in(letter.payment),
        *(_event(event) for event in letter.events),
        *(_instalment(row) for row in letter.instalments),
    ]
    return tuple(_as_seen(finding, letter.layout) for finding in found)


def _as_seen(finding: Finding, layout: Layout) -> Finding:
    return replace(finding, source=Source.OCR) if finding.page in layout.by_ocr else finding


def _objection(objection: Objection | None) -> Iterable[Finding]:
    if objection is not None:
        on = objection.on.isoformat()
        yield _in_text("objection_on", on, objection.term.spot, sure=objection.sure)


def _recipient(recipient: Recipient | None) -> Iterable[Finding]:
    if recipient is not None:
        yield _in_text("recipient", recipient.name, recipient.spot, sure=recipient.sure)


def _event(event: EventFound) -> Finding:
    noted = _in_text("events", event.on.isoformat(), event.spot, sure=True)
    return replace(noted, label=event.what.value)


def _instalment(row: InstalmentFound) -> Finding:
    noted = _in_text("instalments", str(row.amount), row.spot, sure=True)
    return replace(noted, label=row.on.isoformat())


def _amounts(outcome: Outcome) -> Iterable[Finding]:
    for field, chosen in outcome.money.chosen.items():
        spot = chosen.part.found.spot if chosen.part else outcome.found.spot
        sure = chosen.sure and field not in outcome.unsure
        yield _in_text(field, str(chosen.amount), spot, sure=sure, confidence=chosen.confidence)


def _dates(letter_date: LetterDate | None, outcome: Outcome) -> Iterable[Finding]:
    if letter_date is not None:
        spot = letter_date.found.spot
        yield _in_text("letter_on", letter_date.on.isoformat(), spot, sure=letter_date.sure)
    term = outcome.due.term if outcome.due else None
    if term is not None and term.on is not None:
        sure = "due_on" not in outcome.unsure
        yield _in_text("due_on", term.on.isoformat(), term.spot, sure=sure)


def _payment(payment: Payment, outcome: Outcome) -> Iterable[Finding]:
    if not outcome.asks:
        return
    if payment.iban is not None:
        yield _in_text("iban", payment.iban.iban, payment.iban.spot, sure=payment.iban_sure)
    if payment.quoted is not None:
        quoted = payment.quoted
        yield _in_text("payment_reference", quoted.reference, quoted.spot, sure=payment.quoted_sure)


def _parties(parties: Parties, outcome: Outcome) -> Iterable[Finding]:
    claim = outcome.kind is not Kind.OTHER or outcome.asks
    named = {name.name: name.spot for name in parties.named}
    for field in ("sender", "creditor", "collector"):
        party: Party | None = getattr(parties, field)
        if party is not None and (claim or field == "sender"):
            sure = field not in parties.unsure
            yield _in_text(field, party.name, named.get(party.name), sure=sure)


def _kind(outcome: Outcome) -> Finding:
    sure = "kind" not in outcome.unsure
    return _in_text(
        "kind",
        outcome.kind.value,
        outcome.found.spot,
        sure=sure,
        confidence=outcome.found.confidence,
    )


def references_in(payment: Payment) -> tuple[Finding, ...]:
    """Return the references of a letter as findings, each with its label."""
    return tuple(
        replace(
            _in_text("references", find.reference, find.spot, sure=True), label=find.label or None
        )
        for find in payment.references
    )


def _in_text(
    field: str, value: str, spot: Spot | None, *, sure: bool, confidence: float | None = None
) -> Finding:
    believed = (0.9 if sure else 0.5) if confidence is None else confidence
    if spot is None:
        return Finding(field, value, Source.TEXT, sure=sure, confidence=believed)
    return Finding(
        field,
        value,
        Source.TEXT,
        page=spot.page,
        box=spot.box,
        quote=spot.quote,
        sure=sure,
        confidence=believed,
    )
