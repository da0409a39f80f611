"""Short ways to ask what stands out in letters of one claim."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from letterbox.debts.facts import Check, ReadLetter
from letterbox.debts.rules import settle
from letterbox.reading.findings import Finding, Source
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.claims import DAY_ONE, a_letter

CASE = "F-200001"


def checks_of(*letters: ReadLetter) -> list[Check]:
    """Return everything that stands out in these letters."""
    return [check for debt in settle(letters).debts for check in debt.checks]


def codes(*letters: ReadLetter) -> list[str]:
    """Return the codes of everything that stands out in these letters."""
    return [check.code for check in checks_of(*letters)]


def of_one_case(number: int, kind: Kind, **read: Any) -> ReadLetter:
    """Return a letter about one and the same case, by a private creditor."""
    return a_letter(number, kind=kind, **{"creditor": "Kwikstaart Mode", "case": CASE, **read})


def an_invoice(number: int, principal: Euro, **read: Any) -> ReadLetter:
    """Return the invoice that a case begins with."""
    due_on = DAY_ONE + timedelta(days=number + 30)
    amounts = {"outstanding": principal, "principal": principal, "due_on": due_on}
    return of_one_case(number, Kind.INVOICE, **{**amounts, **read})


def a_demand(number: int, principal: Euro, costs: Euro, days: int = 14, **read: Any) -> ReadLetter:
    """Return a 14-day letter that came in on the day it was written."""
    amounts = {"outstanding": principal, "principal": principal, "conditional_costs": costs}
    due_on = DAY_ONE + timedelta(days=number + days)
    return of_one_case(number, Kind.DEMAND, **{**amounts, "due_on": due_on, **read})


def a_collection(
    number: int, principal: Euro, costs: Euro, interest: Euro | None = None, **read: Any
) -> ReadLetter:
    """Return a collector's letter in which costs, and maybe interest, come on top."""
    amounts = {"principal": principal, "collection_costs": costs, "interest": interest}
    whole = principal + costs + (interest or Euro(0))
    kind = read.pop("kind", Kind.COLLECTION_NOTICE)
    return of_one_case(
        number, kind, **{"collector": "Bureau Inning", "outstanding": whole, **amounts, **read}
    )


def quoting(letter: ReadLetter, field: str, quote: str) -> ReadLetter:
    """Return the letter with the words in which it states a field."""
    box = (10.0, 20.0 + 10 * len(letter.reading.findings), 90.0, 30.0)
    value = str(getattr(letter.reading, field))
    finding = Finding(field, value, Source.TEXT, page=1, box=box, quote=quote, sure=True)
    findings = (*letter.reading.findings, finding)
    return replace(letter, reading=replace(letter.reading, findings=findings))


def doubting(letter: ReadLetter, *fields: str) -> ReadLetter:
    """Return the letter with these fields in doubt."""
    return replace(letter, reading=replace(letter.reading, check=fields))
