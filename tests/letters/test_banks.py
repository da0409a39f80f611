"""The banks of test letters: well formed, and true for whatever values are drawn."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban, iso11649

from letterbox.reading.finders.references import holds_mod_11
from tests.letters.bank import BANKS, Letter, letters_in, raw_letters, shape_letter
from tests.letters.check import main, problems_in, problems_of
from tests.letters.draws import Iban, Reference, draw_values
from tests.letters.expressions import Value, evaluate, statutory_costs
from tests.letters.truths import tell

EXAMPLE = BANKS / "example" / "example.toml"
EVERY_BANK = sorted(path.name for path in BANKS.iterdir() if path.is_dir())
EXAMPLES = {letter.id: letter for letter in letters_in("example")}

seeds = st.integers(min_value=0, max_value=10**6)


def changed(**changes: Any) -> Letter:
    """Return the first example letter with other content: `truth__iban="x"` reaches inside."""
    raw = raw_letters(EXAMPLE)[0]
    for path, value in changes.items():
        *above, last = path.split("__")
        inside = raw[above[0]] if above else raw
        inside[last] = value
    return shape_letter(raw, "changed.toml")


class TestEveryBank:
    @pytest.mark.parametrize("bank", EVERY_BANK)
    def test_has_no_problems(self, bank: str) -> None:
        assert list(problems_in(BANKS / bank)) == []

    def test_has_letters(self) -> None:
        assert {"example", "tuning", "held_out_a", "held_out_b"} <= {*EVERY_BANK}
        assert all(letters_in(bank) for bank in EVERY_BANK)


class TestTheCheck:
    @pytest.mark.parametrize(
        ("letter", "problem"),
        [
            (changed(subject="Nota {unknown}"), "slot {unknown} is not drawn"),
            (changed(subject="{total:grand}"), "cannot be written as 'grand'"),
            (changed(truth__outstanding="sum"), "truth outstanding: nothing is drawn"),
            (changed(truth__due_date="total"), "truth due_date: 'total' is no day"),
            (changed(truth__iban="invoice"), "truth iban: 'invoice' is no IBAN"),
            (changed(truth__outstanding="total + 1"), "outstanding: its amount is not printed"),
            (changed(details=[]), "the day it was sent is not printed"),
            (changed(truth__references=["other"], draw__other="ref ###"), "references: its number"),
            (changed(draw__fee="about 5"), "draw fee: 'about 5' is no way"),
            (changed(draw__spare="amount 5"), "draw spare: is used nowhere"),
            (changed(draw__sent="date due"), "draw sent: this name is drawn already"),
            (changed(kind="other"), "an other letter claims nothing"),
            (changed(creditor=""), "it has no creditor"),
            (changed(id="No_Kebab"), "the id is not in kebab-case"),
            (changed(language="fr"), "neither nl nor en"),
        ],
        ids=lambda given: given if isinstance(given, str) else "",
    )
    def test_names_the_letter_and_what_is_wrong(self, letter: Letter, problem: str) -> None:
        found = list(problems_of(letter))

        assert any(problem in line for line in found), found
        assert all(f"changed.toml {letter.id}" in line for line in found)

    @pytest.mark.parametrize(
        ("written", "problem"),
        [
            ("[[letter]]\nid = 'x'", "misses body"),
            ("letter = 1", "something else"),
            ("= nothing", "not TOML"),
        ],
    )
    def test_says_what_is_not_well_formed(self, tmp_path: Path, written: str, problem: str) -> None:
        (tmp_path / "bad.toml").write_text(written)

        assert any(problem in line for line in problems_in(tmp_path))

    def test_says_which_name_is_used_twice(self, tmp_path: Path) -> None:
        (tmp_path / "copy.toml").write_text(EXAMPLE.read_text("utf-8"))

        assert len([line for line in problems_in(tmp_path) if "is used 2 times" in line]) == 4

    def test_answers_the_command_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([str(EXAMPLE)]) == 0
        assert "all is well" in capsys.readouterr().out


class TestADraw:
    @settings(max_examples=60)
    @given(seed=seeds)
    def test_keeps_the_sums_of_the_truth(self, seed: int) -> None:
        reminder, fourteen, plan = (
            tell(letter, draw_values(letter, seed).values) for letter in list(EXAMPLES.values())[:3]
        )

        assert reminder.principal and reminder.collection_costs
        assert reminder.outstanding == reminder.principal + reminder.collection_costs
        assert fourteen.conditional_costs == max(Decimal(40), fourteen.conditional_costs or 0)
        assert plan.outstanding and plan.payable_now
        assert plan.outstanding % plan.payable_now == 0
        assert [amount for _, amount in plan.instalments] == [plan.payable_now] * 2

    @settings(max_examples=60)
    @given(seed=seeds)
    def test_has_numbers_that_pass_their_checks(self, seed: int) -> None:
        for letter in EXAMPLES.values():
            for name, value in draw_values(letter, seed).values.items():
                if isinstance(value, Iban):
                    assert iban.is_valid(value, check_country=False)
                elif letter.draw.get(name, "").startswith("mod11"):
                    assert isinstance(value, Reference) and holds_mod_11(value)
                elif letter.draw.get(name) == "rf":
                    assert iso11649.is_valid(str(value))

    @settings(max_examples=20)
    @given(seed=seeds)
    def test_is_due_after_it_was_sent(self, seed: int) -> None:
        for letter in EXAMPLES.values():
            values = draw_values(letter, seed).values
            due, sent = tell(letter, values).due_date, values["sent"]
            assert isinstance(sent, date)
            assert due is None or due > sent

    @pytest.mark.parametrize("between", [" ", " / ", " \\ "])
    def test_counts_a_case_and_its_roll_as_two(self, between: str) -> None:
        letter = changed(draw__invoice=f"ref 11######{between}CV EXPL 26-####")
        case, roll, patient = tell(letter, draw_values(letter, 7).values).references
        assert case.isdigit()
        assert roll.startswith("CV EXPL 26-")
        assert patient.startswith("P")

    def test_is_the_same_each_time(self) -> None:
        for letter in EXAMPLES.values():
            assert draw_values(letter, 7) == draw_values(letter, 7)
            assert draw_values(letter, 7) != draw_values(letter, 8)


class TestAnExpression:
    @pytest.mark.parametrize(
        ("expression", "value"),
        [
            ("a + b", Decimal("112.50")),
            ("(a - b) * 2", Decimal("175.00")),
            ("half(b)", Decimal("6.25")),
            ("vat(a)", Decimal("21.00")),
            ("a / 3", Decimal("33.33")),
            ("a * 0.5", Decimal("50.00")),
            ("day - 1", date(2026, 4, 1)),
            ("day + 14", date(2026, 4, 16)),
            ("day + 2w", date(2026, 4, 8)),
        ],
    )
    def test_comes_to_a_value(self, expression: str, value: object) -> None:
        # The day is a Thursday; Good Friday and Easter Monday follow.
        values: dict[str, Value] = {
            "a": Decimal("100.00"),
            "b": Decimal("12.50"),
            "day": date(2026, 4, 2),
        }

        assert evaluate(expression, values) == value

    @pytest.mark.parametrize(
        "expression",
        [
            "a.real",
            "__import__('os')",
            "a if a else a",
            "[a]",
            "a + day",
            "a +",
            "5w",
            "a ** 9",
            "",
        ],
    )
    def test_is_no_program(self, expression: str) -> None:
        with pytest.raises(ValueError, match=r"does not come|from no day|no name"):
            evaluate(expression, {"a": Decimal(1), "day": date(2026, 4, 2)})

    @pytest.mark.parametrize(
        ("principal", "costs"),
        [
            ("12", "40"),
            ("266.67", "40"),
            ("1000", "150"),
            ("2500", "375"),
            ("5000", "625"),
            ("10000", "875"),
            ("200000", "2775"),
            ("2000000", "6775"),
        ],
    )
    def test_knows_the_stair_of_collection_costs(self, principal: str, costs: str) -> None:
        assert statutory_costs(Decimal(principal)) == Decimal(costs)
