"""How a claim stands after its letters and notices, followed from the oldest to the newest.

The newest letter that states a balance speaks. What comes after it without a balance of its
own (a receipt, a credit, news of a payment) is taken off; nothing is ever added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from letterbox.debts.facts import ClaimNotice, DebtStatus, ReadLetter
from letterbox.letters.rules import NoticeType
from letterbox.reading.findings import Reading
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

STAGES = tuple(Kind)[: tuple(Kind).index(Kind.PAYMENT_PLAN)]
"""Kinds that ask for money, mildest first."""

OVER = frozenset((DebtStatus.PAID, DebtStatus.WITHDRAWN))
_PURSUING = frozenset(STAGES[STAGES.index(Kind.COLLECTION_NOTICE) :])
_NOTHING = Euro(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands.

    :ivar stated: the letter that states the balance; since then it was only made less
    :ivar dated: the letter that says by when to pay
    :ivar doubted: what follows from more than one letter and is not certain
    """

    status: DebtStatus = DebtStatus.OPEN
    outstanding: Euro | None = None
    payable_now: Euro | None = None
    paid: Euro | None = None
    stated: ReadLetter | None = None
    dated: ReadLetter | None = None
    doubted: frozenset[str] = frozenset()

    @property
    def is_over(self) -> bool:
        """Whether nothing is owed any more."""
        return self.status in OVER


def standing_after(letters: Sequence[ReadLetter], notices: Sequence[ClaimNotice]) -> Standing:
    """Return how a claim stands. A notice older than the newest balance is in that balance.

    :param letters: of one claim, oldest first; at least one
    """
    known = max((x.age for x in letters if x.reading.outstanding is not None), default=None)
    heard = {_content(notice): notice for notice in sorted(notices, key=lambda each: each.age)}
    news = [x for x in heard.values() if known is None or x.age > known or _is_a_plan(x)]
    standing = Standing()
    timeline: list[ReadLetter | ClaimNotice] = [*letters, *news]
    for told in sorted(timeline, key=lambda each: each.age):
        if isinstance(told, ReadLetter):
            standing = _after_letter(standing, told)
        else:
            standing = _after_notice(standing, told)
    # Sent twice by mistake, or paid twice the same? Counted once: a debt that looks too large
    # is found out sooner than one that looks too small.
    return _doubting(standing) if len(heard) < len(notices) else standing


def _content(notice: ClaimNotice) -> tuple[object, ...]:
    return notice.type, notice.sender, notice.reference, notice.on, notice.amount


def _is_a_plan(notice: ClaimNotice) -> bool:
    return notice.type is NoticeType.PAYMENT_PLAN_AGREED


def _after_letter(before: Standing, letter: ReadLetter) -> Standing:
    reading = letter.reading
    credit = _credit_in(reading, before)
    if credit is not None:
        return _less(before, credit, DebtStatus.WITHDRAWN, sure=_is_sure(reading))
    if reading.outstanding is not None:
        return _stated(before, letter, reading.outstanding)
    if reading.kind is Kind.WITHDRAWAL and reading.payable_now is None:
        return replace(_ended(before, DebtStatus.WITHDRAWN), stated=letter)
    if reading.kind is Kind.PAYMENT_CONFIRMATION:
        return _less(before, reading.paid, DebtStatus.PAID, sure=False, paid=True)
    return _unstated(before, letter)


def _credit_in(reading: Reading, before: Standing) -> Euro | None:
    """Return by how much a credit note makes a claim less, unless it says what is left.

    Some write what they credit, with a minus or without, and some what remains to be paid.
    Who asks nothing, or names all that was owed, has named what is credited.
    """
    named = reading.outstanding
    if reading.kind is not Kind.CREDIT_NOTE or named is None or named == _NOTHING:
        return None
    if named < _NOTHING:
        return -named
    asks = reading.payable_now is not None or reading.due_on is not None
    return None if asks and named != before.outstanding else named


def _is_sure(reading: Reading) -> bool:
    named = reading.outstanding
    return named is not None and named < _NOTHING and "outstanding" not in reading.check


def _stated(before: Standing, letter: ReadLetter, balance: Euro) -> Standing:
    reading = letter.reading
    if balance > _NOTHING and before.is_over and not (_asks(reading) or _plans(letter)):
        # A statement of an older day may come in after the end.
        return _doubting(before)
    return Standing(
        status=_status_after(before, letter) if balance > _NOTHING else _end_of(before, reading),
        outstanding=balance,
        payable_now=reading.payable_now,
        paid=reading.paid,
        stated=letter,
        dated=letter,
    )


