"""Lives of claims, told as a person would tell them: so many letters, and what is owed at the end.

What is news without a letter, and what the citizen says, is in `test_news_of_claims`.
"""

import pytest

from letterbox.debts.facts import Debt, DebtStatus, ReadLetter
from letterbox.debts.rules import settle
from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.claims import a_letter, day

OPEN, PLAN, PAID, WITHDRAWN = DebtStatus
CASE = "F-200001"


def debts_of(*letters: ReadLetter) -> dict[frozenset[int], Debt]:
    """Settle, and return the debts by the numbers of their letters."""
    return {
        frozenset(line.letter_id.int for line in debt.history): debt
        for debt in settle(letters).debts
    }


def the_debt(*letters: ReadLetter) -> Debt:
    """Settle, and return the one debt that all letters are in."""
    found = debts_of(*letters)
    assert list(found) == [frozenset(letter.letter_id.int for letter in letters)]
    return next(iter(found.values()))


def letters_of(*letters: ReadLetter) -> set[frozenset[int]]:
    return set(debts_of(*letters))


def owed(debt: Debt) -> tuple[DebtStatus, Euro | None]:
    return debt.status, debt.outstanding


def invoice(number: int = 1, euros: int = 100, **more: object) -> ReadLetter:
    return a_letter(number, **{"kind": Kind.INVOICE, "case": CASE, "euros": euros} | more)  # type: ignore[arg-type]


class TestAPlan:
    def plan(self, number: int = 10, **more: object) -> ReadLetter:
        facts = {"payable_now": Euro(25_00), "due_on": day(30)} | more
        return a_letter(number, case=CASE, kind=Kind.PAYMENT_PLAN, **facts)  # type: ignore[arg-type]

    def test_asks_an_instalment_of_what_stays_owed(self) -> None:
        debt = the_debt(invoice(), self.plan())
        assert owed(debt) == (PLAN, Euro(100_00))
        assert (debt.payable_now, debt.due_on) == (Euro(25_00), day(30))

    def test_goes_on_when_an_instalment_is_reminded_of(self) -> None:
        reminder = a_letter(40, case=CASE, euros=75, payable_now=Euro(25_00))
        assert owed(the_debt(invoice(), self.plan(), reminder)) == (PLAN, Euro(75_00))

    def test_lapses_when_the_whole_is_demanded(self) -> None:
        demand = a_letter(40, case=CASE, kind=Kind.DEMAND, euros=75)
        assert owed(the_debt(invoice(), self.plan(), demand)) == (OPEN, Euro(75_00))

    def test_lapses_when_a_bailiff_takes_over_though_he_asks_a_part(self) -> None:
        seizure = a_letter(
            40, case=CASE, collector="Bailiff", kind=Kind.SEIZURE, euros=90, payable_now=Euro(5_00)
        )
        assert owed(the_debt(invoice(), self.plan(), seizure)) == (OPEN, Euro(90_00))

    def test_begins_anew_after_it_lapsed(self) -> None:
        demand = a_letter(40, case=CASE, kind=Kind.DEMAND, euros=75)
        again = self.plan(50, outstanding=Euro(75_00), due_on=day(80))
        assert owed(the_debt(invoice(), self.plan(), demand, again)) == (PLAN, Euro(75_00))

    def test_ends_when_all_is_paid(self) -> None:
        receipt = a_letter(90, case=CASE, kind=Kind.PAYMENT_CONFIRMATION, euros=0)
        debt = the_debt(invoice(), self.plan(), receipt)
        assert owed(debt) == (PAID, Euro(0))
        assert debt.due_on is None


