"""What is stated beside the text of a letter, held against what the text says.

The sender declares things with a delivery, and a PDF may carry an e-invoice or a code. Such a
value wins only when the letter does not contradict it. Where the two differ, both stay, the
value of the letter stands, and the field is unsure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from letterbox.letters.rules import Envelope
from letterbox.reading.findings import Finding, Source
from letterbox.reading.parties import alike

_FIELDS = (
    "kind",
    "outstanding",
    "payable_now",
    "principal",
    "interest",
    "collection_costs",
    "paid",
    "due_on",
    "iban",
    "payment_reference",
)


def declared_in(envelope: Envelope | None) -> Iterator[Finding]:
    """Yield what a delivery declares, one finding per field."""
    if envelope is not None and envelope.on_behalf_of is not None:
        yield _declared("creditor", envelope.on_behalf_of.name)
    claim = envelope.claim if envelope else None
    if claim is None:
        return
    for field in _FIELDS:
        value = getattr(claim, field)
        if value is not None:
            yield _declared(field, str(value))
    if claim.reference:
        yield _declared("references", claim.reference)


def _declared(field: str, value: str) -> Finding:
    return Finding(field, value, Source.DECLARED, sure=True, confidence=0.9)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The finding that stands for each field, the contradicted fields, and all other findings."""

    standing: dict[str, Finding]
    contradicted: frozenset[str]
    beside: tuple[Finding, ...]


def weigh_stated(
    read: dict[str, Finding], stated: Iterable[Finding], *, printed: frozenset[str]
) -> Weighed:
    """Hold what is stated elsewhere against what was read.

    :param read: what the letter says, by field
    :param printed: every amount that the letter prints, as the door writes them: a stated
        amount that is among them settles what the letter left open
    """
    standing, contradicted, beside = dict(read), set[str](), list[Finding]()
    for finding in stated:
        mine = standing.get(finding.field)
        if finding.field == "references":
            beside.append(finding)
        elif mine is None or same_value(mine, finding):
            standing[finding.field] = replace(mine, sure=True, confidence=0.98) if mine else finding
            beside += [replace(finding, value=mine.value)] if mine else []
        elif not mine.sure and finding.value in printed:
            standing[finding.field] = finding
            beside.append(mine)
        else:
            contradicted.add(finding.field)
            standing[finding.field] = replace(mine, sure=False)
            beside.append(finding)
    return Weighed(standing, frozenset(contradicted), tuple(beside))


def same_value(one: Finding, other: Finding) -> bool:
    """Say whether two findings state the same, apart from spaces and dots in references."""
    if one.field in ("creditor", "collector"):
        return alike(one.value, other.value)
    a, b = _plain(one.value), _plain(other.value)
    if one.field == "payment_reference":
        return a in b or b in a  # one may say `factuur` before it
    return a == b


def _plain(value: str) -> str:
    return "".join(value.split()).upper()
