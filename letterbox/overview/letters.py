"""The letters behind an overview: each that whoever sees the overview may see, and no other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from letterbox.debts.facts import Debt, OtherLetter, Told
from letterbox.letters.rules import Status
from letterbox.letters.service import NoSuchLetter
from letterbox.overview.rules import Overview, Unread
from letterbox.shared.kinds import Kind


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """One letter, as a list of letters names it.

    :ivar on: the day it bears; of one that was not read, the day it came in
    :ivar sender: who wrote it, as far as that is known
    :ivar kind: of a letter that was read
    :ivar debt: the debt it belongs to, if it tells of one
    :ivar duplicate_of: the same letter came in before
    :ivar check: the fields that a person should look at, beside the other letters of its debt;
        None without a debt
    """

    letter_id: UUID
    on: date
    status: str
    sender: str | None
    kind: Kind | None = None
    debt: Debt | None = None
    added_by_citizen: bool = False
    duplicate_of: UUID | None = None
    check: tuple[str, ...] | None = None


def letters_shown(overview: Overview) -> list[ShownLetter]:
    """Return all letters of an overview, newest first."""
    found = [
        *(each for ranked in overview.debts for each in _of_debt(ranked.debt)),
        *map(_other, overview.other_letters),
        *map(_unread, overview.unread),
    ]
    return sorted(found, key=lambda letter: (letter.on, letter.letter_id), reverse=True)


def letter_shown(overview: Overview, letter_id: UUID) -> ShownLetter:
    """Return one letter of an overview.

    :raises NoSuchLetter: it is not in it
    """
    for letter in letters_shown(overview):
        if letter.letter_id == letter_id:
            return letter
    raise NoSuchLetter("Use the id of a letter in the overview.")


def _of_debt(debt: Debt) -> Iterator[ShownLetter]:
    for line in debt.history:
        if line.source is Told.LETTER:
            yield ShownLetter(
                line.letter_id,
                line.on,
                Status.READ,
                line.sender or _named(debt),
                line.kind,
                debt,
                line.added_by_citizen,
                line.duplicate_of,
                line.check,
            )


def _named(debt: Debt) -> str | None:
    party = debt.collector or debt.creditor
    return party.name if party else None


def _other(letter: OtherLetter) -> ShownLetter:
    return ShownLetter(
        letter.letter_id,
        letter.on,
        Status.READ,
        letter.sender.name if letter.sender else None,
        letter.kind,
        added_by_citizen=letter.added_by_citizen,
    )


def _unread(letter: Unread) -> ShownLetter:
    return ShownLetter(
        letter.letter_id,
        letter.received_on,
        letter.status,
        letter.sender,
        added_by_citizen=letter.added_by_citizen,
    )