class TestAnEnd:
    def test_is_a_withdrawal_that_names_no_amount(self) -> None:
        letter = a_letter(9, case=CASE, kind=Kind.WITHDRAWAL)
        debt = the_debt(invoice(), letter)
        assert owed(debt) == (WITHDRAWN, Euro(0))
        assert (debt.payable_now, debt.balance_on) == (None, letter.on)

    def test_is_not_a_remission_in_part(self) -> None:
        letter = a_letter(9, case=CASE, kind=Kind.WITHDRAWAL, euros=40)
        assert owed(the_debt(invoice(), letter)) == (OPEN, Euro(40_00))

    def test_is_over_when_the_claim_is_made_again(self) -> None:
        receipt = a_letter(9, case=CASE, kind=Kind.PAYMENT_CONFIRMATION, euros=0)
        reminder = a_letter(20, case=CASE, kind=Kind.REMINDER)
        debt = the_debt(invoice(), receipt, reminder)
        assert owed(debt) == (OPEN, None)
        assert "outstanding" in debt.unsure

    def test_stays_when_a_statement_of_before_comes_in_and_is_looked_at(self) -> None:
        receipt = a_letter(9, case=CASE, kind=Kind.PAYMENT_CONFIRMATION, euros=0)
        statement = a_letter(20, case=CASE, kind=Kind.STATEMENT, euros=100, payable_now=None)
        debt = the_debt(invoice(), receipt, statement)
        assert owed(debt) == (PAID, Euro(0))
        assert "outstanding" in debt.unsure


class TestAPaymentThatIsConfirmed:
    def confirmed(self, euros: int, **more: object) -> ReadLetter:
        facts = {"paid": Euro(euros * 100)} | more
        return a_letter(9, case=CASE, kind=Kind.PAYMENT_CONFIRMATION, **facts)  # type: ignore[arg-type]

    def test_comes_off_when_the_letter_does_not_say_what_is_left(self) -> None:
        debt = the_debt(invoice(), self.confirmed(30))
        assert owed(debt) == (OPEN, Euro(70_00))
        assert (debt.paid, debt.unsure) == (Euro(30_00), ("outstanding",))

    def test_is_in_what_the_letter_says_is_left(self) -> None:
        receipt = self.confirmed(30, outstanding=Euro(70_00), payable_now=Euro(70_00))
        debt = the_debt(invoice(), receipt)
        assert owed(debt) == (OPEN, Euro(70_00))
        assert debt.unsure == ()

    def test_of_the_whole_is_the_end(self) -> None:
        debt = the_debt(invoice(), self.confirmed(100))
        assert owed(debt) == (PAID, Euro(0))
        assert debt.unsure == ()


class TestACreditNote:
    def note(self, euros: int, **more: object) -> ReadLetter:
        facts = {"payable_now": None} | more
        return a_letter(9, case=CASE, kind=Kind.CREDIT_NOTE, euros=euros, **facts)  # type: ignore[arg-type]

    def test_with_a_minus_comes_off_the_invoice_it_names(self) -> None:
        debt = the_debt(invoice(), self.note(-30))
        assert owed(debt) == (OPEN, Euro(70_00))
        assert debt.payable_now == Euro(70_00)
        assert debt.unsure == ()

    def test_without_a_minus_comes_off_too_and_is_looked_at(self) -> None:
        debt = the_debt(invoice(), self.note(30))
        assert owed(debt) == (OPEN, Euro(70_00))
        assert debt.unsure == ("outstanding",)

    def test_that_asks_the_rest_states_the_rest(self) -> None:
        debt = the_debt(invoice(), self.note(30, payable_now=Euro(30_00), due_on=day(20)))
        assert owed(debt) == (OPEN, Euro(30_00))

    @pytest.mark.parametrize("euros", [-100, 100, 0])
    def test_of_the_whole_is_the_end(self, euros: int) -> None:
        assert owed(the_debt(invoice(), self.note(euros))) == (WITHDRAWN, Euro(0))

    def test_of_more_than_is_known_is_looked_at(self) -> None:
        debt = the_debt(invoice(), self.note(-130))
        assert owed(debt) == (WITHDRAWN, Euro(0))
        assert debt.unsure == ("outstanding",)

    def test_alone_is_no_debt_to_pay(self) -> None:
        assert owed(the_debt(self.note(30))) == (WITHDRAWN, Euro(0))

    def test_leaves_the_other_invoice_of_the_creditor_alone(self) -> None:
        other = invoice(2, 80, case="F-200002")
        found = debts_of(invoice(), other, self.note(-30))
        assert {owed(debt) for debt in found.values()} == {(OPEN, Euro(70_00)), (OPEN, Euro(80_00))}


