"""What other fields say of a choice, however much it weighs: they cast doubt on it, or back it.

What weighs most is chosen field by field. A day to pay by without anything to pay, an agency to
which one owes money itself: one of the two is wrong, and a person must say which. And where all
fits together, less weight will do.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from letterbox.reading.candidates import Choice
from letterbox.reading.found import Found
from letterbox.reading.parties import alike
from letterbox.reading.payment import is_for_paying, is_in_small_print, is_not_for_paying
from letterbox.reading.roles import Role
from letterbox.reading.sums import is_left_open

Choices = Mapping[str, Choice[Any]]

_UNCLEAR = 0.7
_JUDGED = frozenset(("court writes", "kind judgment", "maybe judgment"))


def doubted(choices: Choices, found: Found, letter: Collection[str]) -> frozenset[str]:
    """Return the fields of which nothing is sure.

    :param choices: by field, the increase and the parts left out
    :param letter: clues about the letter as a whole
    """
    return frozenset(
        [
            *_about_balance(choices, found, letter),
            *_about_asking(choices, letter),
            *_about_ways(choices, found),
            *_about_parties(choices, found, letter),
        ]
    )


def backed(choices: Choices, found: Found, letter: Collection[str]) -> frozenset[str]:
    """Return the fields that others confirm: the whole is asked by a day, into an account; or
    who writes is owed, nobody collects, and nothing is said of another who is owed."""
    balance, payable = choices["outstanding"].value, choices["payable_now"].value
    told = choices["due_on"].value is not None and choices["iban"].value is not None
    plain = choices["collector"].value is None and "for another" not in letter
    return frozenset(
        [
            *(("payable_now", "due_on") if told and payable and balance == payable else ()),
            *(("creditor", "collector") if plain and _writer_is_owed(choices, found) else ()),
        ]
    )


def _about_balance(choices: Choices, found: Found, letter: Collection[str]) -> Iterator[str]:
    """Its parts do not add up, more is named or asked, or what to pay of it is unclear."""
    balance = choices["outstanding"].value
    cents = balance.cents if balance is not None else 0
    larger = any(p.role is Role.WHOLE and p.amount.cents > cents for p in found.parts)
    open_ = larger or "pays you" in letter or is_left_open(found.parts, found.closings, cents)
    if cents and (open_ or _asks_more(found, cents)):
        yield "outstanding"
    if choices["payable_now"].confidence < _UNCLEAR:
        yield "outstanding"


def _asks_more(found: Found, cents: int) -> bool:
    return any(
        part.role is Role.ASKED and part.amount.cents > cents and not part.found.spot.cell
        for part in found.parts
    )


def _about_asking(choices: Choices, letter: Collection[str]) -> Iterator[str]:
    """It says how to pay and not what, who gets the money is the citizen, or what a court orders
    or the writer will collect is not found."""
    told_how = choices["iban"].value is not None or choices["due_on"].value is not None
    asks = choices["payable_now"].value is not None
    odd = "pays you" in letter if asks else told_how or _JUDGED & {*letter}
    if odd or choices["outstanding"].confidence < _UNCLEAR:
        yield "payable_now"
    if "debited" in letter:
        yield from (name for name in ("payable_now", "due_on") if choices[name].value is None)


def _about_ways(choices: Choices, found: Found) -> Iterator[str]:
    """It asks and does not say how or by when, or the reverse; or there are two accounts."""
    asks, by_then, into, quoting = (
        choices[name].value is not None
        for name in ("payable_now", "due_on", "iban", "payment_reference")
    )
    if by_then != asks or into > by_then:
        yield "due_on"
    if into != asks:
        yield "iban"
    if quoting != into:
        yield "payment_reference"
    asked = {
        account.iban
        for account in found.accounts
        if is_for_paying(account.spot)
        and not is_not_for_paying(account.spot)
        and not is_in_small_print(account.spot)
    }
    if len(asked) > 1:
        yield "iban"


def _about_parties(choices: Choices, found: Found, letter: Collection[str]) -> Iterator[str]:
    """Nobody collects what is owed to them, and an agency is hardly ever owed itself."""
    both = alike(choices["creditor"].value or "", choices["collector"].value or "")
    if both or ("writer collects" in letter and _writer_is_owed(choices, found)):
        yield from ("creditor", "collector")


def _writer_is_owed(choices: Choices, found: Found) -> bool:
    return alike(choices["creditor"].value or "", _writer_of(found))


def _writer_of(found: Found) -> str:
    return found.writer.name if found.writer else ""
