"""Taking claim notices in: news about a claim that comes without a letter.

As with letters: the turn of the message id, the mailbox with its line in the logbook, the
notice, and the job, all in one transaction. Nobody hears whether the citizen ever looked.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import MailboxClosed, MailboxKey, SenderViewer
from letterbox.letters import queries
from letterbox.letters.models import DeliveredNotice
from letterbox.letters.rules import IncomingNotice, NoticeReceived
from letterbox.letters.service import NoGroundForBsn
from letterbox.logbook.rules import Act
from letterbox.people.models import Organisation
from letterbox.shared import scope
from letterbox.shared.errors import Conflict
from letterbox.shared.ids import new_id
from letterbox.shared.ports import Jobs, KeyStore


class NoticeIdTaken(Conflict):
    """The sender used this message id before, for another claim notice."""

    title = "This message id belongs to another claim notice"

    def __init__(self, detail: str, *, notice_id: UUID) -> None:
        super().__init__(detail)
        self.notice_id = notice_id


def deliver_notice(
    session: Session,
    keys: KeyStore,
    jobs: Jobs,
    sender: Organisation,
    incoming: IncomingNotice,
    *,
    now: datetime,
) -> NoticeReceived:
    """Take a claim notice in and leave its mailbox to be settled. Again is harmless.

    :raises NoGroundForBsn: the sender has no registered ground to use the number
    :raises NoticeIdTaken: the message id was used for another notice
    """
    if sender.bsn_ground is None:
        raise NoGroundForBsn("Register the legal ground with the operator first.")
    turn = scope.alone("notice", sender.id, incoming.message_id)
    scope.enter(session, turn, organisation=sender.id)
    earlier = queries.notice_by_message(session, sender.id, incoming.message_id)
    content = keys.digest("notice", incoming.canonical)
    if earlier is not None:
        return _delivered_again(session, keys, earlier, content, now)
    notice_id = new_id(now)
    try:
        key = _opened(session, keys, sender.id, notice_id, incoming.bsn, now)
    except MailboxClosed:
        # It was closed while we waited for it. By now its number leads to a fresh one.
        key = _opened(session, keys, sender.id, notice_id, incoming.bsn, now)
    delivered = DeliveredNotice(
        mailbox_id=key.mailbox_id,
        id=notice_id,
        sender_id=sender.id,
        message_id=incoming.message_id,
        received_at=now,
        keyed_content=content,
        sealed=queries.sealed_notice(key, notice_id, incoming.notice),
    )
    session.add(delivered)
    session.flush()
    jobs.leave(session, "settle_mailbox", mailbox_id=key.mailbox_id)
    return _received(delivered, again=False)


def _opened(
    session: Session, keys: KeyStore, sender_id: UUID, notice_id: UUID, bsn: str, now: datetime
) -> MailboxKey:
    mailbox_id = access.mailbox_for(session, keys, bsn, now=now)
    viewer, act = SenderViewer(sender_id, mailbox_id), Act.NOTICE_DELIVERED
    return access.open_mailbox(session, keys, viewer, act, subject_id=notice_id, now=now)


def _delivered_again(
    session: Session, keys: KeyStore, earlier: DeliveredNotice, content: str, now: datetime
) -> NoticeReceived:
    if earlier.keyed_content != content:
        raise NoticeIdTaken(
            "You delivered another claim notice under this message id. Use a new one.",
            notice_id=earlier.id,
        )
    viewer = SenderViewer(earlier.sender_id, earlier.mailbox_id)
    act = Act.NOTICE_DELIVERED_AGAIN
    try:
        access.open_mailbox(session, keys, viewer, act, subject_id=earlier.id, now=now)
    except MailboxClosed:
        # The citizen left. A sender is not told: it gets the same facts.
        return _received(earlier, again=True)
    return _received(earlier, again=True)


def _received(delivered: DeliveredNotice, *, again: bool) -> NoticeReceived:
    return NoticeReceived(delivered.id, delivered.message_id, delivered.received_at, again)
