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
from letterbox.mailing import sending
from letterbox.mailing.mails import Outgoing
from letterbox.overview.near_days import look_at_days
from letterbox.preferences.queries import mailboxes_that_want
from letterbox.preferences.rules import MailKind, MailStatus
from letterbox.reading.service import ReadingDesk, give_up, read_letter
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import JobName, MailRefused, Supplies
from letterbox.shared.trace import where

log = structlog.get_logger()

ATTEMPTS = 6
# Procrastinate does not count the first one.
AGAIN = RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=4)
"""Pauses of 4, 16, 64, 256 and 1,024 seconds: long enough for a database to come back."""

SECONDS_TO_RESCUE = 30
ROUND_OF_DAYS = "0 6 * * *"
"""When the daily round begins that looks for days that come near: at six, in UTC."""

BATCH = 500
"""Mailboxes per transaction of that round."""

LETTERS = Counter("letterbox_letters_total", "Letters that were dealt with.", ["status"])
MAILS = Counter("letterbox_mails_total", "E-mails that were dealt with.", ["status"])
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
    begin_round = app.task(name="begin_round", queue="begin_round", retry=AGAIN)(
        lambda timestamp: leave_round(supplies)
    )
    app.periodic(cron=ROUND_OF_DAYS)(begin_round)
    return app


def leave_round(supplies: Supplies) -> int:
    """Leave a look at the days of every mailbox that wants to hear of them. Return how many.

    Done again after it stopped halfway, it leaves some a second time, which changes nothing.
    """
    done, last, kind = 0, None, MailKind.NEAR_DAY
    while True:
        with supplies.sessions.begin() as session:
            batch = mailboxes_that_want(session, kind, after=last, most=BATCH)
            for mailbox_id in batch:
                supplies.jobs.leave(session, "look_at_days", mailbox_id=mailbox_id)
        if not batch:
            return done
        done, last = done + len(batch), batch[-1]


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
            if last and name in GIVING_UP:
                GIVING_UP[name](supplies, ids)
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


def _send(session: Session, supplies: Supplies, ids: dict[str, UUID]) -> None:
    # Saved before the mail leaves, so that a crash never sends it twice.
    with supplies.sessions.begin() as before:
        mail = sending.take(
            before, supplies.keys, site=supplies.public_url, now=supplies.clock(), **ids
        )
    if mail is None:
        return
    try:
        status = _hand_over(supplies, mail)
    except Unavailable:
        with supplies.sessions.begin() as again:
            sending.note(again, **ids, status=MailStatus.WAITING)
        raise
    sending.note(session, **ids, status=status)
    MAILS.labels(status.value).inc()


def _hand_over(supplies: Supplies, mail: Outgoing) -> MailStatus:
    if supplies.mail is None:
        return MailStatus.FAILED
    try:
        supplies.mail.send(mail.to, mail.subject, mail.text)
    except MailRefused:
        return MailStatus.FAILED
    return MailStatus.DELIVERED


def _give_up_sending(supplies: Supplies, ids: dict[str, UUID]) -> None:
    with supplies.sessions.begin() as session:
        sending.note(session, **ids, status=MailStatus.FAILED)
    MAILS.labels(MailStatus.FAILED.value).inc()


def _look_at_days(session: Session, supplies: Supplies, ids: dict[str, UUID]) -> None:
    look_at_days(session, supplies.keys, supplies.jobs, now=supplies.clock(), **ids)


def _as_words(ids: dict[str, UUID]) -> dict[str, str]:
    return {key: str(value) for key, value in ids.items()}


JOBS: dict[JobName, Work] = {
    "read_letter": _read,
    "settle_mailbox": _settle,
    "settle_again": _settle_again,
    "send_notice": _send,
    "look_at_days": _look_at_days,
}
GIVING_UP: dict[JobName, Callable[[Supplies, dict[str, UUID]], None]] = {
    "read_letter": _give_up,
    "send_notice": _give_up_sending,
}
"""What is left to do when a job was tried for the last time."""
