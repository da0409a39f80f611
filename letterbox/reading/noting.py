"""What was found in a letter, noted down as findings: each with its place and quote."""

from collections.abc import Iterable
from dataclasses import replace

from letterbox.letters.rules import Party
from letterbox.reading.findings import Finding, Source
from letterbox.reading.layout import Spot
from letterbox.reading.letter_date import LetterDate
from letterbox.reading.outcome import Outcome
from letterbox.reading.parties import Parties
from letterbox.reading.payment import Payment
from letterbox.shared.kinds import Kind


def note_down(
    letter_date: LetterDate | None, outcome: Outcome, payment: Payment, parties: Parties
) -> dict[str, Finding]:
    """Return what the letter says, by field."""
    found = [
        *_amounts(outcome),
        *_dates(letter_date, outcome),
        *_payment(payment, outcome),
        *_parties(parties, outcome),
        _kind(outcome),
    ]
    return {finding.field: finding for finding in found}


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
