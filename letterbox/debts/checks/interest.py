"""Interest beyond the statutory rate, over the time that a debt can be late at most."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from letterbox.debts.checks.proof import (
    evidence_in,
    has_title,
    in_english,
    in_figures,
    is_private,
    is_sure,
    newest_with,
    quote_of,
)
from letterbox.debts.checks.tables import STATUTORY_INTEREST, Rate
from letterbox.debts.facts import Check, CheckSeverity, ReadLetter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

_AGREED = re.compile(
    r"(?i)contract|overeengekomen|afgesproken|krediet|lening|vertragingsverg|agreed"
)
_DAYS_IN_A_YEAR = 365
_LEAST_DIFFERENCE = 100
_MARGIN_PERCENT = 10


def statutory_interest(principal: Euro, since: date, until: date) -> Euro | None:
    """Return the interest over `[since, until)`, added to the principal once a year.

    None where the table does not reach. Source: art. 6:119 BW; the rates are published.
    """
    rates = STATUTORY_INTEREST.rate
    if since < rates[0].since or until > STATUTORY_INTEREST.until:
        return None
    capital = Decimal(principal.cents)
    for start, end in pairwise(_anniversaries(since, until)):
        capital += capital * _percent_days(start, end) / 100 / _DAYS_IN_A_YEAR
    return Euro(int(capital.quantize(Decimal(1), ROUND_HALF_UP)) - principal.cents)


def interest_above_statutory(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """Interest is clearly more than the statutory rate gives since the invoice.

    Source: art. 6:119 and 6:120 BW. Asked only when the invoice of this very principal is here,
    because interest may run longer on what came in before; and only of a private creditor.
    """
    letter = newest_with(letters, "interest", "principal")
    if letter is None or not is_private(letters) or has_title(letters):
        return
    principal, interest = letter.reading.principal, letter.reading.interest
    invoice = letters[0]
    if principal is None or interest is None or not _is_of(invoice, letter, principal):
        return
    most = statutory_interest(principal, invoice.on, letter.on)
    if most is not None and interest > most + _leeway(most):
        yield _above_statutory(letter, invoice, interest, most)


def _anniversaries(since: date, until: date) -> Iterator[date]:
    day, years = since, 0
    while day < until:
        yield day
        years += 1
        day = _years_later(since, years)
    yield until


def _years_later(day: date, years: int) -> date:
    leap_day = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)


def _percent_days(start: date, end: date) -> Decimal:
    """Return the sum of the percentages of all days in `[start, end)`."""
    return sum(
        (rate.percent * _days_in(start, end, rate, until) for rate, until in _periods()),
        Decimal(0),
    )


def _periods() -> Iterator[tuple[Rate, date]]:
    rates = STATUTORY_INTEREST.rate
    ends = [*(rate.since for rate in rates[1:]), STATUTORY_INTEREST.until]
    yield from zip(rates, ends, strict=True)


def _days_in(start: date, end: date, rate: Rate, until: date) -> int:
    return max((min(end, until) - max(start, rate.since)).days, 0)


def _is_of(invoice: ReadLetter, letter: ReadLetter, principal: Euro) -> bool:
    reading = invoice.reading
    opens = reading.kind is Kind.INVOICE and is_sure(invoice, "kind", "letter_on", "outstanding")
    whole = reading.outstanding is not None and reading.outstanding >= principal
    agreed = _AGREED.search(quote_of(letter, "interest"))
    return opens and whole and not agreed and is_sure(letter, "letter_on")


def _leeway(most: Euro) -> Euro:
    return Euro(max(_LEAST_DIFFERENCE, most.cents * _MARGIN_PERCENT // 100))


def _above_statutory(letter: ReadLetter, invoice: ReadLetter, interest: Euro, most: Euro) -> Check:
    since = in_figures(invoice.on)
    doubted = _is_unconfirmed(invoice.on, letter.on)
    return Check(
        "interest_above_statutory",
        CheckSeverity.NOTICE,
        f"Is de rente van {interest.dutch} juist, of is er een andere rente afgesproken? De "
        f"wettelijke rente vanaf de factuur van {since} is ongeveer {most.dutch}."
        + (" Het percentage is nog niet bevestigd." if doubted else ""),
        source=STATUTORY_INTEREST.source,
        evidence=(
            *evidence_in(letter, "interest", "principal"),
            *evidence_in(invoice, "letter_on"),
        ),
        message_en=f"Is the interest of {in_english(interest)} right, or was another rate agreed? "
        f"Statutory interest since the invoice of {since} is about {in_english(most)}."
        + (" The rate has yet to be confirmed." if doubted else ""),
    )


def _is_unconfirmed(start: date, end: date) -> bool:
    return any(
        rate.status != "confirmed" and _days_in(start, end, rate, until)
        for rate, until in _periods()
    )
