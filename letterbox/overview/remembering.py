"""Remembering what a counsellor saw of an overview, so that the next look can say what is new."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.overview.models import SeenOverview
from letterbox.overview.news import News, Seen, news_in, seen_in
from letterbox.overview.rules import Overview


@dataclass(frozen=True, slots=True)
class Look:
    """What an employee saw, and when."""

    at: datetime
    seen: Seen


@dataclass(frozen=True, slots=True)
class Memory:
    """The latest look of an employee, and the last one of the visit before that."""

    latest: Look
    before: Look | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """What is new since a look."""

    at: datetime
    news: News


def news_since_latest(
    session: Session, key: MailboxKey, employee_id: UUID, overview: Overview
) -> Since | None:
    """Return what is new since an employee last looked; nothing if they never did."""
    memory = _memory(key, _kept(session, key, employee_id))
    return _since(memory.latest, overview) if memory else None


def look_again(
    session: Session,
    key: MailboxKey,
    employee_id: UUID,
    overview: Overview,
    *,
    visit_began_at: datetime,
    now: datetime,
) -> Since | None:
    """Return what is new since an employee's visit before this one, and remember this look.

    Within a visit the news stays: who opens a letter and comes back still sees what is new.
    """
    kept = _kept(session, key, employee_id)
    memory = _memory(key, kept)
    before = _before(memory, visit_began_at)
    _keep(session, key, employee_id, kept, Memory(Look(now, seen_in(overview)), before))
    return _since(before, overview)


def _before(memory: Memory | None, visit_began_at: datetime) -> Look | None:
    if memory is None:
        return None
    return memory.latest if memory.latest.at < visit_began_at else memory.before


def _since(look: Look | None, overview: Overview) -> Since | None:
    return Since(look.at, news_in(overview, look.seen)) if look else None


def _kept(session: Session, key: MailboxKey, employee_id: UUID) -> SeenOverview | None:
    assert key.consent is not None
    return session.get(SeenOverview, (key.mailbox_id, key.consent.id, employee_id))


def _memory(key: MailboxKey, kept: SeenOverview | None) -> Memory | None:
    if kept is None:
        return None
    row = _row(kept.consent_id, kept.employee_id)
    opened = key.unseal(SeenOverview.__tablename__, row, kept.sealed)
    return msgspec.json.decode(opened, type=Memory)


def _keep(
    session: Session, key: MailboxKey, employee_id: UUID, kept: SeenOverview | None, memory: Memory
) -> None:
    assert key.consent is not None
    row = _row(key.consent.id, employee_id)
    sealed = key.seal(SeenOverview.__tablename__, row, msgspec.json.encode(memory))
    if kept is None:
        kept = SeenOverview(
            mailbox_id=key.mailbox_id, consent_id=key.consent.id, employee_id=employee_id
        )
        session.add(kept)
    kept.seen_at, kept.sealed = memory.latest.at, sealed
    session.flush()


def _row(consent_id: UUID, employee_id: UUID) -> str:
    return f"{consent_id}/{employee_id}"
