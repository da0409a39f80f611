from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.facts import (
    ClaimNotice,
    Correction,
    CorrectionKind,
    Debt,
    DebtStatus,
    ReadLetter,
    Settlement,
    from_json,
    to_json,
)
from letterbox.debts.rules import settle
from letterbox.letters.rules import NoticeType
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.claims import DAY_ONE, a_correction, a_letter, a_notice, day


def the_debt(*letters: ReadLetter) -> Debt:
    [debt] = settle(letters).debts
    return debt


letters_of_a_mailbox = st.lists(
    st.builds(
        a_letter,
        st.integers(min_value=1, max_value=60),
        creditor=st.sampled_from(["Waterworks", "Landlord", "Waterworks B.V.", None]),
        collector=st.sampled_from([None, None, "Bureau"]),
        kind=st.sampled_from(Kind),
        euros=st.sampled_from([None, -20, 0, 50, 75]),
        quoting=st.sampled_from([None, "Q-100001", "Q-100002", "5520188"]),
        case=st.sampled_from([None, "F-200001", "F-200002"]),
        customer=st.sampled_from([None, "5520188"]),
        replaces=st.sampled_from([None, None, "m-1"]),
        duplicate_of=st.sampled_from([None, None, None, UUID(int=1)]),
        letter_on=st.sampled_from([None, day(7), day(8), day(30)]),
        arrived=st.integers(min_value=1, max_value=60),
    ),
    unique_by=lambda letter: letter.letter_id,
    max_size=9,
)
notices_in_a_mailbox = st.lists(
    st.builds(
        a_notice,
        st.integers(min_value=1, max_value=60),
        st.sampled_from(NoticeType),
        st.sampled_from(["F-200001", "Q-100002", "5520188", "elsewhere"]),
        sender=st.sampled_from(["Waterworks", "Landlord", "Bureau"]),
        euros=st.sampled_from([None, 20, 50]),
        buyer=st.sampled_from([None, "Landlord", "Fund"]),
    ),
    unique_by=lambda notice: notice.notice_id,
    max_size=5,
)
said_by_a_citizen = st.lists(
    st.builds(
        a_correction,
        st.integers(min_value=1, max_value=60),
        st.sampled_from(CorrectionKind),
        st.integers(min_value=1, max_value=60),
        belongs_to=st.none() | st.integers(min_value=1, max_value=60),
        whole_debt=st.booleans(),
        euros=st.sampled_from([None, 20]),
    ),
    unique_by=lambda correction: correction.correction_id,
    max_size=5,
)


class TestSettle:
    @given(
        letters_of_a_mailbox,
        notices_in_a_mailbox,
        said_by_a_citizen,
        st.randoms(use_true_random=False),
    )
    def test_does_not_depend_on_the_order_of_arrival(
        self,
        letters: list[ReadLetter],
        notices: list[ClaimNotice],
        corrections: list[Correction],
        random: Random,
    ) -> None:
        shuffled = [list(each) for each in (letters, notices, corrections)]
        for each in shuffled:
            random.shuffle(each)
        assert settle(*shuffled) == settle(letters, notices, corrections)  # type: ignore[arg-type]

    @given(letters_of_a_mailbox, notices_in_a_mailbox, said_by_a_citizen)
    def test_loses_nothing_and_counts_nothing_twice(
        self,
        letters: list[ReadLetter],
        notices: list[ClaimNotice],
        corrections: list[Correction],
    ) -> None:
        settled = settle(letters, notices, corrections)
        seen = [line.letter_id for debt in settled.debts for line in debt.history]
        seen += [other.letter_id for other in settled.other_letters]
        seen += [notice.notice_id for notice in settled.unlinked_notices]
        seen += [each.correction_id for each in settled.unlinked_corrections]
        came_in = [letter.letter_id for letter in letters]
        came_in += [notice.notice_id for notice in notices]
        came_in += [each.correction_id for each in corrections]
        assert sorted(seen) == sorted(came_in)

    @given(letters_of_a_mailbox, notices_in_a_mailbox, said_by_a_citizen)
    def test_leaves_what_letters_say_as_it_is(
        self,
        letters: list[ReadLetter],
        notices: list[ClaimNotice],
        corrections: list[Correction],
    ) -> None:
        said = {letter.letter_id: letter.reading.outstanding for letter in letters}
        settled = settle(letters, notices, corrections)
        told = [line for debt in settled.debts for line in debt.history]
        assert all(line.outstanding == said.get(line.letter_id) for line in told)

    @given(letters_of_a_mailbox, notices_in_a_mailbox, said_by_a_citizen)
    def test_comes_back_the_same_from_json(
        self,
        letters: list[ReadLetter],
        notices: list[ClaimNotice],
        corrections: list[Correction],
    ) -> None:
        settled = settle(letters, notices, corrections)
        assert from_json(to_json(settled)) == settled

    @given(letters_of_a_mailbox, said_by_a_citizen)
    def test_counts_nothing_less_because_the_citizen_says_so(
        self, letters: list[ReadLetter], corrections: list[Correction]
    ) -> None:
        said = [each for each in corrections if each.kind is not CorrectionKind.BELONGS_TO]
        assert balances(settle(letters, (), said)) == balances(settle(letters))


