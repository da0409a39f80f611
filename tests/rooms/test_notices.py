"""Claim notices in the house: kept, sealed, settled, and nobody finds out who has a mailbox."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from letterbox.debts.facts import DebtStatus, Told
from letterbox.letters.notices import NoticeIdTaken
from letterbox.letters.rules import NoticeType
from letterbox.letters.service import NoGroundForBsn
from letterbox.logbook.rules import Act
from letterbox.people.models import Organisation
from letterbox.shared.money import Euro
from letterbox.shared.ports import Supplies
from tests.api.tables import everything_in, row_counts
from tests.builders import OTHER_BSN, work_off
from tests.rooms import acts
from tests.rooms.conftest import Register


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


class TestDeliverNotice:
    def test_changes_the_debt_it_is_about(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        acts.deliver(supplies, wilg)
        acts.tell(supplies, wilg)

        work_off(supplies, owner)

        [debt] = acts.debts_in(supplies, mailbox)
        assert debt.outstanding == Euro(534_18)
        assert [line.source for line in debt.history] == [Told.LETTER, Told.NOTICE]

    def test_is_shown_as_linked_to_nothing_when_no_letter_is_about_it(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        told = acts.tell(supplies, wilg, reference="HU-2020-9999")

        work_off(supplies, owner)

        [notice] = acts.settlement(supplies, mailbox).unlinked_notices
        assert (notice.notice_id, notice.sender.name) == (told.id, "De Wilg")

    def test_of_another_organisation_is_about_another_claim(
        self,
        supplies: Supplies,
        mailbox: UUID,
        wilg: Organisation,
        zuid: Organisation,
        owner: Engine,
    ) -> None:
        acts.deliver(supplies, wilg)
        acts.tell(supplies, zuid, type=NoticeType.PAID_IN_FULL)

        work_off(supplies, owner)

        [debt] = acts.debts_in(supplies, mailbox)
        assert (debt.status, debt.outstanding) == (DebtStatus.OPEN, Euro(634_18))

    def test_is_a_line_in_the_logbook(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        told = acts.tell(supplies, wilg)

        (line,) = acts.logbook(supplies, mailbox)
        assert (line.act, line.actor_id) == (Act.NOTICE_DELIVERED, wilg.id)
        assert line.subject_id == told.id

    def test_opens_a_mailbox_that_nobody_claimed(
        self, supplies: Supplies, wilg: Organisation, owner: Engine
    ) -> None:
        acts.tell(supplies, wilg)

        counts = row_counts(owner)
        assert (counts["mailboxes"], counts["claim_notices"]) == (1, 1)

    def test_is_kept_sealed(self, supplies: Supplies, wilg: Organisation, owner: Engine) -> None:
        acts.tell(supplies, wilg, type=NoticeType.PAYMENT_PLAN_AGREED)

        kept = everything_in(owner)

        assert [word for word in ("HU-2026", "payment_plan", "100.00") if word in kept] == []

    def test_is_refused_without_a_ground_for_the_number(
        self, supplies: Supplies, register: Register, owner: Engine
    ) -> None:
        with pytest.raises(NoGroundForBsn):
            acts.tell(supplies, register(ground=None))

        assert row_counts(owner)["mailboxes"] == 0


class TestTheSameMessage:
    def test_counts_once(self, supplies: Supplies, wilg: Organisation, owner: Engine) -> None:
        first, again = (acts.tell(supplies, wilg, message_id="n-1") for _ in range(2))

        assert (first.again, again.again) == (False, True)
        assert (first.id, first.received_at) == (again.id, again.received_at)
        assert row_counts(owner)["claim_notices"] == 1

    def test_counts_once_when_it_comes_many_times_at_once(
        self, supplies: Supplies, wilg: Organisation, owner: Engine
    ) -> None:
        told = acts.at_once(5, lambda _: acts.tell(supplies, wilg, message_id="n-1"))

        assert sorted(each.again for each in told) == [False, True, True, True, True]
        counts = row_counts(owner)
        assert (counts["claim_notices"], counts["procrastinate_jobs"]) == (1, 1)

    @pytest.mark.parametrize("changes", [{"amount": Euro(1)}, {"bsn": OTHER_BSN}])
    def test_cannot_be_another_notice(
        self, changes: dict[str, Any], supplies: Supplies, wilg: Organisation
    ) -> None:
        first = acts.tell(supplies, wilg, message_id="n-1")

        with pytest.raises(NoticeIdTaken) as caught:
            acts.tell(supplies, wilg, message_id="n-1", **changes)

        assert caught.value.notice_id == first.id

    def test_may_be_that_of_a_letter_or_of_another_sender(
        self, supplies: Supplies, wilg: Organisation, zuid: Organisation
    ) -> None:
        acts.deliver(supplies, wilg, message_id="n-1")

        told = [acts.tell(supplies, who, message_id="n-1") for who in (wilg, zuid)]

        assert [each.again for each in told] == [False, False]

    def test_does_not_tell_that_the_citizen_left(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        first = acts.tell(supplies, wilg, message_id="n-1")
        acts.close(supplies, mailbox)

        again = acts.tell(supplies, wilg, message_id="n-1")

        assert again.again
        assert (again.id, again.received_at) == (first.id, first.received_at)
