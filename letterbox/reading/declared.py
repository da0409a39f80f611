"""What the sender declared about its letter, held against what the letter itself says.

A declared value wins only when the letter does not contradict it. Where the two differ, both
stay, the value of the letter stands, and the field is unsure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from letterbox.letters.rules import Claim
from letterbox.reading.findings import Finding, Source

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


def declared_in(claim: Claim | None) -> Iterator[Finding]:
    """Yield what a claim declares, one finding per field."""
    if claim is None:
        return
    for field in _FIELDS:
        value = getattr(claim, field)
        if value is not None:
            yield Finding(field, str(value), Source.DECLARED, sure=True, confidence=0.9)
    if claim.reference:
        yield Finding("references", claim.reference, Source.DECLARED, sure=True, confidence=0.9)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The finding that stands for each field, the contradicted fields, and all other findings."""

    standing: dict[str, Finding]
    contradicted: frozenset[str]
    beside: tuple[Finding, ...]


def weigh_declared(
    read: dict[str, Finding], declared: Iterable[Finding], *, printed: frozenset[str]
) -> Weighed:
    """Hold what was declared against what was read.

    :param read: what the letter says, by field
    :param printed: every amount that the letter prints, as the door writes them: a declared
        amount that is among them settles what the letter left open
    """
    standing, contradicted, beside = dict(read), set[str](), list[Finding]()
    for finding in declared:
        mine = read.get(finding.field)
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
    return _plain(one.value) == _plain(other.value)


def _plain(value: str) -> str:
    return "".join(value.split()).upper()
