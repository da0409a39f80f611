"""The same letter again: the very file, or a scan of a letter that came in as a file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from letterbox.debts.facts import ReadLetter
from letterbox.debts.marks import meaningful
from letterbox.reading.parties import same_name


def originals_of(letters: Sequence[ReadLetter]) -> Mapping[UUID, UUID]:
    """Return of each letter that came in before the first that did, by the id of the later one.

    A scan is another file. What it says is the same: creditor, date, kind, balance and
    references. Without a date or any reference two letters may be alike by chance, and are two.
    """
    known = {letter.letter_id for letter in letters}
    files = ((x.letter_id, x.duplicate_of) for x in letters)
    again = {letter_id: first for letter_id, first in files if first and first in known}
    rest = (letter for letter in letters if letter.letter_id not in again)
    # References are looked at only where all else is the same, which is seldom.
    for same in _by(rest, _written_by):
        for first, *others in _by(same, _references_in):
            again |= {other.letter_id: first.letter_id for other in others}
    return again


def _by(
    letters: Iterable[ReadLetter], told: Callable[[ReadLetter], object]
) -> Iterator[list[ReadLetter]]:
    """Yield those of which the same is told, two or more, in order of arrival."""
    found: dict[object, list[ReadLetter]] = defaultdict(list)
    for letter in sorted(letters, key=lambda each: (each.received_at, each.letter_id)):
        if (key := told(letter)) is not None:
            found[key].append(letter)
    yield from (same for same in found.values() if len(same) > 1)


def _written_by(letter: ReadLetter) -> tuple[object, ...] | None:
    reading = letter.reading
    writer = reading.creditor or reading.sender
    if reading.letter_on is None or writer is None:
        return None
    return reading.letter_on, reading.kind, reading.outstanding, same_name(writer.name)


def _references_in(letter: ReadLetter) -> frozenset[str] | None:
    quoted = letter.reading.payment_reference or ""
    return frozenset(filter(None, map(meaningful, (*letter.reading.references, quoted)))) or None
