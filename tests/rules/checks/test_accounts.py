from dataclasses import replace

from letterbox.debts.facts import CheckSeverity, ReadLetter
from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind
from tests.rules.checks.asking import checks_of, codes, doubting, of_one_case, quoting

ONE, OTHER = "NL91ABNA0417164300", "NL39ABNA6073118254"


def paying_to(number: int, iban: str) -> ReadLetter:
    return of_one_case(number, Kind.REMINDER, euros=50, iban=iban)


class TestAccount:
    def test_that_changed_is_asked_about_soon(self) -> None:
        after = quoting(paying_to(2, OTHER), "iban", "op NL39 ABNA")
        [check] = checks_of(paying_to(1, ONE), after)
        assert (check.code, check.severity) == ("iban_changed", CheckSeverity.WARNING)
        assert [each.quote for each in check.evidence] == ["op NL39 ABNA"]

    def test_is_not_asked_about_in_doubt(self) -> None:
        assert codes(paying_to(1, ONE), doubting(paying_to(2, OTHER), "iban")) == []

    def test_is_another_one_after_a_sale(self) -> None:
        letter = paying_to(2, OTHER)
        sold = replace(letter, reading=replace(letter.reading, creditor=Party("Koper Fonds")))
        assert codes(paying_to(1, ONE), sold) == []
