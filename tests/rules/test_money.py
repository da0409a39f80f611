import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.shared.money import Euro

AMOUNTS = st.builds(Euro, st.integers(-(10**14) + 1, 10**14 - 1))


class TestEuro:
    @given(AMOUNTS)
    def test_reads_back_what_it_wrote(self, amount: Euro) -> None:
        assert Euro.parse(str(amount)) == amount

    @given(AMOUNTS, AMOUNTS)
    def test_adds_and_takes_away_without_losing_a_cent(self, some: Euro, more: Euro) -> None:
        assert some + more - more == some
        assert some + (-some) == Euro(0)

    @pytest.mark.parametrize(
        ("cents", "written", "dutch"),
        [
            (0, "0.00", "€ 0,00"),
            (5, "0.05", "€ 0,05"),
            (-5, "-0.05", "-€ 0,05"),
            (123456, "1234.56", "€ 1.234,56"),
            (-100000000, "-1000000.00", "-€ 1.000.000,00"),
        ],
    )
    def test_is_written_as_the_door_and_as_people_do(
        self, cents: int, written: str, dutch: str
    ) -> None:
        assert (str(Euro(cents)), Euro(cents).dutch) == (written, dutch)

    @pytest.mark.parametrize(
        "text",
        ["", "1", "1.5", "1,50", "1.234,56", "+1.00", " 1.00", "1.00\n", "1e2", "NaN", "٣.٠٠"],
    )
    def test_reads_nothing_else(self, text: str) -> None:
        with pytest.raises(ValueError, match="two decimals"):
            Euro.parse(text)
