from datetime import date
from typing import Any

from letterbox.debts.facts import ReadLetter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.checks.asking import codes, doubting
from tests.rules.claims import a_letter

DAY = date(2026, 3, 1)


def a_fee(number: int, **read: Any) -> ReadLetter:
    return a_letter(number, **{"creditor": "Fitclub", "euros": 50, **read})


class TestTwoDebts:
    def test_of_the_same_amount_may_be_one(self) -> None:
        assert codes(a_fee(1), a_fee(2)) == ["maybe_same_debt"] * 2

    def test_of_the_same_day_and_amount_may_be_one_letter(self) -> None:
        one, other = a_fee(1, letter_on=DAY), a_fee(2, letter_on=DAY)
        assert codes(one, other) == ["possible_duplicate"] * 2

    def test_of_other_kinds_are_two_letters(self) -> None:
        one, other = a_fee(1, letter_on=DAY), a_fee(2, letter_on=DAY, kind=Kind.INVOICE)
        assert codes(one, other) == ["maybe_same_debt"] * 2

    def test_that_want_other_numbers_quoted_are_two(self) -> None:
        one, other = a_fee(1, quoting="Q-100001"), a_fee(2, quoting="Q-100002")
        assert codes(one, other) == []
        same_day = [a_fee(at, letter_on=DAY, quoting=f"Q-10000{at}") for at in (1, 2)]
        assert codes(*same_day) == []

    def test_may_be_one_when_a_collector_wants_its_own_number_quoted(self) -> None:
        own = a_fee(1, quoting="Q-100001", principal=Euro(5000))
        collected = a_fee(2, quoting="D-100002", euros=90, principal=Euro(5000), collector="Bureau")
        assert codes(own, collected).count("maybe_same_debt") == 2

    def test_of_two_creditors_are_two(self) -> None:
        assert codes(a_fee(1), a_fee(2, creditor="Sportclub")) == []

    def test_of_an_amount_in_doubt_are_not_asked_about(self) -> None:
        assert codes(a_fee(1), doubting(a_fee(2), "outstanding")) == []

    def test_are_asked_about_once_each(self) -> None:
        assert codes(a_fee(1), a_fee(2), a_fee(3)) == ["maybe_same_debt"] * 3
