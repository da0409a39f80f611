"""Into which account to pay, and what to quote with it.

A letter may print two accounts: one to pay into, and the office's own in the small print. It
may print the citizen's account as well, which is never the one to pay into.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letterbox.reading.finders.ibans import IbanFound, find_ibans
from letterbox.reading.finders.references import (
    ReferenceFound,
    asked_by_name,
    compact,
    find_references,
    holds_mod_11,
)
from letterbox.reading.layout import Layout

_TO_PAY = re.compile(
    r"(?i)\b(?:betal\w*|betaal\w*|voldoen|overmaken|over te maken|maak\b"
    r"|bijgeschreven|ten name van|t\.?n\.?v|vermeld\w*|kenmerk|rekeningnummer"
    r"|rekening|iban|derdengeld\w*|kwaliteitsrekening|transfer|pay\b)"
)
_NOT_TO_PAY = re.compile(
    r"(?i)kantoorrekening|kantoor\s|waarborgsom|niet voor betaling|\buw rekening"
    r"|alleen voor|oude rekening|overgemaakt naar|not for payment|your account"
    r"|nog aan ons"
)
_SMALL_PRINT = re.compile(r"(?i)\bkvk\b|\bbtw\b|k\.v\.k|·|\|")


@dataclass(frozen=True, slots=True)
class Payment:
    """How to pay, as far as the letter says.

    :ivar references: every reference in the letter, each once, without the payment reference
        when that is only a payment reference
    """

    iban: IbanFound | None
    iban_sure: bool
    quoted: ReferenceFound | None
    quoted_sure: bool
    references: tuple[ReferenceFound, ...]


def find_payment(layout: Layout) -> Payment:
    """Say how a letter wants to be paid."""
    iban, iban_sure = _account(find_ibans(layout))
    found = find_references(layout)
    quoted, quoted_sure = _quoted(layout, found)
    return Payment(iban, iban_sure, quoted, quoted_sure, _once(found))


def _account(found: Sequence[IbanFound]) -> tuple[IbanFound | None, bool]:
    scored = [(_account_score(find), -order, find) for order, find in enumerate(found)]
    usable = [entry for entry in scored if entry[0] > -3]
    if not usable:
        return None, True
    best, _, find = max(usable, key=lambda entry: entry[:2])
    rival = max((score for score, _, other in usable if other.iban != find.iban), default=-9)
    return find, best - rival >= 2


def _account_score(find: IbanFound) -> int:
    spot = find.spot
    near = f"{spot.label[-30:]} {spot.above if spot.cell else ''} {spot.before[-90:]}"
    after = re.split(r"[.·|]", spot.after)[0][:60]
    if _NOT_TO_PAY.search(f"{near[-35:]} {after}"):
        return -3
    return 3 * bool(_TO_PAY.search(f"{near} {after}")) - 2 * bool(_SMALL_PRINT.search(spot.line))


def _quoted(layout: Layout, found: Sequence[ReferenceFound]) -> tuple[ReferenceFound | None, bool]:
    asked = [find for find in found if find.pay_with]
    by_name = asked_by_name(layout, list(found))
    if not asked:
        return by_name, by_name is not None
    best = max(asked, key=_quoted_score)
    values = {
        compact(find.reference) for find in asked if _quoted_score(find) >= _quoted_score(best)
    }
    return best, len(values) == 1


def _quoted_score(find: ReferenceFound) -> int:
    """A payment reference by its build weighs more than another number asked for."""
    plain = compact(find.reference)
    return (
        2 * (plain.isdigit() and len(plain) == 16)
        + holds_mod_11(plain)
        + 2 * plain.startswith("RF")
    )


def _once(found: Sequence[ReferenceFound]) -> tuple[ReferenceFound, ...]:
    first: dict[str, ReferenceFound] = {}
    for find in found:
        plain = compact(find.reference)
        only_for_paying = find.pay_with and (
            plain.startswith("RF") or re.fullmatch(r"\d{16}", plain)
        )
        if not only_for_paying and not re.search(r"[\"“ ][a-z]", find.reference):
            first.setdefault(plain, find)
    return tuple(first.values())
