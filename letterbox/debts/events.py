"""What letters announce for certain days: hearings, evictions, terms to object, instalments."""

from collections.abc import Iterator, Sequence

from letterbox.debts.facts import DebtEvent, DebtInstalment, ReadLetter

OBJECTION = "objection"


def events_of(letters: Sequence[ReadLetter]) -> tuple[DebtEvent, ...]:
    """Return what happens on which day. For each sort of event the newest letter speaks.

    :param letters: of one debt, oldest first
    """
    newest: dict[str, list[DebtEvent]] = {}
    for letter in letters:
        told = list(_told_by(letter))
        newest |= {each.what: [x for x in told if x.what == each.what] for each in told}
    found = (each for events in newest.values() for each in events)
    return tuple(sorted(found, key=lambda each: (each.on, each.what)))


def instalments_of(letters: Sequence[ReadLetter]) -> tuple[DebtInstalment, ...]:
    """Return the instalments that the newest letter with any names, earliest first.

    :param letters: of one debt, oldest first
    """
    plans = [letter for letter in letters if letter.reading.instalments]
    return tuple(
        DebtInstalment(each.on, each.amount, letter.letter_id)
        for letter in plans[-1:]
        for each in sorted(letter.reading.instalments, key=lambda row: row.on)
    )


def _told_by(letter: ReadLetter) -> Iterator[DebtEvent]:
    for event in letter.reading.events:
        yield DebtEvent(event.what, event.on, letter.letter_id)
    if letter.reading.objection_on is not None:
        yield DebtEvent(OBJECTION, letter.reading.objection_on, letter.letter_id)
