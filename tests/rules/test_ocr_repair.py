"""What OCR mixed up is mended when one reading passes the proof, and left alone otherwise."""

from dataclasses import replace

import pytest
from stdnum import iban

from letterbox.reading.finders.ibans import find_ibans
from letterbox.reading.finders.ocr_repair import repaired_iban
from letterbox.reading.layout import Layout
from tests.rules.paper import a_page

ACCOUNT = "NL49ABNA7719204485"


class TestAnAccount:
    @pytest.mark.parametrize(
        ("read", "meant"),
        [
            ("NL49 ABNA 7719 2044 85", ACCOUNT),
            ("NL49 A8NA 7719 2O44 B5", ACCOUNT),
            ("N149 ABNA 77l9 2044 85", ACCOUNT),
            ("NL02 1NGB 33O7 7281 l4", "NL02INGB3307728114"),
            ("NL54.RAB0.1700.8366.59", "NL54RABO1700836659"),
            ("BE7I O961 2345 6769", "BE71096123456769"),
        ],
    )
    def test_is_mended_until_its_check_digits_hold(self, read: str, meant: str) -> None:
        assert repaired_iban(read) == meant

    @pytest.mark.parametrize(
        "read",
        [
            "NL49 ABNA 7719 2044 86",
            "NL49 ABNA 7719 2044 8",
            "NL49 ABNA 7719 2044 8?",
            "XX49 ABNA 7719 2044 85",
            "OOOOOOOOOOOOOOOOOO",
            "NLOO ABNA OOIO OOOO OO",
            "",
        ],
    )
    def test_is_left_alone_without_a_proof(self, read: str) -> None:
        assert repaired_iban(read) is None

    def test_is_never_one_that_does_not_hold(self) -> None:
        confused = ["NL49 ABN4 7719 2044 85", "NL49 48NA 7719 2O44 85", "NL4g ABNA 77I9 2044 BS"]

        assert all(iban.is_valid(found) for read in confused if (found := repaired_iban(read)))


class TestAnAccountInAPicture:
    @pytest.mark.parametrize("by_ocr", [True, False])
    def test_is_mended_and_one_in_print_is_not(self, by_ocr: bool) -> None:
        page = replace(a_page("Betaal op N149 ABNA 77l9 2044 85 met nummer 3"), by_ocr=by_ocr)

        found = [find.iban for find in find_ibans(Layout((page,)))]

        assert found == ([ACCOUNT] if by_ocr else [])
