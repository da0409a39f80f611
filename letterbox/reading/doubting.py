"""What other fields say of a choice, however much it weighs: they cast doubt on it, or back it.

What weighs most is chosen field by field. A day to pay by without anything to pay, an agency to
which one owes money itself: one of the two is likely wrong, and it takes more weight to be sure
of either. Where all fits together less will do, and what the letter contradicts is never sure.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from letterbox.reading.candidates import Choice
from letterbox.reading.candidates.parties import has_initials
from letterbox.reading.finders.names import Part
from letterbox.reading.finders.terms import Counted, TermFound
from letterbox.reading.found import Found
from letterbox.reading.parties import alike
from letterbox.reading.payment import is_for_paying, is_in_small_print, is_not_for_paying
from letterbox.reading.roles import Role
from letterbox.reading.sums import is_left_open
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

Choices = Mapping[str, Choice[Any]]

_UNCLEAR, _CLEAR = 0.7, 0.9
_FROM_WHO_IS_OWED = frozenset(
    f"kind {kind.value}"
    for kind in (
        *(Kind.INVOICE, Kind.ASSESSMENT, Kind.FINE, Kind.RECLAIM, Kind.REMINDER, Kind.DEMAND),
        *(Kind.CREDIT_NOTE, Kind.STATEMENT, Kind.DISCONNECTION_NOTICE),
    )
)
"""Kinds of letter that hardly anybody else writes, as far as one can tell the kind."""
_JUDGED = frozenset(("court writes", "kind judgment", "maybe judgment"))


def limits_to_reach(choices: Choices, found: Found, letter: Collection[str]) -> dict[str, str]:
    """Return by field which limit of its scale a choice must reach to be sure.

    A field that the letter itself contradicts is left out: no weight makes it sure.

    :param choices: by field, the increase and the parts left out
    :param letter: clues about the letter as a whole
    """
    refuted = contradicted(choices, found)
    doubts, backs = doubted(choices, found, letter), backed(choices, found, letter)
    limits = {name: "none" if it.value is None else "value" for name, it in choices.items()}
    limits |= dict.fromkeys(backs & limits.keys(), "backed")
    limits |= dict.fromkeys(doubts & limits.keys(), "doubted")
    return {name: limit for name, limit in limits.items() if name not in refuted}


def contradicted(choices: Choices, found: Found) -> frozenset[str]:
    """Return the fields that cannot be right as they stand: the parts of a balance do not add up
    or a larger whole is named, more is to be paid than is owed, two accounts are asked for, one
    collects from oneself, the claim was sold to another, or a person may only sign."""
    cents = _cents(choices["outstanding"].value)
    larger = any(p.role is Role.WHOLE and p.amount.cents > cents for p in found.parts)
    refuted = {
        "outstanding": cents > 0 and (larger or is_left_open(found.parts, found.closings, cents)),
        "payable_now": 0 < cents < _cents(choices["payable_now"].value),
        "iban": _asks_two_accounts(found),
        "creditor": _collects_from_itself(choices)
        or _is_sold_to_another(choices, found)
        or _only_signs(choices, found),
        "collector": _collects_from_itself(choices),
    }
    return frozenset(name for name, holds in refuted.items() if holds)


def doubted(choices: Choices, found: Found, letter: Collection[str]) -> frozenset[str]:
    """Return the fields that need more weight than others, for the rest hardly fits them."""
    return frozenset(
        [
            *_about_balance(choices, found),
            *_about_asking(choices, letter),
            *_about_ways(choices, found),
            *_about_parties(choices, found, letter),
        ]
    )


def backed(choices: Choices, found: Found, letter: Collection[str]) -> frozenset[str]:
    """Return the fields that others confirm: the whole is asked by a day, into an account; a
    table adds up to the balance; or who delivered it is owed, nobody collects, and nothing is said
    of another who is owed.

    What is to be paid is confirmed by a balance that is clear itself: both may be one mistake.
    """
    balance = choices["outstanding"].value
    told = choices["due_on"].value is not None and choices["iban"].value is not None
    whole = told and _asks_the_whole(choices)
    clear = whole and choices["outstanding"].confidence >= _CLEAR
    summed = any(closing.total.amount == balance for closing in found.closings)
    return frozenset(
        [
            *(["outstanding"] if whole or summed else ()),
            *(["due_on"] if whole and _terms_of(choices, found) else ()),
            *(["payable_now"] if clear else ()),
            *(["creditor"] if found.sender and _is_owed_plainly(choices, found, letter) else ()),
            *(["collector"] if _is_plain(choices, found, letter) else ()),
        ]
    )


def _about_balance(choices: Choices, found: Found) -> Iterator[str]:
    """More is asked, or what to pay of it is unclear."""
    cents = _cents(choices["outstanding"].value)
    if cents and _asks_more(found, cents):
        yield "outstanding"
    if choices["payable_now"].confidence < _UNCLEAR:
        yield "outstanding"


def _cents(amount: Euro | None) -> int:
    return amount.cents if amount is not None else 0


def _asks_more(found: Found, cents: int) -> bool:
    return any(
        part.role is Role.ASKED and part.amount.cents > cents and not part.found.spot.cell
        for part in found.parts
    )


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
    """It asks and does not say how, or the reverse; or when and not how, or the reverse."""
    asks, by_then, into, quoting = (
        choices[name].value is not None
        for name in ("payable_now", "due_on", "iban", "payment_reference")
    )
    if into != by_then or _is_counted_from_an_unclear_day(choices, found):
        yield "due_on"
    if into != asks:
        yield "iban"
    if quoting != into:
        yield "payment_reference"


def _asks_the_whole(choices: Choices) -> bool:
    payable = choices["payable_now"].value
    return bool(payable) and payable == choices["outstanding"].value


def _is_counted_from_an_unclear_day(choices: Choices, found: Found) -> bool:
    clear = found.letter_date is not None and found.letter_date.sure
    terms = () if clear else _terms_of(choices, found)
    return any(term.counted is Counted.LETTER for term in terms)


def _terms_of(choices: Choices, found: Found) -> list[TermFound]:
    """Return the words that make the day to pay by a last day; of a bare date there are none."""
    due = choices["due_on"].value
    return [term for term in found.terms if due is not None and term.on == due]


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


def _about_parties(choices: Choices, found: Found, letter: Collection[str]) -> Iterator[str]:
    """An agency is hardly ever owed itself; where the writer is not owed, somebody collects."""
    if "writer collects" in letter and _writer_is_owed(choices, found):
        yield from ("creditor", "collector")
    delivered = found.sender is not None and _is_owed_plainly(choices, found, letter)
    if not delivered and not _is_collected_for(choices, found, letter):
        yield "creditor"


def _is_owed_plainly(choices: Choices, found: Found, letter: Collection[str]) -> bool:
    """Say whether it is plain, and a letter of a kind that who is owed writes."""
    return _is_plain(choices, found, letter) and not _FROM_WHO_IS_OWED.isdisjoint(letter)


def _is_plain(choices: Choices, found: Found, letter: Collection[str]) -> bool:
    """Say whether the writer is owed, and nothing is said of anybody else."""
    plain = choices["collector"].value is None and "for another" not in letter
    return plain and _writer_is_owed(choices, found)


def _is_collected_for(choices: Choices, found: Found, letter: Collection[str]) -> bool:
    """Say whether another than the writer is owed, and the letter says that somebody collects."""
    collector = choices["collector"].value or ""
    said = "for another" in letter or not alike(collector, _writer_of(found))
    sold = "bought" in letter
    return bool(collector) and said and not sold and not _writer_is_owed(choices, found)


def _collects_from_itself(choices: Choices) -> bool:
    return alike(choices["creditor"].value or "", choices["collector"].value or "")


def _is_sold_to_another(choices: Choices, found: Found) -> bool:
    creditor = choices["creditor"].value or ""
    buyers = [name.name for name in found.named.names if name.part is Part.BUYER]
    return bool(buyers) and not any(alike(creditor, buyer) for buyer in buyers)


def _only_signs(choices: Choices, found: Found) -> bool:
    """Say whether a person seems to be owed, and nobody knows that he delivered the letter."""
    return found.sender is None and has_initials(choices["creditor"].value or "")


def _writer_is_owed(choices: Choices, found: Found) -> bool:
    return alike(choices["creditor"].value or "", _writer_of(found))


def _writer_of(found: Found) -> str:
    return found.writer.name if found.writer else ""
