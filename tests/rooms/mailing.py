"""What a citizen and a worker do about e-mail, each act a transaction of its own."""

import re
from collections.abc import Collection, Sequence
from uuid import UUID

from letterbox import access
from letterbox.access import CitizenViewer
from letterbox.logbook.rules import Act
from letterbox.mailing import addresses
from letterbox.preferences import queries, service
from letterbox.preferences.models import SentNotice
from letterbox.preferences.rules import NOTICES, MailKind
from letterbox.shared import scope
from letterbox.shared.ports import Supplies
from tests.fakes import FakeMail

ADDRESS = "inwoner@post.example"


def give_address(supplies: Supplies, mailbox_id: UUID, address: str = ADDRESS) -> None:
    with supplies.sessions.begin() as session:
        viewer, act, now = CitizenViewer(mailbox_id), Act.SETTINGS_CHANGED, supplies.clock()
        key = access.open_mailbox(session, supplies.keys, viewer, act, now=now)
        addresses.ask_confirmation(session, supplies.jobs, key, address, now=now)


def confirm(supplies: Supplies, mailbox_id: UUID, code: str) -> bool:
    with supplies.sessions.begin() as session:
        viewer, act, now = CitizenViewer(mailbox_id), Act.SETTINGS_CHANGED, supplies.clock()
        key = access.open_mailbox(session, supplies.keys, viewer, act, now=now)
        return addresses.confirm_address(session, key, code, now=now)


def want(supplies: Supplies, mailbox_id: UUID, *kinds: MailKind) -> None:
    with supplies.sessions.begin() as session:
        scope.enter(session, mailbox=mailbox_id)
        service.choose_notices(session, mailbox_id, kinds)


def code_in(mail: FakeMail) -> str:
    """Return the code in the latest mail."""
    found = re.search(r"\b\d{6}\b", mail.sent[-1][2])
    assert found is not None
    return found.group()


def sent_to(supplies: Supplies, mailbox_id: UUID) -> Sequence[SentNotice]:
    with supplies.sessions() as session:
        scope.enter(session, mailbox=mailbox_id)
        return queries.latest_notices(session, mailbox_id, most=100)


def be_mailed(supplies: Supplies, mailbox_id: UUID, kinds: Collection[MailKind] = NOTICES) -> None:
    """Let a citizen have an address that was confirmed, without any mail."""
    with supplies.sessions.begin() as session:
        key = access.open_for_machine(session, supplies.keys, mailbox_id)
        chosen = queries.preferences_to_change(session, mailbox_id)
        chosen.sealed_address = key.seal("preferences", "address", ADDRESS.encode())
        chosen.confirmed_at, chosen.notices = supplies.clock(), [*kinds]
