import csv
import re
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.forms.comma_list import LIST_COLUMNS, harmless, write_list
from api.shown import members
from letterbox.letters.rules import Party
from letterbox.overview.rules import Unread
from letterbox.shared.money import Euro
from tests.api.listings import TODAY, a_check, a_debt, a_full_listing, a_listing

STANDARDS = (Path(__file__).parents[2] / "docs" / "standards.md").read_text("utf-8")
FORMULA = tuple("=+-@＝＋－＠")
HOSTILE = st.text(st.sampled_from([*FORMULA, *";,'\"\t\r\n |a1", "é"]), max_size=12)


def rows_of(written: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    lines = StringIO(written.decode("utf-8-sig"), newline="")
    return [*csv.DictReader(lines, delimiter=delimiter)]


class TestTheList:
    def test_has_a_row_for_each_debt_under_the_names_of_the_door(self) -> None:
        (row,) = rows_of(write_list(a_listing(a_debt(unsure=("due_on",), checks=(a_check(),)))))

        assert row["creditor"] == "Energiebedrijf Noordlicht"
        assert (row["outstanding"], row["balanceOn"]) == ("713.37", "2026-11-11")
        assert (row["status"], row["stage"]) == ("open", "collection_notice")
        assert (row["unsure"], row["checks"]) == ("dueDate", "amounts_do_not_add_up")
        assert row["disputed"] == "false"

    def test_keeps_the_zeros_of_a_payment_reference(self) -> None:
        (row,) = rows_of(write_list(a_listing(a_debt(1))))

        assert row["paymentReference"] == "0000123456780001"

    def test_is_written_as_rfc_4180_has_it(self) -> None:
        written = write_list(a_listing(a_debt(creditor=Party('Smit, "De Wilg"'))))

        assert written.startswith(b"\xef\xbb\xbfnumber,creditor,")
        assert written.count(b"\r\n") == written.count(b"\n") == 2
        assert b'"Smit, ""De Wilg"""' in written

    def test_is_only_a_head_without_debts(self) -> None:
        assert rows_of(write_list(a_listing())) == []

    def test_names_letters_that_do_not_count_after_the_debts(self) -> None:
        unread = [Unread(UUID(int=1), TODAY, "De Wilg", "unreadable")]
        names = {UUID(int=1): "=scan.pdf"}

        debt, letter = rows_of(write_list(a_listing(a_debt(), unread=unread, letter_names=names)))

        assert (debt["number"], debt["unreadLetter"]) == ("1", "")
        assert (letter["number"], letter["outstanding"]) == ("", "")
        assert (letter["status"], letter["unreadLetter"]) == ("unreadable", "'=scan.pdf")

    def test_is_the_same_bytes_for_the_same_overview(self) -> None:
        assert write_list(a_full_listing(5, 2)) == write_list(a_full_listing(5, 2))

    def test_has_the_columns_that_the_documentation_names(self) -> None:
        section = STANDARDS.partition("## The list of debts")[2].partition("\n## ")[0]
        documented = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)

        assert documented == members(column.name for column in LIST_COLUMNS)


class TestACell:
    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-12", "'-12"),
            ("  =1", "'  =1"),
            ("'=1", "''=1"),
            ("x;=1", "x;'=1"),
            ('x;"=1', "x;'\"=1"),
            ("＝1", "'＝1"),
            ("'t Kastje", "'t Kastje"),
            ("a-b; c", "a-b; c"),
            ("", ""),
        ],
    )
    def test_of_text_never_begins_a_formula(self, text: str, written: str) -> None:
        assert harmless(text) == written

    @given(HOSTILE, HOSTILE, HOSTILE)
    def test_is_harmless_in_a_dutch_and_in_an_english_spreadsheet(
        self, name: str, reference: str, iban: str
    ) -> None:
        debt = a_debt(creditor=Party(name), references=(reference, name), iban=iban)
        written = write_list(a_listing(debt))

        for delimiter in (",", ";"):
            lines = csv.reader(StringIO(written.decode("utf-8-sig")), delimiter=delimiter)
            cells = [cell for line in lines for cell in line]
            assert all(cell.startswith("'") for cell in cells if begins_formula(cell))

    @given(st.integers(-(10**9), 10**9).map(Euro))
    def test_of_an_amount_stays_a_number(self, amount: Euro) -> None:
        (row,) = rows_of(write_list(a_listing(a_debt(outstanding=amount, paid=-amount))))

        assert Euro.parse(row["outstanding"]) == amount
        assert Euro.parse(row["paid"]) == -amount


def begins_formula(cell: str) -> bool:
    return cell.lstrip(" \t\"'").startswith(FORMULA)
