"""News that comes without a letter, and what the citizen says of a debt."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from letterbox.debts.facts import (
    ClaimNotice,
    Correction,
    CorrectionKind,
    Debt,
    DebtStatus,
    ReadLetter,
    Settlement,
    Told,
)
from letterbox.debts.rules import settle
from letterbox.letters.rules import NoticeType, Party
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.claims import a_correction, a_letter, a_notice, day

OPEN, PLAN, PAID, WITHDRAWN = DebtStatus
NEWS = NoticeType
SAYS = CorrectionKind
BESIDE = {SAYS.BELONGS_TO, SAYS.MISREAD, SAYS.CONFIRMED}
AGAINST = [kind for kind in CorrectionKind if kind not in BESIDE]
CASE = "F-200001"


def the_debt(letters: Sequence[ReadLetter], *news: ClaimNotice | Correction) -> Debt:
    """Settle, and return the one debt there is."""
    [debt] = settled(letters, *news).debts
    return debt


def settled(letters: Sequence[ReadLetter], *news: ClaimNotice | Correction) -> Settlement:
    notices = [each for each in news if isinstance(each, ClaimNotice)]
    return settle(letters, notices, [each for each in news if isinstance(each, Correction)])


def owed(debt: Debt) -> tuple[DebtStatus, Euro | None]:
    return debt.status, debt.outstanding


def letter_numbers(settlement: Settlement) -> set[frozenset[int]]:
    return {
        frozenset(line.letter_id.int for line in debt.history if line.source is Told.LETTER)
        for debt in settlement.debts
    }


DEMAND = a_letter(10, case=CASE, kind=Kind.DEMAND, euros=100, due_on=day(30))


class TestANotice:
    @pytest.mark.parametrize(
        ("notice", "status", "euros"),
        [
            (a_notice(20, NEWS.PAYMENT_RECEIVED, euros=40), OPEN, 60),
            (a_notice(20, NEWS.PAYMENT_RECEIVED, euros=100), PAID, 0),
            (a_notice(20, NEWS.PAYMENT_RECEIVED, euros=120), PAID, 0),
            (a_notice(20, NEWS.PAID_IN_FULL), PAID, 0),
            (a_notice(20, NEWS.PAID_IN_FULL, euros=95), PAID, 0),
            (a_notice(20, NEWS.WITHDRAWN), WITHDRAWN, 0),
            (a_notice(20, NEWS.WITHDRAWN, euros=25), OPEN, 75),
            (a_notice(20, NEWS.REMITTED), WITHDRAWN, 0),
            (a_notice(20, NEWS.REMITTED, euros=25), OPEN, 75),
            (a_notice(20, NEWS.DISPUTED_UPHELD), WITHDRAWN, 0),
            (a_notice(20, NEWS.DISPUTED_UPHELD, euros=100), WITHDRAWN, 0),
            (a_notice(20, NEWS.PAYMENT_PLAN_AGREED, euros=10), PLAN, 100),
            (a_notice(20, NEWS.TRANSFERRED, buyer="Fund"), OPEN, 100),
        ],
        ids=lambda each: each.type.value if isinstance(each, ClaimNotice) else None,
    )
    def test_that_is_newer_than_the_balance_counts(
        self, notice: ClaimNotice, status: DebtStatus, euros: int
    ) -> None:
        assert owed(the_debt([DEMAND], notice)) == (status, Euro(euros * 100))

    @pytest.mark.parametrize("type", NEWS)
    def test_that_is_older_than_the_balance_is_in_it(self, type: NoticeType) -> None:
        notice = a_notice(5, type, euros=40, arrived=40)
        assert owed(the_debt([DEMAND], notice)) == (OPEN, Euro(100_00))

    def test_is_in_the_history_as_what_it_is(self) -> None:
        debt = the_debt([DEMAND], a_notice(20, NEWS.REMITTED, euros=25))
        told, news = debt.history
        assert (told.source, told.outstanding) == (Told.LETTER, Euro(100_00))
        assert (news.source, news.what, news.amount) == (Told.NOTICE, "remitted", Euro(25_00))
        assert (news.outstanding, news.kind, news.on) == (None, Kind.WITHDRAWAL, day(20))

    def test_leaves_the_date_of_the_balance_to_the_letter(self) -> None:
        debt = the_debt([DEMAND], a_notice(20, euros=40))
        assert (debt.balance_on, debt.last_letter_on) == (DEMAND.on, DEMAND.on)

    def test_of_a_payment_leaves_less_to_pay_now(self) -> None:
        debt = the_debt([DEMAND], a_notice(20, euros=40))
        assert (debt.payable_now, debt.paid, debt.due_on) == (Euro(60_00), Euro(40_00), day(30))
        assert debt.unsure == ()

    def test_of_an_instalment_leaves_nothing_to_pay_now(self) -> None:
        part = a_letter(10, case=CASE, euros=100, payable_now=Euro(25_00), due_on=day(30))
        debt = the_debt([part], a_notice(20, euros=25))
        assert owed(debt) == (OPEN, Euro(75_00))
        assert (debt.payable_now, debt.due_on) == (None, None)

    def test_without_an_amount_makes_the_balance_unsure(self) -> None:
        debt = the_debt([DEMAND], a_notice(20))
        assert owed(debt) == (OPEN, Euro(100_00))
        assert debt.unsure == ("outstanding",)

    def test_of_the_day_of_the_letter_is_looked_at(self) -> None:
        debt = the_debt([DEMAND], a_notice(10, euros=40, arrived=12))
        assert owed(debt) == (OPEN, Euro(60_00))
        assert debt.unsure == ("outstanding",)

    def test_that_comes_twice_counts_once_and_is_looked_at(self) -> None:
        debt = the_debt([DEMAND], a_notice(20, euros=40), a_notice(20, euros=40, id=7777))
        assert owed(debt) == (OPEN, Euro(60_00))
        assert debt.unsure == ("outstanding",)

    def test_of_two_payments_counts_both(self) -> None:
        debt = the_debt([DEMAND], a_notice(20, euros=40), a_notice(21, euros=40))
        assert owed(debt) == (OPEN, Euro(20_00))

    def test_is_out_of_date_when_a_letter_states_a_newer_balance(self) -> None:
        newer = a_letter(25, case=CASE, euros=60)
        debt = the_debt([DEMAND, newer], a_notice(20, euros=40))
        assert owed(debt) == (OPEN, Euro(60_00))
        assert [line.source for line in debt.history] == [Told.LETTER, Told.NOTICE, Told.LETTER]

    def test_counts_from_when_it_came_in_though_it_names_a_later_day(self) -> None:
        newer = a_letter(25, case=CASE, euros=60)
        early = a_notice(90, NEWS.PAID_IN_FULL, arrived=20)
        assert owed(the_debt([DEMAND, newer], early)) == (OPEN, Euro(60_00))

    def test_of_a_plan_lapses_as_a_plan_does(self) -> None:
        plan = a_notice(20, NEWS.PAYMENT_PLAN_AGREED)
        assert the_debt([DEMAND], plan).due_on is None
        demand = a_letter(50, case=CASE, kind=Kind.DEMAND, euros=100)
        assert owed(the_debt([DEMAND, demand], plan)) == (OPEN, Euro(100_00))


class TestTheNoticesClaim:
    def test_is_found_by_sender_and_reference_however_it_is_written(self) -> None:
        letter = a_letter(10, quoting="9330 1148 8220 2501", euros=100)
        notice = a_notice(20, reference="9330.1148.8220.2501", sender="WATERWORKS B.V.", euros=40)
        assert owed(the_debt([letter], notice)) == (OPEN, Euro(60_00))

    def test_is_found_by_who_delivered(self) -> None:
        who = UUID(int=7)
        letter = a_letter(10, case=CASE, euros=100, sender_id=who)
        notice = a_notice(20, sender="WW Holding", sender_id=who, euros=40)
        assert owed(the_debt([letter], notice)) == (OPEN, Euro(60_00))

    @pytest.mark.parametrize(
        "notice",
        [a_notice(20, sender="Landlord", euros=40), a_notice(20, reference="F-209999", euros=40)],
        ids=["another sender", "another reference"],
    )
    def test_is_not_guessed(self, notice: ClaimNotice) -> None:
        found = settled([DEMAND], notice)
        assert owed(found.debts[0]) == (OPEN, Euro(100_00))
        assert found.unlinked_notices == (notice,)

    def test_is_not_chosen_from_two(self) -> None:
        letters = [
            a_letter(at, customer="55201884", quoting=f"Q-10000{at}", euros=100) for at in (1, 2)
        ]
        notice = a_notice(20, reference="55201884", euros=40)
        found = settled(letters, notice)
        assert {debt.outstanding for debt in found.debts} == {Euro(100_00)}
        assert found.unlinked_notices == (notice,)

    def test_may_be_known_before_its_first_letter(self) -> None:
        notice = a_notice(20, NEWS.PAID_IN_FULL)
        assert settled([], notice).unlinked_notices == (notice,)
        assert owed(the_debt([DEMAND], notice)) == (PAID, Euro(0))


class TestANoticeOfASale:
    def test_makes_the_buyer_the_creditor_and_ends_the_collecting(self) -> None:
        letter = a_letter(10, case=CASE, collector="Bureau", euros=100)
        debt = the_debt([letter], a_notice(20, NEWS.TRANSFERRED, buyer="Fund"))
        assert (debt.creditor, debt.collector) == (Party("Fund"), None)

    def test_joins_the_letters_of_the_buyer_to_those_of_the_seller(self) -> None:
        bought = a_letter(30, creditor="Fund", case=CASE, euros=130)
        assert len(settled([DEMAND, bought]).debts) == 2
        debt = the_debt([DEMAND, bought], a_notice(20, NEWS.TRANSFERRED, buyer="Fund"))
        assert owed(debt) == (OPEN, Euro(130_00))
        assert debt.creditor == Party("Fund")


class TestACorrection:
    @pytest.mark.parametrize("kind", AGAINST)
    def test_stands_beside_what_letters_say(self, kind: CorrectionKind) -> None:
        said = a_correction(20, kind, 10, euros=40)
        debt = the_debt([DEMAND], said)
        assert owed(debt) == (OPEN, Euro(100_00))
        assert (debt.disputed, debt.says) == (True, (said,))
        last = debt.history[-1]
        assert (last.source, last.what, last.amount) == (Told.CITIZEN, kind.value, Euro(40_00))
        assert last.on == date(2026, 1, 21)

    @pytest.mark.parametrize("kind", [SAYS.MISREAD, SAYS.CONFIRMED])
    def test_about_reading_disputes_nothing(self, kind: CorrectionKind) -> None:
        said = a_correction(20, kind, 10, whole_debt=False)
        debt = the_debt([DEMAND], said)
        assert (debt.disputed, debt.says) == (False, (said,))
        assert (debt.history[-1].source, debt.history[-1].what) == (Told.CITIZEN, kind.value)

    def test_stays_with_the_debt_when_an_older_letter_turns_up(self) -> None:
        said = a_correction(20, SAYS.DISPUTED, 10)
        older = a_letter(1, case=CASE, euros=90)
        assert the_debt([older, DEMAND], said).disputed

    def test_of_a_letter_that_is_gone_stays_visible(self) -> None:
        said = a_correction(20, SAYS.DISPUTED, 99)
        found = settled([DEMAND], said)
        assert found.unlinked_corrections == (said,)
        assert not found.debts[0].disputed


class TestWhatBelongsTogether:
    ONE = a_letter(1, case="F-200001", euros=50)
    TWO = a_letter(2, case="F-200002", euros=70)
    TWO_B = a_letter(4, case="F-200002", euros=75)

    def test_is_joined_as_the_citizen_says_and_marked(self) -> None:
        said = a_correction(9, SAYS.BELONGS_TO, 2, belongs_to=1)
        debt = the_debt([self.ONE, self.TWO, self.TWO_B], said)
        assert owed(debt) == (OPEN, Euro(75_00))
        assert (debt.says, debt.disputed) == ((said,), False)
        assert debt.history[-1].source is Told.CITIZEN

    def test_may_be_one_letter_that_moves(self) -> None:
        said = a_correction(9, SAYS.BELONGS_TO, 4, belongs_to=1, whole_debt=False)
        found = settled([self.ONE, self.TWO, self.TWO_B], said)
        assert letter_numbers(found) == {frozenset({1, 4}), frozenset({2})}

    def test_may_be_one_letter_that_stands_alone(self) -> None:
        said = a_correction(9, SAYS.BELONGS_TO, 4, whole_debt=False)
        found = settled([self.ONE, self.TWO, self.TWO_B], said)
        assert letter_numbers(found) == {frozenset({1}), frozenset({2}), frozenset({4})}

    def test_is_what_the_citizen_said_last(self) -> None:
        first = a_correction(9, SAYS.BELONGS_TO, 4, belongs_to=1, whole_debt=False)
        last = a_correction(11, SAYS.BELONGS_TO, 4, belongs_to=2, whole_debt=False)
        found = settled([self.ONE, self.TWO, self.TWO_B], last, first)
        assert letter_numbers(found) == {frozenset({1}), frozenset({2, 4})}

    def test_may_be_a_letter_that_claims_nothing(self) -> None:
        said = a_correction(9, SAYS.BELONGS_TO, 3, belongs_to=1, whole_debt=False)
        found = settled([self.ONE, a_letter(3, kind=Kind.OTHER)], said)
        assert letter_numbers(found) == {frozenset({1, 3})}
        assert owed(found.debts[0]) == (OPEN, Euro(50_00))

    def test_stays_as_it_is_when_the_other_letter_is_gone(self) -> None:
        said = a_correction(9, SAYS.BELONGS_TO, 2, belongs_to=99)
        found = settled([self.ONE, self.TWO], said)
        assert letter_numbers(found) == {frozenset({1}), frozenset({2})}