def balances(settled: Settlement) -> list[tuple[object, ...]]:
    return [(debt.id, debt.status, debt.outstanding, debt.payable_now) for debt in settled.debts]


class TestBalance:
    def test_is_what_the_newest_letter_says_and_never_a_sum(self) -> None:
        debt = the_debt(
            a_letter(1, case="F-200001", euros=50), a_letter(20, case="F-200001", euros=55)
        )
        assert debt.outstanding == Euro(5500)
        assert debt.balance_on == DAY_ONE + timedelta(days=20)
        assert [line.outstanding for line in debt.history] == [Euro(5000), Euro(5500)]

    def test_stays_when_a_later_letter_states_none(self) -> None:
        debt = the_debt(
            a_letter(1, case="F-200001", euros=50),
            a_letter(9, case="F-200001", kind=Kind.PAYMENT_PLAN, due_on=date(2026, 2, 1)),
        )
        assert (debt.outstanding, debt.status) == (Euro(5000), DebtStatus.PAYMENT_PLAN)
        assert debt.due_on == date(2026, 2, 1)

    def test_counts_the_same_file_once(self) -> None:
        first = a_letter(1, euros=50)
        debt = the_debt(first, a_letter(2, euros=50, duplicate_of=first.letter_id))
        assert debt.outstanding == Euro(5000)

    def test_carries_along_what_was_unsure(self) -> None:
        debt = the_debt(
            a_letter(1, case="F-200001", euros=50, check=("outstanding", "due_on")),
            a_letter(2, case="F-200001", euros=55, check=("outstanding",)),
        )
        assert debt.unsure == ("outstanding",)

    def test_is_to_be_looked_at_when_no_letter_states_one(self) -> None:
        assert "outstanding" in the_debt(a_letter(1)).unsure


class TestStatus:
    @pytest.mark.parametrize(
        ("kinds", "status"),
        [
            ([(Kind.INVOICE, 50)], DebtStatus.OPEN),
            ([(Kind.INVOICE, 50), (Kind.PAYMENT_CONFIRMATION, 0)], DebtStatus.PAID),
            ([(Kind.INVOICE, 50), (Kind.PAYMENT_CONFIRMATION, 20)], DebtStatus.OPEN),
            ([(Kind.INVOICE, 50), (Kind.WITHDRAWAL, 0)], DebtStatus.WITHDRAWN),
            ([(Kind.INVOICE, 50), (Kind.CREDIT_NOTE, 0)], DebtStatus.WITHDRAWN),
            ([(Kind.INVOICE, 50), (Kind.CREDIT_NOTE, 20)], DebtStatus.OPEN),
            ([(Kind.DEMAND, 50), (Kind.PAYMENT_PLAN, 50)], DebtStatus.PAYMENT_PLAN),
            ([(Kind.PAYMENT_PLAN, 50), (Kind.DEMAND, 50)], DebtStatus.OPEN),
        ],
    )
    def test_follows_the_letters(self, kinds: list[tuple[Kind, int]], status: DebtStatus) -> None:
        letters = [
            a_letter(at, case="F-200001", kind=kind, euros=euros)
            for at, (kind, euros) in enumerate(kinds, start=1)
        ]
        assert the_debt(*letters).status is status

    def test_is_a_plan_while_a_statement_shows_payments(self) -> None:
        statement = a_letter(
            9, case="F-200001", kind=Kind.STATEMENT, euros=30, paid=Euro(2000), payable_now=None
        )
        debt = the_debt(a_letter(1, case="F-200001", kind=Kind.RECLAIM, euros=50), statement)
        assert (debt.status, debt.stage) == (DebtStatus.PAYMENT_PLAN, Kind.RECLAIM)

    def test_has_no_due_date_when_it_is_over(self) -> None:
        paid = a_letter(2, case="F-200001", kind=Kind.PAYMENT_CONFIRMATION, euros=0)
        invoice = a_letter(1, case="F-200001", euros=50, due_on=date(2026, 2, 1))
        assert the_debt(invoice, paid).due_on is None


