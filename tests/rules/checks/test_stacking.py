from datetime import date
from typing import Any

from letterbox.debts.facts import ReadLetter
from letterbox.shared.money import Euro
from tests.rules.checks.asking import codes, doubting
from tests.rules.claims import a_letter


class TestCostsStacked:
    def month(self, number: int, *, contract: str = "C-300001", **read: Any) -> ReadLetter:
        amounts = {"principal": Euro(5000), "collection_costs": Euro(4000), "euros": 90}
        case = {"case": f"F-20000{number}", "customer": contract, "quoting": f"Q-10000{number}"}
        return a_letter(number, creditor="Fitclub", **{**amounts, **case, **read})

    def stacked(self, *letters: ReadLetter) -> int:
        return codes(*letters).count("costs_stacked")

    def test_are_asked_about_in_each_debt(self) -> None:
        assert self.stacked(self.month(1), self.month(2)) == 2

    def test_are_one_contract_by_a_reference_in_common(self) -> None:
        assert self.stacked(self.month(1), self.month(2, contract="C-300002")) == 0

    def test_may_be_as_much_as_on_the_sum(self) -> None:
        half = Euro(2420)
        letters = [self.month(at, collection_costs=half, euros=74) for at in (1, 2)]
        assert self.stacked(*letters) == 0

    def test_are_those_within_six_months(self) -> None:
        late = self.month(2, letter_on=date(2026, 8, 1))
        assert self.stacked(self.month(1), late) == 0

    def test_are_only_those_since_the_rule(self) -> None:
        early = [self.month(at, letter_on=date(2024, 9, at)) for at in (1, 2)]
        assert self.stacked(*early) == 0

    def test_are_not_asked_about_in_doubt(self) -> None:
        assert self.stacked(self.month(1), doubting(self.month(2), "collection_costs")) == 0
