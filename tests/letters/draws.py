"""Chance passes through here, the same each time: how values are drawn becomes the values.

A letter and a number (the seed) always give the same values.
"""

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from stdnum import iban as iban_number
from stdnum import iso7064

from letterbox.reading.finders.references import holds_mod_11
from letterbox.reading.working_days import working_days_after
from tests.letters.bank import BankProblem, Letter
from tests.letters.citizens import Citizen, draw_citizen
from tests.letters.expressions import Value, evaluate

_FIRST, _LAST = date(2024, 7, 1), date(2026, 11, 13)
_BANKS = ("ABNA", "INGB", "RABO", "SNSB", "TRIO", "ASNB", "KNAB", "BUNQ", "NWAB", "RBRB")
_CENTS = r"\d+(?:\.\d{1,2})?"
_AMOUNT = re.compile(rf"amount ({_CENTS})(?:\.\.({_CENTS}))?( whole)?")
_DATE = re.compile(r"date (\w+)(?: ([+-]) (\d+)(?:\.\.(\d+))?(w?))?")
_MOD_11 = re.compile(r"mod11 (\d+)(?:\.\.(\d+))?")
_COUNT = re.compile(r"count (\d+)\.\.(\d+)")
_REF = re.compile(r"ref (\S.*)")
_KNOWN_BEFORE = ("sent", "received")


class Iban(str):
    """An account number without spaces."""


class Reference(str):
    """A number that identifies a case, as it is kept: without the spaces of print."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The values of one printing of a letter, and the citizen it goes to."""

    values: Mapping[str, Value]
    citizen: Citizen


def draw_values(letter: Letter, seed: int) -> Drawn:
    """Return the values of a letter for one printing.

    :raises BankProblem: what is to be drawn is written in a way that means nothing
    """
    # Not for secrets: the same letter must come out each time.
    chance = Random(f"values/{letter.id}/{seed}")  # noqa: S311
    citizen = draw_citizen(chance)
    values: dict[str, Value] = dict(zip(_KNOWN_BEFORE, _sent_and_received(chance), strict=True))
    for name, how in letter.draw.items():
        try:
            values[name] = _draw(how, values, chance)
        except ValueError as error:
            raise BankProblem(f"{letter.file} {letter.id} draw {name}: {error}") from None
    return Drawn(values, citizen)


def _sent_and_received(chance: Random) -> tuple[date, date]:
    sent = _FIRST + timedelta(days=chance.randint(0, (_LAST - _FIRST).days))
    sent -= timedelta(days=max(0, sent.weekday() - 4))
    return sent, sent + timedelta(days=chance.randint(1, 3))


def _draw(how: str, values: Mapping[str, Value], chance: Random) -> Value:
    if how.startswith("="):
        return _sum(how[1:], values)
    if how == "iban":
        return _iban(chance)
    if how == "rf":
        return _creditor_reference(chance)
    for pattern, draw in _WAYS:
        if match := pattern.fullmatch(how):
            return draw(match, values, chance)
    raise ValueError(f"{how!r} is no way to draw a value")


def _sum(expression: str, values: Mapping[str, Value]) -> Value:
    result = evaluate(expression, values)
    counted = any(isinstance(values[name], int) for name in values if _uses(expression, name))
    if isinstance(result, int) and not counted:
        return Decimal(result).quantize(Decimal("0.01"))
    return result


def _uses(expression: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", expression) is not None


def _amount(match: re.Match[str], values: Mapping[str, Value], chance: Random) -> Value:
    low = Decimal(match[1])
    high = Decimal(match[2] or match[1])
    if match[3]:
        return Decimal(chance.randint(int(low), int(high))).quantize(Decimal("0.01"))
    return (Decimal(chance.randint(int(low * 100), int(high * 100))) / 100).quantize(
        Decimal("0.01")
    )


def _date(match: re.Match[str], values: Mapping[str, Value], chance: Random) -> Value:
    base, sign, one, other, working = match.groups()
    day = evaluate(base, values)
    if not isinstance(day, date):
        raise ValueError(f"{base!r} is not a day")
    if sign is None:
        return day
    count = chance.randint(*sorted((int(one), int(other or one))))
    if working:
        return working_days_after(day, count)
    return day + timedelta(days=count if sign == "+" else -count)


def _reference(match: re.Match[str], values: Mapping[str, Value], chance: Random) -> Value:
    drawn = ""
    for place in match[1]:
        if place == "#":
            drawn += chance.choice("0123456789" if drawn[-1:].isdigit() else "123456789")
        else:
            drawn += chance.choice("ABCDEFGHJKLMNPRSTVWXZ") if place == "@" else place
    return Reference(drawn)


def _mod_11(match: re.Match[str], values: Mapping[str, Value], chance: Random) -> Value:
    length = chance.randint(int(match[1]), int(match[2] or match[1]))
    if length != 16 and not 9 <= length <= 14:
        raise ValueError("a payment reference has 16 digits, or 9 to 14")
    rest = "".join(chance.choices(string.digits, k=length - 1))
    if length < 16:
        # The second digit of a short reference tells how long the rest of it is.
        rest = f"{(length - 2) % 10}{rest[1:]}"
    return Reference(next(f"{d}{rest}" for d in string.digits if holds_mod_11(f"{d}{rest}")))


def _count(match: re.Match[str], values: Mapping[str, Value], chance: Random) -> Value:
    return chance.randint(int(match[1]), int(match[2]))


_WAYS: tuple[tuple[re.Pattern[str], Callable[..., Value]], ...] = (
    (_AMOUNT, _amount),
    (_DATE, _date),
    (_MOD_11, _mod_11),
    (_COUNT, _count),
    (_REF, _reference),
)


def _iban(chance: Random) -> Iban:
    account = next(n for n in iter(lambda: _ten_digits(chance), "") if _holds_eleven(n))
    number = f"NL00{chance.choice(_BANKS)}{account}"
    return Iban(f"NL{iban_number.calc_check_digits(number)}{number[4:]}")


def _ten_digits(chance: Random) -> str:
    return f"0{chance.randint(100_000_000, 999_999_999)}"


def _holds_eleven(account: str) -> bool:
    """Say whether a Dutch account number passes the elfproef, as all but a few banks' do."""
    weighed = zip(range(10, 0, -1), account, strict=True)
    return sum(weight * int(digit) for weight, digit in weighed) % 11 == 0


def _creditor_reference(chance: Random) -> Reference:
    """Return a structured creditor reference (ISO 11649)."""
    body = f"{chance.choice('ABKRW')}{chance.randint(10**8, 10**11)}"
    return Reference(f"RF{iso7064.mod_97_10.calc_check_digits(body + 'RF')}{body}")
