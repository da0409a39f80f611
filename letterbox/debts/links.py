"""Which letters are about the same claim. Only strong links join; similar is not the same.

Strong are: the same payment reference, the same reference of the case, a letter that names
another's payment reference, the sender's own word that it replaces an earlier letter, a sale
that a letter or a notice tells of, and being the same letter. A customer number is weaker,
because a customer may owe twice: it joins only where nothing speaks against it and there is no
choice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from uuid import UUID

from letterbox.debts.duplicates import originals_of
from letterbox.debts.facts import ClaimNotice, ReadLetter
from letterbox.debts.marks import (
    Marked,
    alike,
    all_marked,
    meaningful,
    nearly,
    share_a_party,
    sharing,
)
from letterbox.letters.rules import NoticeType, Party
from letterbox.shared.kinds import Kind

__all__ = ["alike", "linked"]

Pair = tuple[int, int]

_BEGINNING = frozenset((Kind.INVOICE, Kind.ASSESSMENT, Kind.FINE, Kind.RECLAIM))
"""A claim begins with a letter of these kinds, and no two of them are about one claim."""


def linked(
    letters: Sequence[ReadLetter],
    notices: Sequence[ClaimNotice] = (),
    originals: Mapping[UUID, UUID] | None = None,
) -> list[list[ReadLetter]]:
    """Return the letters in groups, one per claim, whatever order they are given in.

    :param notices: news of a sale tells who goes on with a number
    :param originals: the letters that came in before, by their duplicates, if known already
    """
    originals = originals_of(letters) if originals is None else originals
    every = all_marked(letters)
    groups = _Groups(every)
    for pair in chain(_the_same(every, originals), _surely(every, notices)):
        groups.join(*pair)
    for pair in _unopposed(_naming_what_to_quote(every, groups), groups):
        groups.join(*pair)
    for pair in _without_choice(_sharing_a_customer(every, groups), groups):
        groups.join(*pair)
    return [[each.letter for each in group] for group in groups.by_head().values()]


class _Groups:
    """Letters that belong together, joined pair by pair."""

    def __init__(self, letters: Iterable[Marked]) -> None:
        self._letters = list(letters)
        self._head = [letter.at for letter in self._letters]

    def head(self, at: int) -> int:
        while (head := self._head[at]) != at:
            self._head[at] = self._head[head]
            at = head
        return at

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        self._head[second] = first

    def by_head(self) -> dict[int, list[Marked]]:
        found: dict[int, list[Marked]] = defaultdict(list)
        for letter in self._letters:
            found[self.head(letter.at)].append(letter)
        return dict(found)

    def firsts(self, letters: Iterable[Marked]) -> list[Marked]:
        """Return one of the letters by each hand in each group."""
        return list({(self.head(x.at), x.hand): x for x in letters}.values())


def _the_same(letters: Sequence[Marked], originals: Mapping[UUID, UUID]) -> Iterator[Pair]:
    at = {each.letter.letter_id: each.at for each in letters}
    yield from ((at[a], at[b]) for a, b in originals.items() if a in at and b in at)


def _surely(letters: Sequence[Marked], notices: Sequence[ClaimNotice]) -> Iterator[Pair]:
    yield from _replacing(letters)
    by_number = sharing(letters, lambda letter: letter.strong)
    for same in by_number.values():
        yield from _where_it_goes_on(same)
    for same in sharing(letters, lambda letter: letter.long_quoted).values():
        yield from ((same[0].at, other.at) for other in same[1:])
    yield from _sold(by_number, notices)


def _where_it_goes_on(same: Sequence[Marked]) -> Iterator[Pair]:
    """Return pairs of letters with one number and one party, or of which one tells of a sale."""
    for one, other in _pairs(same):
        if share_a_party(one, other) or _tells_of_a_transfer(one, other):
            yield one.at, other.at


def _pairs(letters: Sequence[Marked]) -> Iterator[tuple[Marked, Marked]]:
    """Return each letter with the first by the same hand, and those firsts with each other."""
    firsts: dict[int, Marked] = {}
    for letter in letters:
        first = firsts.setdefault(letter.hand, letter)
        if first is not letter:
            yield first, letter
    yield from combinations(firsts.values(), 2)


def _replacing(letters: Iterable[Marked]) -> Iterator[Pair]:
    by_message = {(x.letter.sender_id, x.letter.message_id): x for x in letters}
    for each in by_message.values():
        earlier = by_message.get((each.letter.sender_id, each.letter.replaces or ""))
        if each.letter.replaces and earlier is not None:
            yield each.at, earlier.at


def _sold(
    by_number: Mapping[str, Sequence[Marked]], notices: Iterable[ClaimNotice]
) -> Iterator[Pair]:
    """The number of the case goes on at the buyer that a notice names."""
    for notice in notices:
        buyer = notice.transferred_to
        if notice.type is NoticeType.TRANSFERRED and buyer is not None:
            same = by_number.get(meaningful(notice.reference), ())
            before = [x for x in same if comes_from(x, notice)]
            after = [x for x in same if any(nearly(buyer, party) for party in x.parties)]
            yield from ((a.at, b.at) for a, b in product(before, after))


def comes_from(letter: Marked, notice: ClaimNotice) -> bool:
    """Say whether the sender of a notice is in a letter."""
    if notice.sender_id is not None and notice.sender_id == letter.letter.sender_id:
        return True
    return any(nearly(notice.sender, party) for party in letter.parties)


def _naming_what_to_quote(letters: Sequence[Marked], groups: _Groups) -> set[Pair]:
    """A collector names the number that the creditor wants quoted, though it is a customer's."""
    naming = sharing(letters, lambda letter: letter.customers)
    quoting = sharing(letters, lambda letter: filter(None, [letter.quoted]))
    return {
        _in_order(groups.head(one.at), groups.head(other.at))
        for number, who in quoting.items()
        for one, other in product(groups.firsts(who), groups.firsts(naming.get(number, ())))
        if share_a_party(one, other)
    }


