from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from letterbox.access import CitizenViewer, MailboxClosed
from letterbox.debts.service import settle_mailbox
from letterbox.overview.rules import Overview
from letterbox.people.models import Organisation
from letterbox.shared.money import Euro
from letterbox.shared.ports import Supplies
from tests.builders import DEMAND, OTHER_BSN, work_off
from tests.fakes import FakeClock
from tests.rooms import acts

WATER = """%PDF-1.7
Waternet
Datum: 21 februari 2026
Factuurnummer: 2026-88812
Betreft: factuur
Te betalen: € 45,00
Betaal dit bedrag uiterlijk 10 maart 2026.
"""
SCAN = "%PDF-1.7\n"


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


def seen(supplies: Supplies, mailbox: UUID) -> Overview:
    return acts.overview(supplies, CitizenViewer(mailbox))


class TestSettleMailbox:
    def test_turns_what_was_read_into_debts(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)

        acts.settle(supplies, mailbox)

        overview = seen(supplies, mailbox)
        assert overview.totals.outstanding == Euro(634_18)
        assert overview.unread == ()

    def test_gives_the_same_debts_again_under_a_next_version(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)
        first = acts.settle(supplies, mailbox)
        before = seen(supplies, mailbox)

        second = acts.settle(supplies, mailbox)

        assert (first, second) == (1, 2)
        assert seen(supplies, mailbox) == before

    def test_leaves_out_of_the_debts_what_is_not_read(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        scan = acts.deliver(supplies, wilg, SCAN).id
        acts.read(supplies, mailbox, scan)
        waiting = acts.deliver(supplies, wilg).id

        acts.settle(supplies, mailbox)

        overview = seen(supplies, mailbox)
        assert overview.debts == ()
        assert {(each.letter_id, each.status) for each in overview.unread} == {
            (scan, "unreadable"),
            (waiting, "received"),
        }

    def test_shows_a_letter_as_not_yet_counted_until_it_is(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        letter = acts.deliver(supplies, wilg).id
        acts.read(supplies, mailbox, letter)

        [unread] = seen(supplies, mailbox).unread

        assert (unread.letter_id, unread.status, unread.sender) == (letter, "read", "De Wilg")

    def test_keeps_mailboxes_apart(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        other = acts.a_mailbox(supplies, OTHER_BSN)
        acts.read(supplies, other, acts.deliver(supplies, wilg, bsn=OTHER_BSN).id)

        for each in (mailbox, other):
            acts.settle(supplies, each)

        assert seen(supplies, mailbox).debts == ()
        assert len(seen(supplies, other).debts) == 1

    def test_settles_nothing_in_a_mailbox_that_was_closed(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        acts.close(supplies, mailbox)

        with pytest.raises(MailboxClosed):
            acts.settle(supplies, mailbox)


class TestTwoWorkers:
    @pytest.mark.parametrize("settled_before", [0, 1])
    def test_never_settle_one_mailbox_at_the_same_moment(
        self, settled_before: int, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)
        for _ in range(settled_before):
            acts.settle(supplies, mailbox)

        versions = acts.at_once(6, lambda _: acts.settle(supplies, mailbox))

        assert sorted(versions) == [settled_before + number for number in range(1, 7)]

    def test_wait_for_each_other_and_the_last_one_counts(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)
        with ThreadPoolExecutor(1) as threads, supplies.sessions() as slow:
            settle_mailbox(slow, supplies.keys, mailbox, now=supplies.clock())
            second = threads.submit(acts.settle, supplies, mailbox)
            acts.until_someone_waits(owner, unless=second)

            slow.commit()

            assert second.result(10) == 2

    def test_lose_no_letter_that_is_read_while_the_mailbox_is_settled(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)
        late = acts.deliver(supplies, wilg, WATER).id
        with ThreadPoolExecutor(1) as threads, supplies.sessions() as slow:
            settle_mailbox(slow, supplies.keys, mailbox, now=supplies.clock())
            reading = threads.submit(acts.read, supplies, mailbox, late)
            acts.until_done_or_waiting(owner, reading)
            slow.commit()
            reading.result(10)
        between = seen(supplies, mailbox)

        work_off(supplies, owner)

        assert [each.letter_id for each in between.unread] == [late]
        after = seen(supplies, mailbox)
        assert after.unread == ()
        assert len(after.debts) + len(after.other_letters) == 2


class TestShowOverview:
    def test_is_empty_before_the_first_letter(self, supplies: Supplies, mailbox: UUID) -> None:
        overview = seen(supplies, mailbox)

        assert (overview.debts, overview.unread, overview.totals.debts) == ((), (), 0)

    def test_counts_the_days_where_the_citizen_lives(
        self, supplies: Supplies, mailbox: UUID, clock: FakeClock
    ) -> None:
        clock.now = clock.now.replace(hour=23, minute=30)  # half past midnight in Amsterdam

        assert seen(supplies, mailbox).as_of == clock.now.date() + timedelta(days=1)

    def test_counts_the_same_file_once(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        for _ in range(2):
            acts.deliver(supplies, wilg, DEMAND)

        work_off(supplies, owner)

        assert seen(supplies, mailbox).totals.outstanding == Euro(634_18)
