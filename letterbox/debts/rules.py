"""How letters about the same claim become one debt. No database, no clock.

The newest letter that states a balance speaks: a reminder replaces the invoice it reminds of,
it does not add to it. Adding both is the mistake that makes a debt look twice its size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from letterbox.debts.checks import checks_across, checks_within
from letterbox.debts.facts import (
    Debt,
    DebtStatus,
    HistoryLine,
    OtherLetter,
    ReadLetter,
    Settlement,
)
from letterbox.debts.links import alike, linked
from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind

_STAGES = tuple(Kind)[: tuple(Kind).index(Kind.PAYMENT_PLAN)]
_OVER = frozenset((DebtStatus.PAID, DebtStatus.WITHDRAWN))
_BALANCE = (
    "outstanding",
    "payable_now",
    "principal",
    "interest",
    "collection_costs",
    "increase",
    "paid",
)
_HOW_TO_PAY = ("iban", "payment_reference")


def settle(letters: Iterable[ReadLetter]) -> Settlement:
    """Return all debts of one mailbox from all its letters, in any order of arrival."""
    every = sorted(letters, key=lambda letter: letter.letter_id)
    claims = [letter for letter in every if _claims(letter)]
    groups = [sorted(group, key=_age) for group in linked(claims)]
    owing = [group for group in groups if not _only_shown(group)]
    debts = checks_across([_debt(group) for group in owing])
    counted = {letter.letter_id for group in owing for letter in group}
    others = [_other(letter) for letter in every if letter.letter_id not in counted]
    return Settlement(
        debts=tuple(sorted(debts, key=lambda debt: debt.id)),
        other_letters=tuple(sorted(others, key=lambda other: (other.on, other.letter_id))),
    )


def _claims(letter: ReadLetter) -> bool:
    return letter.reading.kind is not Kind.OTHER or letter.reading.outstanding is not None


def _only_shown(group: Sequence[ReadLetter]) -> bool:
    """Say whether nothing was ever claimed: statements alone are shown, not counted."""
    return all(letter.reading.kind is Kind.STATEMENT for letter in group)


def _age(letter: ReadLetter) -> tuple[object, ...]:
    return letter.on, letter.received_at, letter.letter_id


def _debt(group: Sequence[ReadLetter]) -> Debt:
    letters = [letter for letter in group if letter.duplicate_of is None] or list(group)
    balance = _newest(letters, "outstanding")
    dated = _newest(letters, "outstanding", "due_on")
    paying = _newest(letters, *_HOW_TO_PAY)
    status = _status(letters)
    debt = Debt(
        id=debt_id(group),
        status=status,
        stage=_stage(letters),
        creditor=_creditor(letters),
        collector=_collector(letters),
        **_values(balance, _BALANCE),
        balance_on=balance.on if balance else None,
        due_on=dated.reading.due_on if dated and status not in _OVER else None,
        **_values(paying, _HOW_TO_PAY),
        references=_references(letters),
        first_letter_on=min(letter.on for letter in group),
        last_letter_on=max(letter.on for letter in group),
        unsure=_unsure(letters, balance=balance, dated=dated, paying=paying),
        history=tuple(_line(letter) for letter in letters),
    )
    return replace(debt, checks=checks_within(debt, letters))


def debt_id(group: Iterable[ReadLetter]) -> UUID:
    """Return the name of a debt: the same as long as its smallest letter belongs to it."""
    return uuid5(NAMESPACE_OID, str(min(letter.letter_id for letter in group)))


def _newest(letters: Sequence[ReadLetter], *fields: str) -> ReadLetter | None:
    """Return the newest letter that states one of these fields."""
    return next(
        (
            letter
            for letter in reversed(letters)
            if any(getattr(letter.reading, field) is not None for field in fields)
        ),
        None,
    )


def _status(letters: Iterable[ReadLetter]) -> DebtStatus:
    status = DebtStatus.OPEN
    for letter in letters:
        status = _status_after(letter, status)
    return status


def _status_after(letter: ReadLetter, before: DebtStatus) -> DebtStatus:
    reading = letter.reading
    nothing_left = reading.outstanding is not None and reading.outstanding.cents <= 0
    if reading.kind is Kind.WITHDRAWAL or (reading.kind is Kind.CREDIT_NOTE and nothing_left):
        return DebtStatus.WITHDRAWN if nothing_left or reading.outstanding is None else before
    if nothing_left:
        return DebtStatus.PAID
    if reading.kind is Kind.PAYMENT_PLAN or _is_being_repaid(letter):
        return DebtStatus.PAYMENT_PLAN
    asks = reading.payable_now is not None or reading.kind in _STAGES
    return DebtStatus.OPEN if asks else before


def _is_being_repaid(letter: ReadLetter) -> bool:
    """A statement that shows payments and asks for none: instalments are running."""
    reading = letter.reading
    paid = reading.paid is not None and reading.paid.cents > 0
    return reading.kind is Kind.STATEMENT and paid and reading.payable_now is None


def _stage(letters: Sequence[ReadLetter]) -> Kind:
    reached = [letter.reading.kind for letter in letters if letter.reading.kind in _STAGES]
    return max(reached, key=_STAGES.index, default=letters[-1].reading.kind)


def _creditor(letters: Sequence[ReadLetter]) -> Party | None:
    """Return to whom it is owed now, by the name that it gives itself where it writes."""
    newest = _newest(letters, "creditor")
    if newest is None:
        return None
    creditor = newest.reading.creditor
    own = [
        letter.reading.creditor
        for letter in reversed(letters)
        if alike(letter.reading.creditor, letter.reading.sender)
        and _one_in_the_other(letter.reading.creditor, creditor)
    ]
    return next(iter(own), creditor)


def _one_in_the_other(one: Party | None, other: Party | None) -> bool:
    if one is None or other is None:
        return False
    a, b = one.name.lower(), other.name.lower()
    return a in b or b in a


def _collector(letters: Sequence[ReadLetter]) -> Party | None:
    """Return who collects: the last one named since the creditor last changed."""
    creditor = letters[-1].reading.creditor
    for letter in reversed(letters):
        reading = letter.reading
        if reading.collector is not None:
            return reading.collector
        if creditor and reading.creditor and not _one_in_the_other(creditor, reading.creditor):
            return None
    return None


def _values(letter: ReadLetter | None, fields: Iterable[str]) -> dict[str, Any]:
    return {field: getattr(letter.reading, field) for field in fields} if letter else {}


def _references(letters: Iterable[ReadLetter]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for letter in letters for ref in letter.reading.references))


def _unsure(
    letters: Sequence[ReadLetter],
    *,
    balance: ReadLetter | None,
    dated: ReadLetter | None,
    paying: ReadLetter | None,
) -> tuple[str, ...]:
    """Return what was unsure in the letter that each field comes from."""
    came_from = {
        **dict.fromkeys(_BALANCE, balance),
        "due_on": dated,
        **dict.fromkeys(_HOW_TO_PAY, paying),
        "creditor": _newest(letters, "creditor"),
        "collector": _newest(letters, "collector"),
    }
    unsure = {f for f, letter in came_from.items() if letter and f in letter.reading.check}
    missing = {"outstanding"} if balance is None else set[str]()
    return tuple(sorted(unsure | missing))


def _line(letter: ReadLetter) -> HistoryLine:
    reading = letter.reading
    return HistoryLine(
        letter_id=letter.letter_id,
        on=letter.on,
        kind=reading.kind,
        outstanding=reading.outstanding,
        payable_now=reading.payable_now,
        due_on=reading.due_on,
    )


def _other(letter: ReadLetter) -> OtherLetter:
    reading = letter.reading
    return OtherLetter(letter.letter_id, letter.on, reading.kind, reading.sender)
