"""What the citizen says: which letters belong together, and what is not so."""

from collections.abc import Iterable, Sequence

from letterbox.debts.facts import Correction, CorrectionKind, HistoryLine, ReadLetter, Told
from letterbox.reading.findings import value_of
from letterbox.shared.days import day_of
from letterbox.shared.kinds import Kind

Group = list[ReadLetter]

_AGAINST = frozenset(
    (
        CorrectionKind.WRONG_AMOUNT,
        CorrectionKind.ALREADY_PAID,
        CorrectionKind.DISPUTED,
        CorrectionKind.NOT_A_DEBT,
    )
)


def put_together(groups: Iterable[Group], corrections: Iterable[Correction]) -> list[Group]:
    """Return the groups with letters moved as the citizen says, the last word counting.

    Nothing else moves: what a letter joined before stays joined without it.

    :param corrections: oldest first
    """
    placed = [list(group) for group in groups]
    for correction in corrections:
        if correction.kind is CorrectionKind.BELONGS_TO:
            _move(placed, correction)
    return [group for group in placed if group]


def about(letters: Iterable[ReadLetter], corrections: Iterable[Correction]) -> list[Correction]:
    """Return what the citizen says about the debt that these letters make."""
    ids = {letter.letter_id for letter in letters}
    return [correction for correction in corrections if correction.letter_id in ids]


def speaks_against(correction: Correction) -> bool:
    """Say whether a citizen disputes a debt by this."""
    return correction.kind in _AGAINST


def confirms(correction: Correction, letter: ReadLetter, field: str) -> bool:
    """Say whether a citizen confirms what was read here. A later reading may be another."""
    return (
        correction.kind is CorrectionKind.CONFIRMED
        and (correction.letter_id, correction.field) == (letter.letter_id, field)
        and correction.value == value_of(letter.reading, field)
    )


def line_of(correction: Correction) -> HistoryLine:
    """Return how the history of a debt tells what the citizen says."""
    return HistoryLine(
        letter_id=correction.correction_id,
        on=day_of(correction.at),
        kind=Kind.OTHER,
        source=Told.CITIZEN,
        what=correction.kind.value,
        amount=correction.amount,
    )


def _move(groups: list[Group], correction: Correction) -> None:
    source = _holding(groups, correction.letter_id)
    if source is None:
        return
    target = _holding(groups, correction.belongs_to) if correction.belongs_to else None
    moved = [x for x in source if correction.whole_debt or x.letter_id == correction.letter_id]
    if target is source or (target is None and correction.belongs_to is not None):
        return
    if target is None:
        if correction.whole_debt:
            return
        groups.append(target := [])
    source[:] = [letter for letter in source if letter not in moved]
    target += moved


def _holding(groups: Sequence[Group], letter_id: object) -> Group | None:
    return next((g for g in groups if any(x.letter_id == letter_id for x in g)), None)
