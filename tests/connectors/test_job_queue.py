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
        "SELECT task_name, queue_name, lock, status, args FROM procrastinate_jobs ORDER BY id"
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
        other = uuid4()
        for mailbox in (MAILBOX, MAILBOX, other):
            leave(supplies, "settle_mailbox", mailbox)

        first, again, elsewhere = (job["lock"] for job in waiting())

        assert first == again != elsewhere
        assert first is not None

    def test_counts_what_waits(self, supplies: Supplies) -> None:
        leave(supplies, "read_letter", letter_id=LETTER)
        for _ in range(2):
            leave(supplies, "settle_mailbox")

        with supplies.sessions() as session:
            counts = supplies.jobs.counts(session)

        assert sorted(counts) == [("read_letter", "todo", 1), ("settle_mailbox", "todo", 2)]