def _end_of(before: Standing, reading: Reading) -> DebtStatus:
    if reading.kind in (Kind.WITHDRAWAL, Kind.CREDIT_NOTE):
        return DebtStatus.WITHDRAWN
    return before.status if before.is_over else DebtStatus.PAID


def _unstated(before: Standing, letter: ReadLetter) -> Standing:
    """Follow a letter without a balance: it changes what is to be paid by when, and the status."""
    reading = letter.reading
    after = replace(before, status=_status_after(before, letter))
    if reading.due_on is not None or _plans(letter):
        after = replace(after, dated=letter, payable_now=reading.payable_now)
    elif reading.payable_now is not None:
        after = replace(after, payable_now=reading.payable_now)
    if before.is_over and not after.is_over:
        return _doubting(replace(after, outstanding=None))
    return _doubting(after) if reading.kind is Kind.CREDIT_NOTE else after


def _status_after(before: Standing, letter: ReadLetter) -> DebtStatus:
    if _plans(letter):
        return DebtStatus.PAYMENT_PLAN
    if not _asks(letter.reading):
        return before.status
    planned = before.status is DebtStatus.PAYMENT_PLAN
    return before.status if planned and _asks_a_part(letter.reading, before) else DebtStatus.OPEN


def _asks(reading: Reading) -> bool:
    return reading.payable_now is not None or reading.kind in STAGES


def _asks_a_part(reading: Reading, before: Standing) -> bool:
    """An instalment that is asked for is the plan itself; asking for the whole ends the plan."""
    whole = reading.outstanding or before.outstanding
    asked = reading.payable_now
    return (
        reading.kind not in _PURSUING and asked is not None and whole is not None and asked < whole
    )


def _plans(letter: ReadLetter) -> bool:
    """A confirmed plan, or a statement that shows payments and asks for none."""
    reading = letter.reading
    paid = reading.paid is not None and reading.paid > _NOTHING
    repaid = reading.kind is Kind.STATEMENT and paid and reading.payable_now is None
    return reading.kind is Kind.PAYMENT_PLAN or repaid


def _after_notice(before: Standing, notice: ClaimNotice) -> Standing:
    sure = before.stated is None or before.stated.on < notice.holds_from
    match notice.type:
        case NoticeType.PAYMENT_RECEIVED:
            return _less(before, notice.amount, DebtStatus.PAID, sure=sure, paid=True)
        case NoticeType.PAID_IN_FULL:
            return _ended(before, DebtStatus.PAID)
        case NoticeType.PAYMENT_PLAN_AGREED:
            return _agreed(before)
        case NoticeType.TRANSFERRED:
            return before
        case NoticeType.WITHDRAWN | NoticeType.REMITTED | NoticeType.DISPUTED_UPHELD:
            if notice.amount is None:
                return _ended(before, DebtStatus.WITHDRAWN)
            return _less(before, notice.amount, DebtStatus.WITHDRAWN, sure=sure)


def _agreed(before: Standing) -> Standing:
    """What a plan asks by when is in no notice."""
    if before.is_over:
        return before
    return replace(before, status=DebtStatus.PAYMENT_PLAN, payable_now=None, dated=None)


def _ended(before: Standing, how: DebtStatus) -> Standing:
    return replace(before, status=how, outstanding=_NOTHING, payable_now=None, doubted=frozenset())


def _less(
    before: Standing, by: Euro | None, end: DebtStatus, *, sure: bool, paid: bool = False
) -> Standing:
    """Take something off the balance; nothing left is the end.

    :param end: what it is called when nothing is left
    """
    if before.is_over:
        return before
    owed = before.outstanding
    if by is None or owed is None:
        return _alone(before, by, end)
    left = owed - by
    after = _ended(before, end) if left <= _NOTHING else _reduced(before, left, by)
    if paid:
        after = replace(after, paid=(before.paid or _NOTHING) + by)
    certain = left == _NOTHING or (sure and left > _NOTHING)
    return after if certain else _doubting(after)


def _alone(before: Standing, by: Euro | None, end: DebtStatus) -> Standing:
    """Without a balance it comes off, a credit has come to nothing owed, and the rest to doubt."""
    if by is not None and end is DebtStatus.WITHDRAWN and before.stated is None:
        return _doubting(_ended(before, end))
    return _doubting(before)


def _reduced(before: Standing, left: Euro, by: Euro) -> Standing:
    asked = before.payable_now
    rest = asked - by if asked is not None and asked > by else None
    dated = before.dated if rest is not None or asked is None else None
    return replace(before, outstanding=left, payable_now=rest, dated=dated)


def _doubting(standing: Standing) -> Standing:
    return replace(standing, doubted=standing.doubted | {"outstanding"})
