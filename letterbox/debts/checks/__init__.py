"""What a person should look at in a debt: each a small function, worded as a question."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from letterbox.debts.facts import Check, CheckSeverity, Debt, DebtStatus, Evidence, ReadLetter
from letterbox.debts.links import alike
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
_RUNNING = frozenset((DebtStatus.OPEN, DebtStatus.PAYMENT_PLAN))


def checks_within(debt: Debt, letters: Sequence[ReadLetter]) -> tuple[Check, ...]:
    """Return what stands out in one debt. The letters are its own, oldest first."""
    return (*amounts_do_not_add_up(letters), *iban_changed(letters))


def checks_across(debts: Sequence[Debt]) -> list[Debt]:
    """Return the debts, with what stands out between any two of them."""
    doubtful = {
        debt.id for pair in combinations(debts, 2) if maybe_same_debt(*pair) for debt in pair
    }
    return [
        replace(debt, checks=(*debt.checks, _SAME_DEBT)) if debt.id in doubtful else debt
        for debt in debts
    ]


def amounts_do_not_add_up(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """Principal, interest, costs and increase minus what was paid are the balance.

    Costs of a court are in no field, so after a summons the parts may come to less.
    """
    stated = next((x for x in reversed(letters) if x.reading.outstanding is not None), None)
    if stated is None or stated.reading.principal is None:
        return
    reading = stated.reading
    parts = _sum((reading.principal, reading.interest, reading.collection_costs, reading.increase))
    parts -= reading.paid or Euro(0)
    balance = reading.outstanding or Euro(0)
    too_little = balance.cents - parts.cents > 1 and reading.kind in _BEFORE_COURT
    if too_little or parts.cents - balance.cents > 1:
        yield Check(
            "amounts_do_not_add_up",
            CheckSeverity.NOTICE,
            f"Kloppen de bedragen? De onderdelen zijn samen {parts.dutch}, "
            f"de brief noemt {balance.dutch}.",
            evidence=_evidence(stated, ("outstanding", "principal")),
        )


def iban_changed(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """Another account than before for the same payee may be fraud."""
    for before, after in pairwise([x for x in letters if x.reading.iban]):
        same_payee = alike(before.reading.sender, after.reading.sender)
        if same_payee and before.reading.iban != after.reading.iban:
            yield Check(
                "iban_changed",
                CheckSeverity.WARNING,
                "Is dit rekeningnummer juist? In een eerdere brief stond een ander nummer.",
                evidence=(*_evidence(before, ("iban",)), *_evidence(after, ("iban",))),
            )


def maybe_same_debt(one: Debt, other: Debt) -> bool:
    """Say whether two debts look like one: same creditor, same amount, no shared reference."""
    return (
        one.status in _RUNNING
        and other.status in _RUNNING
        and alike(one.creditor, other.creditor)
        and one.outstanding is not None
        and one.outstanding == other.outstanding
        and not (one.payment_reference and other.payment_reference)
    )


_SAME_DEBT = Check(
    "maybe_same_debt",
    CheckSeverity.NOTICE,
    "Is dit dezelfde schuld als een andere? Schuldeiser en bedrag zijn gelijk.",
)


def _sum(amounts: Iterable[Euro | None]) -> Euro:
    return Euro(sum(amount.cents for amount in amounts if amount is not None))


def _evidence(letter: ReadLetter, fields: Iterable[str]) -> tuple[Evidence, ...]:
    wanted = frozenset(fields)
    return tuple(
        Evidence(letter.letter_id, finding.page, finding.box, finding.quote)
        for finding in letter.reading.findings
        if finding.field in wanted and finding.page is not None
    )
