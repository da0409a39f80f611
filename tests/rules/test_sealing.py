from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.shared import sealing
from letterbox.shared.sealing import BrokenSeal

KEY = sealing.new_data_key()
PLACE = sealing.place(uuid4(), "letters", uuid4())


class TestSealing:
    @given(st.binary(), st.binary(min_size=1))
    def test_gives_back_what_was_sealed(self, content: bytes, place: bytes) -> None:
        assert sealing.unseal(KEY, sealing.seal(KEY, content, at=place), at=place) == content

    @given(st.binary(min_size=1), st.data())
    def test_notices_one_flipped_bit_anywhere(self, content: bytes, data: st.DataObject) -> None:
        sealed = bytearray(sealing.seal(KEY, content, at=PLACE))
        bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
        sealed[bit // 8] ^= 1 << bit % 8

        with pytest.raises(BrokenSeal):
            sealing.unseal(KEY, bytes(sealed), at=PLACE)

    @given(st.binary(max_size=64))
    def test_opens_nothing_that_it_did_not_seal(self, garbage: bytes) -> None:
        with pytest.raises(BrokenSeal):
            sealing.unseal(KEY, garbage, at=PLACE)

    @given(st.binary(min_size=12, max_size=64))
    def test_opens_nothing_of_its_own_version_either(self, garbage: bytes) -> None:
        with pytest.raises(BrokenSeal):
            sealing.unseal(KEY, sealing.VERSION + garbage, at=PLACE)

    @given(st.binary())
    def test_does_not_open_in_another_place(self, content: bytes) -> None:
        sealed = sealing.seal(KEY, content, at=PLACE)

        with pytest.raises(BrokenSeal):
            sealing.unseal(KEY, sealed, at=PLACE + b"0")

    @given(st.binary())
    def test_does_not_open_with_another_key(self, content: bytes) -> None:
        sealed = sealing.seal(KEY, content, at=PLACE)

        with pytest.raises(BrokenSeal):
            sealing.unseal(sealing.new_data_key(), sealed, at=PLACE)

    def test_seals_the_same_thing_differently_each_time(self) -> None:
        assert len({sealing.seal(KEY, b"a letter", at=PLACE) for _ in range(100)}) == 100


class TestPlace:
    def test_differs_by_mailbox_table_and_row(self) -> None:
        mailbox, row = uuid4(), uuid4()

        places = {
            sealing.place(mailbox, "letters", row),
            sealing.place(uuid4(), "letters", row),
            sealing.place(mailbox, "readings", row),
            sealing.place(mailbox, "letters", uuid4()),
        }

        assert len(places) == 4
