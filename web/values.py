"""What was read in a letter, value by value, and where each stands on its pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from letterbox.debts.facts import Correction, CorrectionKind
from letterbox.letters.rules import Party
from letterbox.reading.findings import Finding, Reading, Source, value_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

ORDER = (
    "kind",
    "sender",
    "creditor",
    "collector",
    "outstanding",
    "payable_now",
    "due_on",
    "principal",
    "interest",
    "collection_costs",
    "increase",
    "paid",
    "conditional_costs",
    "iban",
    "payment_reference",
    "letter_on",
    "objection_on",
    "recipient",
)
LISTS = ("references", "events", "instalments")
BESIDE = frozenset((Source.DECLARED, Source.E_INVOICE, Source.QR))


@dataclass(frozen=True, slots=True)
class Value:
    """One value that was read, or was looked for in vain.

    :ivar number: counted from 1; the row of the value and its mark in the letter go by it
    :ivar value: what was read, in the words of the house
    :ivar written: the same as its finding writes it
    :ivar label: of one of many: the word before a reference, what an event is, an instalment's day
    :ivar unsure: it may have been read wrongly, and the citizen did not confirm it
    :ivar confirmed: by the citizen
    :ivar elsewhere: what else stands beside the text of the letter, such as in a payment code
    """

    number: int
    field: str
    value: Euro | date | Kind | str | None
    written: str
    finding: Finding | None
    label: str | date | None = None
    unsure: bool = False
    confirmed: bool = False
    elsewhere: tuple[Finding, ...] = ()

    @property
    def can_be_confirmed(self) -> bool:
        """Whether a citizen can say that just this value is right."""
        return self.unsure and self.value is not None and self.field in ORDER


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a letter.

    :ivar size: width and height in points, if they are known
    :ivar marked: the values that stand on it
    """

    number: int
    size: tuple[float, float] | None
    marked: tuple[Value, ...]


def values_of(reading: Reading, said: Iterable[Correction]) -> list[Value]:
    """Return the values of a reading: what should be looked up first, then what matters most.

    :param said: what the citizen says about this letter
    """
    confirmed = {(x.field, x.value) for x in said if x.kind is CorrectionKind.CONFIRMED}
    found = sorted([*_single(reading, confirmed), *_listed(reading)], key=lambda x: not x.unsure)
    return [_numbered(value, number) for number, value in enumerate(found, start=1)]


def sheets_of(
    reading: Reading | None, pages: Iterable[int], values: Sequence[Value]
) -> list[Sheet]:
    """Return these pages of a letter, with what was read on each."""
    sizes = reading.page_sizes if reading else ()
    return [
        Sheet(
            number,
            sizes[number - 1] if number <= len(sizes) else None,
            tuple(each for each in values if _stands_on(each, number)),
        )
        for number in pages
    ]


def _single(reading: Reading, confirmed: set[tuple[str, str]]) -> Iterator[Value]:
    for field in ORDER:
        value = getattr(reading, field)
        written = value_of(reading, field) or ""
        in_doubt = field in reading.check
        if value is None and not in_doubt:
            continue
        looked_up = in_doubt and (field, written) in confirmed
        findings = [each for each in reading.findings if each.field == field]
        yield Value(
            0,
            field,
            value.name if isinstance(value, Party) else value,
            written,
            _best(each for each in findings if each.value == written),
            unsure=in_doubt and not looked_up,
            confirmed=looked_up,
            elsewhere=tuple(x for x in findings if x.value != written and x.source in BESIDE),
        )


def _listed(reading: Reading) -> Iterator[Value]:
    """Return of what a letter says several of each once, though it stands there twice."""
    seen: dict[tuple[str, str, str | None], Finding] = {}
    for finding in reading.findings:
        if finding.field in LISTS:
            seen.setdefault((finding.field, finding.value, finding.label), finding)
    for finding in sorted(seen.values(), key=lambda each: LISTS.index(each.field)):
        unsure = finding.field in reading.check
        yield Value(
            0, finding.field, _meant(finding), finding.value, finding, _label(finding), unsure
        )


def _meant(finding: Finding) -> Euro | date | str:
    if finding.field == "instalments":
        return Euro.parse(finding.value)
    return date.fromisoformat(finding.value) if finding.field == "events" else finding.value


def _label(finding: Finding) -> str | date | None:
    dated = finding.field == "instalments" and finding.label
    return date.fromisoformat(dated) if dated else finding.label


def _best(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that can be shown, of those that say the same."""
    return min(findings, key=lambda each: (each.box is None, -each.confidence), default=None)


def _numbered(value: Value, number: int) -> Value:
    return Value(**{name: getattr(value, name) for name in Value.__slots__} | {"number": number})


def _stands_on(value: Value, page: int) -> bool:
    finding = value.finding
    return finding is not None and finding.box is not None and finding.page == page