class TestTheSameLetterAgain:
    def test_as_a_scan_counts_once(self) -> None:
        demand = a_letter(3, quoting="88-1177", kind=Kind.DEMAND, euros=60)
        scan = a_letter(9, quoting="88 1177", kind=Kind.DEMAND, euros=60, letter_on=day(3))
        spaced = a_letter(9, quoting="88-1177", kind=Kind.DEMAND, euros=60, letter_on=day(3))
        assert letters_of(demand, scan) == {frozenset({3}), frozenset({9})}  # another number
        debt = the_debt(demand, spaced)
        assert owed(debt) == (OPEN, Euro(60_00))
        assert [line.duplicate_of for line in debt.history] == [None, demand.letter_id]

    def test_is_the_second_though_it_came_in_by_another_hand(self) -> None:
        letter = a_letter(3, customer="55201884", euros=60)
        scan = a_letter(9, customer="55201884", euros=60, letter_on=day(3), creditor="WATERWORKS")
        debt = the_debt(letter, scan)
        assert [line.duplicate_of for line in debt.history] == [None, letter.letter_id]

    def test_is_another_letter_when_it_says_another_amount(self) -> None:
        debt = the_debt(invoice(3, 60), invoice(9, 65, letter_on=day(3)))
        assert [line.duplicate_of for line in debt.history] == [None, None]

    def test_is_not_known_without_any_number(self) -> None:
        letters = a_letter(3, euros=60), a_letter(9, euros=60, letter_on=day(3))
        found = debts_of(*letters)
        assert set(found) == {frozenset({3}), frozenset({9})}
        assert {x.code for debt in found.values() for x in debt.checks} == {"possible_duplicate"}

    def test_as_the_very_file_counts_once(self) -> None:
        first = invoice(1)
        debt = the_debt(first, invoice(2, duplicate_of=first.letter_id))
        assert debt.outstanding == Euro(100_00)


class TestOneCreditor:
    def test_with_two_fines_has_two_debts(self) -> None:
        fines = [
            a_letter(
                at, kind=Kind.FINE, euros=80, quoting=f"9330 1148 8220 250{at}", customer="778"
            )
            for at in (1, 2)
        ]
        assert letters_of(*fines) == {frozenset({1}), frozenset({2})}

    def test_keeps_two_invoices_apart_through_reminder_and_demand(self) -> None:
        letters = [
            a_letter(at, kind=kind, case=f"F-20000{at % 2}", customer="55201884", euros=50 + at % 2)
            for at, kind in enumerate([Kind.INVOICE, Kind.INVOICE, *[Kind.REMINDER] * 2], start=1)
        ]
        assert letters_of(*letters) == {frozenset({1, 3}), frozenset({2, 4})}

    def test_that_bundles_them_in_one_demand_is_owed_the_demand(self) -> None:
        demand = a_letter(
            9, kind=Kind.DEMAND, euros=190, references=("F-200001", "F-200002"), quoting="D-55001"
        )
        debt = the_debt(invoice(1, 100), invoice(2, 80, case="F-200002"), demand)
        assert owed(debt) == (OPEN, Euro(190_00))

    def test_is_not_the_one_with_a_similar_name(self) -> None:
        one = a_letter(1, creditor="Ringdraad Mobiel", case="2026-0318", euros=50)
        other = a_letter(2, creditor="Ringdraad Thuis", case="2026-0318", euros=50)
        assert letters_of(one, other) == {frozenset({1}), frozenset({2})}

    def test_is_not_another_organisation_whose_name_is_in_its_own(self) -> None:
        one, other = (
            a_letter(at, case="2026-0318", euros=50, creditor=None, sender=Party(name, number))
            for at, name, number in (
                (1, "Gemeente Vlietdam", "00000099000000001000"),
                (2, "Gemeente Vlietdam-Noord", "00000099000000002000"),
            )
        )
        assert letters_of(one, other) == {frozenset({1}), frozenset({2})}


