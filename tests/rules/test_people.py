import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.people.rules import NotABsn, compact_bsn, masked, numbers_of

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_the_eleven_test(digits: str) -> bool:
    return sum(int(d) * weight for d, weight in zip(digits, WEIGHTS, strict=True)) % 11 == 0


class TestCompactBsn:
    @pytest.mark.parametrize("text", ["999990019", "9999.90.019", " 999990019 ", "999 990 019"])
    def test_takes_the_ways_a_number_is_written(self, text: str) -> None:
        assert compact_bsn(text) == "999990019"

    @given(st.integers(1, 999_999_999).map("{:09d}".format))
    def test_takes_exactly_what_passes_the_eleven_test(self, digits: str) -> None:
        if passes_the_eleven_test(digits):
            assert compact_bsn(digits) == digits
        else:
            with pytest.raises(NotABsn):
                compact_bsn(digits)

    @given(st.text(max_size=12))
    def test_never_repeats_what_it_refuses(self, text: str) -> None:
        try:
            assert len(compact_bsn(text)) == 9
        except NotABsn as refusal:
            assert refusal.code == "not-a-bsn"
            assert refusal.detail == "The value is not a valid citizen service number."

    @pytest.mark.parametrize("text", ["", "000000000", "99999001", "9999900190", "99999001x"])
    def test_refuses_what_is_no_number(self, text: str) -> None:
        with pytest.raises(NotABsn):
            compact_bsn(text)


class TestMasked:
    @given(st.text("0123456789", min_size=9, max_size=9))
    def test_shows_the_last_three_digits_only(self, number: str) -> None:
        assert masked(number) == "••••••" + number[6:]


class TestNumbersOf:
    @pytest.mark.parametrize("claimed", ["12345678", " 12345678 "])
    def test_finds_the_oin_that_holds_a_number_of_the_trade_register(self, claimed: str) -> None:
        assert numbers_of(claimed) == ("12345678", "00000003123456780000")

    @pytest.mark.parametrize("claimed", ["00000003123456780000", "1234567", "१२३४५६७८", ""])
    def test_takes_every_other_number_as_it_is(self, claimed: str) -> None:
        assert numbers_of(claimed) == (claimed,)
