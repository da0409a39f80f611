from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.export.rules import file_name

DAY = date(2026, 2, 20)


class TestFileName:
    @pytest.mark.parametrize(
        ("sender", "name"),
        [
            ("De Wilg", "2026-02-20 De Wilg.pdf"),
            ("../../etc/passwd", "2026-02-20 etc passwd.pdf"),
            ("C:\\Zorg & Zn.", "2026-02-20 C Zorg & Zn.pdf"),
            ("Één\nZorg\u202egdp", "2026-02-20 Één Zorg gdp.pdf"),
            ("", "2026-02-20.pdf"),
            ("x" * 300, f"2026-02-20 {'x' * 60}.pdf"),
        ],
    )
    def test_is_made_of_the_day_and_the_sender(self, sender: str, name: str) -> None:
        assert file_name(DAY, sender, ()) == name

    def test_is_another_one_for_each_letter(self) -> None:
        taken: set[str] = set()
        for sender in ("De Wilg", "DE WILG", "de wilg"):
            taken.add(file_name(DAY, sender, taken).lower())

        assert len(taken) == 3

    @given(st.text())
    def test_leads_nowhere_else(self, sender: str) -> None:
        name = file_name(DAY, sender, ())

        assert name.startswith("2026-02-20")
        assert name.endswith(".pdf")
        assert not set(name) & set('/\\:*?"<>|\0\n\r')
        assert len(name.encode()) < 255
