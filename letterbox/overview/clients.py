"""The clients of a counselling organisation: of each, what comes first and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import CounsellorViewer, MailboxClosed
from letterbox.consent.models import Consent
from letterbox.consent.rules import Permission
from letterbox.overview.deadlines import Deadline
from letterbox.overview.remembering import Since, news_since_latest
from letterbox.overview.rules import Overview
from letterbox.overview.service import show_overview
from letterbox.overview.urgency import RUNNING, Severity
from letterbox.shared.days import day_of
from letterbox.shared.ports import KeyStore


@dataclass(frozen=True, slots=True)
class Glance:
    """As much of an overview as stands in a list.

    :ivar severity: of the most urgent debt that runs
    :ivar first: the nearest day
    :ivar since: what is new since this person last looked; nothing if they never did
    """

    severity: Severity | None
    first: Deadline | None
    since: Since | None


@dataclass(frozen=True, slots=True)
class Client:
    """A client, who is known to the counsellor by a consent and a reference of their own.

    :ivar glance: nothing when the consent is for letters only
    """

    consent: Consent
    reference: str | None
    days_left: int
    glance: Glance | None


def clients_at_a_glance(
    session: Session,
    keys: KeyStore,
    consents: Sequence[tuple[Consent, str | None]],
    *,
    employee_id: UUID,
    now: datetime,
) -> list[Client]:
    """Return these clients, most urgent first. Each has the line of the day in their logbook.

    :param consents: each with the reference that the counsellor gave it
    """
    found = []
    # Each mailbox is held until the end: always in one order, or two lists could wait for another.
    for consent, reference in sorted(consents, key=lambda each: each[0].mailbox_id):
        days_left = (day_of(consent.valid_until) - day_of(now)).days
        try:
            glance = _glance_at(session, keys, consent, employee_id=employee_id, now=now)
        except MailboxClosed:
            # It ended in this very moment.
            continue
        found.append(Client(consent, reference, days_left, glance))
    return sorted(found, key=_place)


def _glance_at(
    session: Session, keys: KeyStore, consent: Consent, *, employee_id: UUID, now: datetime
) -> Glance | None:
    if Permission.OVERVIEW not in consent.permissions:
        return None
    viewer = CounsellorViewer(consent.organisation_id, consent.id, Permission.OVERVIEW, employee_id)
    key = access.open_for_list(session, keys, viewer, now=now)
    overview = show_overview(session, key, now=now)
    return glance_of(overview, news_since_latest(session, key, employee_id, overview))


def glance_of(overview: Overview, since: Since | None) -> Glance:
    """Return what stands in a list of an overview."""
    running = [each for each in overview.debts if each.debt.status in RUNNING]
    return Glance(
        severity=running[0].severity if running else None,
        first=overview.deadlines[0] if overview.deadlines else None,
        since=since,
    )


def _place(client: Client) -> tuple[int, date, int, str]:
    order = list(Severity)
    severity = client.glance.severity if client.glance else None
    first = client.glance.first if client.glance else None
    urgency = order.index(severity) if severity else len(order)
    return urgency, first.on if first else date.max, client.days_left, str(client.consent.id)
