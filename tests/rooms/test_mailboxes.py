from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select, text

from connectors import key_files
from connectors.key_files import KeyFiles
from letterbox import access
from letterbox.access import (
    CitizenViewer,
    CounsellorViewer,
    MailboxClosed,
    OperatorViewer,
    SenderViewer,
    Viewer,
)
from letterbox.consent.queries import consents_in
from letterbox.consent.rules import Permission
from letterbox.logbook.rules import Act
from letterbox.mailing.leaving import leave_near_days
from letterbox.people.models import Mailbox, Organisation
from letterbox.people.visits import begin_visit
from letterbox.shared import scope
from letterbox.shared.ports import Supplies
from runtime.database import sessions_on
from tests.builders import BSN, OTHER_BSN
from tests.fakes import NOON, FakeClock, FakeMail
from tests.rooms import acts
from tests.rooms.mailing import be_mailed, give_address, sent_to


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


class TestMailboxFor:
    def test_finds_the_same_mailbox_for_the_same_number(self, supplies: Supplies) -> None:
        first, again, other = (acts.a_mailbox(supplies, bsn) for bsn in (BSN, BSN, OTHER_BSN))

        assert first == again != other

    def test_opens_one_mailbox_for_first_letters_that_come_at_the_same_time(
        self, supplies: Supplies, wilg: Organisation, owner: Engine
    ) -> None:
        acts.at_once(6, lambda number: acts.deliver(supplies, wilg, message_id=f"m-{number}"))

        with owner.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(Mailbox)) == 1
        assert len(acts.logbook(supplies, acts.a_mailbox(supplies))) == 6

    def test_keeps_no_number_in_the_clear(self, supplies: Supplies, owner: Engine) -> None:
        acts.a_mailbox(supplies)

        with owner.connect() as connection:
            [row] = connection.execute(
                text("SELECT recipients::text, sealed_number FROM recipients")
            )

        assert BSN not in row[0]
        assert BSN.encode() not in row[1]


class TestClaimMailbox:
    def test_is_noted_once(self, supplies: Supplies, mailbox: UUID, clock: FakeClock) -> None:
        for _ in range(2):
            claim(supplies, mailbox)
            clock.advance(hours=1)

        [line] = acts.logbook(supplies, mailbox)
        assert (line.act, line.at) == (Act.CLAIMED, NOON)

    @pytest.mark.parametrize("closed", [True, False])
    def test_is_refused_when_there_is_none(
        self, closed: bool, supplies: Supplies, mailbox: UUID
    ) -> None:
        if closed:
            acts.close(supplies, mailbox)

        with pytest.raises(MailboxClosed):
            claim(supplies, mailbox if closed else uuid4())


