"""What a citizen says about a debt: sealed, settled, in the logbook, and taken back."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from letterbox import access
from letterbox.access import MailboxClosed
from letterbox.debts.citizen import NoSuchCorrection, NoSuchDebt, Said, UnclearCorrection
from letterbox.debts.facts import CorrectionKind, Debt
from letterbox.debts.queries import with_latest_words
from letterbox.logbook.rules import Act
from letterbox.people.models import Organisation
from letterbox.shared.money import Euro
from letterbox.shared.ports import Supplies
from tests.api.tables import everything_in, row_counts
from tests.builders import DEMAND, OTHER_BSN, work_off
from tests.rooms import acts

OTHER_DEMAND = DEMAND.replace("HU-2026-0417", "HU-2026-0901").replace("634,18", "90,00")
KIND = CorrectionKind


@pytest.fixture
def mailbox(supplies: Supplies, wilg: Organisation, owner: Engine) -> UUID:
    """A mailbox with one debt in it."""
    acts.deliver(supplies, wilg)
    work_off(supplies, owner)
    return acts.a_mailbox(supplies)


def the_debt(supplies: Supplies, mailbox: UUID) -> Debt:
    [debt] = acts.debts_in(supplies, mailbox)
    return debt


def about(supplies: Supplies, mailbox: UUID, kind: CorrectionKind, **more: Any) -> Said:
    return Said(kind, debt_id=the_debt(supplies, mailbox).id, **more)


class TestCorrectDebt:
    def test_stands_beside_the_balance(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        said = about(supplies, mailbox, KIND.ALREADY_PAID, amount=Euro(634_18), note="In mei.")
        correction = acts.correct(supplies, mailbox, said)

        work_off(supplies, owner)

        debt = the_debt(supplies, mailbox)
        assert (debt.disputed, debt.says) == (True, (correction,))
        assert debt.outstanding == Euro(634_18)
        assert debt.says[0].note == "In mei."

    def test_may_be_about_a_letter(self, supplies: Supplies, mailbox: UUID, owner: Engine) -> None:
        letter = the_debt(supplies, mailbox).history[0].letter_id
        acts.correct(supplies, mailbox, Said(KIND.NOT_A_DEBT, letter_id=letter))

        work_off(supplies, owner)

        assert the_debt(supplies, mailbox).disputed

    def test_joins_two_debts_that_are_one(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        acts.deliver(supplies, wilg, OTHER_DEMAND)
        work_off(supplies, owner)
        one, other = acts.debts_in(supplies, mailbox)
        said = Said(KIND.BELONGS_TO, debt_id=one.id, other_debt_id=other.id)
        correction = acts.correct(supplies, mailbox, said)

        work_off(supplies, owner)

        assert the_debt(supplies, mailbox).says == (correction,)
        acts.take_back(supplies, mailbox, correction.correction_id)
        work_off(supplies, owner)
        assert len(acts.debts_in(supplies, mailbox)) == 2

    def test_stays_when_a_newer_letter_comes_in(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        acts.correct(supplies, mailbox, about(supplies, mailbox, KIND.DISPUTED))
        acts.deliver(supplies, wilg, DEMAND.replace("20 februari", "21 februari"))

        work_off(supplies, owner)

        assert the_debt(supplies, mailbox).disputed

    def test_is_a_line_in_the_logbook(self, supplies: Supplies, mailbox: UUID) -> None:
        correction = acts.correct(supplies, mailbox, about(supplies, mailbox, KIND.DISPUTED))

        line = acts.logbook(supplies, mailbox)[-1]
        assert (line.act, line.actor) == (Act.DEBT_CORRECTED, "citizen")
        assert line.subject_id == correction.correction_id

    def test_is_kept_sealed(self, supplies: Supplies, mailbox: UUID, owner: Engine) -> None:
        said = about(supplies, mailbox, KIND.WRONG_AMOUNT, amount=Euro(123_45), note="Geheim")
        acts.correct(supplies, mailbox, said)

        kept = everything_in(owner)

        assert [word for word in ("Geheim", "123.45", "wrong_amount") if word in kept] == []

    @pytest.mark.parametrize(
        "said",
        [
            Said(KIND.DISPUTED),
            Said(KIND.DISPUTED, debt_id=uuid4(), letter_id=uuid4()),
            Said(KIND.WRONG_AMOUNT, debt_id=uuid4()),
            Said(KIND.ALREADY_PAID, debt_id=uuid4(), amount=Euro(-1), on=date(2026, 2, 1)),
            Said(KIND.BELONGS_TO, debt_id=uuid4()),
            Said(KIND.DISPUTED, debt_id=uuid4(), note="x" * 1001),
        ],
        ids=["about nothing", "about two", "no amount", "a minus", "to nothing", "a novel"],
    )
    def test_refuses_what_is_not_clear(self, said: Said, supplies: Supplies, mailbox: UUID) -> None:
        with pytest.raises(UnclearCorrection):
            acts.correct(supplies, mailbox, said)

    def test_knows_no_debt_or_letter_of_another(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        stranger = acts.a_mailbox(supplies, OTHER_BSN)
        debt = the_debt(supplies, mailbox)

        for said in (
            Said(KIND.DISPUTED, debt_id=debt.id),
            Said(KIND.DISPUTED, letter_id=debt.history[0].letter_id),
        ):
            with pytest.raises(NoSuchDebt):
                acts.correct(supplies, stranger, said)

        assert row_counts(owner)["corrections"] == 0

    def test_is_not_heard_in_a_mailbox_that_was_closed(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        said = about(supplies, mailbox, KIND.DISPUTED)
        acts.close(supplies, mailbox)

        with pytest.raises(MailboxClosed):
            acts.correct(supplies, mailbox, said)


class TestWithdrawCorrection:
    def test_leaves_the_debt_as_it_was(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        before = the_debt(supplies, mailbox)
        correction = acts.correct(supplies, mailbox, about(supplies, mailbox, KIND.DISPUTED))
        work_off(supplies, owner)

        acts.take_back(supplies, mailbox, correction.correction_id)
        work_off(supplies, owner)

        assert the_debt(supplies, mailbox) == before
        assert acts.logbook(supplies, mailbox)[-1].act == Act.CORRECTION_WITHDRAWN

    def test_can_be_done_once(self, supplies: Supplies, mailbox: UUID) -> None:
        correction = acts.correct(supplies, mailbox, about(supplies, mailbox, KIND.DISPUTED))
        acts.take_back(supplies, mailbox, correction.correction_id)

        for each in (correction.correction_id, uuid4()):
            with pytest.raises(NoSuchCorrection):
                acts.take_back(supplies, mailbox, each)


class TestTheLatestWords:
    def test_are_with_the_debt_before_it_is_settled_again(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        debt = the_debt(supplies, mailbox)
        said = acts.correct(supplies, mailbox, about(supplies, mailbox, KIND.DISPUTED))

        with supplies.sessions() as session:
            key = access.open_for_machine(session, supplies.keys, mailbox)
            assert the_debt(supplies, mailbox).says == ()
            assert with_latest_words(session, key, debt).says == (said,)

    def test_are_about_this_debt_only(self, supplies: Supplies, mailbox: UUID) -> None:
        acts.correct(supplies, mailbox, about(supplies, mailbox, KIND.DISPUTED))
        other = replace(the_debt(supplies, mailbox), history=())

        with supplies.sessions() as session:
            key = access.open_for_machine(session, supplies.keys, mailbox)
            assert with_latest_words(session, key, other).says == ()
