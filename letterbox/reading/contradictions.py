"""Where a letter says something else than its sender declared. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from letterbox.reading.findings import Finding, Reading, Source


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One field of which the declared value is not what the letter says."""

    field: str
    declared: str
    read: str
    page: int | None
    quote: str


def contradictions_in(reading: Reading) -> tuple[Contradiction, ...]:
    """Return, per declared field, what the letter says instead, where it says so."""
    declared = [each for each in reading.findings if each.source is Source.DECLARED]
    read = [each for each in reading.findings if each.source is not Source.DECLARED]
    return tuple(_contradictions(declared, read))


def _contradictions(declared: list[Finding], read: list[Finding]) -> Iterable[Contradiction]:
    for said in declared:
        found = [each for each in read if each.field == said.field]
        if found and said.field != "references" and said.value not in {f.value for f in found}:
            best = max(found, key=lambda each: each.confidence)
            yield Contradiction(said.field, said.value, best.value, best.page, best.quote)
