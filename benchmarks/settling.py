"""How long settling takes: 600 letters into 60 debts, against the least that can be done with them.

Part of `make bench`; alone: `python -m benchmarks.settling`. The floor sorts the very same
letters by date and writes down what each says, once: no letter is compared with another.

How the cost grows: with the number of letters, for each number that letters share is looked at
once per way of writing, and a claim is followed once from its oldest letter to its newest.
Beyond that it grows with the square of two things: the claims under one number of a customer,
and the debts that are looked at in pairs for questions ("is this the same debt?"). Nothing is
carried over from one time to the next: a letter more costs settling its whole mailbox again.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import msgspec
from rich.console import Console
from rich.table import Table

from letterbox.debts.facts import ReadLetter, to_json
from letterbox.debts.rules import settle
from letterbox.letters.rules import Party
from letterbox.reading.findings import Finding, Reading, Source
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

LETTERS, DEBTS, ROUNDS = 600, 60, 9
AIM_MS = 150
CREDITORS = 12
LIFE = (
    Kind.INVOICE,
    Kind.REMINDER,
    Kind.REMINDER,
    Kind.DEMAND,
    Kind.COLLECTION_NOTICE,
    Kind.COLLECTION_NOTICE,
    Kind.SUMMONS,
    Kind.WRIT,
    Kind.PAYMENT_PLAN,
    Kind.STATEMENT,
)
"""Of each claim in turn; the collector comes in halfway, with a file number of his own."""


def main() -> None:
    compare_settling(Console(width=110))


def compare_settling(console: Console) -> None:
    table = Table("What", "House", "Floor", "Ratio", "Aim")
    for letters in (LETTERS // 4, LETTERS // 2, LETTERS, 2 * LETTERS):
        mailbox = a_mailbox(letters, DEBTS * letters // LETTERS)
        ours = milliseconds(lambda mailbox=mailbox: to_json(settle(mailbox)))  # type: ignore[misc]
        bare = milliseconds(lambda mailbox=mailbox: floor(mailbox))  # type: ignore[misc]
        what = f"settling {letters} letters into {len(settle(mailbox).debts)} debts, ms"
        aim = f"≤ {AIM_MS}" if letters == LETTERS else ""
        table.add_row(what, f"{ours:.1f}", f"{bare:.1f}", f"{ours / bare:.1f}", aim)
    console.print(table)


def floor(mailbox: Sequence[ReadLetter]) -> bytes:
    """Sort the letters and write them down, findings and all."""
    return msgspec.json.encode(sorted(mailbox, key=lambda letter: letter.age))


def a_mailbox(letters: int, debts: int) -> list[ReadLetter]:
    """Return the letters of so many claims, as they might have come in: all through each other."""
    chance = Random(7)  # noqa: S311 -- no secret, and the same each time
    mailbox = [a_letter(number, number % debts, number // debts) for number in range(letters)]
    chance.shuffle(mailbox)
    return mailbox


def a_letter(number: int, claim: int, turn: int) -> ReadLetter:
    kind = LIFE[turn % len(LIFE)]
    on = date(2025, 1, 1) + timedelta(days=20 * turn + claim % 20)
    creditor = Party(f"Creditor {chr(65 + claim % CREDITORS)}{claim % CREDITORS:02d} B.V.")
    collector = Party(f"Bailiff {claim % 3}") if turn >= len(LIFE) // 2 else None
    owed = Euro(10_000 + 137 * claim + 1_500 * turn)
    case, customer = f"F-2025-{claim:05d}", f"5520{claim % CREDITORS:04d}"
    references = (case, customer, f"DOS/{claim:06d}") if collector else (case, customer)
    return ReadLetter(
        letter_id=UUID(int=number + 1),
        received_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        message_id=f"m-{number}",
        replaces=None,
        sender_id=None,
        duplicate_of=None,
        reading=Reading(
            kind=kind,
            letter_on=on,
            sender=collector or creditor,
            creditor=creditor,
            collector=collector,
            outstanding=owed,
            payable_now=owed,
            principal=Euro(10_000 + 137 * claim),
            collection_costs=Euro(1_500 * turn),
            due_on=on + timedelta(days=14),
            iban="NL91ABNA0417164300",
            payment_reference=case,
            references=references,
            findings=tuple(findings_of(owed, case, customer)),
        ),
    )


def findings_of(owed: Euro, case: str, customer: str) -> list[Finding]:
    """Return some thirty findings, as a letter of one page has."""
    box = (60.0, 300.0, 120.0, 312.0)
    amounts = [
        Finding("outstanding", str(owed), Source.TEXT, 1, box, owed.dutch, confidence=0.9)
        for _ in range(14)
    ]
    labelled = [
        Finding("references", value, Source.TEXT, 1, box, value, label=label)
        for value, label in ((case, "Factuurnummer"), (customer, "Klantnummer"))
        for _ in range(8)
    ]
    return amounts + labelled


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long the fastest of some rounds took: what disturbs, disturbs some only."""

    def once() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return min(once() for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
