"""What becomes of a letter when reading it, or settling its mailbox, keeps failing."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest
from procrastinate import RetryStrategy, SyncPsycopgConnector
from procrastinate.jobs import Job
from prometheus_client import REGISTRY
from sqlalchemy import Engine, text
from structlog.testing import capture_logs
from structlog.typing import EventDict

from letterbox.access import CitizenViewer
from letterbox.letters import service as letters
from letterbox.overview.rules import Overview
from letterbox.people.models import Organisation
from letterbox.preferences.rules import MailKind
from letterbox.shared.errors import Unavailable
from letterbox.shared.money import Euro
from letterbox.shared.ports import Supplies
from runtime import worker
from runtime.database import sessions_on
from tests.builders import a_registration
from tests.fakes import FakeClock, FakeMail, FakeReader
from tests.rooms import acts
from tests.rooms.mailing import ADDRESS, be_mailed, sent_to

SECRET = "€ 634,18 aan De Wilg"


@pytest.fixture
def sender(supplies: Supplies, owner: Engine) -> Organisation:
    with sessions_on(owner).begin() as session:
        return a_registration(session, name="De Wilg", now=supplies.clock())[0]


@pytest.fixture
def letter(supplies: Supplies, sender: Organisation) -> UUID:
    return acts.deliver(supplies, sender).id


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    with capture_logs() as lines:
        yield lines


@pytest.fixture
def at_work(
    supplies: Supplies, application: Engine, owner: Engine, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """A real worker that pauses between attempts for no time at all, until nothing waits."""
    without_pauses = RetryStrategy(max_attempts=worker.AGAIN.max_attempts)
    monkeypatch.setattr(worker, "AGAIN", without_pauses)

    async def work() -> None:
        app = worker.job_app(supplies, application.url)
        async with app.open_async():
            while jobs(owner, "todo"):
                await app.run_worker_async(wait=False, delete_jobs="successful")

    def in_a_loop_of_its_own() -> None:
        # Not in this thread: a browser that another test drives has a loop here.
        with ThreadPoolExecutor(1) as threads:
            threads.submit(lambda: asyncio.run(asyncio.wait_for(work(), timeout=20))).result()

    return in_a_loop_of_its_own


def jobs(owner: Engine, status: str) -> list[str]:
    waiting = text("SELECT task_name FROM procrastinate_jobs WHERE status = :status ORDER BY id")
    with owner.connect() as connection:
        return list(connection.scalars(waiting, {"status": status}))


def metric(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


def status(supplies: Supplies, sender: Organisation, letter_id: UUID) -> str:
    with supplies.sessions() as session:
        return letters.delivery_of(session, sender.id, letter_id).status


def overview(supplies: Supplies) -> Overview:
    return acts.overview(supplies, CitizenViewer(acts.a_mailbox(supplies)))


class TestReadingThatKeepsFailing:
    @pytest.fixture(autouse=True)
    def broken(self, reader: FakeReader) -> None:
        reader.failure = RuntimeError(SECRET)

    def test_ends_with_a_letter_that_everyone_can_see_is_not_read(
        self, supplies: Supplies, sender: Organisation, letter: UUID, at_work: Callable[[], None]
    ) -> None:
        at_work()

        assert status(supplies, sender, letter) == "unreadable"
        [unread] = overview(supplies).unread
        assert (unread.letter_id, unread.status) == (letter, "unreadable")

    def test_is_counted_every_time_and_left_for_the_operator_to_see(
        self, letter: UUID, at_work: Callable[[], None], owner: Engine
    ) -> None:
        failures, unreadable = (
            metric("letterbox_job_failures_total", job="read_letter"),
            metric("letterbox_letters_total", status="unreadable"),
        )

        at_work()

        tried = metric("letterbox_job_failures_total", job="read_letter") - failures
        assert tried == worker.ATTEMPTS
        assert metric("letterbox_letters_total", status="unreadable") == unreadable + 1
        assert jobs(owner, "failed") == ["read_letter"]

    def test_is_logged_by_id_and_place_never_by_what_the_letter_says(
        self, letter: UUID, at_work: Callable[[], None], logged: list[EventDict]
    ) -> None:
        at_work()

        failed = [line for line in logged if line["event"] == "job.failed"]
        assert [line["for_good"] for line in failed] == [False] * (worker.ATTEMPTS - 1) + [True]
        assert {line["letter_id"] for line in failed} == {str(letter)}
        assert all("RuntimeError at " in line["error"] for line in failed)
        assert "634,18" not in str(logged)

    def test_keeps_its_words_out_of_the_database(
        self, letter: UUID, at_work: Callable[[], None], owner: Engine
    ) -> None:
        at_work()

        with owner.connect() as connection:
            kept = connection.execute(text("SELECT * FROM procrastinate_jobs")).all()

        assert kept
        assert "634,18" not in str(kept)


class TestReadingThatFailsAtFirst:
    def test_is_tried_again_until_it_works(
        self,
        supplies: Supplies,
        sender: Organisation,
        letter: UUID,
        at_work: Callable[[], None],
        reader: FakeReader,
        owner: Engine,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        failures: list[Exception | None] = [None, MemoryError(), OSError()]
        whole = reader.paper

        def paper(pdf: bytes) -> object:
            reader.failure = failures.pop() if failures else None
            return whole(pdf)

        monkeypatch.setattr(reader, "paper", paper)

        at_work()

        assert status(supplies, sender, letter) == "read"
        assert overview(supplies).totals.outstanding == Euro(634_18)
        assert jobs(owner, "failed") == jobs(owner, "todo") == []


class TestSettlingThatKeepsFailing:
    def test_hides_no_letter_and_is_made_good_by_the_next_one(
        self,
        supplies: Supplies,
        sender: Organisation,
        letter: UUID,
        at_work: Callable[[], None],
        owner: Engine,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setitem(worker.JOBS, "settle_mailbox", fall_over)
            at_work()
        [unread] = overview(supplies).unread
        assert (unread.letter_id, unread.status) == (letter, "read")
        assert jobs(owner, "failed") == ["settle_mailbox"]

        acts.deliver(supplies, sender)
        at_work()

        assert overview(supplies).unread == ()


class TestAMailboxThatWasClosed:
    def test_is_no_failure(
        self, supplies: Supplies, letter: UUID, at_work: Callable[[], None], owner: Engine
    ) -> None:
        acts.close(supplies, acts.a_mailbox(supplies))

        at_work()

        assert jobs(owner, "failed") == jobs(owner, "todo") == []


class TestPauses:
    def test_grow_until_it_is_enough(self) -> None:
        pauses = [pause_after(attempts) for attempts in range(worker.ATTEMPTS)]

        assert pauses == [4, 16, 64, 256, 1024, None]


def pause_after(attempts: int) -> int | None:
    """Return how many seconds the worker waits after so many attempts and one more."""
    job = Job(queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
    decision = worker.AGAIN.get_retry_decision(exception=OSError(), job=job)
    if decision is None or decision.retry_at is None:
        return None
    return round((decision.retry_at - datetime.now(UTC)).total_seconds())


def fall_over(*_: object) -> None:
    raise InterruptedError


class TestMailThatKeepsFailing:
    def test_is_given_up_and_says_nothing_of_the_address(
        self,
        supplies: Supplies,
        sender: Organisation,
        mail: FakeMail,
        at_work: Callable[[], None],
        owner: Engine,
        logged: list[EventDict],
    ) -> None:
        mailbox = acts.a_mailbox(supplies)
        be_mailed(supplies, mailbox)
        mail.failure = Unavailable("The mail server does not answer.")
        acts.deliver(supplies, sender)

        at_work()

        assert [each.status for each in sent_to(supplies, mailbox)] == ["failed"]
        assert jobs(owner, "failed") == ["send_notice"]
        assert ADDRESS not in str(logged)


class TestTheDailyRound:
    def test_is_a_job_that_leaves_a_look_for_each_who_wants_it(
        self,
        supplies: Supplies,
        sender: Organisation,
        mail: FakeMail,
        clock: FakeClock,
        application: Engine,
        at_work: Callable[[], None],
    ) -> None:
        be_mailed(supplies, acts.a_mailbox(supplies), [MailKind.NEAR_DAY])
        acts.deliver(supplies, sender)
        at_work()
        clock.advance(days=3)

        app = worker.job_app(supplies, application.url)
        [round_of_days] = app.periodic_registry.periodic_tasks.values()
        with (
            app.replace_connector(
                SyncPsycopgConnector(conninfo=conninfo_of(application))
            ) as leaving,
            leaving.open(),
        ):
            leaving.configure_task(round_of_days.task.name, queue="begin_round").defer(timestamp=0)
        at_work()

        assert [to for to, _, _ in mail.sent] == [ADDRESS]


def conninfo_of(engine: Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
