"""How a reading and an overview look at the JSON door."""

from collections.abc import Iterable
from typing import Any

from pydantic.alias_generators import to_camel

from letterbox.consent.models import Consent
from letterbox.debts.facts import Check, ClaimNotice, Correction, HistoryLine
from letterbox.letters.rules import Party
from letterbox.overview.letters import ShownLetter
from letterbox.overview.rules import Overview, RankedDebt
from letterbox.reading.contradictions import Contradiction
from letterbox.reading.findings import Reading
from letterbox.shared.money import Euro
from schemas.letters import ContradictionOut, ReadOut
from schemas.overview import (
    CheckOut,
    ConsentHereOut,
    DeadlineOut,
    DebtOut,
    EventOut,
    EvidenceOut,
    HistoryOut,
    InstalmentOut,
    LetterHereOut,
    OtherLetterOut,
    OverviewOut,
    PartyOut,
    SaidOut,
    TotalsOut,
    UnlinkedNoticeOut,
    UnreadLetterOut,
)

AMOUNTS = (
    "outstanding",
    "payable_now",
    "principal",
    "interest",
    "collection_costs",
    "increase",
    "paid",
)
AMOUNTS_READ = tuple(amount for amount in AMOUNTS if amount != "increase")
NAMED_APART = {"due_on": "dueDate", "letter_on": "letterDate"}
"""Fields whose member is not the same word in camel case."""

AS_THEY_ARE = (
    "id",
    "status",
    "stage",
    "balance_on",
    "iban",
    "payment_reference",
    "first_letter_on",
    "last_letter_on",
)


def shown(overview: Overview, consent: Consent) -> OverviewOut:
    """Return an overview as the door promises it, with the consent it is shown by."""
    return OverviewOut(
        as_of=overview.as_of,
        consent=ConsentHereOut.model_validate(consent),
        totals=_totals(overview),
        deadlines=[
            DeadlineOut(
                **_fields(each, "debt_id", "on", "what", "days_left", "severity"),
                amount=_amount(each.amount),
            )
            for each in overview.deadlines
        ],
        debts=[_debt(each) for each in overview.debts],
        other_letters=[
            OtherLetterOut(
                **_fields(each, "letter_id", "on", "kind", "added_by_citizen"),
                sender=each.sender.name if each.sender else None,
            )
            for each in overview.other_letters
        ],
        unread_letters=[UnreadLetterOut.model_validate(each) for each in overview.unread],
        unlinked_notices=[_unlinked(each) for each in overview.unlinked],
    )


def _unlinked(notice: ClaimNotice) -> UnlinkedNoticeOut:
    return UnlinkedNoticeOut(
        **_fields(notice, "notice_id", "on", "reference"),
        sender=notice.sender.name,
        type=notice.type.value,
        amount=_amount(notice.amount),
    )


def members(fields: Iterable[str]) -> list[str]:
    """Return fields by the names they have at the JSON door."""
    return [NAMED_APART.get(field) or to_camel(field) for field in fields]


def read_out(reading: Reading) -> ReadOut:
    """Return what was read in a letter, as its sender may see it."""
    return ReadOut(
        **_fields(reading, "kind", "iban", "payment_reference"),
        **_amounts(reading, *AMOUNTS_READ),
        letter_date=reading.letter_on,
        creditor=reading.creditor.name if reading.creditor else None,
        due_date=reading.due_on,
        check=members(reading.check),
    )


def contradiction_out(found: Contradiction) -> ContradictionOut:
    """Return where a letter contradicts its claim, by the name the sender gave the member."""
    (member,) = members([found.field])
    return ContradictionOut(**_fields(found, "declared", "read", "page", "quote"), field=member)


def letter_here_out(letter: ShownLetter) -> LetterHereOut:
    """Return a letter behind an overview, as a list of letters names it."""
    return LetterHereOut(
        **_fields(letter, "on", "sender", "status", "added_by_citizen", "duplicate_of"),
        id=letter.letter_id,
        kind=letter.kind.value if letter.kind else None,
        debt_id=letter.debt.id if letter.debt else None,
    )


def _totals(overview: Overview) -> TotalsOut:
    totals = overview.totals
    return TotalsOut(
        outstanding=str(totals.outstanding),
        debts=totals.debts,
        payable_now=str(totals.payable_now),
        overdue=str(totals.overdue),
        costs_and_interest=str(totals.costs_and_interest),
        fields_to_check=totals.fields_to_check,
    )


def _debt(ranked: RankedDebt) -> DebtOut:
    debt = ranked.debt
    return DebtOut(
        **_fields(debt, *AS_THEY_ARE),
        **_amounts(debt, *AMOUNTS),
        creditor=_party(debt.creditor),
        collector=_party(debt.collector),
        severity=ranked.severity.value,
        due_date=debt.due_on,
        overdue=ranked.overdue,
        references=list(debt.references),
        disputed=debt.disputed,
        says=[_said(correction) for correction in debt.says],
        unsure=members(debt.unsure),
        confirmed=members(debt.confirmed),
        checks=[_check(check) for check in debt.checks],
        history=[_history(line) for line in debt.history],
        events=[EventOut.model_validate(each) for each in debt.events],
        instalments=[
            InstalmentOut(on=each.on, amount=str(each.amount), letter_id=each.letter_id)
            for each in debt.instalments
        ],
    )


def _check(check: Check) -> CheckOut:
    evidence = [EvidenceOut.model_validate(each) for each in check.evidence]
    asked = _fields(check, "code", "severity", "message", "source", "counsellor_only")
    return CheckOut(**asked, evidence=evidence)


def _history(line: HistoryLine) -> HistoryOut:
    return HistoryOut(
        **_fields(line, "letter_id", "on", "kind", "what", "duplicate_of", "added_by_citizen"),
        **_amounts(line, "outstanding", "payable_now", "amount"),
        due_date=line.due_on,
        source=line.source.value,
    )


def _said(correction: Correction) -> SaidOut:
    return SaidOut(
        **_fields(correction, "at", "on", "note"),
        **_amounts(correction, "amount"),
        kind=correction.kind.value,
        letter_id=None if correction.whole_debt else correction.letter_id,
        field=next(iter(members(filter(None, [correction.field]))), None),
        value=correction.value or None,
    )


def _party(party: Party | None) -> PartyOut | None:
    return PartyOut(name=party.name, identifier=party.number) if party else None


def _fields(thing: object, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _amounts(thing: object, *names: str) -> dict[str, Any]:
    return {name: _amount(getattr(thing, name)) for name in names}


def _amount(amount: Euro | None) -> str | None:
    return str(amount) if amount is not None else None
