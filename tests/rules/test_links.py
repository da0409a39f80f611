from uuid import UUID

from letterbox.debts.facts import ReadLetter
from letterbox.debts.links import linked
from letterbox.shared.kinds import Kind
from tests.rules.claims import a_letter


def groups(*letters: ReadLetter) -> list[list[int]]:
    return sorted(sorted(letter.letter_id.int for letter in group) for group in linked(letters))


class TestLinked:
    def test_by_the_same_payment_reference(self) -> None:
        one = a_letter(1, quoting="9330 1148 8220 2501")
        other = a_letter(2, quoting="9330114882202501")
        assert groups(one, other) == [[1, 2]]

    def test_by_a_shared_reference_of_the_same_creditor(self) -> None:
        assert groups(a_letter(1, case="F-260318"), a_letter(2, case="F-260318")) == [[1, 2]]

    def test_not_by_a_reference_that_two_creditors_happen_to_share(self) -> None:
        one = a_letter(1, case="2026-0318")
        other = a_letter(2, case="2026-0318", creditor="Landlord")
        assert groups(one, other) == [[1], [2]]

    def test_through_the_collector_to_the_creditor(self) -> None:
        invoice = a_letter(1, case="F-260318")
        demand = a_letter(2, case="F-260318", collector="Bureau", quoting="B-77120")
        plan = a_letter(3, collector="Bureau", quoting="B-77120")
        assert groups(invoice, demand, plan) == [[1, 2, 3]]

    def test_through_a_sale_to_the_buyer(self) -> None:
        loan = a_letter(1, creditor="Bank", quoting="88-2040-1177")
        sale = a_letter(
            2,
            creditor="Buyer",
            kind=Kind.TRANSFER_NOTICE,
            case="88-2040-1177",
            quoting="BU-771903",
        )
        demand = a_letter(3, creditor="Buyer", collector="Bailiff", case="BU-771903")
        assert groups(loan, sale, demand) == [[1, 2, 3]]

    def test_by_the_word_of_the_sender(self) -> None:
        assert groups(a_letter(1), a_letter(2, replaces="m-1")) == [[1, 2]]

    def test_by_being_the_same_file(self) -> None:
        assert groups(a_letter(1), a_letter(2, duplicate_of=UUID(int=1))) == [[1, 2]]

    def test_not_by_similar_names_or_amounts(self) -> None:
        one = a_letter(1, creditor="Ringdraad Mobiel", euros=50)
        other = a_letter(2, creditor="Ringdraad Thuis", euros=50)
        assert groups(one, other) == [[1], [2]]

    def test_by_a_customer_number_where_there_is_no_choice(self) -> None:
        one, other = a_letter(1, customer="55201884"), a_letter(2, customer="55201884")
        assert groups(one, other) == [[1, 2]]

    def test_not_by_a_customer_number_where_two_claims_are_told_apart(self) -> None:
        premium = a_letter(1, customer="30114882", quoting="30114882")
        own_risk = a_letter(2, customer="30114882", quoting="9330114882202501")
        assert groups(premium, own_risk) == [[1], [2]]

    def test_to_the_claim_whose_number_a_collector_names(self) -> None:
        premium = a_letter(1, customer="30114882", quoting="30114882")
        own_risk = a_letter(2, customer="30114882", quoting="9330114882202501")
        demand = a_letter(3, customer="30114882", quoting="B-118830", collector="Bureau")
        receipt = a_letter(4, customer="30114882", case="ZK-2026-0088")
        invoice = a_letter(5, case="ZK-2026-0088", quoting="9330114882202501")
        assert groups(premium, own_risk, demand, receipt, invoice) == [[1, 3], [2, 4, 5]]
