"""What is new in an overview for who saw an earlier one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from letterbox.debts.facts import (
    Correction,
    CorrectionKind,
    Debt,
    DebtStatus,
    HistoryLine,
    OtherLetter,
    Settlement,
)
from letterbox.overview.clients import glance_of
from letterbox.overview.news import News, Seen, SeenDebt, news_in, seen_in
from letterbox.overview.remembering import Look, Memory
from letterbox.overview.rules import Overview, View, overview_of
from letterbox.overview.urgency import Severity
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

TODAY = date(2026, 3, 1)
ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)
RENT, GAS = UUID(int=101), UUID(int=102)


def a_debt(debt_id: UUID, *letters: UUID, cents: int = 100_00, **facts: Any) -> Debt:
    lines = tuple(HistoryLine(letter, date(2026, 2, 1), Kind.DEMAND) for letter in letters)
    debt = Debt(debt_id, DebtStatus.OPEN, Kind.DEMAND, outstanding=Euro(cents), history=lines)
    return replace(debt, **facts)


def an_overview(*debts: Debt, others: tuple[OtherLetter, ...] = ()) -> Overview:
    return overview_of(Settlement(debts, others), (), View(), as_of=TODAY)


def news(before: Overview, after: Overview) -> News:
    return news_in(after, seen_in(before))


class TestNews:
    def test_is_nothing_when_nothing_changed(self) -> None:
        same = an_overview(a_debt(RENT, ONE), others=(OtherLetter(TWO, TODAY, Kind.OTHER),))

        assert not news(same, same)

    def test_is_a_letter_that_is_no_debt(self) -> None:
        found = news(an_overview(), an_overview(others=(OtherLetter(TWO, TODAY, Kind.STATEMENT),)))

        assert found == News(letters=frozenset({TWO}))

    def test_is_a_debt_of_which_nothing_was_seen(self) -> None:
        found = news(
            an_overview(a_debt(RENT, ONE)), an_overview(a_debt(RENT, ONE), a_debt(GAS, TWO))
        )

        assert found == News(letters=frozenset({TWO}), debts=frozenset({GAS}))

    @pytest.mark.parametrize(
        "change", [{"outstanding": Euro(50_00)}, {"status": DebtStatus.PAID}, {"outstanding": None}]
    )
    def test_is_another_balance_or_status_with_what_it_was(self, change: dict[str, Any]) -> None:
        found = news(an_overview(a_debt(RENT, ONE)), an_overview(a_debt(RENT, ONE, **change)))

        assert found.changed == {RENT: SeenDebt(Euro(100_00), DebtStatus.OPEN)}
        assert not found.debts
        assert not found.letters

    def test_is_not_a_letter_that_says_the_same_again_but_for_the_letter(self) -> None:
        found = news(an_overview(a_debt(RENT, ONE)), an_overview(a_debt(RENT, ONE, TWO)))

        assert found == News(letters=frozenset({TWO}))

    def test_does_not_know_what_two_debts_were_that_became_one(self) -> None:
        apart = an_overview(a_debt(RENT, TWO), a_debt(GAS, THREE))
        together = an_overview(a_debt(UUID(int=103), TWO, THREE, cents=200_00))

        assert news(apart, together) == News(changed={UUID(int=103): None})

    def test_is_what_the_citizen_says_and_takes_back(self) -> None:
        said = Correction(THREE, datetime(2026, 3, 1, tzinfo=UTC), CorrectionKind.DISPUTED, ONE)
        silent, disputed = (
            an_overview(a_debt(RENT, ONE)),
            an_overview(a_debt(RENT, ONE, says=(said,))),
        )

        assert news(silent, disputed).said == news(disputed, silent).said == {RENT}
        assert not news(silent, disputed).changed

    def test_of_somebody_who_saw_nothing_is_everything(self) -> None:
        found = news_in(an_overview(a_debt(RENT, ONE)), Seen())

        assert found == News(letters=frozenset({ONE}), debts=frozenset({RENT}))


class TestWhatIsRemembered:
    def test_comes_back_as_it_was(self) -> None:
        at = datetime(2026, 3, 1, 12, tzinfo=UTC)
        seen = seen_in(an_overview(a_debt(RENT, ONE), a_debt(GAS, TWO, outstanding=None)))
        memory = Memory(Look(at, seen), Look(at, Seen()))

        written = msgspec.json.encode(memory)

        assert msgspec.json.decode(written, type=Memory) == memory


class TestAGlance:
    def test_is_of_the_most_urgent_debt_and_the_nearest_day(self) -> None:
        late = a_debt(RENT, ONE, stage=Kind.EVICTION_NOTICE, due_on=date(2026, 3, 20))
        soon = a_debt(GAS, TWO, due_on=date(2026, 3, 5))

        glance = glance_of(an_overview(soon, late), None)

        assert glance.severity is Severity.CRISIS
        assert glance.first is not None
        assert glance.first.on == date(2026, 3, 5)

    def test_of_who_owes_nothing_is_empty(self) -> None:
        paid = a_debt(RENT, ONE, status=DebtStatus.PAID, due_on=date(2026, 3, 5))

        glance = glance_of(an_overview(paid), None)

        assert (glance.severity, glance.first) == (None, None)
