"""What was chosen in a letter, noted down as findings: each with its place and quote."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from letterbox.reading.candidates import Choice
from letterbox.reading.choosing import OBJECTION, Chosen
from letterbox.reading.finders.events import EventKind
from letterbox.reading.finders.references import ReferenceFound, compact
from letterbox.reading.findings import Finding, Source
from letterbox.reading.found import Found
from letterbox.reading.instalments import InstalmentFound
from letterbox.reading.layout import Spot
from letterbox.reading.seen import is_proved
from letterbox.shared.kinds import Kind

_SURELY_A_REFERENCE = 0.9
_MISSED = (
    "outstanding",
    "payable_now",
    "due_on",
    "iban",
    "payment_reference",
    "creditor",
    "collector",
)
"""Fields that a person should look at also when nothing was found, and that may be wrong."""


@dataclass(frozen=True, slots=True)
class Understood:
    """All that the pages of a letter were understood to say."""

    found: Found
    chosen: Chosen
    references: Sequence[ReferenceFound] = ()
    instalments: Sequence[InstalmentFound] = ()


def note_down(letter: Understood) -> dict[str, Finding]:
    """Return what the letter says, by field."""
    found = [*_written(letter), *_people(letter), _kind(letter)]
    if letter.chosen.claims:
        found += [*_claimed(letter.chosen), *_owed_to(letter.chosen)]
    return {finding.field: _as_seen(finding, letter.found) for finding in found}


def note_lists(letter: Understood) -> tuple[Finding, ...]:
    """Return what a letter may say several of: references, events and instalments."""
    found = [
        *(_reference(find, letter.chosen.references) for find in letter.references),
        *(_event(what, choice) for what, choice in letter.chosen.events.items()),
        *(_instalment(row) for row in letter.instalments),
    ]
    return tuple(_as_seen(finding, letter.found) for finding in found)


def in_doubt(letter: Understood) -> frozenset[str]:
    """Return the fields without a value of which it is not sure that there is none."""
    chosen = letter.chosen
    choices = chosen.fields
    undated = set() if letter.found.letter_date else {"letter_on"}
    if chosen.kind.kind is Kind.OTHER:
        return frozenset(undated | (set() if chosen.kind.sure else set(_MISSED)))
    return frozenset(undated | {name for name in _MISSED if not choices[name].sure})


def _noted(name: str, value: str, choice: Choice[object]) -> Finding:
    confidence = round(choice.confidence, 2)
    return _in_text(name, value, choice.spot, sure=choice.sure, confidence=confidence)


def _written(letter: Understood) -> Iterable[Finding]:
    written = letter.found.letter_date
    if written is not None:
        on = written.on.isoformat()
        yield _in_text("letter_on", on, written.found.spot, sure=written.sure)
    objection = letter.chosen.objection
    if objection.value is not None:
        yield _noted(OBJECTION, objection.value.isoformat(), objection)


def _people(letter: Understood) -> Iterable[Finding]:
    recipient, writer = letter.found.recipient, letter.found.writer
    if recipient is not None:
        yield _in_text("recipient", recipient.name, recipient.spot, sure=recipient.sure)
    if writer is not None:
        yield _in_text("sender", writer.name, None, sure=letter.found.sender is not None)


def _claimed(chosen: Chosen) -> Iterable[Finding]:
    """Yield what is asked, and how and when to pay it. Of amounts only a balance can be nothing."""
    for name, choice in chosen.amounts.items():
        if choice.value is not None and (choice.value.cents or name == "outstanding"):
            # That nothing is left is said by words as often as by an amount.
            spot = choice.spot or chosen.kind.spot
            yield _noted(name, str(choice.value), choice._replace(spot=spot))
    if chosen.due.value is not None:
        yield _noted("due_on", chosen.due.value.isoformat(), chosen.due)
    if chosen.iban.value is not None:
        yield _noted("iban", chosen.iban.value, chosen.iban)
    if chosen.quoted.value is not None:
        yield _noted("payment_reference", chosen.quoted.value, chosen.quoted)


def _owed_to(chosen: Chosen) -> Iterable[Finding]:
    if chosen.creditor.value is not None:
        yield _noted("creditor", chosen.creditor.value, chosen.creditor)
    if chosen.collector.value is not None:
        yield _noted("collector", chosen.collector.value, chosen.collector)


def _kind(letter: Understood) -> Finding:
    kind = letter.chosen.kind
    sure, confidence = kind.sure, kind.confidence
    return _in_text("kind", kind.kind.value, kind.spot, sure=sure, confidence=confidence)


def _reference(find: ReferenceFound, likely: Mapping[str, float]) -> Finding:
    share = likely[compact(find.reference)]
    noted = _in_text(
        *("references", find.reference, find.spot),
        sure=share >= _SURELY_A_REFERENCE,
        confidence=round(share, 2),
    )
    return replace(noted, label=find.label or None)


def _event(what: EventKind, choice: Choice[date]) -> Finding:
    noted = _noted("events", str(choice.value), choice)
    return replace(noted, label=what.value)


def _instalment(row: InstalmentFound) -> Finding:
    noted = _in_text("instalments", str(row.amount), row.spot, sure=True)
    return replace(noted, label=row.on.isoformat())


def _as_seen(finding: Finding, found: Found) -> Finding:
    """Mark what was recognised in a picture, and what hangs on it."""
    if not found.layout.by_ocr:
        return finding
    source = Source.OCR if finding.page in found.layout.by_ocr else finding.source
    return replace(finding, source=source, sure=finding.sure and is_proved(finding, found))


def _in_text(
    name: str, value: str, spot: Spot | None, *, sure: bool, confidence: float | None = None
) -> Finding:
    believed = (0.9 if sure else 0.5) if confidence is None else confidence
    if spot is None:
        return Finding(name, value, Source.TEXT, sure=sure, confidence=believed)
    return Finding(
        name,
        value,
        Source.TEXT,
        page=spot.page,
        box=spot.box,
        quote=spot.quote,
        sure=sure,
        confidence=believed,
    )
