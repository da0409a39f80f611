"""What a check may rest on: values that were read for sure, and where they stand."""

from collections.abc import Iterable, Sequence
from datetime import date

from letterbox.debts.checks.tables import is_public
from letterbox.debts.facts import Debt, Evidence, ReadLetter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

TITLES = frozenset((Kind.JUDGMENT, Kind.WRIT, Kind.SEIZURE, Kind.EVICTION_NOTICE))
"""From here on a judge or the law has set the costs and the interest."""


def is_sure(letter: ReadLetter, *fields: str) -> bool:
    """Say whether all these fields were read in a letter, and none is in doubt."""
    reading = letter.reading
    return all(
        getattr(reading, field) is not None and field not in reading.check for field in fields
    )


def sure_amount(letter: ReadLetter, field: str) -> Euro | None:
    """Return an amount of a letter, if it was read for sure and is more than nothing."""
    amount: Euro | None = getattr(letter.reading, field)
    return amount if amount is not None and amount.cents > 0 and is_sure(letter, field) else None


def newest_with(letters: Sequence[ReadLetter], *fields: str) -> ReadLetter | None:
    """Return the newest letter in which these amounts stand for sure."""
    return next(
        (x for x in reversed(letters) if all(sure_amount(x, field) for field in fields)), None
    )


def is_private(letters: Iterable[ReadLetter]) -> bool:
    """Say whether a private creditor writes: a public body collects by laws of its own."""
    parties = [
        party
        for letter in letters
        for party in (letter.reading.creditor, letter.reading.sender, letter.reading.collector)
    ]
    return any(parties) and not any(is_public(party) for party in parties)


def has_title(letters: Iterable[ReadLetter]) -> bool:
    """Say whether a debt has reached a judgment, or what follows one."""
    return any(letter.reading.kind in TITLES for letter in letters)


def evidence_in(letter: ReadLetter, *fields: str) -> tuple[Evidence, ...]:
    """Return where a letter states these fields."""
    return tuple(
        Evidence(letter.letter_id, finding.page, finding.box, finding.quote)
        for finding in letter.reading.findings
        if finding.field in fields and finding.page is not None
    )


def newest_balance(debt: Debt) -> tuple[Evidence, ...]:
    """Return which letter states the balance of a debt; not where, for a debt keeps no places."""
    stating = [line for line in debt.history if line.outstanding is not None]
    return tuple(Evidence(line.letter_id, None, None, "") for line in stating[-1:])


def quote_of(letter: ReadLetter, field: str) -> str:
    """Return the words in which a letter states a field, or nothing."""
    return " ".join(f.quote for f in letter.reading.findings if f.field == field)


def in_english(amount: Euro) -> str:
    """Return an amount as English readers write it: `€1,234.56`."""
    return f"€{amount.cents / 100:,.2f}"


def in_figures(day: date) -> str:
    """Return a day as both languages read it: `31-12-2025`."""
    return f"{day:%d-%m-%Y}"
