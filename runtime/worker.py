"""The worker: takes jobs, tries again with growing pauses, never loses one.

Reading runs in killable processes, so the threads here mostly wait. Start more workers on
more machines to go faster; Procrastinate hands each job to one of them.
"""

import asyncio
from collections.abc import Callable
from uuid import UUID

import procrastinate
import structlog
from procrastinate import JobContext, RetryStrategy
from prometheus_client import Counter
from sqlalchemy import URL
from sqlalchemy.orm import Session

from letterbox.access import MailboxClosed
from letterbox.debts.service import settle_again, settle_mailbox
from letterbox.letters.rules import Status
from letterbox.reading.service import ReadingDesk, give_up, read_letter
from letterbox.shared.ports import JobName, Supplies
from letterbox.shared.trace import where

log = structlog.get_logger()

ATTEMPTS = 6
# Procrastinate does not count the first one.
AGAIN = RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=4)
"""Pauses of 4, 16, 64, 256 and 1,024 seconds: long enough for a database to come back."""

SECONDS_TO_RESCUE = 30
LETTERS = Counter("letterbox_letters_total", "Letters that were dealt with.", ["status"])
FAILURES = Counter("letterbox_job_failures_total", "Attempts at a job that failed.", ["job"])

Work = Callable[[Session, Supplies, dict[str, UUID]], None]


class JobFailed(Exception):
    """An attempt failed. It names the place, not the words: those may quote a letter."""


def job_app(supplies: Supplies, url: URL) -> procrastinate.App:
    """Return Procrastinate with the jobs of this house.

    :param url: of the database, as the application
    """
    conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo))
    for name, work in JOBS.items():
        app.task(name=name, queue=name, retry=AGAIN, pass_context=True)(
            _attempt(supplies, name, work)
        )
    return app


async def work(app: procrastinate.App, *, side_by_side: int) -> None:
    """Take jobs until cancelled, whatever happens to the database in the meantime."""
    while True:
        try:
            async with app.open_async():
                rescue = asyncio.create_task(_rescue(app))
                try:
                    await app.run_worker_async(
                        concurrency=side_by_side,
                        delete_jobs="successful",
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=20,
                    )
                finally:
                    rescue.cancel()
        except Exception as error:
            log.error("worker.interrupted", error=where(error))
            await asyncio.sleep(2)


async def _rescue(app: procrastinate.App) -> None:
    """Put back what a worker was busy with when it died."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=SECONDS_TO_RESCUE
        ):
            log.warning("job.rescued", job=job.task_name, job_id=job.id)
            await app.job_manager.retry_job(job)
        await asyncio.sleep(SECONDS_TO_RESCUE / 2)


def _attempt(supplies: Supplies, name: JobName, work: Work) -> Callable[..., None]:
    def attempt(context: JobContext, **words: str) -> None:
        ids = {key: UUID(word) for key, word in words.items()}
        try:
            with supplies.sessions.begin() as session:
                work(session, supplies, ids)
        except MailboxClosed:
            log.info("job.mailbox_closed", job=name, **words)
        except Exception as error:
            FAILURES.labels(name).inc()
            last = context.job.attempts + 1 >= ATTEMPTS
            log.error("job.failed", job=name, error=where(error), for_good=last, **words)
            if last and name == "read_letter":
                _give_up(supplies, ids)
            raise JobFailed(where(error)) from None

    return attempt


def _read(session: Session, supplies: Supplies, ids: dict[str, UUID]) -> None:
    desk = ReadingDesk(supplies.keys, supplies.files, supplies.reader, supplies.jobs)
    status = read_letter(session, desk, now=supplies.clock(), **ids)
    LETTERS.labels(status.value).inc()
    log.info("letter.dealt_with", status=status.value, **_as_words(ids))


def _settle(session: Session, supplies: Supplies, ids: dict[str, UUID]) -> None:
    settle_mailbox(session, supplies.keys, now=supplies.clock(), **ids)


def _settle_again(session: Session, supplies: Supplies, ids: dict[str, UUID]) -> None:
    settle_again(session, supplies.keys, now=supplies.clock(), **ids)


def _give_up(supplies: Supplies, ids: dict[str, UUID]) -> None:
    with supplies.sessions.begin() as session:
        give_up(session, supplies.keys, supplies.jobs, now=supplies.clock(), **ids)
    LETTERS.labels(Status.UNREADABLE.value).inc()


def _as_words(ids: dict[str, UUID]) -> dict[str, str]:
    return {key: str(value) for key, value in ids.items()}


JOBS: dict[JobName, Work] = {
    "read_letter": _read,
    "settle_mailbox": _settle,
    "settle_again": _settle_again,
}
