"""The truth of a letter passes through here: from names and expressions to amounts and days."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.letters.bank import EVENTS, BankProblem, Letter
from tests.letters.draws import Iban
from tests.letters.expressions import Value, evaluate, in_cents

_ROLL = re.compile(r"(?<=\d)\s?[\\/]?\s?(?=[A-Z]{2} (?:(?:EXPL|VERZ|RK|ZA) )?\d\d[-/]\d)")
AMOUNTS = (
    "outstanding",
    "payable_now",
    "principal",
    "interest",
    "collection_costs",
    "increase",
    "paid",
    "conditional_costs",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one printing of a letter says, as a careful reader notes it down."""

    outstanding: Decimal | None
    payable_now: Decimal | None
    principal: Decimal | None
    interest: Decimal | None
    collection_costs: Decimal | None
    increase: Decimal | None
    paid: Decimal | None
    conditional_costs: Decimal | None
    due_date: date | None
    iban: str | None
    payment_reference: str | None
    references: tuple[str, ...]
    instalments: tuple[tuple[date, Decimal], ...]
    events: tuple[tuple[str, date], ...]
    objection: date | None


def tell(letter: Letter, values: Mapping[str, Value]) -> Told:
    """Return the truth of a letter for the values that were drawn.

    :raises BankProblem: it names something that was not drawn, or that is not what it should be
    """
    truth, reader = letter.truth, _Reader(letter, values)
    return Told(
        **{name: reader.amount(name, getattr(truth, name)) for name in AMOUNTS},
        due_date=reader.day("due_date", truth.due_date),
        iban=reader.account("iban", truth.iban),
        payment_reference=reader.number("payment_reference", truth.payment_reference),
        references=tuple(number for name in truth.references for number in reader.numbers(name)),
        instalments=tuple(
            (reader.sure_day("instalments", day), reader.sure_amount("instalments", amount))
            for day, amount in truth.instalments
        ),
        events=tuple((reader.event(it), reader.sure_day("events", on)) for it, on in truth.events),
        objection=reader.day("objection", truth.objection),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    letter: Letter
    values: Mapping[str, Value]

    def numbers(self, name: str) -> list[str]:
        """A court writes the number of a case and that on its roll in one: they are two."""
        return _ROLL.split(self.sure_number("references", name))

    def amount(self, field: str, expression: str) -> Decimal | None:
        return self.sure_amount(field, expression) if expression else None

    def sure_amount(self, field: str, expression: str) -> Decimal:
        value = self._evaluate(field, expression)
        if isinstance(value, int) and value == 0:
            return Decimal("0.00")
        if not isinstance(value, Decimal):
            raise self._problem(field, f"{expression!r} is no amount")
        return in_cents(value)

    def day(self, field: str, expression: str) -> date | None:
        return self.sure_day(field, expression) if expression else None

    def sure_day(self, field: str, expression: str) -> date:
        value = self._evaluate(field, expression.removeprefix("date "))
        if not isinstance(value, date):
            raise self._problem(field, f"{expression!r} is no day")
        return value

    def account(self, field: str, name: str) -> str | None:
        number = self.number(field, name)
        if number is not None and not isinstance(number, Iban):
            raise self._problem(field, f"{name!r} is no IBAN")
        return number

    def number(self, field: str, name: str) -> str | None:
        return self.sure_number(field, name) if name else None

    def sure_number(self, field: str, name: str) -> str:
        value = self._evaluate(field, name)
        if not isinstance(value, str):
            raise self._problem(field, f"{name!r} is no number to quote: draw a ref, mod11 or rf")
        return value

    def event(self, what: str) -> str:
        if what not in EVENTS:
            raise self._problem("events", f"{what!r} is none of {', '.join(EVENTS)}")
        return what

    def _evaluate(self, field: str, expression: str) -> Value:
        try:
            return evaluate(expression, self.values)
        except ValueError as error:
            raise self._problem(field, str(error)) from None

    def _problem(self, field: str, why: str) -> BankProblem:
        return BankProblem(f"{self.letter.file} {self.letter.id} truth {field}: {why}")
