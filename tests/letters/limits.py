"""From which share on a choice is shown as sure, learned from how often such were right.

Choices fall into groups by what else their letters say. The few mistakes that may be shown as
sure are spent where they buy most: a group that is hardly ever wrong leaves room for another.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tests.letters.learning import Judged

NEVER = 2.0
_DOUBT, _OF = 0.5, 20  # texts are few: so much is added to what was wrong, and to how many


class _Stretch(NamedTuple):
    """Choices of one group with neighbouring shares.

    :ivar risk: how likely one is wrong, at least that of higher shares
    """

    risk: float
    group: str
    lowest: float
    held: int
    wrong: int


def limits_of(groups: Mapping[str, Sequence[Judged]], *, most_wrong: float) -> dict[str, float]:
    """Return by group from which share on its choices are shown as sure, above 1 for never.

    :param most_wrong: of all that is shown as sure in any group, so many may be wrong
    """
    limits, full = dict.fromkeys(groups, NEVER), set[str]()
    count = wrong = 0
    stretches = [each for name, held in groups.items() for each in _stretches(name, held)]
    for each in sorted(stretches, key=lambda each: each.risk):  # of equal risk the higher first
        if each.group in full or wrong + each.wrong > most_wrong * (count + each.held):
            full.add(each.group)
            continue
        count, wrong = count + each.held, wrong + each.wrong
        limits[each.group] = each.lowest
    return limits


def _stretches(group: str, held: Sequence[Judged]) -> Iterator[_Stretch]:
    """Yield a group cut up so that each stretch is wrong more often than those above it."""
    risk = 0.0
    for lowest, count, wrong in _pooled(held):
        risk = max(risk, (wrong + _DOUBT) / (count + _OF))
        yield _Stretch(risk, group, lowest, count, wrong)


def _pooled(held: Sequence[Judged]) -> list[tuple[float, int, int]]:
    """Return lowest share, count and number of wrong ones of each stretch, the highest first:
    neighbours that do not grow worse are pooled."""
    pooled: list[tuple[float, int, int]] = []
    by_share = sorted((each for each in held if each.known), key=lambda each: -each.share)
    for share, same in groupby(by_share, key=lambda each: each.share):
        judged = [*same]
        lowest, count, wrong = share, len(judged), sum(not each.right for each in judged)
        while pooled and pooled[-1][2] * count >= wrong * pooled[-1][1]:
            _, more, worse = pooled.pop()
            count, wrong = count + more, wrong + worse
        pooled.append((lowest, count, wrong))
    return pooled
