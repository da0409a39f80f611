"""What the citizen says about a debt: kept beside what letters say, and taken back at will."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import CitizenViewer, MailboxKey
from letterbox.debts import queries
from letterbox.debts.facts import Correction, CorrectionKind, Settlement
from letterbox.letters.queries import letter_in
from letterbox.logbook.rules import Act
from letterbox.reading.findings import Reading, value_of
from letterbox.reading.queries import reading_of
from letterbox.shared.errors import Invalid, NotFound
from letterbox.shared.ids import new_id
from letterbox.shared.money import Euro
from letterbox.shared.ports import Jobs, KeyStore

LONGEST_NOTE = 1000
LONGEST_VALUE = 200
_OF_A_FIELD = frozenset((CorrectionKind.CONFIRMED, CorrectionKind.MISREAD))


class NoSuchDebt(NotFound):
    """There is no such debt or letter in this mailbox."""

    title = "There is no such debt"


class NoSuchCorrection(NotFound):
    """There is no such correction, or it was taken back."""

    title = "There is no such correction"


class UnclearCorrection(Invalid):
    """Something is missing in what the citizen says, or too much."""

    title = "This correction is not clear"


@dataclass(frozen=True, slots=True)
class Said:
    """What a citizen says about a debt, or about one letter of it.

    :ivar debt_id: the debt it is about; or else `letter_id`, the letter
    :ivar other_debt_id: with `belongs_to`, the debt it belongs to; None: to no other
    :ivar field: what was read in the letter, when it is about that
    :ivar value: with `confirmed` what was read, as `value_of` writes it; else what should be read
    """

    kind: CorrectionKind
    debt_id: UUID | None = None
    letter_id: UUID | None = None
    other_debt_id: UUID | None = None
    amount: Euro | None = None
    on: date | None = None
    note: str = ""
    field: str = ""
    value: str = ""


def correct_debt(
    session: Session,
    keys: KeyStore,
    jobs: Jobs,
    citizen: CitizenViewer,
    said: Said,
    *,
    now: datetime,
) -> Correction:
    """Keep what the citizen says, and leave the mailbox to be settled with it.

    :raises MailboxClosed: the mailbox was closed
    :raises UnclearCorrection: an amount is missing, or what it is about
    :raises NoSuchDebt: it is about nothing in this mailbox
    """
    _check(said)
    correction_id = new_id(now)
    confirms = said.kind is CorrectionKind.CONFIRMED
    act = Act.VALUE_CONFIRMED if confirms else Act.DEBT_CORRECTED
    key = access.open_mailbox(session, keys, citizen, act, subject_id=correction_id, now=now)
    letter_id = _letter_named(session, key, said)
    if confirms:
        _refuse_outdated(reading_of(session, key, letter_id), said)
    correction = Correction(
        correction_id=correction_id,
        at=now,
        kind=said.kind,
        letter_id=letter_id,
        whole_debt=said.letter_id is None,
        belongs_to=_smallest(session, key, said.other_debt_id) if said.other_debt_id else None,
        amount=said.amount,
        on=said.on,
        note=said.note,
        field=said.field,
        value=said.value,
    )
    session.add(queries.kept(key, correction))
    session.flush()
    jobs.leave(session, "settle_mailbox", mailbox_id=key.mailbox_id)
    return correction


def withdraw_correction(
    session: Session,
    keys: KeyStore,
    jobs: Jobs,
    citizen: CitizenViewer,
    correction_id: UUID,
    *,
    now: datetime,
) -> None:
    """Take back what the citizen said, and leave the mailbox to be settled without it.

    :raises MailboxClosed: the mailbox was closed
    :raises NoSuchCorrection: there is none, or it was taken back before
    """
    act = Act.CORRECTION_WITHDRAWN
    key = access.open_mailbox(session, keys, citizen, act, subject_id=correction_id, now=now)
    kept = queries.correction_in(session, key, correction_id)
    if kept is None:
        raise NoSuchCorrection("See what you said about your debts.")
    kept.withdrawn_at = now
    session.flush()
    jobs.leave(session, "settle_mailbox", mailbox_id=key.mailbox_id)


def _check(said: Said) -> None:
    if (said.debt_id is None) == (said.letter_id is None):
        raise UnclearCorrection("Say which debt, or which letter.", code="no-subject")
    if said.kind is CorrectionKind.WRONG_AMOUNT and said.amount is None:
        raise UnclearCorrection("Say what the amount should be.", code="no-amount")
    if said.amount is not None and said.amount < Euro(0):
        raise UnclearCorrection("Give an amount without a minus.", code="negative-amount")
    moves = said.kind is CorrectionKind.BELONGS_TO
    if moves and said.letter_id is None and said.other_debt_id is None:
        raise UnclearCorrection("Say to which debt it belongs.", code="no-other-debt")
    if said.kind in _OF_A_FIELD and not (said.letter_id and said.field and said.value):
        raise UnclearCorrection("Say what the letter says.", code="no-value")
    if len(said.note) > LONGEST_NOTE or len(said.value) > LONGEST_VALUE:
        raise UnclearCorrection("Write it in fewer words.", code="note-too-long")


def _refuse_outdated(reading: Reading | None, said: Said) -> None:
    known = {field.name for field in fields(Reading)}
    if reading is None or said.field not in known or value_of(reading, said.field) != said.value:
        raise UnclearCorrection("Look at the letter again.", code="no-such-value")


def _letter_named(session: Session, key: MailboxKey, said: Said) -> UUID:
    if said.debt_id is not None:
        return _smallest(session, key, said.debt_id)
    if said.letter_id is None or letter_in(session, key, said.letter_id) is None:
        raise _nothing()
    return said.letter_id


def _smallest(session: Session, key: MailboxKey, debt_id: UUID) -> UUID:
    """Return the letter a debt is named after: debts are made anew, letters stay."""
    snapshot = queries.snapshot_in(session, key)
    settlement = queries.settlement_in(key, snapshot.sealed) if snapshot else Settlement()
    for debt in settlement.debts:
        if debt.id == debt_id:
            return debt.named_after
    raise _nothing()


def _nothing() -> NoSuchDebt:
    return NoSuchDebt("Look at the overview again: it may have changed.")
