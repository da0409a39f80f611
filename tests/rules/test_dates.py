from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.reading.finders.dates import find_dates, in_year_of
from tests.rules.paper import a_layout

MONTHS = [
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
]


def dates_in(text: str) -> list[date | None]:
    return [found.on for found in find_dates(a_layout(text))]


class TestFindDates:
    @pytest.mark.parametrize(
        "text",
        [
            "28 februari 2026",
            "28 febr. 2026",
            "28 feb 2026",
            "28-02-2026",
            "28/2/2026",
            "28.02.2026",
            "28-02-26",
            "28-02-'26",
            "2026-02-28",
            "28 February 2026",
            "February 28, 2026",
            "de 28e februari 2026",
        ],
    )
    def test_reads_the_ways_dates_are_written(self, text: str) -> None:
        assert dates_in(text) == [date(2026, 2, 28)]

    @pytest.mark.parametrize(
        "text", ["3500", "21%", "31-02-2026", "24-12-02-01", "25.0603481.1977", "12345-01-2026"]
    )
    def test_finds_nothing_rather_than_guess(self, text: str) -> None:
        assert dates_in(text) == []

    def test_fills_in_the_year_after_the_letter(self) -> None:
        [found] = find_dates(a_layout("uiterlijk 10 januari"))
        assert in_year_of(date(2026, 12, 20), found).on == date(2027, 1, 10)

    @given(st.dates(min_value=date(2000, 1, 1), max_value=date(2069, 12, 31)))
    def test_finds_every_date_that_is_printed(self, day: date) -> None:
        written = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        assert dates_in(f"Amsterdam, {written}") == [day]
        assert dates_in(f"Datum: {day:%d-%m-%Y}") == [day]
