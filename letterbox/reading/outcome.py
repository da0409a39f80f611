"""What the kind of a letter means for its amounts: a receipt asks nothing, a plan asks a part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from letterbox.reading import context
from letterbox.reading.due import Due
from letterbox.reading.finders.terms import Counted
from letterbox.reading.kinds import KindFound
from letterbox.reading.layout import Layout
from letterbox.reading.money import Chosen, Money
from letterbox.reading.roles import Part, Role
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

_ASKS_NOTHING = frozenset((Kind.PAYMENT_CONFIRMATION, Kind.WITHDRAWAL, Kind.STATEMENT))
_ASKS_ONLY_BY_DATE = frozenset((Kind.SEIZURE, Kind.TRANSFER_NOTICE))
_ENDS = frozenset((Kind.PAYMENT_CONFIRMATION, Kind.WITHDRAWAL))
_DIRECT_DEBIT = re.compile(
    r"(?i)\b(?:(?:wordt|worden|zal|zullen)\b[^.?]{0,130}\b(?:afgeschreven"
    r"|geïncasseerd)|(?:schrijven|incasseren) wij\b[^.?]{0,60}\b(?:af"
    r"|automatisch)\b|will be (?:collected|debited))"
)
_NO_DEBIT = re.compile(
    r"(?i)\b(?:niet|machtig\w*|geweigerd|gestorneerd|liever|voorkom\w*|beslag)\b"
)
_ENDED = re.compile(
    r"(?i)(?:geheel|helemaal|volledig) (?:betaald|voldaan|afgelost)|niets meer"
    r"|niets te betalen|ingetrokken|vervalt|kwijtgescholden|dossier\b.{0,20}\bgesloten"
    r"|paid in full|kwijtschelding"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The kind of a letter and what it asks, with what is not certain."""

    kind: Kind
    found: KindFound
    money: Money
    due: Due | None
    unsure: frozenset[str]
    asks: bool


def settle_kind(
    found: KindFound, money: Money, due: Due | None, parts: Sequence[Part], layout: Layout
) -> Outcome:
    """Bring the kind of a letter, its amounts and its term together."""
    if found.kind is Kind.OTHER or _pays_out(parts, due, found):
        return _without_claim(found, money, due, parts)
    unsure = set() if found.sure else {"kind"}
    if found.kind in _ASKS_NOTHING:
        money = _asking_nothing(_ended(found.kind, money, parts, layout))
        return Outcome(
            found.kind, found, money, None, frozenset(unsure | _unsure(money)), asks=False
        )
    if found.kind in _ASKS_ONLY_BY_DATE and (due is None or due.term.on is None):
        return Outcome(
            found.kind,
            found,
            _asking_nothing(money),
            None,
            frozenset(unsure | _unsure(money)),
            asks=True,
        )
    if found.kind is Kind.PAYMENT_PLAN:
        money, vague = _planned(money, parts, due)
        unsure |= vague
    if due is None and _is_debited(layout):
        money = _asking_nothing(money)
        unsure.add("payable_now")
    return Outcome(
        found.kind,
        found,
        money,
        due,
        frozenset(unsure | _unsure(money) | _due_unsure(due)),
        asks=True,
    )


def _pays_out(parts: Sequence[Part], due: Due | None, found: KindFound) -> bool:
    """A letter in which nothing is asked, and no kind is certain, claims nothing."""
    asked = any(part.role in (Role.ASKED, Role.TOTAL, Role.WHOLE) for part in parts)
    asks_by_kind = found.kind not in _ASKS_NOTHING | _ASKS_ONLY_BY_DATE
    return asks_by_kind and not asked and due is None and not found.sure


def _without_claim(
    found: KindFound, money: Money, due: Due | None, parts: Sequence[Part]
) -> Outcome:
    asked = any(part.role is Role.ASKED for part in parts)
    if asked and due is not None and money.amount("outstanding"):
        unsure = {"kind"} | _unsure(money) | _due_unsure(due)
        return Outcome(Kind.INVOICE, found, money, due, frozenset(unsure), asks=True)
    sure = replace(found, kind=Kind.OTHER)
    unsure = {"kind"} if asked or found.kind is not Kind.OTHER else set[str]()
    return Outcome(Kind.OTHER, sure, Money(), None, frozenset(unsure), asks=False)


def _unsure(money: Money) -> set[str]:
    if "outstanding" not in money.chosen:
        return {"outstanding"}
    return {name for name, chosen in money.chosen.items() if not chosen.sure}


def _due_unsure(due: Due | None) -> set[str]:
    return (
        {"due_on"}
        if due is not None and not due.sure and due.term.counted is not Counted.AT_ONCE
        else set()
    )


def _asking_nothing(money: Money) -> Money:
    return Money({name: value for name, value in money.chosen.items() if name != "payable_now"})


def _ended(kind: Kind, money: Money, parts: Sequence[Part], layout: Layout) -> Money:
    """After a receipt or a withdrawal nothing is left, unless the letter names what is."""
    total = money.chosen.get("outstanding")
    if kind not in _ENDS or (
        total is not None and total.amount.cents and total.sure and not _ENDED.search(layout.text)
    ):
        return money
    nil = next((p for p in parts if not p.amount.cents and p.role is Role.TOTAL), None)
    sure = nil is not None or bool(_ENDED.search(layout.text))
    paid = next((p for p in reversed(parts) if p.role is Role.PAID and p.amount.cents), None)
    rest = (
        {"paid": Chosen(paid.amount, paid, sure=False, confidence=0.5)}
        if paid and kind is Kind.PAYMENT_CONFIRMATION
        else {}
    )
    return Money({"outstanding": Chosen(Euro(0), nil, sure, 0.8), **rest})


def _planned(money: Money, parts: Sequence[Part], due: Due | None) -> tuple[Money, set[str]]:
    """With a payment plan the first instalment is what is to be paid by the term."""
    first = _with_the_term(parts, due) or next(
        (p for p in parts if p.role is Role.INSTALMENT), None
    )
    if first is None:
        return money, {"payable_now"}
    return Money(
        {**money.chosen, "payable_now": Chosen(first.amount, first, due is not None, 0.7)}
    ), set()


def _with_the_term(parts: Sequence[Part], due: Due | None) -> Part | None:
    if due is None:
        return None
    spot = due.term.spot
    return next(
        (
            part
            for part in parts
            if part.found.spot.cell
            and part.found.spot.page == spot.page
            and abs(part.found.spot.box[1] - spot.box[1]) < 5
        ),
        None,
    )


def _is_debited(layout: Layout) -> bool:
    """Say whether the amount will be collected from the citizen's account, and nothing is asked."""
    for match, spot in layout.matches(_DIRECT_DEBIT):
        text = layout.blocks[spot.block].text
        if not _NO_DEBIT.search(spot.sentence + match.group()) and not context.is_conditional(
            text, spot.start
        ):
            return True
    return False
