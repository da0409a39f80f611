"""How the total went: what letters said at the time, and today the total of the overview."""

from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.facts import Debt, DebtStatus, HistoryLine, Settlement, Told
from letterbox.overview.course import MOST_MONTHS, Moment, course_of
from letterbox.overview.rules import View, overview_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

TODAY = date(2026, 3, 15)
AMOUNTS = st.none() | st.integers(0, 10**7).map(Euro)
LINES = st.builds(
    HistoryLine,
    letter_id=st.uuids(),
    on=st.dates(TODAY - timedelta(days=900), TODAY),
    kind=st.just(Kind.DEMAND),
    outstanding=AMOUNTS,
    source=st.sampled_from(Told),
    duplicate_of=st.none() | st.uuids(),
)
DEBTS = st.builds(
    Debt,
    id=st.uuids(),
    status=st.sampled_from(DebtStatus),
    stage=st.just(Kind.DEMAND),
    outstanding=AMOUNTS,
    history=st.lists(LINES, min_size=1, max_size=4).map(tuple),
)


def said(on: date, cents: int | None, **more: object) -> HistoryLine:
    amount = None if cents is None else Euro(cents)
    return HistoryLine(uuid4(), on, Kind.REMINDER, amount, **more)  # type: ignore[arg-type]


def a_debt(*history: HistoryLine, status: DebtStatus = DebtStatus.OPEN, cents: int = 0) -> Debt:
    return Debt(uuid4(), status, Kind.REMINDER, outstanding=Euro(cents), history=history)


class TestTheCourse:
    def test_of_no_letters_is_empty(self) -> None:
        assert course_of([], as_of=TODAY) == ()

    def test_adds_up_what_was_known_at_the_end_of_each_month(self) -> None:
        rent = a_debt(said(date(2026, 1, 10), 100), said(date(2026, 2, 20), 150), cents=150)
        water = a_debt(said(date(2026, 2, 28), 30), cents=30)

        assert course_of([rent, water], as_of=TODAY) == (
            Moment(date(2026, 1, 31), Euro(100)),
            Moment(date(2026, 2, 28), Euro(180)),
            Moment(TODAY, Euro(180)),
        )

    def test_falls_when_a_debt_is_over(self) -> None:
        paid = a_debt(
            said(date(2026, 1, 10), 100), said(date(2026, 3, 1), None), status=DebtStatus.PAID
        )

        assert [each.outstanding for each in course_of([paid], as_of=TODAY)] == [
            Euro(100),
            Euro(100),
            Euro(0),
        ]

    def test_counts_a_letter_that_came_twice_once(self) -> None:
        twice = a_debt(
            said(date(2026, 2, 10), 100),
            said(date(2026, 2, 12), 900, duplicate_of=uuid4()),
            cents=100,
        )

        assert course_of([twice], as_of=TODAY)[0].outstanding == Euro(100)

    def test_goes_back_a_year_at_most(self) -> None:
        old = a_debt(said(date(2019, 5, 5), 100), cents=100)

        assert len(course_of([old], as_of=TODAY)) == MOST_MONTHS + 1

    @given(st.lists(DEBTS, max_size=5))
    def test_ends_at_the_total_of_the_overview(self, debts: list[Debt]) -> None:
        total = overview_of(Settlement(tuple(debts)), (), View(), as_of=TODAY).totals.outstanding

        course = course_of(debts, as_of=TODAY)

        assert (course[-1].outstanding if course else Euro(0)) == total
        assert [each.on for each in course] == sorted({each.on for each in course})
