from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
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
    MailboxKey,
    OperatorViewer,
    SenderViewer,
    Viewer,
)
from letterbox.consent import service as consents
from letterbox.consent.rules import Permission
from letterbox.letters import queries as letters
from letterbox.logbook.rules import Act, ActorKind
from letterbox.people.models import Mailbox, Organisation
from letterbox.shared.ports import Supplies
from letterbox.shared.sealing import BrokenSeal
from runtime.database import sessions_on
from tests.builders import BSN, OTHER_BSN
from tests.fakes import NOON, FakeClock
from tests.rooms import acts

INSTANT = timedelta(microseconds=1)
VIEWERS: dict[ActorKind, Callable[[UUID, UUID], Viewer]] = {
    ActorKind.CITIZEN: lambda mailbox, _: CitizenViewer(mailbox),
    ActorKind.SENDER: lambda mailbox, organisation: SenderViewer(organisation, mailbox),
    ActorKind.OPERATOR: lambda mailbox, _: OperatorViewer(mailbox),
}


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


class TestOpenMailbox:
    @pytest.mark.parametrize("kind", VIEWERS)
    def test_opens_and_writes_down_who_it_was(
        self, kind: ActorKind, supplies: Supplies, mailbox: UUID
    ) -> None:
        organisation = uuid4()

        key = acts.look(supplies, VIEWERS[kind](mailbox, organisation))

        [line] = acts.logbook(supplies, mailbox)
        assert key.mailbox_id == line.mailbox_id == mailbox
        assert line.entry.actor is kind
        assert line.entry.actor_id == (organisation if kind is ActorKind.SENDER else None)
        assert line.entry.at == supplies.clock()

    def test_opens_for_a_counsellor_by_a_consent(
        self, supplies: Supplies, mailbox: UUID, zuid: Organisation
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)

        key = acts.look(supplies, CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW))

        line = acts.logbook(supplies, mailbox)[-1]
        assert key.mailbox_id == mailbox
        assert key.consent is not None and key.consent.id == line.consent_id == consent.id
        assert (line.actor, line.actor_id) == (ActorKind.COUNSELLOR, zuid.id)

    def test_writes_a_line_for_every_opening(self, supplies: Supplies, mailbox: UUID) -> None:
        for _ in range(3):
            acts.look(supplies, CitizenViewer(mailbox))

        assert [line.number for line in acts.logbook(supplies, mailbox)] == [1, 2, 3]

    def test_writes_no_line_when_the_transaction_fails(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        def fail() -> None:
            with supplies.sessions.begin() as session:
                viewer, now = CitizenViewer(mailbox), supplies.clock()
                access.open_mailbox(session, supplies.keys, viewer, Act.OVERVIEW_SEEN, now=now)
                session.flush()
                raise InterruptedError

        with pytest.raises(InterruptedError):
            fail()

        assert acts.logbook(supplies, mailbox) == []
        assert acts.broken_line(supplies, mailbox) is None

    def test_stays_closed_when_the_line_cannot_be_written(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        with owner.begin() as connection:
            connection.execute(text("REVOKE INSERT ON logbook_lines FROM letterbox_app"))
        try:
            with pytest.raises(Exception, match="logbook_lines"):
                acts.look(supplies, CitizenViewer(mailbox))
        finally:
            with owner.begin() as connection:
                connection.execute(text("GRANT INSERT ON logbook_lines TO letterbox_app"))


class TestConsent:
    @pytest.fixture
    def see(
        self, supplies: Supplies, mailbox: UUID, zuid: Organisation
    ) -> Callable[..., MailboxKey]:
        consent = acts.a_consent(supplies, zuid, mailbox, permissions=[Permission.OVERVIEW])
        viewer = CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW)
        return lambda **changes: acts.look(supplies, replace(viewer, **changes))

    def test_closes_the_mailbox_at_the_very_moment_it_ends(
        self, see: Callable[..., MailboxKey], clock: FakeClock
    ) -> None:
        clock.now += timedelta(days=30) - INSTANT
        assert see()
        clock.now += INSTANT

        with pytest.raises(MailboxClosed):
            see()

    def test_does_not_open_it_before_it_begins(
        self, see: Callable[..., MailboxKey], clock: FakeClock
    ) -> None:
        clock.now -= INSTANT

        with pytest.raises(MailboxClosed):
            see()

    def test_closes_the_mailbox_at_the_very_moment_it_is_revoked(
        self, supplies: Supplies, mailbox: UUID, zuid: Organisation, clock: FakeClock
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)
        viewer = CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW)
        clock.advance(hours=1)
        assert acts.look(supplies, viewer)
        acts.revoke(supplies, mailbox, consent.id)

        with pytest.raises(MailboxClosed):
            acts.look(supplies, viewer)

    def test_once_revoked_opens_for_nobody_who_was_still_waiting(
        self,
        supplies: Supplies,
        mailbox: UUID,
        zuid: Organisation,
        clock: FakeClock,
        owner: Engine,
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)
        viewer = CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW)
        with supplies.sessions() as ending, ThreadPoolExecutor(1) as threads:
            citizen, later = CitizenViewer(mailbox), clock.now + timedelta(seconds=1)
            access.open_mailbox(ending, supplies.keys, citizen, Act.CONSENT_ENDED, now=later)
            consents.end(ending, mailbox, consent.id, reason=None, now=later)
            looking = threads.submit(acts.look, supplies, viewer)
            acts.until_someone_waits(owner, unless=looking)

            ending.commit()

            with pytest.raises(MailboxClosed):
                looking.result(10)

    @pytest.mark.parametrize(
        "changes",
        [
            {"permission": Permission.LETTERS},
            {"organisation_id": uuid4()},
            {"consent_id": uuid4()},
        ],
        ids=["missing permission", "another organisation", "unknown consent"],
    )
    def test_opens_nothing_more(
        self, see: Callable[..., MailboxKey], changes: dict[str, object]
    ) -> None:
        with pytest.raises(MailboxClosed):
            see(**changes)

    def test_leaves_no_line_when_it_does_not_open(
        self, supplies: Supplies, mailbox: UUID, see: Callable[..., MailboxKey]
    ) -> None:
        before = len(acts.logbook(supplies, mailbox))

        with pytest.raises(MailboxClosed):
            see(permission=Permission.LETTERS)

        assert len(acts.logbook(supplies, mailbox)) == before


