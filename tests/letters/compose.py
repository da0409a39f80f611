"""`python -m tests.letters.compose OUT --bank BANK`: prints letters into folders, with their truth.

Each folder is a case of up to twenty letters and a `case.json`. Every letter with a balance is a
debt of its own.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from letterbox.shared.kinds import Kind
from runtime.demo.numbers import bsn_for_tests
from tests.letters.collection import Wanted, print_all
from tests.letters.printing import Printed
from tests.letters.truths import AMOUNTS

_IN_A_CASE = 20
_RUNNING = ("open", "payment_plan")
_BSN = bsn_for_tests("99999102")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the cases and return nothing but success."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    ask_what(parser)
    given = parser.parse_args(arguments)
    for number in write_cases(print_all(wanted(given)), given.out):
        sys.stderr.write(f"\r{number} letters")
    sys.stderr.write("\n")
    return 0


def ask_what(parser: argparse.ArgumentParser) -> None:
    """Add the choices about what to print."""
    parser.add_argument("--bank", action="append", required=True, help="more than once for more")
    parser.add_argument("--count", type=int, help="of letters; by default each letter once")
    parser.add_argument("--seed", type=int, default=0, help="other values and layouts")
    parser.add_argument("--chromium", action="store_true", help="some by Chromium: slow")
    parser.add_argument("--scans", action="store_true", help="some as pictures without text")


def wanted(given: argparse.Namespace) -> Wanted:
    """Return what was asked for."""
    return Wanted(tuple(given.bank), given.count, given.seed, given.chromium, given.scans)


def write_cases(letters: Iterable[Printed], out: Path) -> Iterator[int]:
    """Write letters into `out/case_0001` and so on. Return how many there are, after each case."""
    letters, done, number = iter(letters), 0, 0
    while batch := list(islice(letters, _IN_A_CASE)):
        number, done = number + 1, done + len(batch)
        folder = out / f"case_{number:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        _write_case(folder, sorted(batch, key=lambda printed: printed.received))
        yield done


def truth_of(printed: Printed) -> dict[str, Any]:
    """Return the truth of a letter as a case holds it."""
    letter, told = printed.letter, printed.told
    return {
        "received_on": f"{printed.received}",
        "sender": letter.sender,
        "kind": letter.kind.value,
        "letter_date": f"{printed.sent}",
        "creditor": letter.creditor or None,
        "collector": letter.collector or None,
        **{name: _plain(getattr(told, name)) for name in AMOUNTS},
        "due_date": _plain(told.due_date),
        "iban": told.iban,
        "payment_reference": told.payment_reference,
        "references": list(told.references),
        "instalments": [[f"{on}", f"{amount}"] for on, amount in told.instalments],
        "events": [[what, f"{on}"] for what, on in told.events],
        "objection": _plain(told.objection),
        "language": letter.language,
        "scanned": printed.look.scanned,
        "printed_by": printed.look.name,
        "letter": letter.id,
        "seed": printed.seed,
        "note": letter.truth.note,
    }


def _write_case(folder: Path, batch: Sequence[Printed]) -> None:
    letters, debts = [], []
    for number, printed in enumerate(batch, start=1):
        file = f"{number:02d}.pdf"
        (folder / file).write_bytes(printed.pdf)
        debt = _debt_of(printed, f"d{number}")
        debts += [debt] if debt else []
        letters.append({"file": file, **truth_of(printed), "debt": debt and debt["id"]})
    owed = [Decimal(debt["outstanding"]) for debt in debts if debt["status"] in _RUNNING]
    case = {
        "case": folder.name,
        "citizen": {"name": batch[0].citizen.name, "bsn": _BSN},
        "letters": letters,
        "debts": debts,
        "total_outstanding": f"{sum(owed, Decimal('0.00'))}",
    }
    (folder / "case.json").write_text(json.dumps(case, indent=1, ensure_ascii=False), "utf-8")


def _debt_of(printed: Printed, name: str) -> dict[str, Any] | None:
    letter, told = printed.letter, printed.told
    if told.outstanding is None:
        return None
    return {
        "id": name,
        "creditor": letter.creditor or None,
        "collector": letter.collector or None,
        "status": _status(letter.kind, told.outstanding),
        "outstanding": f"{told.outstanding}",
        "kind": letter.kind.value,
        "next_due_date": _plain(told.due_date),
    }


def _status(kind: Kind, outstanding: Decimal) -> str:
    if kind is Kind.WITHDRAWAL and not outstanding:
        return "withdrawn"
    if not outstanding:
        return "paid"
    return "payment_plan" if kind is Kind.PAYMENT_PLAN else "open"


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main())
