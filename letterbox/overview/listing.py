"""From the overview to rows: the debts, the letters behind them, and what to look at.

Every form in which a counsellor takes the overview along (a list, a spreadsheet, a report) is
written from these rows, so that no form says anything another does not. Values stay what they
are, amounts and days; words and signs are the business of whoever writes them down. All checks
are in it, those for counsellors only as well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, TypeAlias
from uuid import UUID

from letterbox.debts.facts import Check, Debt, Evidence, Told
from letterbox.letters.rules import Party
from letterbox.overview.deadlines import Deadline
from letterbox.overview.rules import Overview, RankedDebt
from letterbox.overview.urgency import RUNNING
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

Value: TypeAlias = str | int | bool | date | Euro | tuple[str, ...] | None
Holds: TypeAlias = Literal["text", "term", "terms", "amount", "day", "count", "flag"]
"""What a column holds. A term is a word of the house, such as a status, and has a translation."""

TITLE = frozenset((Kind.JUDGMENT, Kind.WRIT))
"""Letters that give a creditor the right to have a debt enforced."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, as the field is named in the house, and what it holds."""

    name: str
    holds: Holds = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by the names of its columns. `unsure` names what a person should look at."""

    values: Mapping[str, Value]
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the same columns."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """By which consent this is shown; nothing of it for someone's own letters on a desk."""

    consent_id: UUID | None = None
    purpose: str | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """An overview in rows. The debts are numbered, and the other tables go by those numbers.

    :ivar letters_named: letters have names that people know, such as files, and not ids only
    """

    overview: Overview
    debts: Table
    letters: Table
    checks: Table
    deadlines: Table
    apart: Table
    occasion: Occasion = Occasion()
    letters_named: bool = False


_WHOSE = (Column("number", "count"), Column("creditor"))
DEBT_COLUMNS = (
    *_WHOSE,
    Column("creditor_number"),
    Column("collector"),
    Column("references"),
    Column("outstanding", "amount"),
    Column("principal", "amount"),
    Column("interest", "amount"),
    Column("collection_costs", "amount"),
    Column("increase", "amount"),
    Column("paid", "amount"),
    Column("payable_now", "amount"),
    Column("balance_on", "day"),
    Column("due_on", "day"),
    Column("overdue", "flag"),
    Column("next_on", "day"),
    Column("next_what", "term"),
    Column("status", "term"),
    Column("stage", "term"),
    Column("severity", "term"),
    Column("iban"),
    Column("payment_reference"),
    Column("first_letter_on", "day"),
    Column("last_letter_on", "day"),
    Column("title_on", "day"),
    Column("seizure_on", "day"),
    Column("disputed", "flag"),
    Column("letters", "count"),
    Column("checks", "terms"),
    Column("unsure", "terms"),
    Column("debt_id"),
)
LETTER_COLUMNS = (
    *_WHOSE,
    Column("on", "day"),
    Column("kind", "term"),
    Column("outstanding", "amount"),
    Column("payable_now", "amount"),
    Column("due_on", "day"),
    Column("added_by_citizen", "flag"),
    Column("letter"),
    Column("debt_id"),
)
CHECK_COLUMNS = (
    *_WHOSE,
    Column("code", "term"),
    Column("check_severity", "term"),
    Column("counsellor_only", "flag"),
    Column("question"),
    Column("source"),
    Column("letter_on", "day"),
    Column("letter"),
    Column("page", "count"),
    Column("quote"),
    Column("debt_id"),
)
DEADLINE_COLUMNS = (
    Column("on", "day"),
    Column("days_left", "count"),
    *_WHOSE,
    Column("amount", "amount"),
    Column("what", "term"),
    Column("severity", "term"),
)
APART_COLUMNS = (
    Column("on", "day"),
    Column("sender"),
    Column("kind", "term"),
    Column("letter_status", "term"),
    Column("added_by_citizen", "flag"),
    Column("letter"),
)


def listing_of(
    overview: Overview,
    occasion: Occasion | None = None,
    letter_names: Mapping[UUID, str] = MappingProxyType({}),
) -> Listing:
    """Return the rows of an overview, most urgent debt first.

    :param letter_names: what a letter is called, such as its file; without, it goes by its id
    """
    names = _Names(letter_names)
    numbered = list(enumerate(overview.debts, start=1))
    return Listing(
        overview=overview,
        debts=_table("debts", DEBT_COLUMNS, _debts(numbered, overview.deadlines)),
        letters=_table("letters", LETTER_COLUMNS, _letters(numbered, names)),
        checks=_table("checks", CHECK_COLUMNS, _checks(numbered, names)),
        deadlines=_table("deadlines", DEADLINE_COLUMNS, _deadlines(overview, numbered)),
        apart=_table("apart", APART_COLUMNS, _apart(overview, names)),
        occasion=occasion or Occasion(),
        letters_named=bool(letter_names),
    )


def is_total_sure(listing: Listing, column: str) -> bool:
    """Test whether nothing in a sum over the debts that run is in doubt, or not known at all."""
    running = [row for row in listing.debts.rows if row.values["status"] in RUNNING]
    unknown = column == "outstanding" and any(row.values[column] is None for row in running)
    return not unknown and not any(column in row.unsure for row in running)