def _sharing_a_customer(letters: Sequence[Marked], groups: _Groups) -> set[Pair]:
    return {
        _in_order(groups.head(one.at), groups.head(other.at))
        for same in sharing(letters, lambda letter: letter.numbers).values()
        for one, other in combinations(groups.firsts(same), 2)
        if share_a_party(one, other)
    }


def _in_order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _unopposed(pairs: Iterable[Pair], groups: _Groups) -> list[Pair]:
    """Return the pairs of groups of which nothing says that they are two claims."""
    members = groups.by_head()
    partners = _partners(pairs, members)
    free = {group for group, others in partners.items() if not _opposed(others, members)}
    return [(group, other) for group in sorted(free) for other in sorted(partners[group] & free)]


def _without_choice(pairs: Iterable[Pair], groups: _Groups) -> list[Pair]:
    """Return the pairs of groups that have only each other."""
    partners = _partners(pairs, groups.by_head())
    return [
        (group, other)
        for group, others in sorted(partners.items())
        for other in others
        if len(others) == 1 and partners[other] == {group}
    ]


def _partners(
    pairs: Iterable[Pair], members: Mapping[int, Sequence[Marked]]
) -> Mapping[int, set[int]]:
    partners: dict[int, set[int]] = defaultdict(set)
    for first, second in pairs:
        if first != second and not _groups_conflict(members[first], members[second]):
            partners[first].add(second)
            partners[second].add(first)
    return partners


def _opposed(partners: Iterable[int], members: Mapping[int, Sequence[Marked]]) -> bool:
    return any(
        _groups_conflict(members[one], members[other]) for one, other in combinations(partners, 2)
    )


def _groups_conflict(one: Sequence[Marked], other: Sequence[Marked]) -> bool:
    return any(_conflict(a, b) for a, b in product(one, other))


def _conflict(one: Marked, other: Marked) -> bool:
    """Say whether two letters by one writer are about two claims.

    They want different numbers quoted, are for different creditors, or each begins a claim with
    a number of its own.
    """
    return _same_writer(one, other) and (
        bool(one.quoted and other.quoted and one.quoted != other.quoted)
        or _write_for_two(one.letter.reading.creditor, other.letter.reading.creditor)
        or _begin_two(one, other)
    )


def _begin_two(one: Marked, other: Marked) -> bool:
    kinds = {one.letter.reading.kind, other.letter.reading.kind}
    return kinds <= _BEGINNING and bool(
        one.strong and other.strong and one.strong.isdisjoint(other.strong)
    )


def _write_for_two(one: Party | None, other: Party | None) -> bool:
    return one is not None and other is not None and not nearly(one, other)


def _same_writer(one: Marked, other: Marked) -> bool:
    mine, theirs = one.letter.reading, other.letter.reading
    if mine.collector or theirs.collector:
        return alike(mine.collector, theirs.collector)
    return alike(mine.creditor, theirs.creditor)


def _tells_of_a_transfer(one: Marked, other: Marked) -> bool:
    """After a sale the creditor is another, and the number of the case goes on."""
    return Kind.TRANSFER_NOTICE in (one.letter.reading.kind, other.letter.reading.kind)