class TestDebt:
    def test_is_named_after_its_smallest_letter(self) -> None:
        one, other = a_letter(1, case="F-200001"), a_letter(2, case="F-200001")
        assert the_debt(one, other).id == the_debt(one).id
        assert the_debt(other).id != the_debt(one).id

    def test_reaches_the_most_serious_stage(self) -> None:
        debt = the_debt(
            a_letter(1, case="F-200001", kind=Kind.SEIZURE, euros=50),
            a_letter(2, case="F-200001", kind=Kind.REMINDER, euros=50),
        )
        assert debt.stage is Kind.SEIZURE

    def test_keeps_the_name_the_creditor_gives_itself(self) -> None:
        debt = the_debt(
            a_letter(1, creditor="Lindeborch Wonen", case="F-200001"),
            a_letter(2, creditor="WOONSTICHTING LINDEBORCH WONEN", collector="B", case="F-200001"),
        )
        assert debt.creditor is not None
        assert debt.creditor.name == "Lindeborch Wonen"

    def test_is_not_made_of_letters_that_claim_nothing(self) -> None:
        newsletter = a_letter(1, kind=Kind.OTHER)
        statement = a_letter(2, kind=Kind.STATEMENT, euros=50)
        settled = settle([newsletter, statement])
        assert settled.debts == ()
        assert [other.letter_id for other in settled.other_letters] == [UUID(int=1), UUID(int=2)]


class TestChecks:
    def codes(self, *letters: ReadLetter) -> list[str]:
        return [check.code for debt in settle(letters).debts for check in debt.checks]

    def test_find_amounts_that_do_not_add_up(self) -> None:
        letter = a_letter(1, euros=50, principal=Euro(4000), interest=Euro(500))
        assert self.codes(letter) == ["amounts_do_not_add_up"]

    def test_find_nothing_when_they_do(self) -> None:
        letter = a_letter(1, euros=50, principal=Euro(4500), interest=Euro(500))
        assert self.codes(letter) == []

    def test_leave_room_for_the_costs_of_a_court(self) -> None:
        letter = a_letter(1, kind=Kind.SEIZURE, euros=50, principal=Euro(4000))
        assert self.codes(letter) == []

    def test_find_another_account_of_the_same_payee(self) -> None:
        one = a_letter(1, case="F-200001", iban="NL91ABNA0417164300")
        other = a_letter(2, case="F-200001", iban="NL39ABNA6073118254")
        collector = replace(other, reading=replace(other.reading, sender=None))
        assert self.codes(one, other) == ["iban_changed"]
        assert self.codes(one, collector) == []

    def test_propose_two_debts_that_look_like_one(self) -> None:
        assert self.codes(a_letter(1, euros=50), a_letter(2, euros=50)) == ["maybe_same_debt"] * 2

    def test_do_not_propose_two_fines(self) -> None:
        one, other = (
            a_letter(1, euros=50, quoting="Q-100001"),
            a_letter(2, euros=50, quoting="Q-1002"),
        )
        assert self.codes(one, other) == []
