"""Which letters are about the same claim. Only strong links join; similar is not the same.

Strong are: the same payment reference, the same reference of the case, a letter that names
another's payment reference, the sender's own word that it replaces an earlier letter, and the
same file. A customer number is weaker, because a customer may owe twice: it joins only where
nothing speaks against it and there is no choice.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from uuid import UUID

from letterbox.debts.facts import ReadLetter
from letterbox.letters.rules import Party
from letterbox.reading.finders.references import compact
from letterbox.reading.parties import same_name
from letterbox.shared.kinds import Kind

_OF_THE_CUSTOMER = re.compile(
    r"(?i)klant|debiteur|relatie|polis|pati[eë]nt|cli[eë]nt|subject|huurder|\blid|customer|member"
    r"|contract|verzeker|correspondentie|abonnement|burgerservice"
)
_LEAST = 4  # a shorter number is too common to mean anything
_LONG = 12  # so long that two organisations do not use it by chance

Pair = tuple[UUID, UUID]


def linked(letters: Sequence[ReadLetter]) -> list[list[ReadLetter]]:
    """Return the letters in groups, one per claim, whatever order they are given in."""
    groups = _Groups(letters)
    for one, other in _surely(letters):
        groups.join(one, other)
    for one, other in _unopposed(list(_naming_what_to_quote(letters)), groups):
        groups.join(one, other)
    for one, other in _without_choice(list(_sharing_a_customer(letters)), groups):
        groups.join(one, other)
    return groups.all()


class _Groups:
    """Letters that belong together, joined pair by pair."""

    def __init__(self, letters: Iterable[ReadLetter]) -> None:
        self._letters = {letter.letter_id: letter for letter in letters}
        self._head = {letter_id: letter_id for letter_id in self._letters}

    def head(self, letter_id: UUID) -> UUID:
        while (head := self._head[letter_id]) != letter_id:
            letter_id = head
        return letter_id

    def join(self, one: UUID, other: UUID) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        self._head[second] = first

    def all(self) -> list[list[ReadLetter]]:
        found: dict[UUID, list[ReadLetter]] = defaultdict(list)
        for letter_id in sorted(self._letters):
            found[self.head(letter_id)].append(self._letters[letter_id])
        return list(found.values())


def alike(one: Party | None, other: Party | None) -> bool:
    """Say whether two parties are one organisation: by number, or by name without its form."""
    if one is None or other is None:
        return False
    if one.number and other.number:
        return one.number == other.number
    return _same(one.name, other.name)


def _same(one: str, other: str) -> bool:
    a, b = same_name(one), same_name(other)
    return bool(a) and a == b


def _nearly(one: str, other: str) -> bool:
    """`Lindeborch Wonen` is in `Woonstichting Lindeborch Wonen`: enough beside a shared number."""
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    return one == other or (len(shorter) >= 6 and shorter in longer)


def _surely(letters: Sequence[ReadLetter]) -> Iterator[Pair]:
    known = {letter.letter_id for letter in letters}
    for letter in letters:
        if letter.duplicate_of in known and letter.duplicate_of is not None:
            yield letter.letter_id, letter.duplicate_of
    yield from _replacing(letters)
    for sharing in _sharing(letters, _strong_numbers).values():
        for one, other in combinations(sharing, 2):
            if _share_a_party(one, other) or _tells_of_a_transfer(one, other):
                yield one.letter_id, other.letter_id
    for same in _sharing(letters, _long_quoted).values():
        yield from ((same[0].letter_id, other.letter_id) for other in same[1:])


def _replacing(letters: Iterable[ReadLetter]) -> Iterator[Pair]:
    by_message = {(letter.sender_id, letter.message_id): letter for letter in letters}
    for letter in by_message.values():
        earlier = by_message.get((letter.sender_id, letter.replaces or ""))
        if letter.replaces and earlier is not None:
            yield letter.letter_id, earlier.letter_id


def _naming_what_to_quote(letters: Sequence[ReadLetter]) -> Iterator[Pair]:
    """A collector names the number that the creditor wants quoted, though it is a customer's."""
    naming = _sharing(letters, _customer_numbers)
    for letter in letters:
        for other in naming.get(_quoted(letter), ()):
            if _share_a_party(letter, other):
                yield letter.letter_id, other.letter_id


def _sharing_a_customer(letters: Sequence[ReadLetter]) -> Iterator[Pair]:
    for sharing in _sharing(letters, _numbers).values():
        for one, other in combinations(sharing, 2):
            if _share_a_party(one, other):
                yield one.letter_id, other.letter_id


