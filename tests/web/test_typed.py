"""Amounts and days as people type them."""

from datetime import date

import pytest

from web.typed import amount_in, clean, day_in


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("45,50", 4550),
        ("45.50", 4550),
        ("45", 4500),
        ("45,-", 4500),
        ("€ 1.234,56", 123456),
        ("1.234", 123400),
        ("eur 12,00", 1200),
    ],
)
def test_an_amount_is_read_as_it_is_meant(typed: str, cents: int) -> None:
    assert amount_in(typed).cents == cents


@pytest.mark.parametrize("typed", ["", "veel", "45,5", "-45,50", "1,234.56", "12.34.56", "٤٥"])
def test_what_is_no_amount_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        amount_in(typed)


@pytest.mark.parametrize("typed", ["2026-01-31", "31-1-2026", "31/01/2026", "31.1.2026"])
def test_a_day_may_be_written_in_several_ways(typed: str) -> None:
    assert day_in(typed) == date(2026, 1, 31)


@pytest.mark.parametrize("typed", ["", "morgen", "31-2-2026", "1-31-2026", "31-1-26"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError):
        day_in(typed)


def test_a_line_loses_what_cannot_be_seen() -> None:
    assert clean("  Het is \n klaar\x00\u202e. ") == "Het is klaar."
    assert clean(None) == ""