class TestCloseMailbox:
    def test_makes_everything_in_it_unreadable(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, zuid: Organisation
    ) -> None:
        letter_id = acts.deliver(supplies, wilg).id
        consent = acts.a_consent(supplies, zuid, mailbox)

        acts.close(supplies, mailbox)

        viewers: list[Viewer] = [
            CitizenViewer(mailbox),
            SenderViewer(wilg.id, mailbox),
            CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW),
            OperatorViewer(mailbox),
        ]
        for viewer in viewers:
            with pytest.raises(MailboxClosed):
                acts.look(supplies, viewer)
        with pytest.raises(MailboxClosed):
            acts.read(supplies, mailbox, letter_id)
        with pytest.raises(MailboxClosed):
            acts.close(supplies, mailbox)

    def test_is_the_last_line_of_a_logbook_that_still_holds(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        acts.close(supplies, mailbox)

        assert [line.act for line in acts.logbook(supplies, mailbox)] == [Act.CLOSED]
        assert acts.broken_line(supplies, mailbox) is None

    @pytest.mark.parametrize(
        ("who", "actor"), [(CitizenViewer, "citizen"), (OperatorViewer, "operator")]
    )
    def test_says_in_its_last_line_who_did_it(
        self,
        who: type[CitizenViewer | OperatorViewer],
        actor: str,
        supplies: Supplies,
        mailbox: UUID,
    ) -> None:
        with supplies.sessions.begin() as session:
            access.close_mailbox(session, supplies.keys, who(mailbox), now=supplies.clock())

        last = acts.logbook(supplies, mailbox)[-1]
        assert (last.act, last.actor) == (Act.CLOSED, actor)

    def test_ends_every_consent_that_was_in_force(
        self, supplies: Supplies, mailbox: UUID, zuid: Organisation, clock: FakeClock
    ) -> None:
        over = acts.a_consent(supplies, zuid, mailbox, days=1)
        stopped = acts.a_consent(supplies, zuid, mailbox)
        acts.revoke(supplies, mailbox, stopped.id)
        clock.advance(days=2)
        running = acts.a_consent(supplies, zuid, mailbox)

        acts.close(supplies, mailbox)

        with supplies.sessions() as session:
            scope.enter(session, mailbox=mailbox)
            ended = {each.id: each.ended_at for each in consents_in(session, mailbox)}
        assert ended == {over.id: None, stopped.id: NOON, running.id: clock.now}

    def test_logs_everyone_out_of_it_and_nobody_else(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        other = acts.a_mailbox(supplies, OTHER_BSN)
        with supplies.sessions.begin() as session:
            for token, whose in (("one", mailbox), ("two", mailbox), ("other", other)):
                begin_visit(session, token, whose, now=supplies.clock())

        acts.close(supplies, mailbox)

        with owner.connect() as connection:
            assert connection.scalars(text("SELECT token_hash FROM visits")).all() == ["other"]

    def test_forgets_what_was_chosen_and_mailed(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        tables = ("preferences", "sent_notices")
        other = acts.a_mailbox(supplies, OTHER_BSN)
        for each in (mailbox, other):
            be_mailed(supplies, each)
            with supplies.sessions.begin() as session:
                scope.enter(session, mailbox=each)
                days, now = [date(2026, 3, 6)], supplies.clock()
                leave_near_days(session, supplies.keys, supplies.jobs, each, days, now=now)

        acts.close(supplies, mailbox)

        with owner.connect() as connection:
            for table in tables:
                whose = connection.scalars(text(f"SELECT mailbox_id FROM {table}"))  # noqa: S608
                assert whose.all() == [other]

    def test_leaves_nothing_noted_of_a_mail_that_is_on_its_way(
        self,
        supplies: Supplies,
        mailbox: UUID,
        mail: FakeMail,
        work: Callable[[], int],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(mail, "send", lambda *_: acts.close(supplies, mailbox))
        give_address(supplies, mailbox)

        work()

        assert sent_to(supplies, mailbox) == []

    def test_leaves_a_fresh_mailbox_for_the_next_letter(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        acts.deliver(supplies, wilg)
        acts.close(supplies, mailbox)

        acts.deliver(supplies, wilg)

        fresh = acts.a_mailbox(supplies)
        assert fresh != mailbox
        assert [line.act for line in acts.logbook(supplies, fresh)] == [Act.LETTER_DELIVERED]


class TestRewrap:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        key_files.prepare(tmp_path)
        return tmp_path

    @pytest.fixture
    def running(self, supplies: Supplies, folder: Path) -> Supplies:
        return replace(supplies, keys=KeyFiles(folder))

    def test_reads_before_during_and_after(
        self, running: Supplies, folder: Path, wilg: Organisation, owner: Engine
    ) -> None:
        mailbox, letter_id = acts.a_mailbox(running), acts.deliver(running, wilg).id
        before = acts.read(running, mailbox, letter_id)
        key_files.add_key(folder)
        during = acts.read(replace(running, keys=KeyFiles(folder)), mailbox, letter_id)

        needed = [rewrapped(owner, folder, mailbox) for _ in range(2)]

        after = acts.read(running, mailbox, letter_id)
        assert before == during == after == "read"
        assert needed == [True, False]

    def test_needs_the_old_key_no_longer(
        self, running: Supplies, folder: Path, wilg: Organisation, owner: Engine
    ) -> None:
        mailbox, letter_id = acts.a_mailbox(running), acts.deliver(running, wilg).id
        key_files.add_key(folder)
        rewrapped(owner, folder, mailbox)
        (folder / "kek-0001.key").unlink()

        restarted = replace(running, keys=KeyFiles(folder))

        assert acts.read(restarted, mailbox, letter_id) == "read"

    @pytest.mark.parametrize("closed", [True, False])
    def test_leaves_alone_what_holds_no_key(
        self, closed: bool, running: Supplies, folder: Path, owner: Engine
    ) -> None:
        mailbox = acts.a_mailbox(running) if closed else uuid4()
        if closed:
            acts.close(running, mailbox)
        key_files.add_key(folder)

        assert not rewrapped(owner, folder, mailbox)


def claim(supplies: Supplies, mailbox_id: UUID) -> None:
    with supplies.sessions.begin() as session:
        access.claim_mailbox(session, supplies.keys, mailbox_id, now=supplies.clock())


def rewrapped(owner: Engine, folder: Path, mailbox_id: UUID) -> bool:
    with sessions_on(owner).begin() as session:
        return access.rewrap(session, KeyFiles(folder), mailbox_id)
