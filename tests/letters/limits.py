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


class _Run(NamedTuple):
    """Choices with a share from `lowest` on: how many, and how many of them are wrong."""

    lowest: float
    held: int
    wrong: int

    def with_lower(self, lower: "_Run") -> "_Run":
        return _Run(lower.lowest, self.held + lower.held, self.wrong + lower.wrong)


class _Stretch(NamedTuple):
    """Choices of one group with neighbouring shares.

    :ivar risk: how likely one is wrong, at least that of higher shares
    :ivar runs: from its highest share down to each lower one, the last is the whole
    """

    risk: float
    group: str
    runs: list[_Run]


def limits_of(groups: Mapping[str, Sequence[Judged]], *, most_wrong: float) -> dict[str, float]:
    """Return by group from which share on its choices are shown as sure, above 1 for never.

    :param most_wrong: of all that is shown as sure in any group, so many may be wrong
    """
    limits, full = dict.fromkeys(groups, NEVER), set[str]()
    count = wrong = 0
    stretches = [each for name, held in groups.items() for each in _stretches(name, held)]
    for each in sorted(stretches, key=lambda each: each.risk):  # of equal risk the higher first
        if each.group in full:
            continue
        fitting = [r for r in each.runs if wrong + r.wrong <= most_wrong * (count + r.held)]
        for last in fitting[-1:]:
            limits[each.group], count, wrong = last.lowest, count + last.held, wrong + last.wrong
        if fitting[-1:] != each.runs[-1:]:
            full.add(each.group)
    return limits


def _stretches(group: str, held: Sequence[Judged]) -> Iterator[_Stretch]:
    """Yield a group cut up so that each stretch is wrong more often than those above it."""
    risk = 0.0
    for runs in _pooled(held):
        risk = max(risk, (runs[-1].wrong + _DOUBT) / (runs[-1].held + _OF))
        yield _Stretch(risk, group, runs)


def _pooled(held: Sequence[Judged]) -> list[list[_Run]]:
    """Return the runs of each stretch, the highest shares first: neighbours that do not grow worse
    are pooled."""
    pooled: list[list[_Run]] = []
    by_share = sorted((each for each in held if each.known), key=lambda each: -each.share)
    for share, same in groupby(by_share, key=lambda each: each.share):
        judged = [*same]
        runs = [_Run(share, len(judged), sum(not each.right for each in judged))]
        while pooled and _is_no_worse(runs[-1], pooled[-1][-1]):
            above = pooled.pop()
            runs = [*above, *map(above[-1].with_lower, runs)]
        pooled.append(runs)
    return pooled


def _is_no_worse(lower: _Run, higher: _Run) -> bool:
    return higher.wrong * lower.held >= lower.wrong * higher.held
