"""To whom a debt is owed now, and who collects it."""

from collections.abc import Iterable, Sequence

from letterbox.debts.facts import ClaimNotice, ReadLetter
from letterbox.debts.marks import alike
from letterbox.letters.rules import NoticeType, Party
from letterbox.shared.kinds import Kind


def creditor_of(letters: Sequence[ReadLetter], notices: Iterable[ClaimNotice]) -> Party | None:
    """Return to whom it is owed now, by the name that it gives itself where it writes."""
    creditor = _owner(letters, notices)
    own = [
        letter.reading.creditor
        for letter in reversed(letters)
        if alike(letter.reading.creditor, letter.reading.sender)
        and _one_in_the_other(letter.reading.creditor, creditor)
    ]
    return next(iter(own), creditor)


def collector_of(letters: Sequence[ReadLetter], notices: Iterable[ClaimNotice]) -> Party | None:
    """Return who collects: the last one named since the creditor last changed."""
    creditor = letters[-1].reading.creditor
    sold = [x.age for x in notices if x.type is NoticeType.TRANSFERRED]
    sold += [x.age for x in letters if x.reading.kind is Kind.TRANSFER_NOTICE]
    for letter in reversed(letters):
        reading = letter.reading
        if sold and letter.age < max(sold):
            return None
        if reading.collector is not None:
            return reading.collector
        if creditor and reading.creditor and not _one_in_the_other(creditor, reading.creditor):
            return None
    return None


def _owner(letters: Iterable[ReadLetter], notices: Iterable[ClaimNotice]) -> Party | None:
    """Follow a claim from owner to owner. Who sold it does not get it back by writing later."""
    owner: Party | None = None
    former: list[Party] = []
    for named, sold in _named(letters, notices):
        if sold and owner is not None and not _one_in_the_other(owner, named):
            former.append(owner)
        if sold or not any(_one_in_the_other(named, each) for each in former):
            owner = named
    return owner


def _named(
    letters: Iterable[ReadLetter], notices: Iterable[ClaimNotice]
) -> Iterable[tuple[Party, bool]]:
    told = [
        (x.age, x.reading.creditor, x.reading.kind is Kind.TRANSFER_NOTICE) for x in letters
    ] + [(x.age, x.transferred_to, True) for x in notices if x.type is NoticeType.TRANSFERRED]
    return [(named, sold) for _, named, sold in sorted(told, key=lambda x: x[0]) if named]


def _one_in_the_other(one: Party | None, other: Party | None) -> bool:
    if one is None or other is None:
        return False
    a, b = one.name.lower(), other.name.lower()
    return a in b or b in a