class TestABailiff:
    def test_with_two_clients_has_two_debts(self) -> None:
        letters = [
            a_letter(at, creditor=who, collector="Bailiff", customer="55201884", euros=90)
            for at, who in ((1, "Waterworks"), (2, "Landlord"))
        ]
        assert letters_of(*letters) == {frozenset({1}), frozenset({2})}

    def test_goes_on_with_each_claim_by_the_creditors_own_number(self) -> None:
        letters = [
            invoice(1, creditor="Waterworks", case="W-10001"),
            invoice(2, creditor="Landlord", case="L-20002"),
            a_letter(3, creditor="Waterworks", collector="Bailiff", case="W-10001", euros=140),
            a_letter(4, creditor="Landlord", collector="Bailiff", case="L-20002", euros=150),
        ]
        assert letters_of(*letters) == {frozenset({1, 3}), frozenset({2, 4})}

    def test_is_known_by_his_own_number_once_a_letter_named_both(self) -> None:
        first = a_letter(3, collector="Bailiff", case=CASE, quoting="B-77120", euros=140)
        second = a_letter(4, collector="Bailiff", quoting="B-77120", kind=Kind.SUMMONS, euros=300)
        third = a_letter(
            5, creditor=None, collector="Bailiff", quoting="B-77120", kind=Kind.SEIZURE, euros=420
        )
        debt = the_debt(invoice(), first, second, third)
        assert owed(debt) == (OPEN, Euro(420_00))
        assert debt.stage is Kind.SEIZURE
        assert debt.creditor == Party("Waterworks")
        assert debt.collector == Party("Bailiff")


class TestASale:
    def sold(self, **more: object) -> ReadLetter:
        facts = {"creditor": "Fund", "case": CASE, "quoting": "BU-771903"} | more
        return a_letter(9, kind=Kind.TRANSFER_NOTICE, euros=130, **facts)  # type: ignore[arg-type]

    def test_makes_the_buyer_the_creditor_and_the_chain_goes_on(self) -> None:
        demand = a_letter(20, creditor="Fund", collector="Bureau", case="BU-771903", euros=170)
        debt = the_debt(invoice(), self.sold(), demand)
        assert owed(debt) == (OPEN, Euro(170_00))
        assert (debt.creditor, debt.collector) == (Party("Fund"), Party("Bureau"))

    def test_ends_the_work_of_who_collected_before(self) -> None:
        before = a_letter(5, case=CASE, collector="Bureau", euros=120)
        assert the_debt(invoice(), before, self.sold()).collector is None

    def test_is_not_undone_by_a_late_letter_of_the_seller(self) -> None:
        late = a_letter(12, case=CASE, kind=Kind.STATEMENT)
        assert the_debt(invoice(), self.sold(), late).creditor == Party("Fund")


class TestLettersThatComeInLate:
    def test_do_not_bring_back_an_older_balance(self) -> None:
        late = invoice(1, arrived=50)
        demand = a_letter(20, case=CASE, kind=Kind.DEMAND, euros=140)
        assert owed(the_debt(late, demand)) == (OPEN, Euro(140_00))

    def test_tell_of_an_earlier_stage_only(self) -> None:
        late = a_letter(5, case=CASE, kind=Kind.PAYMENT_PLAN, arrived=60, payable_now=Euro(10_00))
        demand = a_letter(20, case=CASE, kind=Kind.DEMAND, euros=140)
        assert owed(the_debt(invoice(), late, demand)) == (OPEN, Euro(140_00))
