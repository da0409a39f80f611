"""What speaks against or for the balance, what is to be paid of it, and when and how."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from letterbox.reading.doubting.choices import FROM_WHO_IS_OWED, Choices
from letterbox.reading.finders.terms import Counted, TermFound
from letterbox.reading.found import Found
from letterbox.reading.payment import is_for_paying, is_in_small_print, is_not_for_paying
from letterbox.reading.roles import Role
from letterbox.reading.sums import is_left_open
from letterbox.shared.money import Euro

_UNCLEAR, _CLEAR = 0.7, 0.9
_CLAIMS = frozenset((*FROM_WHO_IS_OWED, "kind collection_notice", "kind payment_plan"))
_TOTALS = frozenset((Role.TOTAL, Role.WHOLE))
_LAST_DAY = re.compile(r"(?i)\b(?:uiterlijk|ten laatste|no later than|at the latest)\b")
_FROM_ITS_DATE = frozenset((Counted.LETTER, Counted.UNSAID))
_JUDGED = frozenset(("court writes", "kind judgment", "maybe judgment"))


def contradicted(choices: Choices, found: Found) -> Iterator[str]:
    """Yield the fields that cannot be right: the parts of a balance do not add up, or a larger
    whole is named; more is to be paid than is owed or no more than costs; a term runs from a day
    that is not known or not clear; costs are named in pieces; or two accounts are asked for."""
    cents, payable = (_cents(choices[name].value) for name in ("outstanding", "payable_now"))
    refuted = {
        "outstanding": cents > 0 and _is_less_than_whole(found, cents),
        "payable_now": 0 < cents < payable or _is_costs_alone(found, payable),
        "due_on": _is_undated(choices, found)
        or _is_counted_from_an_unclear_day(choices["due_on"].value, found),
        "collection_costs": _has_costs_apart(found),
        "iban": _asks_two_accounts(found),
    }
    return (name for name, holds in refuted.items() if holds)


def doubted(choices: Choices, found: Found, letter: Collection[str]) -> Iterator[str]:
    """Yield the fields of which one hardly fits another."""
    yield from _about_balance(choices, found, letter)
    yield from _about_asking(choices, letter)
    yield from _about_ways(choices, found)


def backed(choices: Choices, found: Found) -> Iterator[str]:
    """Yield the fields that others confirm: the whole is asked by a day, into an account; a table
    adds up to the balance; or the principal is all of it.

    What is to be paid is confirmed by a balance that is clear itself: both may be one mistake.
    """
    balance = choices["outstanding"].value
    told = choices["due_on"].value is not None and choices["iban"].value is not None
    whole = told and _asks_the_whole(choices)
    summed = any(closing.total.amount == balance for closing in found.closings)
    confirmed = {
        "outstanding": whole or summed,
        "due_on": whole and bool(_terms_until(choices["due_on"].value, found)),
        "payable_now": whole and choices["outstanding"].confidence >= _CLEAR,
        "principal": bool(balance) and choices["principal"].value == balance,
    }
    return (name for name, holds in confirmed.items() if holds)


def _about_balance(choices: Choices, found: Found, letter: Collection[str]) -> Iterator[str]:
    """More is asked, a larger total is named, what to pay of it is unclear, or a letter that claims
    money names none."""
    cents = _cents(choices["outstanding"].value)
    if cents and _names_a_larger_total(found, cents):
        yield "outstanding"
    if choices["outstanding"].value is None and not _CLAIMS.isdisjoint(letter):
        yield "outstanding"
    if cents and _asks_more(found, cents):
        yield "outstanding"
    if choices["payable_now"].confidence < _UNCLEAR:
        yield "outstanding"


def _cents(amount: Euro | None) -> int:
    return amount.cents if amount is not None else 0


def _is_less_than_whole(found: Found, cents: int) -> bool:
    larger = any(p.role is Role.WHOLE and p.amount.cents > cents for p in found.parts)
    return larger or is_left_open(found.parts, found.closings, cents)


def _asks_more(found: Found, cents: int) -> bool:
    return any(
        part.role is Role.ASKED and part.amount.cents > cents and not part.found.spot.cell
        for part in found.parts
    )


def _names_a_larger_total(found: Found, cents: int) -> bool:
    return any(p.role in _TOTALS and p.amount.cents > cents for p in found.parts)


def _about_asking(choices: Choices, letter: Collection[str]) -> Iterator[str]:
    """It says how to pay and not what, or what and not how, or what a court orders or the writer
    will collect is not found."""
    told_how = choices["iban"].value is not None or choices["due_on"].value is not None
    asks = choices["payable_now"].value is not None
    comes_back = "pays you" in letter and not {"kind other", "maybe other"}.isdisjoint(letter)
    untold = choices["iban"].value is None or comes_back
    odd = untold if asks else told_how or _JUDGED & {*letter}
    if odd or choices["outstanding"].confidence < _UNCLEAR:
        yield "payable_now"
    if "debited" in letter:
        yield from (name for name in ("payable_now", "due_on") if choices[name].value is None)


def _about_ways(choices: Choices, found: Found) -> Iterator[str]:
    """It asks and does not say how, or the reverse; when and not how, or the reverse; or until an
    earlier day as well."""
    asks, by_then, into, quoting = (
        choices[name].value is not None
        for name in ("payable_now", "due_on", "iban", "payment_reference")
    )
    if into != by_then or _is_after_another(choices, found):
        yield "due_on"
    if into != asks:
        yield "iban"
    if quoting != into:
        yield "payment_reference"


def _asks_the_whole(choices: Choices) -> bool:
    payable = choices["payable_now"].value
    return bool(payable) and payable == choices["outstanding"].value


def _is_costs_alone(found: Found, cents: int) -> bool:
    """Say whether it is the sum of the costs of a court, and more is asked beside them."""
    sums = (closing.parts for closing in found.closings if closing.total.amount.cents == cents)
    costs = any(all(part.role is Role.OTHER_COSTS for part in parts) for parts in sums)
    return costs and _asks_more(found, cents)


def _has_costs_apart(found: Found) -> bool:
    """Say whether several amounts are collection costs, as VAT on them is."""
    return len({p.amount for p in found.parts if p.role is Role.COLLECTION_COSTS}) > 1


def _is_undated(choices: Choices, found: Found) -> bool:
    """Say whether it asks for money within a term of which nobody knows when it began, or by a
    last day that was not found."""
    asks, undated = choices["payable_now"].value is not None, choices["due_on"].value is None
    if not asks or not undated:
        return False
    dated = {term.spot.block for term in found.terms if term.on}
    spoken_of = (number for number, _ in found.layout.finds(_LAST_DAY))
    return not dated.issuperset(spoken_of) or any(
        term.on is None and term.counted is Counted.LETTER for term in found.terms
    )


def _is_counted_from_an_unclear_day(last: date | None, found: Found) -> bool:
    """Say whether this is a last day only because of a date of the letter that is a question."""
    if found.letter_date is not None and found.letter_date.sure:
        return False
    counted = {term.counted for term in _terms_until(last, found)}
    return bool(counted) and counted <= _FROM_ITS_DATE


def _is_after_another(choices: Choices, found: Found) -> bool:
    """Say whether an earlier last day stands in the same text: `deels op …, de rest op …`."""
    due = choices["due_on"].value
    blocks = {term.spot.block for term in _terms_until(due, found)}
    beside = (term for term in found.terms if term.spot.block in blocks)
    days = (term.on for term in beside if term.on and term.counted is Counted.FIXED)
    return due is not None and any(found.since < day < due for day in days)


def _terms_until(last: date | None, found: Found) -> list[TermFound]:
    """Return the words that make this a last day; of a bare date there are none."""
    return [term for term in found.terms if last is not None and term.on == last]


def _asks_two_accounts(found: Found) -> bool:
    if len({account.iban for account in found.accounts}) < 2:
        return False
    asked = {
        account.iban
        for account in found.accounts
        if is_for_paying(account.spot)
        and not is_not_for_paying(account.spot)
        and not is_in_small_print(account.spot)
    }
    return len(asked) > 1
