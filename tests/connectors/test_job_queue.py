from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from letterbox.shared.ports import JobName, Supplies

MAILBOX, LETTER = uuid4(), uuid4()


@pytest.fixture
def waiting(owner: Engine) -> Callable[[], list[dict[str, Any]]]:
    jobs = text(
        "SELECT task_name, queue_name, lock, status, args, priority FROM procrastinate_jobs "
        "ORDER BY id"
    )

    def look() -> list[dict[str, Any]]:
        with owner.connect() as connection:
            return [dict(row) for row in connection.execute(jobs).mappings()]

    return look


def leave(supplies: Supplies, name: JobName, mailbox_id: UUID = MAILBOX, **ids: UUID) -> None:
    with supplies.sessions.begin() as session:
        supplies.jobs.leave(session, name, mailbox_id=mailbox_id, **ids)


class TestJobQueue:
    def test_leaves_one_job_when_the_transaction_is_committed(
        self, supplies: Supplies, waiting: Callable[[], list[dict[str, Any]]]
    ) -> None:
        leave(supplies, "read_letter", letter_id=LETTER)

        assert waiting() == [
            {
                "task_name": "read_letter",
                "queue_name": "read_letter",
                "lock": None,
                "status": "todo",
                "priority": 0,
                "args": {"mailbox_id": str(MAILBOX), "letter_id": str(LETTER)},
            }
        ]

    def test_leaves_none_when_it_is_rolled_back(
        self, supplies: Supplies, waiting: Callable[[], list[dict[str, Any]]]
    ) -> None:
        with supplies.sessions() as session:
            supplies.jobs.leave(session, "read_letter", mailbox_id=MAILBOX, letter_id=LETTER)
            session.rollback()

        assert waiting() == []

    def test_shows_nobody_a_job_before_its_transaction_is_committed(
        self, supplies: Supplies, waiting: Callable[[], list[dict[str, Any]]]
    ) -> None:
        with supplies.sessions.begin() as session:
            supplies.jobs.leave(session, "read_letter", mailbox_id=MAILBOX, letter_id=LETTER)

            assert waiting() == []

    def test_settles_one_at_a_time_per_mailbox(
        self, supplies: Supplies, waiting: Callable[[], list[dict[str, Any]]]
    ) -> None:
        leave(supplies, "settle_mailbox")
        leave(supplies, "settle_again")
        leave(supplies, "settle_mailbox", uuid4())

        first, again, elsewhere = (job["lock"] for job in waiting())

        assert first == again != elsewhere
        assert first is not None

    def test_leaves_a_mailbox_once_while_it_waits(
        self, supplies: Supplies, waiting: Callable[[], list[dict[str, Any]]]
    ) -> None:
        names: tuple[JobName, ...] = ("settle_mailbox", "settle_again")
        for name in (*names, *names):
            leave(supplies, name)

        assert [job["task_name"] for job in waiting()] == [*names]

    @pytest.mark.parametrize(
        "state", ["status = 'doing'", "scheduled_at = now() + interval '1 minute'"]
    )
    def test_leaves_it_again_when_the_other_has_begun_or_failed(
        self,
        state: str,
        supplies: Supplies,
        waiting: Callable[[], list[dict[str, Any]]],
        owner: Engine,
    ) -> None:
        leave(supplies, "settle_mailbox")
        with owner.begin() as connection:
            connection.execute(text(f"UPDATE procrastinate_jobs SET {state}"))  # noqa: S608

        leave(supplies, "settle_mailbox")

        assert len(waiting()) == 2

    def test_puts_what_newer_rules_ask_behind_what_is_new(
        self, supplies: Supplies, waiting: Callable[[], list[dict[str, Any]]]
    ) -> None:
        leave(supplies, "settle_again")
        leave(supplies, "settle_mailbox")

        again, settling = (job["priority"] for job in waiting())

        assert again < settling == 0

    def test_counts_what_waits(self, supplies: Supplies) -> None:
        leave(supplies, "read_letter", letter_id=LETTER)
        for _ in range(2):
            leave(supplies, "settle_mailbox", uuid4())

        with supplies.sessions() as session:
            counts = supplies.jobs.counts(session)

        assert sorted(counts) == [("read_letter", "todo", 1), ("settle_mailbox", "todo", 2)]