def plain(text: str) -> str:
    """Return text as one line of what can be printed: it comes from letters, so from anyone.

    Characters that steer (line ends, direction of writing) could make a row look like another.
    """
    spaced = (" " if each.isspace() else each for each in text)
    return "".join(each for each in spaced if each.isprintable()).strip()


class _Names:
    """What letters are called."""

    def __init__(self, names: Mapping[UUID, str]) -> None:
        self._names = names

    def of(self, letter_id: UUID) -> str:
        return self._names.get(letter_id, str(letter_id))


Numbered: TypeAlias = Iterable[tuple[int, RankedDebt]]


def _table(name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> Table:
    return Table(name, columns, tuple(rows))


def _row(unsure: Iterable[str] = (), /, **values: Value) -> Row:
    clean = {name: plain(x) if isinstance(x, str) else x for name, x in values.items()}
    return Row(clean, frozenset(unsure))


def _debts(numbered: Numbered, deadlines: Iterable[Deadline]) -> Iterator[Row]:
    first: dict[UUID, Deadline] = {}
    for deadline in deadlines:
        first.setdefault(deadline.debt_id, deadline)
    return (_debt(number, each, first.get(each.debt.id)) for number, each in numbered)


def _debt(number: int, ranked: RankedDebt, first: Deadline | None) -> Row:
    debt = ranked.debt
    return _row(
        debt.unsure,
        **_whose(number, debt),
        creditor_number=debt.creditor.number if debt.creditor else None,
        collector=_name(debt.collector),
        references=" | ".join(debt.references),
        outstanding=debt.outstanding,
        principal=debt.principal,
        interest=debt.interest,
        collection_costs=debt.collection_costs,
        increase=debt.increase,
        paid=debt.paid,
        payable_now=debt.payable_now,
        balance_on=debt.balance_on,
        due_on=debt.due_on,
        overdue=ranked.overdue,
        next_on=first.on if first else None,
        next_what=first.what.value if first else None,
        status=debt.status.value,
        stage=debt.stage.value,
        severity=ranked.severity.value,
        iban=debt.iban,
        payment_reference=debt.payment_reference,
        first_letter_on=debt.first_letter_on,
        last_letter_on=debt.last_letter_on,
        title_on=_first(debt, TITLE),
        seizure_on=_first(debt, frozenset((Kind.SEIZURE,))),
        disputed=debt.disputed,
        letters=sum(line.source is Told.LETTER for line in debt.history),
        checks=tuple(dict.fromkeys(check.code for check in debt.checks)),
        unsure=debt.unsure,
    )


def _first(debt: Debt, kinds: frozenset[Kind]) -> date | None:
    return min((line.on for line in debt.history if line.kind in kinds), default=None)


def _letters(numbered: Numbered, names: _Names) -> Iterator[Row]:
    for number, ranked in numbered:
        for line in ranked.debt.history:
            if line.source is not Told.LETTER:
                continue
            yield _row(
                **_whose(number, ranked.debt),
                on=line.on,
                kind=line.kind.value,
                outstanding=line.outstanding,
                payable_now=line.payable_now,
                due_on=line.due_on,
                added_by_citizen=line.added_by_citizen,
                letter=names.of(line.letter_id),
            )


def _checks(numbered: Numbered, names: _Names) -> Iterator[Row]:
    for number, ranked in numbered:
        written_on = {line.letter_id: line.on for line in ranked.debt.history}
        for check in ranked.debt.checks:
            for place in check.evidence or (None,):
                yield _row(
                    **_whose(number, ranked.debt),
                    **_asked(check),
                    **_place(place, names),
                    letter_on=written_on.get(place.letter_id) if place else None,
                )


def _asked(check: Check) -> dict[str, Value]:
    return {
        "code": check.code,
        "check_severity": check.severity.value,
        "counsellor_only": check.counsellor_only,
        "question": check.message,
        "question_en": check.message_en or None,
        "source": check.source,
    }


def _place(place: Evidence | None, names: _Names) -> dict[str, Value]:
    if place is None:
        return {"letter": None, "page": None, "quote": None}
    return {"letter": names.of(place.letter_id), "page": place.page, "quote": place.quote}


def _deadlines(overview: Overview, numbered: Numbered) -> Iterator[Row]:
    by_id = {ranked.debt.id: (number, ranked.debt) for number, ranked in numbered}
    for each in overview.deadlines:
        yield _row(
            {"amount"} if each.amount and "payable_now" in by_id[each.debt_id][1].unsure else (),
            on=each.on,
            days_left=each.days_left,
            **_whose(*by_id[each.debt_id]),
            amount=each.amount,
            what=each.what.value,
            severity=each.severity.value,
        )


def _apart(overview: Overview, names: _Names) -> Iterator[Row]:
    for unread in overview.unread:
        yield _row(
            on=unread.received_on,
            sender=unread.sender,
            kind=None,
            letter_status=unread.status,
            added_by_citizen=unread.added_by_citizen,
            letter=names.of(unread.letter_id),
        )
    for other in overview.other_letters:
        yield _row(
            on=other.on,
            sender=_name(other.sender),
            kind=other.kind.value,
            letter_status=None,
            added_by_citizen=other.added_by_citizen,
            letter=names.of(other.letter_id),
        )


def _whose(number: int, debt: Debt) -> dict[str, Value]:
    return {"number": number, "creditor": _name(debt.creditor), "debt_id": str(debt.id)}


def _name(party: Party | None) -> str | None:
    return party.name if party else None