def _unopposed(pairs: Iterable[Pair], groups: _Groups) -> list[Pair]:
    """Return the pairs of groups of which nothing says that they are two claims."""
    members = {groups.head(group[0].letter_id): group for group in groups.all()}
    partners = _partners(pairs, groups, members)
    return [
        (group, other)
        for group, others in sorted(partners.items())
        for other in sorted(others)
        if not _opposed(partners[group], members) and not _opposed(partners[other], members)
    ]


def _without_choice(pairs: Iterable[Pair], groups: _Groups) -> list[Pair]:
    """Return the pairs of groups that have only each other."""
    members = {groups.head(group[0].letter_id): group for group in groups.all()}
    partners = _partners(pairs, groups, members)
    return [
        (group, other)
        for group, others in sorted(partners.items())
        for other in others
        if len(others) == 1 and partners[other] == {group}
    ]


def _partners(
    pairs: Iterable[Pair], groups: _Groups, members: Mapping[UUID, Sequence[ReadLetter]]
) -> Mapping[UUID, set[UUID]]:
    partners: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in pairs:
        first, second = groups.head(one), groups.head(other)
        if first != second and not _groups_conflict(members[first], members[second]):
            partners[first].add(second)
            partners[second].add(first)
    return partners


def _opposed(partners: Iterable[UUID], members: Mapping[UUID, Sequence[ReadLetter]]) -> bool:
    return any(
        _groups_conflict(members[one], members[other]) for one, other in combinations(partners, 2)
    )


def _groups_conflict(one: Iterable[ReadLetter], other: Sequence[ReadLetter]) -> bool:
    return any(_conflict(a, b) for a in one for b in other)


def _conflict(one: ReadLetter, other: ReadLetter) -> bool:
    """Two letters by one writer that want different numbers quoted are about two claims."""
    mine, theirs = _quoted(one), _quoted(other)
    return bool(mine and theirs and mine != theirs) and _same_writer(one, other)


def _same_writer(one: ReadLetter, other: ReadLetter) -> bool:
    mine, theirs = one.reading, other.reading
    if mine.collector or theirs.collector:
        return alike(mine.collector, theirs.collector)
    return alike(mine.creditor, theirs.creditor)


def _share_a_party(one: ReadLetter, other: ReadLetter) -> bool:
    if one.sender_id is not None and one.sender_id == other.sender_id:
        return True
    return any(_nearly(a, b) for a in _names(one) for b in _names(other))


def _tells_of_a_transfer(one: ReadLetter, other: ReadLetter) -> bool:
    """After a sale the creditor is another, and the number of the case goes on."""
    return Kind.TRANSFER_NOTICE in (one.reading.kind, other.reading.kind)


@lru_cache(maxsize=4096)
def _names_of(*parties: Party | None) -> frozenset[str]:
    return frozenset(filter(None, (same_name(party.name) for party in parties if party)))


def _names(letter: ReadLetter) -> frozenset[str]:
    reading = letter.reading
    return _names_of(reading.creditor, reading.collector, reading.sender)


def _sharing(
    letters: Iterable[ReadLetter], numbers: Callable[[ReadLetter], frozenset[str]]
) -> Mapping[str, list[ReadLetter]]:
    found: dict[str, list[ReadLetter]] = defaultdict(list)
    for letter in letters:
        for number in sorted(numbers(letter)):
            found[number].append(letter)
    return found


def _quoted(letter: ReadLetter) -> str:
    plain = compact(letter.reading.payment_reference or "")
    return plain if len(plain) >= _LEAST else ""


def _long_quoted(letter: ReadLetter) -> frozenset[str]:
    quoted = _quoted(letter)
    return frozenset([quoted] if len(quoted) >= _LONG else [])


def _strong_numbers(letter: ReadLetter) -> frozenset[str]:
    return frozenset(
        filter(None, (*(_numbers(letter) - _customer_numbers(letter)), _quoted(letter)))
    )


def _customer_numbers(letter: ReadLetter) -> frozenset[str]:
    labels: dict[str, list[str]] = defaultdict(list)
    for finding in letter.reading.findings:
        if finding.field == "references" and finding.label:
            labels[compact(finding.value)].append(finding.label)
    marked = {
        number for number, words in labels.items() if any(map(_OF_THE_CUSTOMER.search, words))
    }
    short = {number for number in _numbers(letter) if len(number) < 6}
    return frozenset((marked | short) & _numbers(letter))


def _numbers(letter: ReadLetter) -> frozenset[str]:
    plain = (compact(reference) for reference in letter.reading.references)
    return frozenset(number for number in plain if len(number) >= _LEAST)
