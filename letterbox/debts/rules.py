"""How letters about the same claim become one debt. No database, no clock.

The newest letter that states a balance speaks: a reminder replaces the invoice it reminds of,
it does not add to it. Adding both is the mistake that makes a debt look twice its size. What
came as a notice and what the citizen says are kept apart from what letters say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from letterbox.debts import corrections as citizen
from letterbox.debts import news
from letterbox.debts.agreement import borne_out
from letterbox.debts.checks import checks_across, checks_within
from letterbox.debts.duplicates import originals_of
from letterbox.debts.events import events_of, instalments_of
from letterbox.debts.facts import (
    ClaimNotice,
    Correction,
    CorrectionKind,
    Debt,
    HistoryLine,
    OtherLetter,
    ReadLetter,
    Settlement,
)
from letterbox.debts.links import linked
from letterbox.debts.parties import collector_of, creditor_of
from letterbox.debts.standing import STAGES, Standing, standing_after
from letterbox.shared.kinds import Kind

_PARTS = ("principal", "interest", "collection_costs", "increase")
_BALANCE = ("outstanding", "payable_now", *_PARTS, "paid")
_HOW_TO_PAY = ("iban", "payment_reference")


def settle(
    letters: Iterable[ReadLetter],
    notices: Iterable[ClaimNotice] = (),
    corrections: Iterable[Correction] = (),
) -> Settlement:
    """Return all debts of one mailbox from all that came in, in any order of arrival.

    :param notices: count where they are newer than the newest balance
    :param corrections: what the citizen says; only `belongs_to` changes which letters make a debt
    """
    every = sorted(letters, key=lambda letter: letter.letter_id)
    heard = sorted(notices, key=lambda notice: notice.age)
    said = sorted(corrections, key=lambda each: (each.at, each.correction_id))
    originals = originals_of(every)
    owing = _claims_in(every, heard, said, originals)
    told, unlinked = news.by_claim(owing, heard)
    debts = checks_across(
        [_debt(group, told.get(at, ()), said, originals) for at, group in enumerate(owing)]
    )
    counted = {letter.letter_id for group in owing for letter in group}
    others = [_other(letter) for letter in every if letter.letter_id not in counted]
    return Settlement(
        debts=tuple(sorted(debts, key=lambda debt: debt.id)),
        other_letters=tuple(sorted(others, key=lambda other: (other.on, other.letter_id))),
        unlinked_notices=unlinked,
        unlinked_corrections=tuple(each for each in said if each.letter_id not in counted),
    )


def debt_id(group: Iterable[ReadLetter]) -> UUID:
    """Return the name of a debt: the same as long as its smallest letter belongs to it."""
    return uuid5(NAMESPACE_OID, str(min(letter.letter_id for letter in group)))


def _claims_in(
    every: Sequence[ReadLetter],
    notices: Sequence[ClaimNotice],
    corrections: Sequence[Correction],
    originals: Mapping[UUID, UUID],
) -> list[list[ReadLetter]]:
    """Return the letters of each claim, oldest first, each as sure as the others make it.
    Statements alone are shown, not counted."""
    placed = {x.letter_id for x in corrections if x.kind is CorrectionKind.BELONGS_TO}
    claims = [letter for letter in every if _claims(letter) or letter.letter_id in placed]
    groups = citizen.put_together(linked(claims, notices, originals), corrections)
    in_order = [sorted(group, key=lambda letter: letter.age) for group in groups]
    return [borne_out(group) for group in in_order if not all(map(_only_shown, group))]


def _claims(letter: ReadLetter) -> bool:
    return letter.reading.kind is not Kind.OTHER or letter.reading.outstanding is not None


def _only_shown(letter: ReadLetter) -> bool:
    return letter.reading.kind is Kind.STATEMENT or not _claims(letter)


def _debt(
    group: Sequence[ReadLetter],
    notices: Sequence[ClaimNotice],
    corrections: Iterable[Correction],
    originals: Mapping[UUID, UUID],
) -> Debt:
    letters = _each_once(group, originals)
    says = tuple(citizen.about(group, corrections))
    standing = standing_after(letters, notices)
    paying = _newest(letters, *_HOW_TO_PAY)
    dated = standing.dated
    sources = _sources(letters, standing, paying)
    debt = Debt(
        id=debt_id(group),
        status=standing.status,
        stage=_stage(letters),
        creditor=creditor_of(letters, notices),
        collector=collector_of(letters, notices),
        outstanding=standing.outstanding,
        payable_now=standing.payable_now,
        paid=standing.paid,
        **_values(standing.stated, _PARTS),
        balance_on=standing.stated.on if standing.stated else None,
        due_on=dated.reading.due_on if dated and not standing.is_over else None,
        **_values(paying, _HOW_TO_PAY),
        references=_references(letters),
        first_letter_on=min(letter.on for letter in group),
        last_letter_on=max(letter.on for letter in group),
        unsure=_unsure(sources, standing),
        history=_history(group, notices, says, originals),
        events=events_of(letters),
        instalments=instalments_of(letters),
        disputed=any(map(citizen.speaks_against, says)),
        says=says,
        confirmed=_confirmed(sources, standing, says),
    )
    return replace(debt, checks=checks_within(debt, letters))


def _each_once(group: Sequence[ReadLetter], originals: Mapping[UUID, UUID]) -> Sequence[ReadLetter]:
    here = {letter.letter_id for letter in group}
    return [x for x in group if originals.get(x.letter_id) not in here] or group


def _newest(letters: Sequence[ReadLetter], *fields: str) -> ReadLetter | None:
    """Return the newest letter that states one of these fields."""
    return next(
        (
            letter
            for letter in reversed(letters)
            if any(getattr(letter.reading, field) is not None for field in fields)
        ),
        None,
    )


def _stage(letters: Sequence[ReadLetter]) -> Kind:
    reached = [letter.reading.kind for letter in letters if letter.reading.kind in STAGES]
    return max(reached, key=STAGES.index, default=letters[-1].reading.kind)


def _values(letter: ReadLetter | None, fields: Iterable[str]) -> dict[str, Any]:
    return {field: getattr(letter.reading, field) for field in fields} if letter else {}


def _references(letters: Iterable[ReadLetter]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for letter in letters for ref in letter.reading.references))


def _sources(
    letters: Sequence[ReadLetter], standing: Standing, paying: ReadLetter | None
) -> Mapping[str, ReadLetter | None]:
    """Return the letter that each field comes from."""
    return {
        **dict.fromkeys(_BALANCE, standing.stated),
        "due_on": standing.dated,
        **dict.fromkeys(_HOW_TO_PAY, paying),
        "creditor": _newest(letters, "creditor"),
        "collector": _newest(letters, "collector"),
    }


def _unsure(sources: Mapping[str, ReadLetter | None], standing: Standing) -> tuple[str, ...]:
    """Return what was unsure in the letter that each field comes from, or in adding it up."""
    unsure = {f for f, letter in sources.items() if letter and f in letter.reading.check}
    missing = {"outstanding"} if standing.outstanding is None else set[str]()
    return tuple(sorted(unsure | missing | standing.doubted))


def _confirmed(
    sources: Mapping[str, ReadLetter | None], standing: Standing, says: Sequence[Correction]
) -> tuple[str, ...]:
    """Return what was unsure in a letter alone, and looked up in it by the citizen."""
    return tuple(
        sorted(
            field
            for field, letter in sources.items()
            if letter
            and field in letter.reading.check
            and field not in standing.doubted
            and any(citizen.confirms(said, letter, field) for said in says)
        )
    )


def _history(
    group: Iterable[ReadLetter],
    notices: Iterable[ClaimNotice],
    corrections: Iterable[Correction],
    originals: Mapping[UUID, UUID],
) -> tuple[HistoryLine, ...]:
    """Return what was said, oldest first, each line marked with who says so."""
    lines = [
        *((letter.age, _line(letter, originals)) for letter in group),
        *((notice.age, news.line_of(notice)) for notice in notices),
    ]
    told = [line for _, line in sorted(lines, key=lambda each: each[0])]
    return (*told, *map(citizen.line_of, corrections))


def _line(letter: ReadLetter, originals: Mapping[UUID, UUID]) -> HistoryLine:
    reading = letter.reading
    return HistoryLine(
        letter_id=letter.letter_id,
        on=letter.on,
        kind=reading.kind,
        outstanding=reading.outstanding,
        payable_now=reading.payable_now,
        due_on=reading.due_on,
        duplicate_of=originals.get(letter.letter_id),
        added_by_citizen=letter.added_by_citizen,
        sender=reading.sender.name if reading.sender else None,
        check=reading.check,
    )


def _other(letter: ReadLetter) -> OtherLetter:
    reading = letter.reading
    return OtherLetter(
        letter.letter_id, letter.on, reading.kind, reading.sender, letter.added_by_citizen
    )
