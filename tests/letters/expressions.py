"""Sums of drawn values (`principal + fee`, `sent + 5w`) pass through here and become values.

An amount is a `Decimal` in euros, a day a `date`, a small number an `int`. Only plus, minus,
times, divided by and the functions below: a bank is a text, not a program.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from letterbox.reading.working_days import working_days_after
from letterbox.shared.days import months_later

Value = Decimal | date | int | str

_CENT = Decimal("0.01")
_WORKING = re.compile(r"\b(\d+)w\b")
_STAIRS = ((2500, "0.15"), (2500, "0.10"), (5000, "0.05"), (190_000, "0.01"), (None, "0.005"))


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days, to be added to a day."""

    count: int


def evaluate(expression: str, values: Mapping[str, Value]) -> Value:
    """Return what an expression comes to. Amounts are rounded to cents.

    :raises ValueError: it is not an expression, names an unknown value, or mixes days with euros
    """
    try:
        tree = ast.parse(_WORKING.sub(r"workdays(\1)", expression.strip()), mode="eval")
        result = _value(tree.body, values)
    except (SyntaxError, TypeError, ArithmeticError, InvalidOperation) as error:
        raise ValueError(f"{expression!r} does not come to anything: {error}") from None
    if isinstance(result, Decimal):
        return in_cents(result)
    if isinstance(result, WorkingDays):
        raise ValueError(f"{expression!r} counts working days from no day")
    assert isinstance(result, date | int | str)
    return result


def in_cents(amount: Decimal) -> Decimal:
    """Return the amount rounded to whole cents, half a cent up."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def statutory_costs(principal: Decimal) -> Decimal:
    """Return the highest collection costs that may be asked, without VAT.

    Art. 2 Besluit vergoeding voor buitengerechtelijke incassokosten: a stair of percentages, at
    least 40 and at most 6775 euros.
    """
    rest, costs = Decimal(principal), Decimal(0)
    for width, rate in _STAIRS:
        step = rest if width is None else min(rest, Decimal(width))
        costs, rest = costs + step * Decimal(rate), rest - step
    return in_cents(min(max(costs, Decimal(40)), Decimal(6775)))


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "bik": statutory_costs,
    "half": lambda amount: in_cents(Decimal(amount) / 2),
    "vat": lambda amount: in_cents(Decimal(amount) * 21 / 100),
    "max": max,
    "min": min,
    "months": months_later,
    "workdays": WorkingDays,
}
_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda left, right: Decimal(left) / Decimal(right),
}


def _value(node: ast.expr, values: Mapping[str, Value]) -> Any:
    match node:
        case ast.Constant(value=int() as whole) if not isinstance(whole, bool):
            return whole
        case ast.Constant(value=float() as broken):
            return Decimal(str(broken))
        case ast.Name(id=name):
            return _named(name, values)
        case ast.BinOp(left=left, op=op, right=right):
            return _combine(type(op), _value(left, values), _value(right, values))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(arg, values) for arg in args))
    raise TypeError("only + - * / and bik half vat min max months")


def _named(name: str, values: Mapping[str, Value]) -> Value:
    if name not in values:
        raise ValueError(f"nothing is drawn under the name {name!r} (before it is used)")
    return values[name]


def _combine(op: type[ast.operator], left: Any, right: Any) -> Any:
    if op not in _OPERATORS or isinstance(left, str) or isinstance(right, str):
        raise TypeError("only + - * / of amounts, days and numbers")
    if isinstance(left, date):
        return _later(left, right, back=op is ast.Sub)
    return _OPERATORS[op](left, right)


def _later(day: date, by: Any, *, back: bool) -> date:
    if isinstance(by, WorkingDays):
        if back:
            raise TypeError("working days count forward only")
        return working_days_after(day, by.count)
    if not isinstance(by, int):
        raise TypeError("only whole days can be added to a day")
    return day + timedelta(days=-by if back else by)
