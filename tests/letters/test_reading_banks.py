"""The weights fit the clues: rename a clue without learning again, and letters are misread.

How well unknown letters are read is measured elsewhere, with letters that nobody learned from:
`docs/reading.md`.
"""

from collections import Counter

import pytest

from letterbox.reading.rules import read
from letterbox.shared.paper import Paper
from tests.letters.bank import letters_in
from tests.letters.comparing import MONEY_AND_DAYS, judge
from tests.letters.printing import print_letter
from tests.letters.samples import pages_of

_BANKS = ("final", "resit", "newcomer", "stranger", "passer_by")
_UNUSED_SEED = 11
_WELL = 0.93


@pytest.fixture(scope="module")
def judged() -> Counter[str]:
    counts: Counter[str] = Counter()
    for letter in (letter for bank in _BANKS for letter in letters_in(bank)):
        printed = print_letter(letter, _UNUSED_SEED)
        paper = Paper(pages_of(printed.pdf))
        reading = read(paper, received_on=printed.received, sender=None, envelope=None)
        for judgement in judge(printed, reading):
            if judgement.field in MONEY_AND_DAYS:
                silent = judgement.sure and not judgement.right
                counts["silent" if silent else "right" if judgement.right else "asked"] += 1
    return counts


class TestReading:
    def test_finds_balance_payment_and_day(self, judged: Counter[str]) -> None:
        assert judged["right"] >= _WELL * judged.total()

    def test_is_not_sure_of_what_is_wrong(self, judged: Counter[str]) -> None:
        assert judged["silent"] == 0
