"""From everything found in a letter to what each field says: the weights decide.

Fields are chosen one after another, because each tells something of the next: the kind of the
amounts, the amount that is asked of the day it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from letterbox.reading.adding_up import parts_in_table, with_parts_that_add_up
from letterbox.reading.candidates import Candidate, Choice, choose
from letterbox.reading.candidates.accounts import account_candidates, quote_candidates
from letterbox.reading.candidates.amounts import amount_candidates
from letterbox.reading.candidates.parties import beside_creditor, party_candidates
from letterbox.reading.candidates.terms import term_candidates
from letterbox.reading.found import Found
from letterbox.reading.kinds import KindFound, find_kind
from letterbox.reading.payment import is_for_paying, is_in_small_print, is_not_for_paying
from letterbox.reading.roles import Role
from letterbox.reading.sums import is_left_open
from letterbox.reading.weights import Weights
from letterbox.reading.whole_letter import clues_of_letter, clues_of_likely, clues_of_money
from letterbox.shared.money import Euro

V = TypeVar("V")

BALANCE = "outstanding"
PARTS = ("principal", "interest", "collection_costs", "paid", "conditional_costs")
_ASKED = frozenset((Role.ASKED, Role.TOTAL))
_TELLING = (
    "role ",
    "part ",
    "is ",
    "nothing",
    "below",
    "above",
    "counted ",
    "bare date",
    "first day",
    "largest owed",
    "total of a sum",
    "made",
    "last",
    "only",
    "to pay with",
    "asked by name",
    "for paying",
    "small print",
    "first in head",
)
"""How clues begin that mean something else in another kind of letter."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands for each field, with how sure that is."""

    kind: KindFound
    amounts: dict[str, Choice[Euro]]
    due: Choice[date]
    iban: Choice[str]
    quoted: Choice[str]
    creditor: Choice[str]
    collector: Choice[str]


def choose_all(found: Found, weights: Weights) -> Chosen:
    """Choose what every field of a letter says."""

    def pick(name: str, candidates: Sequence[Candidate[V]], letter: frozenset[str]) -> Choice[V]:
        return choose(candidates, weights.scales[name], none=letter)

    seen = frozenset(clues_of_letter(found))
    kind = find_kind(found, weights.kinds, seen)
    letter = seen | clues_of_likely(kind.likely)
    owed = money_candidates(found)
    balance = _doubting_sums(pick(BALANCE, in_letter(owed, letter), letter), found)
    beside = in_letter([beside_balance(each, balance.value) for each in owed], letter)
    payable = pick("payable_now", beside, letter)
    after = letter | clues_of_money(balance.value, payable.value)
    named = party_candidates(found.named, found.layout)
    creditor = pick("creditor", in_letter(named, letter), letter)
    others = collector_candidates(named, found, creditor.value)
    accounts = account_candidates(found.accounts, found.layout)
    chosen = Chosen(
        kind=kind,
        amounts={
            BALANCE: balance,
            "payable_now": payable,
            **{name: pick(name, beside, letter) for name in PARTS},
            "increase": _increase(found),
        },
        due=pick("due_on", in_letter(due_candidates(found, payable.value), after), after),
        iban=_doubting_accounts(pick("iban", in_letter(accounts, after), after), found),
        quoted=pick("payment_reference", in_letter(quoting_candidates(found), after), after),
        creditor=creditor,
        collector=pick("collector", in_letter(others, letter), letter),
    )
    table = parts_in_table(found.closings, balance.value)
    amounts = with_parts_that_add_up({**chosen.amounts, **table})
    return _doubting_silence(replace(chosen, amounts=amounts))


def _doubting_sums(balance: Choice[Euro], found: Found) -> Choice[Euro]:
    """A balance is a question when its parts do not add up, or a whole debt is named beside it."""
    cents = balance.value.cents if balance.value is not None else 0
    larger = any(p.role is Role.WHOLE and p.amount.cents > cents for p in found.parts)
    doubtful = cents and (larger or is_left_open(found.parts, found.closings, cents))
    return replace(balance, sure=False) if doubtful else balance


def _doubting_accounts(chosen: Choice[str], found: Found) -> Choice[str]:
    """Which of two accounts to pay into, where a letter asks for both, a person must say."""
    asked = {
        account.iban
        for account in found.accounts
        if is_for_paying(account.spot)
        and not is_not_for_paying(account.spot)
        and not is_in_small_print(account.spot)
    }
    return replace(chosen, sure=False) if len(asked) > 1 else chosen


def _doubting_silence(chosen: Chosen) -> Chosen:
    """That nothing is asked is a question where it is said how or by when to pay."""
    payable = chosen.amounts["payable_now"]
    told_how = chosen.iban.value is not None or chosen.due.value is not None
    if payable.value is not None or not told_how:
        return chosen
    return replace(chosen, amounts={**chosen.amounts, "payable_now": replace(payable, sure=False)})


def _increase(found: Found) -> Choice[Euro]:
    """Too few letters have one to learn from: the label decides, and a sum makes it sure."""
    named = next((part for part in found.parts if part.role is Role.INCREASE), None)
    if named is None:
        return Choice(None, None, True, 0.9)
    added = any(named in closing.parts for closing in found.closings)
    return Choice(named.amount, named.found.spot, added, 0.9 if added else 0.6)


def in_letter(candidates: Sequence[Candidate[V]], letter: frozenset[str]) -> list[Candidate[V]]:
    """Return candidates that know in what letter they stand: a role means more with a kind."""
    return [
        replace(
            each,
            clues=each.clues
            | {
                f"{about} / {clue}"
                for clue in each.clues
                if clue.startswith(_TELLING)
                for about in letter
            },
        )
        for each in candidates
    ]


def money_candidates(found: Found) -> list[Candidate[Euro]]:
    """Return what the balance could be."""
    return amount_candidates(
        found.parts,
        found.closings,
        found.layout,
        terms=[term.spot for term in found.terms],
        accounts=[account.spot for account in found.accounts],
    )


def beside_balance(candidate: Candidate[Euro], balance: Euro | None) -> Candidate[Euro]:
    """Return a candidate that knows what the balance is."""
    if balance is None:
        clue = "no balance"
    elif candidate.value == balance:
        clue = "is the balance"
    else:
        clue = "below the balance" if candidate.value < balance else "above the balance"
    return replace(candidate, clues=candidate.clues | {clue})


def due_candidates(found: Found, payable: Euro | None) -> list[Candidate[date]]:
    """Return what the last day to pay could be."""
    asked = [
        part.found.spot for part in found.parts if part.role in _ASKED or part.amount == payable
    ]
    return term_candidates(found.terms, found.layout, letter_on=found.since, asked=asked)


def quoting_candidates(found: Found) -> list[Candidate[str]]:
    """Return what one could have to quote with a payment."""
    return quote_candidates(
        found.numbers,
        found.layout,
        by_name=found.asked_by_name,
        accounts=[account.spot for account in found.accounts],
    )


def collector_candidates(
    named: Sequence[Candidate[str]], found: Found, creditor: str | None
) -> list[Candidate[str]]:
    """Return who could collect for this creditor."""
    writer = found.writer.name if found.writer else None
    return [beside_creditor(each, creditor, writer) for each in named]
