"""Into which account one could have to pay, and what to quote with it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from letterbox.reading.candidates import Candidate, clues_around, words_of
from letterbox.reading.finders.ibans import IbanFound
from letterbox.reading.finders.references import ReferenceFound, compact, holds_mod_11
from letterbox.reading.layout import Layout, Spot
from letterbox.reading.payment import is_for_paying, is_in_small_print, is_not_for_paying

_NUMBERS, _LETTERS = re.compile(r"\d+"), re.compile(r"[A-Z]+")


def account_candidates(found: Sequence[IbanFound], layout: Layout) -> list[Candidate[str]]:
    """Return every account in a letter, with its clues."""
    mentions: dict[str, list[Spot]] = defaultdict(list)
    for find in found:
        mentions[find.iban].append(find.spot)
    return [
        Candidate(
            iban,
            spots[0],
            frozenset().union(*(clues_around(s, layout) for s in spots), *map(_uses, spots)),
        )
        for iban, spots in mentions.items()
    ]


def _uses(spot: Spot) -> Iterator[str]:
    seen = {
        "for paying": is_for_paying(spot),
        "not for paying": is_not_for_paying(spot),
        "small print": is_in_small_print(spot),
    }
    yield from (name for name, holds in seen.items() if holds)


def quote_candidates(
    found: Sequence[ReferenceFound],
    layout: Layout,
    *,
    by_name: ReferenceFound | None,
    accounts: Sequence[Spot],
) -> list[Candidate[str]]:
    """Return every reference that one could have to quote with a payment, with its clues.

    :param by_name: the reference that the letter asks for by its name, if it does
    :param accounts: where the letter names an account
    """
    mentions: dict[str, list[ReferenceFound]] = defaultdict(list)
    for find in found:
        mentions[compact(find.reference)].append(find)
    named = compact(by_name.reference) if by_name else None
    blocks = {spot.block for spot in accounts}
    pieces = _cut_off(mentions)
    return [
        Candidate(
            _fullest(finds).reference,
            _fullest(finds).spot,
            frozenset().union(
                _clues_of_build(plain),
                ["asked by name"] if plain == named else [],
                [f"times {min(len(finds), 4)}"],
                ["part of a longer one"] if plain in pieces else [],
                *(clues_around(find.spot, layout) for find in finds),
                *(_clues_of_reference(find, blocks) for find in finds),
            ),
        )
        for plain, finds in mentions.items()
    ]


def _cut_off(numbers: Iterable[str]) -> set[str]:
    """Return those with which another begins: in order of the alphabet it is the next."""
    return {one for one, after in pairwise(sorted(numbers)) if after.startswith(one)}


def _fullest(finds: Sequence[ReferenceFound]) -> ReferenceFound:
    return next((find for find in finds if find.pay_with), finds[0])


def _clues_of_build(plain: str) -> Iterator[str]:
    yield f"length {min(len(plain), 17)}"
    seen = {
        "sixteen digits": bool(re.fullmatch(r"\d{16}", plain)),
        "holds mod 11": holds_mod_11(plain),
        "creditor reference": plain.startswith("RF"),
        "letters": bool(re.search(r"[A-Z]", plain)),
    }
    yield f"shape {_NUMBERS.sub('9', _LETTERS.sub('a', plain))}"
    yield from (name for name, holds in seen.items() if holds)


def _clues_of_reference(find: ReferenceFound, accounts: set[int]) -> Iterator[str]:
    yield from (f"named {word}" for word in words_of(find.label))
    if find.known:
        yield "known"
    if find.pay_with:
        yield "to pay with"
    if find.spot.block in accounts:
        yield "near an account"
