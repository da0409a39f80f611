"""Another account than before."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from letterbox.debts.checks.proof import evidence_in, is_sure
from letterbox.debts.facts import Check, CheckSeverity, ReadLetter
from letterbox.debts.links import alike


def iban_changed(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """Another account than before for the same payee may be fraud.

    After a sale the money goes to another creditor, and so to another account.
    """
    for before, after in pairwise([x for x in letters if is_sure(x, "iban")]):
        if before.reading.iban != after.reading.iban and _same_payee(before, after):
            yield Check(
                "iban_changed",
                CheckSeverity.WARNING,
                "Is dit rekeningnummer juist? In een eerdere brief stond een ander nummer.",
                evidence=(*evidence_in(before, "iban"), *evidence_in(after, "iban")),
                message_en="Is this account number right? An earlier letter had another one.",
            )


def _same_payee(before: ReadLetter, after: ReadLetter) -> bool:
    was, now = before.reading, after.reading
    sold = was.creditor and now.creditor and not alike(was.creditor, now.creditor)
    return alike(was.sender, now.sender) and not sold
