from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.facts import Check, CheckSeverity, DebtEvent, DebtStatus
from letterbox.overview.listing import Row, Table, Value, is_total_sure, plain
from letterbox.overview.rules import Unread
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.api.listings import TODAY, a_check, a_debt, a_full_listing, a_line, a_listing

FULL = a_full_listing(6, 3)
TABLES = (FULL.debts, FULL.letters, FULL.checks, FULL.deadlines, FULL.apart)


def first(table: Table) -> dict[str, Value]:
    return dict(table.rows[0].values)


class TestEveryTable:
    @pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
    def test_has_a_value_for_each_column_in_each_row(self, table: Table) -> None:
        names = {column.name for column in table.columns}

        assert table.rows
        assert [row for row in table.rows if not names <= row.values.keys()] == []

    @pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
    def test_holds_what_its_columns_promise(self, table: Table) -> None:
        for column in table.columns:
            known = [row.values[column.name] for row in table.rows]
            if column.holds == "amount":
                assert all(value is None or isinstance(value, Euro) for value in known)


class TestADebt:
    def test_has_all_that_a_debt_list_asks(self) -> None:
        row = first(a_listing(a_debt(3, letters=2)).debts)

        assert (row["number"], row["creditor"], row["collector"]) == (
            1,
            "CJIB",
            "Incassobureau Valk",
        )
        assert row["creditor_number"] == "00000099000000030000"
        assert row["references"] == "HU-2026-0003 | K000003"
        assert (row["letters"], row["balance_on"]) == (2, TODAY - timedelta(days=13))

    def test_says_since_when_it_can_be_enforced(self) -> None:
        kinds = (Kind.DEMAND, Kind.JUDGMENT, Kind.WRIT, Kind.SEIZURE)
        lines = tuple(a_line(1, n, kind, Euro(1)) for n, kind in enumerate(kinds))

        row = first(a_listing(a_debt(history=lines)).debts)

        assert (row["title_on"], row["seizure_on"]) == (lines[1].on, lines[3].on)

    def test_names_each_kind_of_check_once(self) -> None:
        row = first(a_listing(a_debt(checks=(a_check("Een?"), a_check("Twee?")))).debts)

        assert row["checks"] == ("amounts_do_not_add_up",)

    def test_of_which_nothing_is_known_is_a_row_all_the_same(self) -> None:
        empty = a_debt(creditor=None, collector=None, outstanding=None, references=(), history=())

        row = first(a_listing(empty).debts)

        assert (row["creditor"], row["outstanding"], row["letters"]) == (None, None, 0)

    def test_carries_what_is_unsure_of_it(self) -> None:
        (row,) = a_listing(a_debt(unsure=("outstanding", "iban"))).debts.rows

        assert row.unsure == {"outstanding", "iban"}

    def test_names_the_next_day_or_that_it_is_late(self) -> None:
        hearing = DebtEvent("hearing", TODAY + timedelta(days=3), UUID(int=1))
        ahead, late = a_listing(
            a_debt(1, due_on=None, events=(hearing,)), a_debt(2, due_on=TODAY - timedelta(days=1))
        ).debts.rows

        assert (ahead.values["next_on"], ahead.values["next_what"]) == (hearing.on, "hearing")
        assert (late.values["next_on"], late.values["overdue"]) == (None, True)
        assert not ahead.values["overdue"]

    def test_keeps_its_number_in_all_tables(self) -> None:
        creditor_of = {row.values["number"]: row.values["creditor"] for row in FULL.debts.rows}

        others = [row for table in TABLES[1:4] for row in table.rows]
        assert len(others) > 10
        assert all(is_of(row, creditor_of) for row in others)


def is_of(row: Row, creditor_of: dict[Value, Value]) -> bool:
    return row.values["creditor"] == creditor_of[row.values["number"]]


class TestATotal:
    @pytest.mark.parametrize(
        ("facts", "sure"),
        [
            ({}, True),
            ({"unsure": ("iban",)}, True),
            ({"unsure": ("outstanding",)}, False),
            ({"outstanding": None}, False),
            ({"unsure": ("outstanding",), "status": DebtStatus.PAID}, True),
        ],
        ids=str,
    )
    def test_is_as_sure_as_what_it_sums(self, facts: dict[str, Any], sure: bool) -> None:
        listing = a_listing(a_debt(1), a_debt(2, **facts))

        assert is_total_sure(listing, "outstanding") is sure


class TestLetters:
    def test_go_by_the_names_they_were_given(self) -> None:
        debt = a_debt(letters=2, checks=(a_check(),))

        listing = a_listing(debt, letter_names={UUID(int=1000): "aanmaning.pdf"})

        names = [row.values["letter"] for row in listing.letters.rows]
        assert names == ["aanmaning.pdf", str(UUID(int=1001))]
        assert first(listing.checks)["letter"] == "aanmaning.pdf"
        assert listing.letters_named

    def test_that_do_not_count_are_there_too(self) -> None:
        listing = a_listing(unread=[Unread(UUID(int=1), TODAY, "De Wilg", "received")])

        assert first(listing.apart)["letter_status"] == "received"


class TestChecks:
    def test_have_a_row_for_each_place(self) -> None:
        row = first(a_listing(a_debt(checks=(a_check(quote="€ 1,00"),))).checks)

        assert (row["page"], row["quote"]) == (1, "€ 1,00")
        assert row["letter_on"] == TODAY - timedelta(days=200)

    def test_without_a_place_have_a_row_too(self) -> None:
        check = Check("maybe_same_debt", CheckSeverity.NOTICE, "Is dit dezelfde schuld?")

        row = first(a_listing(a_debt(checks=(check,))).checks)

        assert (row["code"], row["page"], row["letter"]) == ("maybe_same_debt", None, None)
        assert row["counsellor_only"] is False

    def test_for_counsellors_only_say_so(self) -> None:
        check = Check("any", CheckSeverity.NOTICE, "Verjaard?", counsellor_only=True)

        assert first(a_listing(a_debt(checks=(check,))).checks)["counsellor_only"] is True


class TestDeadlines:
    def test_leave_out_what_is_paid(self) -> None:
        listing = a_listing(a_debt(4, status=DebtStatus.PAID), a_debt(5))

        assert [row.values["days_left"] for row in listing.deadlines.rows] == [2]


class TestPlain:
    @given(st.text())
    def test_is_one_line_of_what_can_be_printed(self, text: str) -> None:
        assert plain(text).isprintable()

    @pytest.mark.parametrize("text", ["De Wilg & Zn. (Oss)", "Łódź Énergie", "北京", "a  b"])
    def test_leaves_good_text_as_it_is(self, text: str) -> None:
        assert plain(text) == text

    def test_cannot_turn_around_the_way_a_name_is_read(self) -> None:
        assert plain("Bank\u202egnilb\r\n=1+1\tx\x00") == "Bankgnilb  =1+1 x"
