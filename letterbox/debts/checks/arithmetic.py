"""Amounts that do not come to the balance, and a balance that rises without a reason."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from letterbox.debts.checks.proof import evidence_in, in_english, in_figures, is_sure
from letterbox.debts.facts import Check, CheckSeverity, ReadLetter
from letterbox.reading.findings import Finding
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

_BEFORE_COURT = frozenset(
    (
        Kind.INVOICE,
        Kind.ASSESSMENT,
        Kind.FINE,
        Kind.RECLAIM,
        Kind.REMINDER,
        Kind.DEMAND,
        Kind.COLLECTION_NOTICE,
    )
)
_RESTATING = frozenset(
    (
        Kind.REMINDER,
        Kind.DEMAND,
        Kind.COLLECTION_NOTICE,
        Kind.DISCONNECTION_NOTICE,
        Kind.TRANSFER_NOTICE,
        Kind.STATEMENT,
    )
)
_ADDED = ("interest", "collection_costs", "increase")
_PARTS = ("principal", *_ADDED)
_CLEARLY = 100
_MOST_INSTALMENTS = 6


def amounts_do_not_add_up(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """Principal, interest, costs and increase minus what was paid are the balance.

    Costs of a court are in no field, so after a summons the parts may come to less.
    """
    stated = next((x for x in reversed(letters) if x.reading.outstanding is not None), None)
    if stated is None or stated.reading.principal is None:
        return
    reading = stated.reading
    parts = _sum(getattr(reading, part) for part in _PARTS) - (reading.paid or Euro(0))
    balance = reading.outstanding or Euro(0)
    too_little = balance.cents - parts.cents > 1 and reading.kind in _BEFORE_COURT
    if too_little or parts.cents - balance.cents > 1:
        yield _not_adding_up(stated, parts, balance)


def balance_jumped(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """A balance rose by more than the interest, costs and increase that the letter adds.

    Nothing is asked about further instalments of the same amount, nor about a letter that lists
    what its balance consists of, unless it names another principal than before.
    """
    stating = [letter for letter in letters if letter.reading.outstanding is not None]
    for before, after in pairwise(stating):
        rise = _unexplained(before, after)
        if rise is not None and _is_a_jump(before, after, rise):
            yield _jumped(before, after, rise)


def _not_adding_up(letter: ReadLetter, parts: Euro, balance: Euro) -> Check:
    fields = (*_PARTS, "outstanding", "paid")
    doubted = any(field in letter.reading.check for field in fields)
    return Check(
        "amounts_do_not_add_up",
        CheckSeverity.NOTICE,
        f"Kloppen de bedragen? De onderdelen zijn samen {parts.dutch}, "
        f"de brief noemt {balance.dutch}."
        + (" Wij lazen niet elk bedrag zeker." if doubted else ""),
        evidence=evidence_in(letter, "outstanding", "principal"),
        message_en=f"Are the amounts right? The parts come to {in_english(parts)}, "
        f"the letter says {in_english(balance)}."
        + (" We did not read every amount for sure." if doubted else ""),
    )


def _unexplained(before: ReadLetter, after: ReadLetter) -> Euro | None:
    """Return by how much the balance rose beyond its parts; None where a part is in doubt."""
    doubted = {"outstanding", *_PARTS, "paid"} & {*before.reading.check, *after.reading.check}
    if doubted or not is_sure(before, "outstanding") or not is_sure(after, "outstanding"):
        return None
    was, now = before.reading, after.reading
    added = _sum(getattr(now, part) for part in _ADDED)
    added -= _sum(getattr(was, part) for part in _ADDED)
    return _sum([now.outstanding]) - _sum([was.outstanding]) - added


def _is_a_jump(before: ReadLetter, after: ReadLetter, rise: Euro) -> bool:
    if after.reading.kind not in _RESTATING or rise.cents <= _CLEARLY:
        return False
    if _are_instalments(_sum([before.reading.outstanding]), rise):
        return False
    listed = any(getattr(after.reading, part) for part in _ADDED)
    return _names_its_principal(after) or not listed


def _are_instalments(balance: Euro, rise: Euro) -> bool:
    """Say whether a rise is a whole number of the equal instalments that a balance may be."""
    return any(
        balance.cents % count == 0 and rise.cents % (balance.cents // count) == 0
        for count in range(1, _MOST_INSTALMENTS + 1)
        if balance.cents >= count * _CLEARLY
    )


def _names_its_principal(letter: ReadLetter) -> bool:
    """Say whether the principal stands apart from the total, and is no rest of a subtraction."""
    principal, total = _place(letter, "principal"), _place(letter, "outstanding")
    return principal is not None and total is not None and principal.box != total.box


def _place(letter: ReadLetter, field: str) -> Finding | None:
    return next((x for x in letter.reading.findings if x.field == field and x.box), None)


def _jumped(before: ReadLetter, after: ReadLetter, rise: Euro) -> Check:
    on = in_figures(before.on)
    return Check(
        "balance_jumped",
        CheckSeverity.NOTICE,
        f"Waar komt {rise.dutch} vandaan? Zoveel meer is het dan in de brief van {on}, "
        "naast rente en kosten.",
        evidence=(*evidence_in(before, "outstanding"), *evidence_in(after, "outstanding")),
        message_en=f"Where does {in_english(rise)} come from? It is that much more than in the "
        f"letter of {on}, beside interest and costs.",
    )


def _sum(amounts: Iterable[Euro | None]) -> Euro:
    return Euro(sum(amount.cents for amount in amounts if amount is not None))
