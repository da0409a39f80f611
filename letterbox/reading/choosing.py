"""From everything found in a letter to what each field says: the weights decide.

Fields are chosen one after another, because each tells something of the next: the kind of the
amounts, the amount that is asked of the day it is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Any, TypeVar

from letterbox.reading.adding_up import parts_in_table, with_parts_that_add_up
from letterbox.reading.candidates import Candidate, Choice, choose
from letterbox.reading.candidates.accounts import account_candidates
from letterbox.reading.candidates.days import choose_event
from letterbox.reading.candidates.parties import party_candidates
from letterbox.reading.doubting import limits_to_reach
from letterbox.reading.finders.events import EventKind
from letterbox.reading.finders.references import compact
from letterbox.reading.found import Found
from letterbox.reading.gathering import (
    beside_balance,
    collector_candidates,
    days_ahead,
    due_candidates,
    money_candidates,
    quoting_candidates,
)
from letterbox.reading.kinds import KindFound, find_kind
from letterbox.reading.parties import alike
from letterbox.reading.roles import Role
from letterbox.reading.weights import Weights
from letterbox.reading.weights.scales import LetterScales
from letterbox.reading.whole_letter import clues_of_letter, clues_of_likely, clues_of_money
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

V = TypeVar("V")

BALANCE = "outstanding"
OBJECTION = "objection_on"
PARTS = ("principal", "interest", "collection_costs", "paid", "conditional_costs")
OF_A_CLAIM = (BALANCE, "payable_now", "due_on", "iban")
"""What a letter that claims nothing does not name."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands for each field, with how sure that is.

    :ivar references: the numbers that identify the case, and how likely each does
    :ivar events: on which day what is hard to undo happens, each of which is likely enough
    :ivar objection: the last day to object to a decision, appeal, or oppose a writ
    :ivar claims: it seems to say what is owed; most letters do
    """

    kind: KindFound
    amounts: dict[str, Choice[Euro]]
    due: Choice[date]
    iban: Choice[str]
    quoted: Choice[str]
    creditor: Choice[str]
    collector: Choice[str]
    references: Mapping[str, float]
    events: Mapping[EventKind, Choice[date]]
    objection: Choice[date]
    claims: bool

    @property
    def fields(self) -> dict[str, Choice[Any]]:
        """Every choice, by the name of its field."""
        return {
            **self.amounts,
            "due_on": self.due,
            "iban": self.iban,
            "payment_reference": self.quoted,
            "creditor": self.creditor,
            "collector": self.collector,
        }

    def sure_of(self, sure: Mapping[str, bool]) -> "Chosen":
        """Return the same, sure of some fields and of others not."""

        def look(name: str, choice: Choice[V]) -> Choice[V]:
            return choice._replace(sure=sure.get(name, choice.sure))

        return replace(
            self,
            amounts={name: look(name, choice) for name, choice in self.amounts.items()},
            due=look("due_on", self.due),
            iban=look("iban", self.iban),
            quoted=look("payment_reference", self.quoted),
            creditor=look("creditor", self.creditor),
            collector=look("collector", self.collector),
        )


def choose_all(found: Found, weights: Weights) -> Chosen:
    """Choose what every field of a letter says."""
    seen = frozenset(clues_of_letter(found))
    seems = find_kind(found, weights.kinds, seen)
    letter = seen | clues_of_likely(seems.likely)
    scales = weights.scales.in_letter(letter)
    owed = money_candidates(found)
    picked = choose(BALANCE, owed, scales)
    balance = _whole_if_named(picked, owed, found)
    beside = beside_balance(owed, balance.value, found)
    payable = choose("payable_now", beside, scales)
    after = scales.knowing(letter | clues_of_money(balance.value, payable.value))
    named = party_candidates(found.named, found.layout)
    creditor = choose("creditor", named, scales, same=alike)
    others = collector_candidates(named, found, creditor.value)
    accounts = account_candidates(found.accounts, found.layout)
    numbers = quoting_candidates(found)
    days = due_candidates(found, payable.value)
    ahead = days_ahead(days, found)
    chosen = Chosen(
        kind=seems,
        amounts={
            BALANCE: balance,
            "payable_now": payable,
            **{name: choose(name, beside, scales) for name in PARTS},
            "increase": _increase(found),
        },
        due=choose("due_on", days, after),
        iban=choose("iban", accounts, after),
        quoted=choose("payment_reference", numbers, after),
        creditor=creditor,
        collector=choose("collector", others, scales, same=alike),
        references=references_among(numbers, scales, weights),
        events=_events_among(ahead, scales, weights),
        objection=_day_of(OBJECTION, ahead, scales, weights),
        claims=seems.kind is not Kind.OTHER or (not seems.sure and _is_owed(balance)),
    )
    chosen = _asked_about_kind(chosen)
    sure = _sure_fields(chosen, found, letter, weights)
    chosen = chosen.sure_of(sure if balance is picked else {**sure, BALANCE: False})
    table = parts_in_table(found.closings, balance.value)
    return replace(chosen, amounts=with_parts_that_add_up({**chosen.amounts, **table}))


def _whole_if_named(
    balance: Choice[Euro], owed: Sequence[Candidate[Euro]], found: Found
) -> Choice[Euro]:
    """What is called the whole debt is the balance, not the arrears in it; and it is a question."""
    wholes = [part.amount for part in found.parts if part.role is Role.WHOLE]
    whole = max(wholes, default=Euro(0))
    if balance.value is None or not balance.value.cents or whole <= balance.value:
        return balance
    spot = next(each.spot for each in owed if each.value == whole)
    return Choice(whole, spot, False, balance.confidence)


def _is_owed(balance: Choice[Euro]) -> bool:
    return balance.value is not None and balance.value.cents > 0


def _asked_about_kind(chosen: Chosen) -> Chosen:
    """A letter that claims nothing and seems to ask for money, or to say where or when to pay, is
    a question: nothing of its claim would be shown."""
    named = any(chosen.fields[name].value is not None for name in OF_A_CLAIM)
    odd = chosen.kind.kind is Kind.OTHER and named
    return replace(chosen, kind=replace(chosen.kind, sure=False)) if odd else chosen


def _sure_fields(
    chosen: Chosen, found: Found, letter: frozenset[str], weights: Weights
) -> dict[str, bool]:
    """Return of each field whether it is sure. Where perhaps nothing is claimed, nothing is."""
    fields = {name: choice for name, choice in chosen.fields.items() if name in weights.limits}
    unclear = chosen.kind.kind is Kind.OTHER and not chosen.kind.sure
    limits = {} if unclear else limits_to_reach(fields, found, letter)
    return {
        name: name in limits and choice.confidence >= weights.limits[name].get(limits[name], inf)
        for name, choice in fields.items()
    }


def _increase(found: Found) -> Choice[Euro]:
    """Too few letters have one to learn from: the label decides, and a sum makes it sure. Where
    a sum holds several, as after a second reminder of a fine, they are one."""
    named = [part for part in found.parts if part.role is Role.INCREASE]
    if not named:
        return Choice(None, None, True, 0.9)
    sums = ([part for part in closing.parts if part in named] for closing in found.closings)
    added = max(sums, key=len, default=[])
    if not added:
        return Choice(named[0].amount, named[0].found.spot, False, 0.6)
    whole = Euro(sum(part.amount.cents for part in added))
    return Choice(whole, added[0].found.spot, True, 0.9)


def references_among(
    numbers: Sequence[Candidate[str]], scales: LetterScales, weights: Weights
) -> dict[str, float]:
    """Return the numbers that seem to identify the case, compact, each with how likely it does.

    Each is weighed by itself, for a letter has several.
    """
    alone, least = scales.knowing(frozenset()), weights.limits["references"]["value"]
    likely = {compact(each.value): alone.shares("references", [each])[1] for each in numbers}
    return {number: share for number, share in likely.items() if share >= least}


def _events_among(
    days: Sequence[Candidate[date]], scales: LetterScales, weights: Weights
) -> dict[EventKind, Choice[date]]:
    """Return the day of each event that the letter names. On one day there is the likeliest."""
    picked = {what: _day_of(what.value, days, scales, weights) for what in EventKind}
    told = {what: choice for what, choice in picked.items() if choice.value is not None}
    likeliest = {told[w].value: w for w in sorted(told, key=lambda what: told[what].confidence)}
    return {what: choice for what, choice in told.items() if likeliest[choice.value] is what}


def _day_of(
    what: str, days: Sequence[Candidate[date]], scales: LetterScales, weights: Weights
) -> Choice[date]:
    return choose_event(what, days, scales, sure_from=weights.limits[what]["value"])
