"""Once a day: does a day come near that the citizen should be told of?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.mailing.leaving import leave_near_days, wants
from letterbox.overview.service import show_overview
from letterbox.preferences import queries
from letterbox.preferences.rules import MailKind
from letterbox.shared.ports import Jobs, KeyStore

NEAR = 3
"""In days. A day that is nearer when it becomes known is told of just as well."""


def look_at_days(
    session: Session, keys: KeyStore, jobs: Jobs, mailbox_id: UUID, *, now: datetime
) -> None:
    """Leave a notice if a day came near of which the citizen was not told yet.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    key = access.open_for_machine(session, keys, mailbox_id)
    if wants(queries.preferences_of(session, mailbox_id), MailKind.NEAR_DAY):
        overview = show_overview(session, key, now=now)
        near = [each.on for each in overview.deadlines if each.days_left <= NEAR]
        leave_near_days(session, keys, jobs, mailbox_id, near, now=now)
