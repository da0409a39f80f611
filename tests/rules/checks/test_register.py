from dataclasses import replace
from datetime import date

import pytest

from letterbox.debts.checks.register import unknown_collector
from letterbox.debts.checks.tables import WKI_REGISTER, Register, Registered
from letterbox.debts.facts import ReadLetter
from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind
from tests.rules.checks.asking import doubting, of_one_case

REGISTER = Register(
    source="Wki",
    since=date(2025, 4, 1),
    exempt=WKI_REGISTER.exempt,
    registered=(
        Registered("Bureau Inning B.V.", date(2025, 3, 1), until=date(2026, 3, 1)),
        Registered("Anders Geschreven", date(2025, 3, 1), number="00000003123456780000"),
    ),
)


def collecting(collector: str, **read: object) -> ReadLetter:
    return of_one_case(1, Kind.COLLECTION_NOTICE, collector=collector, **read)


def asked(letter: ReadLetter, register: Register = REGISTER) -> list[str]:
    return [check.code for check in unknown_collector([letter], register)]


class TestCollector:
    def test_that_is_not_in_the_register_is_asked_about(self) -> None:
        [check] = unknown_collector([collecting("Snel Geld")], REGISTER)
        assert check.code == "unknown_collector"
        assert "Snel Geld" in check.message

    def test_that_is_in_it_is_not(self) -> None:
        assert asked(collecting("BUREAU INNING")) == []

    def test_is_known_by_its_number(self) -> None:
        known = Party("Bureau Q", "00000003123456780000")
        assert asked(_collected_by(collecting("Bureau Q"), known)) == []

    @pytest.mark.parametrize("on", [date(2025, 2, 1), date(2026, 3, 1)])
    def test_must_be_in_it_on_the_day_of_the_letter(self, on: date) -> None:
        register = Register("Wki", date(2025, 1, 1), (), REGISTER.registered)
        assert asked(collecting("Bureau Inning", letter_on=on), register) == ["unknown_collector"]

    def test_need_not_be_in_it_before_the_law(self) -> None:
        assert asked(collecting("Snel Geld", letter_on=date(2025, 3, 31))) == []

    @pytest.mark.parametrize(
        "name", ["Raap Gerechtsdeurwaarders", "De Wit Advocaten", "CJIB", "Kwikstaart Mode"]
    )
    def test_need_not_be_in_it(self, name: str) -> None:
        assert asked(collecting(name)) == []

    def test_is_not_asked_about_in_doubt(self) -> None:
        assert asked(doubting(collecting("Snel Geld"), "collector")) == []

    def test_is_not_asked_about_while_there_is_no_register(self) -> None:
        assert WKI_REGISTER.registered == ()
        assert asked(collecting("Snel Geld"), WKI_REGISTER) == []


def _collected_by(letter: ReadLetter, collector: Party) -> ReadLetter:
    return replace(letter, reading=replace(letter.reading, collector=collector))
