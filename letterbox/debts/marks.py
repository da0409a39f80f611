"""By what letters are told apart and put together: their numbers, and the names of who writes."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Marked:
    """A letter with its marks, worked out once.

    :ivar numbers: every reference that means something, without what print adds
    :ivar customers: those of the customer and not of the case
    :ivar quoted: what is to be quoted with the payment, or nothing
    :ivar parties: creditor, collector and sender, where they are named
    :ivar at: its place among the letters that are looked at together, by id
    :ivar hand: the same number for letters that share, or do not, a party with the same others
    """

    letter: ReadLetter
    numbers: frozenset[str]
    customers: frozenset[str]
    quoted: str
    parties: tuple[Party, ...]
    at: int
    hand: int

    @property
    def strong(self) -> frozenset[str]:
        """The numbers of the case itself."""
        own = self.numbers - self.customers
        return own | {self.quoted} if self.quoted else own

    @property
    def long_quoted(self) -> frozenset[str]:
        """What is to be quoted, if no two organisations use it by chance."""
        return frozenset([self.quoted] if len(self.quoted) >= _LONG else [])


def all_marked(letters: Iterable[ReadLetter]) -> list[Marked]:
    """Work out the marks of letters, in the order of their ids."""
    hands: dict[object, int] = {}
    marks = []
    for at, letter in enumerate(sorted(letters, key=lambda each: each.letter_id)):
        reading = letter.reading
        named = (reading.creditor, reading.collector, reading.sender)
        parties = tuple(dict.fromkeys(party for party in named if party))
        wrote = letter.sender_id, parties, reading.kind is Kind.TRANSFER_NOTICE
        marks.append(_marked(letter, parties, at, hands.setdefault(wrote, len(hands))))
    return marks


def _marked(letter: ReadLetter, parties: tuple[Party, ...], at: int, hand: int) -> Marked:
    reading = letter.reading
    numbers = frozenset(filter(None, map(meaningful, reading.references)))
    quoted = meaningful(reading.payment_reference or "")
    return Marked(letter, numbers, _customers(letter, numbers), quoted, parties, at, hand)


def meaningful(reference: str) -> str:
    """Return a reference without what print adds, or nothing if it is too short to mean much."""
    plain = compact(reference)
    return plain if len(plain) >= _LEAST else ""


def sharing(
    letters: Iterable[Marked], numbers: Callable[[Marked], Iterable[str]]
) -> Mapping[str, Sequence[Marked]]:
    """Return the letters by number, in the order given."""
    found: dict[str, list[Marked]] = defaultdict(list)
    for letter in letters:
        for number in numbers(letter):
            found[number].append(letter)
    return found


def share_a_party(one: Marked, other: Marked) -> bool:
    """Say whether the same organisation is in both letters: enough beside a shared number."""
    sender_id = one.letter.sender_id
    if sender_id is not None and sender_id == other.letter.sender_id:
        return True
    return any(nearly(mine, theirs) for mine in one.parties for theirs in other.parties)


@lru_cache(maxsize=8192)
def nearly(one: Party, other: Party) -> bool:
    """Say whether two parties are one by number, or by a name that is in the other.

    `Lindeborch Wonen` is in `Woonstichting Lindeborch Wonen`. Alone that would not be enough.
    """
    if one.number and other.number:
        return one.number == other.number
    shorter, longer = sorted((same_name(one.name), same_name(other.name)), key=len)
    return bool(shorter) and (shorter == longer or (len(shorter) >= 6 and shorter in longer))


def alike(one: Party | None, other: Party | None) -> bool:
    """Say whether two parties are one organisation: by number, or by name without its form."""
    if one is None or other is None:
        return False
    if one.number and other.number:
        return one.number == other.number
    a, b = same_name(one.name), same_name(other.name)
    return bool(a) and a == b


def _customers(letter: ReadLetter, numbers: frozenset[str]) -> frozenset[str]:
    labelled = {
        finding.value
        for finding in letter.reading.findings
        if finding.field == "references" and finding.label and _is_a_customers(finding.label)
    }
    short = {number for number in numbers if len(number) < 6}
    return frozenset((set(map(compact, labelled)) | short) & numbers)


@lru_cache(maxsize=4096)
def _is_a_customers(label: str) -> bool:
    return _OF_THE_CUSTOMER.search(label) is not None
