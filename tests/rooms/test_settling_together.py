"""Letters that arrive together are settled once, none is forgotten, and newer rules reach all."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session, sessionmaker

from connectors.job_queue import JobQueue
from letterbox import access
from letterbox.access import CitizenViewer
from letterbox.debts import queries, service
from letterbox.people.models import Organisation
from letterbox.reading.service import read_letter
from letterbox.shared.ports import KeyStore, Supplies
from runtime import settle_all, worker
from runtime.database import engine_for, migrate, sessions_on
from tests.builders import BSN, DEMAND, OTHER_BSN, work_off
from tests.fakes import NOON
from tests.rooms import acts

WATER = DEMAND.replace("De Wilg", "De Vliet").replace("HU-2026-0417", "W-2026-88812")
BURST = 20


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


def a_burst(supplies: Supplies, sender: Organisation) -> list[UUID]:
    """Deliver letters about so many claims, and return their ids."""
    numbers = range(BURST)
    pdfs = [DEMAND.replace("HU-2026-0417", f"HU-2026-{number:04d}") for number in numbers]
    return [acts.deliver(supplies, sender, pdf).id for pdf in pdfs]


def jobs(owner: Engine, name: str) -> int:
    named = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
    with owner.connect() as connection:
        return connection.scalar(named, {"name": name}) or 0


def take_a_job(owner: Engine, name: str) -> None:
    """Do as Procrastinate does when a worker begins: from now on the job waits no longer."""
    begin = text("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = :name")
    with owner.begin() as connection:
        connection.execute(begin, {"name": name})


def versions(supplies: Supplies, mailbox: UUID) -> tuple[int, int]:
    """Return how often a mailbox was settled, and by which rules the last time."""
    with supplies.sessions() as session:
        key = access.open_for_machine(session, supplies.keys, mailbox)
        found = queries.snapshot_in(session, key)
    assert found is not None
    return found.version, found.rules_version


class TestABurst:
    def test_leaves_one_job_however_many_letters_are_read_at_once(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        letters = a_burst(supplies, wilg)[:6]

        acts.at_once(len(letters), lambda number: acts.read(supplies, mailbox, letters[number]))

        assert jobs(owner, "settle_mailbox") == 1

    def test_is_settled_once(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        a_burst(supplies, wilg)

        assert work_off(supplies, owner) == BURST + 1

        assert versions(supplies, mailbox)[0] == 1
        assert len(acts.debts_in(supplies, mailbox)) == BURST

    def test_is_settled_a_few_times_at_most_by_a_real_worker_with_many_hands(
        self,
        supplies: Supplies,
        mailbox: UUID,
        wilg: Organisation,
        application: Engine,
        owner: Engine,
    ) -> None:
        a_burst(supplies, wilg)

        async def work() -> None:
            app = worker.job_app(supplies, application.url)
            async with app.open_async():
                # A job whose mailbox is being settled cannot be taken yet.
                while jobs(owner, "read_letter") + jobs(owner, "settle_mailbox"):
                    await app.run_worker_async(
                        concurrency=4,
                        wait=False,
                        delete_jobs="successful",
                        install_signal_handlers=False,
                    )

        with ThreadPoolExecutor(1) as threads:
            threads.submit(lambda: asyncio.run(work())).result(60)

        assert versions(supplies, mailbox)[0] <= 3
        assert len(acts.debts_in(supplies, mailbox)) == BURST
        assert acts.overview(supplies, CitizenViewer(mailbox)).unread == ()


class TestALetterThatIsReadMeanwhile:
    def test_is_seen_by_the_job_that_it_counts_on(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)
        late = acts.deliver(supplies, wilg, WATER).id
        with ThreadPoolExecutor(1) as threads, supplies.sessions() as slow:
            read_letter(slow, acts.desk(supplies), mailbox, late, now=supplies.clock())
            take_a_job(owner, "settle_mailbox")
            settling = threads.submit(acts.settle, supplies, mailbox)
            acts.until_someone_waits(owner, unless=settling)

            slow.commit()

            assert settling.result(10) == 1
        assert jobs(owner, "settle_mailbox") == 1
        assert len(acts.debts_in(supplies, mailbox)) == 2

    def test_leaves_a_job_of_its_own_when_settling_has_begun(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)
        late = acts.deliver(supplies, wilg, WATER).id
        with ThreadPoolExecutor(1) as threads, supplies.sessions() as slow:
            take_a_job(owner, "settle_mailbox")
            service.settle_mailbox(slow, supplies.keys, mailbox, now=supplies.clock())
            reading = threads.submit(acts.read, supplies, mailbox, late)
            acts.until_done_or_waiting(owner, reading)
            slow.commit()
            reading.result(10)

        assert jobs(owner, "settle_mailbox") == 2
        work_off(supplies, owner)
        assert len(acts.debts_in(supplies, mailbox)) == 2


class TestNewerRules:
    @pytest.fixture
    def settled(self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine) -> UUID:
        acts.deliver(supplies, wilg)
        work_off(supplies, owner)
        return mailbox

    @pytest.fixture
    def newer(self, settled: UUID, monkeypatch: pytest.MonkeyPatch) -> int:
        monkeypatch.setattr(service, "RULES_VERSION", service.RULES_VERSION + 1)
        return service.RULES_VERSION

    def test_leave_alone_what_was_settled_by_them(
        self, supplies: Supplies, settled: UUID, owner: Engine
    ) -> None:
        assert settle_all.leave_all_outdated(sessions_on(owner), supplies.jobs) == 0
        assert jobs(owner, "settle_again") == 0

    def test_settle_what_older_rules_settled(
        self, supplies: Supplies, settled: UUID, newer: int, owner: Engine
    ) -> None:
        assert settle_all.leave_all_outdated(sessions_on(owner), supplies.jobs) == 1

        work_off(supplies, owner)

        assert versions(supplies, settled) == (2, newer)
        assert settle_all.leave_all_outdated(sessions_on(owner), supplies.jobs) == 0

    def test_come_too_late_when_a_letter_was_first(
        self, supplies: Supplies, settled: UUID, newer: int, wilg: Organisation, owner: Engine
    ) -> None:
        settle_all.leave_all_outdated(sessions_on(owner), supplies.jobs)
        acts.read(supplies, settled, acts.deliver(supplies, wilg, WATER).id)
        acts.settle(supplies, settled)

        with supplies.sessions.begin() as session:
            now = supplies.clock()
            assert not service.settle_again(session, supplies.keys, settled, now=now)
        assert versions(supplies, settled) == (2, newer)

    def test_pass_by_a_mailbox_that_was_closed(
        self, supplies: Supplies, settled: UUID, newer: int, owner: Engine
    ) -> None:
        acts.close(supplies, settled)

        assert settle_all.leave_all_outdated(sessions_on(owner), supplies.jobs) == 0


class TestAnOwnerWhoMaySeeNoMore:
    """The owner of a real installation is no superuser: row-level security holds for it."""

    @pytest.fixture
    def sessions(self, owner: Engine) -> Iterator[sessionmaker[Session]]:
        always = owner.execution_options(isolation_level="AUTOCOMMIT")
        with always.connect() as connection:
            connection.execute(text("CREATE ROLE operates LOGIN CREATEROLE"))
            connection.execute(text("CREATE DATABASE operated OWNER operates"))
        engine = engine_for(owner.url.set(database="operated", username="operates"), connections=2)
        migrate(engine)
        yield sessions_on(engine)
        engine.dispose()
        with always.connect() as connection:
            connection.execute(text("DROP DATABASE operated"))
            connection.execute(text("DROP ROLE operates"))

    @pytest.fixture
    def mailboxes(
        self, sessions: sessionmaker[Session], supplies: Supplies, monkeypatch: pytest.MonkeyPatch
    ) -> list[UUID]:
        found = [a_settled_mailbox(sessions, supplies.keys, bsn) for bsn in (BSN, OTHER_BSN)]
        monkeypatch.setattr(service, "RULES_VERSION", service.RULES_VERSION + 1)
        monkeypatch.setattr(settle_all, "BATCH", 1)
        return found

    def test_leaves_every_mailbox(
        self, sessions: sessionmaker[Session], mailboxes: list[UUID]
    ) -> None:
        assert settle_all.leave_all_outdated(sessions, JobQueue()) == len(mailboxes)

        assert left(sessions) == sorted(mailboxes)

    def test_goes_on_where_it_was_stopped(
        self,
        sessions: sessionmaker[Session],
        mailboxes: list[UUID],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with monkeypatch.context() as stopping, pytest.raises(KeyboardInterrupt):
            stopping.setattr(settle_all, "leave_outdated", stopped_after_one(mailboxes))
            settle_all.leave_all_outdated(sessions, JobQueue())
        assert len(left(sessions)) == 1

        settle_all.leave_all_outdated(sessions, JobQueue())

        assert left(sessions) == sorted(mailboxes)


def a_settled_mailbox(sessions: sessionmaker[Session], keys: KeyStore, bsn: str) -> UUID:
    now = NOON
    with sessions.begin() as session:
        mailbox_id = access.mailbox_for(session, keys, bsn, now=now)
        service.settle_mailbox(session, keys, mailbox_id, now=now)
    return mailbox_id


def stopped_after_one(mailboxes: list[UUID]) -> object:
    def leave(session: Session, jobs: JobQueue, batch: list[UUID]) -> int:
        if batch[0] != min(mailboxes):
            raise KeyboardInterrupt
        return service.leave_outdated(session, jobs, batch)

    return leave


def left(sessions: sessionmaker[Session]) -> list[UUID]:
    """Return which mailboxes wait to be settled again."""
    waiting = text("SELECT args->>'mailbox_id' FROM procrastinate_jobs ORDER BY 1")
    with sessions() as session:
        return [UUID(each) for each in session.scalars(waiting)]
