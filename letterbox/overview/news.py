"""What is new in an overview since somebody last saw it. No database, no clock.

Seen and shown are compared as they are: a letter that came in before and was read since is news,
and a balance that did not change is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from letterbox.debts.facts import Debt, DebtStatus
from letterbox.overview.letters import letters_shown
from letterbox.overview.rules import Overview
from letterbox.shared.money import Euro


@dataclass(frozen=True, slots=True)
class SeenDebt:
    """As much of a debt as tells whether it changed.

    :ivar said: how many things the citizen said of it
    """

    outstanding: Euro | None
    status: DebtStatus
    said: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """As much of an overview as tells what is new in the next."""

    letters: frozenset[UUID] = frozenset()
    debts: Mapping[UUID, SeenDebt] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """What is new: ids of letters and debts.

    :ivar debts: those of which nothing was seen before
    :ivar changed: other debts with another balance or status, and how they were seen; nothing
        where it was another debt then, such as when two became one
    :ivar said: debts of which the citizen says something else than before
    """

    letters: frozenset[UUID] = frozenset()
    debts: frozenset[UUID] = frozenset()
    changed: Mapping[UUID, SeenDebt | None] = field(default_factory=dict)
    said: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.letters or self.debts or self.changed or self.said)


def seen_in(overview: Overview) -> Seen:
    """Return what to remember of an overview that is shown."""
    return Seen(
        letters=frozenset(each.letter_id for each in letters_shown(overview)),
        debts={ranked.debt.id: _seen(ranked.debt) for ranked in overview.debts},
    )


def news_in(overview: Overview, before: Seen) -> News:
    """Return what is new in an overview for who saw this before."""
    shown = seen_in(overview)
    fresh = {
        ranked.debt.id
        for ranked in overview.debts
        if ranked.debt.id not in before.debts and not _letters_of(ranked.debt) & before.letters
    }
    known = {key: debt for key, debt in shown.debts.items() if key not in fresh}
    return News(
        letters=shown.letters - before.letters,
        debts=frozenset(fresh),
        changed={
            key: before.debts.get(key)
            for key, debt in known.items()
            if _stand(before.debts.get(key)) != _stand(debt)
        },
        said=frozenset(
            key for key, debt in shown.debts.items() if debt.said != _said(before.debts.get(key))
        ),
    )


def _seen(debt: Debt) -> SeenDebt:
    return SeenDebt(debt.outstanding, debt.status, len(debt.says))


def _letters_of(debt: Debt) -> frozenset[UUID]:
    return frozenset(line.letter_id for line in debt.history)


def _stand(debt: SeenDebt | None) -> tuple[Euro | None, DebtStatus] | None:
    return (debt.outstanding, debt.status) if debt else None


def _said(debt: SeenDebt | None) -> int:
    return debt.said if debt else 0