class TestMailboxClosed:
    def test_says_the_same_of_what_is_unknown_and_what_is_not_yours(
        self,
        supplies: Supplies,
        mailbox: UUID,
        zuid: Organisation,
        register: Callable[..., Organisation],
    ) -> None:
        consent, other = acts.a_consent(supplies, zuid, mailbox), register("Noord")
        viewers: list[Viewer] = [
            CounsellorViewer(other.id, consent.id, Permission.OVERVIEW),
            CounsellorViewer(other.id, uuid4(), Permission.OVERVIEW),
            CitizenViewer(uuid4()),
            SenderViewer(other.id, uuid4()),
        ]

        assert len({refusal(supplies, viewer) for viewer in viewers}) == 1


class TestMailboxKey:
    def test_seals_for_one_row_of_one_table_of_one_mailbox(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        key = acts.look(supplies, CitizenViewer(mailbox))
        other = acts.look(supplies, CitizenViewer(acts.a_mailbox(supplies, OTHER_BSN)))
        row = uuid4()

        sealed = key.seal("letters", row, b"what it says")

        assert key.unseal("letters", row, sealed) == b"what it says"
        for unseal, table, where in (
            (other.unseal, "letters", row),
            (key.unseal, "readings", row),
            (key.unseal, "letters", uuid4()),
        ):
            with pytest.raises(BrokenSeal):
                unseal(table, where, sealed)

    def test_does_not_show_what_it_is_made_of(self, supplies: Supplies, mailbox: UUID) -> None:
        assert "data_key" not in repr(acts.look(supplies, CitizenViewer(mailbox)))

    @pytest.mark.parametrize("bsn", [BSN, OTHER_BSN], ids=["same mailbox", "other mailbox"])
    def test_does_not_open_a_letter_that_was_moved_here(
        self, bsn: str, supplies: Supplies, wilg: Organisation, owner: Engine
    ) -> None:
        mailbox = acts.a_mailbox(supplies)
        here = acts.deliver(supplies, wilg).id
        from_there = acts.deliver(supplies, wilg, bsn=bsn).id
        with owner.begin() as connection:
            for table, row, sealed in (
                ("letters", "id", "sealed_envelope"),
                ("letter_files", "letter_id", "sealed"),
            ):
                connection.execute(
                    text(
                        f"UPDATE {table} SET {sealed} = "  # noqa: S608
                        f"(SELECT {sealed} FROM {table} WHERE {row} = :there) WHERE {row} = :here"
                    ),
                    {"here": here, "there": from_there},
                )

        with pytest.raises(BrokenSeal):
            acts.read(supplies, mailbox, here)
        with supplies.sessions.begin() as session:
            key = access.open_for_machine(session, supplies.keys, mailbox)
            letter = letters.letter_in(session, key, here)
            assert letter is not None
            with pytest.raises(BrokenSeal):
                letters.kept_with(key, letter)


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
            assert refusal(supplies, viewer)
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


def refusal(supplies: Supplies, viewer: Viewer) -> tuple[str, str]:
    with pytest.raises(MailboxClosed) as caught:
        acts.look(supplies, viewer)
    return caught.value.title, caught.value.detail


def claim(supplies: Supplies, mailbox_id: UUID) -> None:
    with supplies.sessions.begin() as session:
        access.claim_mailbox(session, supplies.keys, mailbox_id, now=supplies.clock())


def rewrapped(owner: Engine, folder: Path, mailbox_id: UUID) -> bool:
    with sessions_on(owner).begin() as session:
        return access.rewrap(session, KeyFiles(folder), mailbox_id)
