"""What the kind of a letter means for its amounts: a receipt asks nothing, a plan asks a part."""

import re
from collections.abc import Iterable, Sequence
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
    if found.kind is Kind.OTHER or _claims_nothing(parts, due, found):
        return _without_claim(found, money, due, parts)
    if found.kind in _ASKS_NOTHING and not _asks_a_rest(money, due, layout):
        return _outcome(found, _asking_nothing(_ended(found.kind, money, parts, layout)), None)
    if found.kind in _ASKS_ONLY_BY_DATE and (due is None or due.term.on is None):
        return _outcome(found, _asking_nothing(money), None)
    vague = set[str]()
    if found.kind is Kind.PAYMENT_PLAN:
        money, vague = _planned(money, parts, due)
    if due is None and _is_debited(layout):
        money, vague = _asking_nothing(money), {"payable_now"}
    return _outcome(found, money, due, vague)


def _outcome(found: KindFound, money: Money, due: Due | None, vague: Iterable[str] = ()) -> Outcome:
    unsure = {*vague, *_unsure(money), *_due_unsure(due, money), *(() if found.sure else ("kind",))}
    asks = due is not None or found.kind not in _ASKS_NOTHING
    return Outcome(found.kind, found, money, due, frozenset(unsure), asks)


def _claims_nothing(parts: Sequence[Part], due: Due | None, found: KindFound) -> bool:
    """A letter in which nothing is asked, and no kind is certain, claims nothing."""
    asked = any(part.role in (Role.ASKED, Role.TOTAL, Role.WHOLE) for part in parts)
    asks_by_kind = found.kind not in _ASKS_NOTHING | _ASKS_ONLY_BY_DATE
    return asks_by_kind and not asked and due is None and not found.sure


def _asks_a_rest(money: Money, due: Due | None, layout: Layout) -> bool:
    """Thanks for a payment, and a date by which to pay what is left."""
    left = money.amount("outstanding")
    return bool(left and left.cents and due) and not _ENDED.search(layout.text)


def _without_claim(
    found: KindFound, money: Money, due: Due | None, parts: Sequence[Part]
) -> Outcome:
    """A letter of no kind that is known. What it asks is kept, for a person to look at."""
    if due is not None and money.amount("outstanding"):
        return _outcome(replace(found, kind=Kind.INVOICE, sure=False), money, due)
    asked = any(part.role is Role.ASKED for part in parts) or found.kind is not Kind.OTHER
    doubt = frozenset(["kind"] if asked else [])
    return Outcome(Kind.OTHER, replace(found, kind=Kind.OTHER), Money(), None, doubt, asks=False)


def _unsure(money: Money) -> set[str]:
    if "outstanding" not in money.chosen:
        return {"outstanding"}
    return {name for name, chosen in money.chosen.items() if not chosen.sure}


def _due_unsure(due: Due | None, money: Money) -> set[str]:
    """A term is in doubt by itself, or when there is no amount that it could be about."""
    if due is None:
        return set()
    vague = not due.sure and due.term.counted is not Counted.AT_ONCE
    return {"due_on"} if vague or "outstanding" not in money.chosen else set()


def _asking_nothing(money: Money) -> Money:
    return Money({name: value for name, value in money.chosen.items() if name != "payable_now"})


def _ended(kind: Kind, money: Money, parts: Sequence[Part], layout: Layout) -> Money:
    """After a receipt or a withdrawal nothing is left, unless the letter names what is."""
    left = money.amount("outstanding")
    over = bool(_ENDED.search(layout.text))
    if kind not in _ENDS or (left and left.cents and not over):
        return money
    nil = next((p for p in parts if not p.amount.cents and p.role is Role.TOTAL), None)
    nothing = Chosen(Euro(0), nil, sure=nil is not None or over, confidence=0.8)
    paid = next((p for p in reversed(parts) if p.role is Role.PAID and p.amount.cents), None)
    if kind is not Kind.PAYMENT_CONFIRMATION or paid is None:
        return Money({"outstanding": nothing})
    return Money({"outstanding": nothing, "paid": Chosen(paid.amount, paid, False, 0.5)})


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
