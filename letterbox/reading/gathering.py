"""From everything found to what each field could be, knowing what was chosen before it."""

from collections.abc import Collection, Sequence
from datetime import date

from letterbox.reading.candidates import Candidate
from letterbox.reading.candidates.accounts import quote_candidates
from letterbox.reading.candidates.amounts import PART_OF_WHAT_COMES, amount_candidates
from letterbox.reading.candidates.days import event_candidates
from letterbox.reading.candidates.parties import beside_creditor
from letterbox.reading.candidates.terms import term_candidates
from letterbox.reading.found import Found
from letterbox.reading.roles import Role
from letterbox.shared.money import Euro

_ASKED = frozenset((Role.ASKED, Role.TOTAL))


def money_candidates(found: Found) -> list[Candidate[Euro]]:
    """Return what the balance could be. That nothing is left is hardly ever said by an amount."""
    owed = amount_candidates(
        found.parts,
        found.closings,
        found.layout,
        terms=[term.spot for term in found.terms],
        accounts=[account.spot for account in found.accounts],
    )
    said = frozenset(f"nil {clue}" for clue in found.said)
    return [each if each.value.cents else each._replace(clues=each.clues | said) for each in owed]


def beside_balance(
    candidates: Sequence[Candidate[Euro]], balance: Euro | None, found: Found
) -> list[Candidate[Euro]]:
    """Return candidates that know what the balance is."""
    if balance is None:
        return [each.knowing(["no balance"]) for each in candidates]
    later = {p.amount.cents for p in found.parts if p.role is Role.CONDITIONAL}
    return [_beside(each, balance, later) for each in candidates]


def _beside(each: Candidate[Euro], balance: Euro, later: Collection[int]) -> Candidate[Euro]:
    """Return a candidate that knows what it is to the balance.

    :param later: in cents, what is only owed if nobody pays
    """
    if each.value == balance:
        return each.knowing(["is the balance"])
    if {each.value.cents, each.value.cents + balance.cents} <= {*later}:
        # It comes on top of the balance: what they make is asked later, and is no sum of what is.
        each = each._replace(clues=each.clues.difference(PART_OF_WHAT_COMES))
    return each.knowing(["below the balance" if each.value < balance else "above the balance"])


def due_candidates(found: Found, payable: Euro | None) -> list[Candidate[date]]:
    """Return what the last day to pay could be."""
    asked = [
        part.found.spot for part in found.parts if part.role in _ASKED or part.amount == payable
    ]
    return term_candidates(found.terms, found.layout, letter_on=found.since, asked=asked)


def quoting_candidates(found: Found) -> list[Candidate[str]]:
    """Return what one could have to quote with a payment."""
    return quote_candidates(
        found.numbers,
        found.layout,
        by_name=found.asked_by_name,
        accounts=[account.spot for account in found.accounts],
    )


def days_ahead(days: Sequence[Candidate[date]], found: Found) -> list[Candidate[date]]:
    """Return on which days something could happen, or be objected to for the last time."""
    return event_candidates(days, found.events, found.terms, found.layout)


def collector_candidates(
    named: Sequence[Candidate[str]], found: Found, creditor: str | None
) -> list[Candidate[str]]:
    """Return who could collect for this creditor."""
    writer = found.writer.name if found.writer else None
    return [beside_creditor(each, creditor, writer) for each in named]
