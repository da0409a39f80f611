"""From what the pages of a letter show to what it says. No database, no clock.

Finders find whatever could be meant, weights learned from letters with a known truth choose,
and what the weights do not decide is named in `Reading.check`: better "please check" than a
wrong amount.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from letterbox.letters.rules import Envelope, Party
from letterbox.reading.carried import carried_in
from letterbox.reading.choosing import Chosen, choose_all
from letterbox.reading.declared import Weighed, declared_in, weigh_stated
from letterbox.reading.finders.references import compact
from letterbox.reading.findings import AMOUNTS, Event, Finding, Instalment, Reading
from letterbox.reading.found import Found
from letterbox.reading.instalments import InstalmentFound, find_instalments
from letterbox.reading.language import language_of
from letterbox.reading.layout import Layout
from letterbox.reading.noting import Understood, in_doubt, note_down, note_lists
from letterbox.reading.parties import alike
from letterbox.reading.payment import case_references
from letterbox.reading.roles import Role
from letterbox.reading.weights import Weights, learned
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from letterbox.shared.paper import Paper

_WITH_INSTALMENTS = frozenset((Kind.PAYMENT_PLAN, Kind.ASSESSMENT, Kind.RECLAIM, Kind.INVOICE))


def read(
    paper: Paper,
    *,
    received_on: date,
    sender: Party | None,
    envelope: Envelope | None,
    weights: Weights | None = None,
) -> Reading:
    """Read one letter.

    :param paper: what its pages show and carry
    :param received_on: the day it came in; terms that run from delivery count from it
    :param sender: who delivered it, when that is known
    :param envelope: what the sender declared with it
    :param weights: how candidates are weighed; those that come with this version if None
    """
    found = Found(Layout(paper.pages), received_on, sender)
    letter = _understand(found, choose_all(found, weights or learned()))
    weighed = weigh_stated(
        note_down(letter),
        [*carried_in(paper), *declared_in(envelope)],
        printed=frozenset(str(p.amount) for p in found.parts if p.role is not Role.CONDITIONAL),
    )
    every = (*weighed.standing.values(), *note_lists(letter), *weighed.beside)
    return Reading(
        **_values(weighed),
        **_parties(found, weighed, envelope),
        **_lists(letter, weighed),
        references=_references(every),
        language=language_of(found.layout.text),
        findings=every,
        check=_check(weighed, in_doubt(letter)),
        page_sizes=tuple((page.width, page.height) for page in paper.pages),
    )


def _understand(found: Found, chosen: Chosen) -> Understood:
    return Understood(
        found,
        chosen,
        references=case_references(found.numbers, chosen.references),
        instalments=_instalments(found, chosen),
    )


def _instalments(found: Found, chosen: Chosen) -> Sequence[InstalmentFound]:
    """Return the rows of a plan; of one that is told in words what is to be paid first."""
    kind, first, due = chosen.kind.kind, chosen.amounts["payable_now"], chosen.due.value
    if kind not in _WITH_INSTALMENTS:
        return ()
    rows = find_instalments(found.parts, found.layout, letter_on=found.since)
    in_words = kind is Kind.PAYMENT_PLAN and not rows
    if in_words and first.value is not None and first.spot is not None and due is not None:
        return (InstalmentFound(due, first.value, first.spot),)
    return rows


def _values(weighed: Weighed) -> dict[str, Any]:
    standing = weighed.standing
    return {
        "kind": Kind(standing["kind"].value),
        **{f: _date(standing.get(f)) for f in ("letter_on", "due_on", "objection_on")},
        **{f: _text(standing.get(f)) for f in ("recipient", "iban", "payment_reference")},
        **{f: _euro(standing.get(f)) for f in AMOUNTS},
    }


def _parties(found: Found, weighed: Weighed, envelope: Envelope | None) -> dict[str, Any]:
    """Return who is who: by the name and number that the delivery told, where it told them."""
    behalf = envelope.on_behalf_of if envelope else None
    known = [party for party in (behalf, found.sender) if party]
    named = {f: _text(weighed.standing.get(f)) for f in ("sender", "creditor", "collector")}
    return {f: _party(name, known) if name else None for f, name in named.items()}


def _party(name: str, known: Sequence[Party]) -> Party:
    return next((party for party in known if alike(party.name, name)), Party(name))


def _lists(letter: Understood, weighed: Weighed) -> dict[str, Any]:
    due_on = _date(weighed.standing.get("due_on"))
    return {
        "due_words": _due_words(letter, due_on),
        "events": tuple(
            Event(what.value, choice.value)
            for what, choice in letter.chosen.events.items()
            if choice.value is not None
        ),
        "instalments": tuple(Instalment(row.on, row.amount) for row in letter.instalments),
    }


def _due_words(letter: Understood, due_on: date | None) -> str | None:
    """Return the words that say when to pay; those without a date where there is none."""
    asks = letter.chosen.amounts["payable_now"].value is not None
    fitting = [term for term in letter.found.terms if term.on == due_on and (due_on or asks)]
    return fitting[0].words if fitting else None


def _references(findings: Iterable[Finding]) -> tuple[str, ...]:
    first = {compact(f.value): f.value for f in reversed(list(findings)) if f.field == "references"}
    return tuple(reversed(first.values()))


def _check(weighed: Weighed, doubts: Iterable[str]) -> tuple[str, ...]:
    unsure = {field for field, finding in weighed.standing.items() if not finding.sure}
    return tuple(sorted(unsure | (set(doubts) - set(weighed.standing)) | weighed.contradicted))


def _date(finding: Finding | None) -> date | None:
    return date.fromisoformat(finding.value) if finding else None


def _euro(finding: Finding | None) -> Euro | None:
    return Euro.parse(finding.value) if finding else None


def _text(finding: Finding | None) -> str | None:
    return finding.value if finding else None
