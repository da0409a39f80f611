"""From the words on the pages of a letter to what it says. No database, no clock.

Better "please check" than a wrong amount: a field that the evidence does not decide is named
in `Reading.check`, and a letter without a claim is `other` and has no amounts.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from letterbox.letters.rules import Envelope, Party
from letterbox.reading.declared import Weighed, declared_in, weigh_declared
from letterbox.reading.due import choose_due
from letterbox.reading.finders.amounts import find_amounts
from letterbox.reading.finders.events import find_events
from letterbox.reading.finders.references import compact
from letterbox.reading.finders.terms import TermFound, find_terms
from letterbox.reading.findings import Event, Finding, Instalment, Reading
from letterbox.reading.instalments import InstalmentFound, find_instalments
from letterbox.reading.kinds import find_kind
from letterbox.reading.language import language_of
from letterbox.reading.layout import Layout
from letterbox.reading.letter_date import LetterDate, find_letter_date
from letterbox.reading.money import choose_money
from letterbox.reading.noting import Understood, note_down, note_lists
from letterbox.reading.objection import choose_objection
from letterbox.reading.outcome import Outcome, settle_kind
from letterbox.reading.parties import Parties, find_parties
from letterbox.reading.payment import find_payment
from letterbox.reading.recipient import find_recipient
from letterbox.reading.roles import Part, Role, roles_of
from letterbox.reading.sums import sums_in
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from letterbox.shared.paper import Paper

_WITH_INSTALMENTS = frozenset((Kind.PAYMENT_PLAN, Kind.ASSESSMENT, Kind.RECLAIM))
_AMOUNTS = (
    "outstanding",
    "payable_now",
    "principal",
    "interest",
    "collection_costs",
    "increase",
    "paid",
    "conditional_costs",
)


def read(
    paper: Paper, *, received_on: date, sender: Party | None, envelope: Envelope | None
) -> Reading:
    """Read one letter.

    :param paper: what its pages show and carry
    :param received_on: the day it came in; terms that run from delivery count from it
    :param sender: who delivered it, when that is known
    :param envelope: what the sender declared with it
    """
    layout = Layout(paper.pages)
    parts = roles_of(find_amounts(layout), layout)
    on_behalf_of, claim = (envelope.on_behalf_of, envelope.claim) if envelope else (None, None)
    parties = find_parties(layout, sender=sender, on_behalf_of=on_behalf_of)
    letter, doubts = _understood(layout, parts, parties, received_on)
    weighed = weigh_declared(
        note_down(letter),
        declared_in(claim),
        printed=frozenset(str(p.amount) for p in parts if p.role is not Role.CONDITIONAL),
    )
    every = (*weighed.standing.values(), *note_lists(letter), *weighed.beside)
    return Reading(
        **_values(weighed),
        **_parties(parties, weighed),
        **_lists(letter),
        references=_references(every),
        language=language_of(layout.text),
        findings=every,
        check=_check(weighed, doubts),
    )


def _understood(
    layout: Layout, parts: Sequence[Part], parties: Parties, received_on: date
) -> tuple[Understood, frozenset[str]]:
    """Return what the pages say, and the fields that stay in doubt."""
    letter_date = find_letter_date(layout, received_on=received_on)
    letter_on = letter_date.on if letter_date else None
    terms = find_terms(layout, letter_on=letter_on, received_on=received_on)
    outcome, doubts = _outcome(layout, parts, terms, letter_date)
    since = letter_on or received_on
    letter = Understood(
        layout=layout,
        letter_date=letter_date,
        outcome=outcome,
        payment=find_payment(layout),
        parties=parties,
        recipient=find_recipient(layout),
        objection=choose_objection(terms, layout, letter_on=letter_on),
        events=find_events(layout, letter_on=since),
        instalments=_plan(outcome, find_instalments(parts, layout, letter_on=since)),
    )
    return letter, doubts


def _plan(outcome: Outcome, rows: Sequence[InstalmentFound]) -> Sequence[InstalmentFound]:
    """Dated rows are instalments in a plan, or where an assessment may be paid in parts."""
    return rows if outcome.kind in _WITH_INSTALMENTS else ()


def _outcome(
    layout: Layout,
    parts: Sequence[Part],
    terms: Sequence[TermFound],
    letter_date: LetterDate | None,
) -> tuple[Outcome, frozenset[str]]:
    due, maybe_due = choose_due(
        terms,
        layout,
        asked=[
            (part.found.spot.block, part.found.spot.start)
            for part in parts
            if part.role in (Role.ASKED, Role.TOTAL)
        ],
        letter_on=letter_date.on if letter_date else None,
        letter_on_sure=bool(letter_date and letter_date.sure),
    )
    money = choose_money(parts, sums_in(parts), term=due.term.spot if due else None)
    outcome = settle_kind(find_kind(layout), money, due, parts, layout)
    undated = frozenset(["due_on"] if maybe_due and outcome.asks else [])
    return outcome, outcome.unsure | undated


def _lists(letter: Understood) -> dict[str, Any]:
    due = letter.outcome.due
    return {
        "due_words": due.term.words if due else None,
        "events": tuple(Event(event.what.value, event.on) for event in letter.events),
        "instalments": tuple(Instalment(row.on, row.amount) for row in letter.instalments),
    }


def _values(weighed: Weighed) -> dict[str, Any]:
    standing = weighed.standing
    return {
        "kind": Kind(standing["kind"].value),
        "letter_on": _date(standing.get("letter_on")),
        "due_on": _date(standing.get("due_on")),
        "objection_on": _date(standing.get("objection_on")),
        "recipient": _text(standing.get("recipient")),
        "iban": _text(standing.get("iban")),
        "payment_reference": _text(standing.get("payment_reference")),
        **{field: _euro(standing.get(field)) for field in _AMOUNTS},
    }


def _parties(parties: Parties, weighed: Weighed) -> dict[str, Any]:
    claim = weighed.standing.keys()
    return {
        "sender": parties.sender,
        "creditor": parties.creditor if "creditor" in claim else None,
        "collector": parties.collector if "collector" in claim else None,
    }


def _references(findings: Iterable[Finding]) -> tuple[str, ...]:
    first = {compact(f.value): f.value for f in reversed(list(findings)) if f.field == "references"}
    return tuple(reversed(first.values()))


def _check(weighed: Weighed, doubts: Iterable[str]) -> tuple[str, ...]:
    unsure = {field for field, finding in weighed.standing.items() if not finding.sure}
    missing = {"letter_on", *doubts} - set(weighed.standing)
    if Kind(weighed.standing["kind"].value) is not Kind.OTHER:
        missing |= {"outstanding", "creditor"} - set(weighed.standing)
    return tuple(sorted(unsure | missing | weighed.contradicted))


def _date(finding: Finding | None) -> date | None:
    return date.fromisoformat(finding.value) if finding else None


def _euro(finding: Finding | None) -> Euro | None:
    return Euro.parse(finding.value) if finding else None


def _text(finding: Finding | None) -> str | None:
    return finding.value if finding else None
