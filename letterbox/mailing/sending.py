"""Sending a mail that was left: taken first, handed over, and noted.

Taking is saved before the mail is handed over, so a crash in between leaves a mail that was
perhaps not sent, and never one that is sent twice.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import MailboxKey
from letterbox.mailing.addresses import address_of, waiting_code
from letterbox.mailing.leaving import wants
from letterbox.mailing.mails import Outgoing, mail_about
from letterbox.preferences import queries
from letterbox.preferences.rules import MailKind, MailStatus
from letterbox.shared import scope
from letterbox.shared.ports import KeyStore


def take(
    session: Session,
    keys: KeyStore,
    mailbox_id: UUID,
    notice_id: UUID,
    *,
    site: str,
    now: datetime,
) -> Outgoing | None:
    """Return a mail that is to be handed over, and note that this is begun.

    Nothing is returned for a mail that was taken before, or is not wanted any more.

    :raises MailboxClosed: the mailbox was closed in the meantime
    """
    key = access.open_for_machine(session, keys, mailbox_id)
    notice = queries.notice_held(session, mailbox_id, notice_id)
    if notice is None or notice.status != MailStatus.WAITING:
        return None
    mail = _written(session, key, MailKind(notice.kind), site, now)
    notice.status = MailStatus.BEGUN if mail else MailStatus.FAILED
    return mail


def note(session: Session, mailbox_id: UUID, notice_id: UUID, status: MailStatus) -> None:
    """Note what became of a mail that was taken; `waiting` puts it back for another try.

    Of a mailbox that was closed meanwhile nothing is noted.
    """
    scope.enter(session, mailbox=mailbox_id)
    notice = queries.notice_held(session, mailbox_id, notice_id)
    if notice is not None:
        notice.status = status


def _written(
    session: Session, key: MailboxKey, kind: MailKind, site: str, now: datetime
) -> Outgoing | None:
    chosen = queries.preferences_of(session, key.mailbox_id)
    address = address_of(key, chosen) if chosen else None
    if chosen is None or address is None:
        return None
    if kind is not MailKind.CODE:
        wanted = wants(chosen, kind)
        return mail_about(kind, chosen.language, to=address, site=site) if wanted else None
    code = waiting_code(key, chosen, now=now)
    return mail_about(kind, chosen.language, to=address, site=site, code=code) if code else None
