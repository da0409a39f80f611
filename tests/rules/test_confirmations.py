"""What was read with doubt, and the citizen looked up in the letter."""

from datetime import date
from typing import Any

import pytest

from letterbox.debts.facts import ClaimNotice, Correction, CorrectionKind, Debt
from letterbox.debts.rules import settle
from letterbox.letters.rules import Party
from letterbox.overview.rules import View, for_citizen, overview_of
from letterbox.reading.findings import Reading, value_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.claims import DAY_ONE, a_correction, a_letter, a_notice

DOUBTED = a_letter(10, case="F-200001", euros=100, check=("outstanding", "due_on"))


def confirmed(field: str, value: str, *, number: int = 20, of: int = 10) -> Correction:
    said = a_correction(number, CorrectionKind.CONFIRMED, of, whole_debt=False)
    return Correction(
        said.correction_id, said.at, said.kind, said.letter_id, False, field=field, value=value
    )


def the_debt(*said: Correction, notices: tuple[ClaimNotice, ...] = ()) -> Debt:
    (debt,) = settle([DOUBTED], notices, said).debts
    return debt


class TestWhatTheCitizenConfirms:
    def test_stays_in_doubt_and_is_named_beside_it(self) -> None:
        debt = the_debt(confirmed("outstanding", "100.00"))

        assert debt.unsure == ("due_on", "outstanding")
        assert debt.confirmed == ("outstanding",)

    def test_needs_no_second_look_by_them(self) -> None:
        settled = settle([DOUBTED], (), [confirmed("outstanding", "100.00")])

        overview = overview_of(settled, (), View(), as_of=date(2026, 3, 1))

        assert overview.debts[0].debt.unsure == ("due_on", "outstanding")
        assert for_citizen(overview).debts[0].debt.unsure == ("due_on",)
        before, after = overview.totals.fields_to_check, for_citizen(overview).totals
        assert after.fields_to_check == before - 1

    @pytest.mark.parametrize(
        ("field", "value", "of"),
        [("outstanding", "99.00", 10), ("outstanding", "100.00", 11), ("principal", "100.00", 10)],
        ids=["another value", "another letter", "another field"],
    )
    def test_is_that_value_in_that_letter(self, field: str, value: str, of: int) -> None:
        assert the_debt(confirmed(field, value, of=of)).confirmed == ()

    def test_says_nothing_of_a_doubt_that_comes_from_elsewhere(self) -> None:
        twice = (a_notice(20, euros=10), a_notice(20, euros=10, id=2000))

        debt = the_debt(confirmed("outstanding", "100.00"), notices=twice)

        assert "outstanding" in debt.unsure
        assert debt.confirmed == ()

    def test_is_hidden_with_the_letter_it_is_about(self) -> None:
        said = confirmed("outstanding", "100.00")
        newer = a_letter(30, case="F-200001", euros=110)
        settled = settle([DOUBTED, newer], (), [said])

        shown = overview_of(settled, (), View(newer.on), as_of=newer.on)

        assert settled.debts[0].says == (said,)
        assert shown.debts[0].debt.says == ()


class TestAValue:
    @pytest.mark.parametrize(
        ("field", "value", "written"),
        [
            ("outstanding", Euro(100_00), "100.00"),
            ("due_on", DAY_ONE, DAY_ONE.isoformat()),
            ("creditor", Party("De Wilg", "00000099000000001000"), "De Wilg"),
            ("kind", Kind.FINE, "fine"),
            ("iban", None, None),
            ("references", ("A", "B"), None),
        ],
    )
    def test_is_written_as_its_finding_is(
        self, field: str, value: Any, written: str | None
    ) -> None:
        assert value_of(Reading(**{field: value}), field) == written
