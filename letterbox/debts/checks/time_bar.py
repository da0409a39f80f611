"""Claims that may be too old. The one check that depends on today, so settling leaves it out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from letterbox.debts.checks.proof import in_figures
from letterbox.debts.checks.tables import LIMITATION, Term, names_one_of
from letterbox.debts.facts import Check, CheckSeverity, Debt, DebtStatus, Evidence
from letterbox.shared.kinds import Kind


def checks_on(debt: Debt, *, as_of: date) -> tuple[Check, ...]:
    """Return what stands out in a debt on a day. Settling cannot know it."""
    return tuple(maybe_time_barred(debt, as_of=as_of))


def with_checks_on(debt: Debt, *, as_of: date) -> Debt:
    """Return a debt with what stands out on a day beside what always does."""
    return replace(debt, checks=(*debt.checks, *checks_on(debt, as_of=as_of)))


def maybe_time_barred(debt: Debt, *, as_of: date) -> Iterator[Check]:
    """No letter came in for longer than the term of this kind of claim.

    Source: art. 3:306 to 3:325 and 7:28 BW. Every letter counts as one that begins the term
    anew (art. 3:317 BW), and so does a day to pay that it names. With a payment plan nothing is
    asked: each instalment acknowledges the debt (art. 3:318 BW).
    """
    since = _last_sign(debt)
    if since is None or debt.status is not DebtStatus.OPEN:
        return
    term = term_of(debt)
    if since < _years_before(as_of, term.years):
        yield _time_barred(debt, term, since)


def term_of(debt: Debt) -> Term:
    """Return the limitation term of a debt: the shorter ones only where the debt shows its kind."""
    reached = {debt.stage, *(line.kind for line in debt.history)}
    return next(term for term in LIMITATION.term if _fits(term, debt, reached))


def _fits(term: Term, debt: Debt, reached: set[Kind]) -> bool:
    always = not term.stages and not term.words
    return always or bool(term.stages & reached) or names_one_of(term.words, debt.creditor)


def _last_sign(debt: Debt) -> date | None:
    days = [debt.last_letter_on, debt.due_on, *(line.due_on for line in debt.history)]
    return max((day for day in days if day is not None), default=None)


def _years_before(day: date, years: int) -> date:
    leap_day = day.month == 2 and day.day == 29
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)


def _time_barred(debt: Debt, term: Term, since: date) -> Check:
    on = in_figures(since)
    last = [line for line in debt.history if line.on == debt.last_letter_on]
    return Check(
        "maybe_time_barred",
        CheckSeverity.NOTICE,
        f"Is deze vordering verjaard? Sinds {on} is hier geen brief meer over; de termijn is "
        f"misschien {term.years} jaar. Let op: wie de schuld erkent, ook door te betalen of om "
        "een regeling te vragen, laat de termijn opnieuw beginnen.",
        source=term.source,
        evidence=tuple(Evidence(line.letter_id, None, None, "") for line in last[-1:]),
        message_en=f"Is this claim time-barred? Since {on} no letter about it came in; the term "
        f"may be {term.years} years. Mind: any acknowledgement, by paying or by asking for "
        "instalments too, begins the term anew.",
        counsellor_only=True,
    )
