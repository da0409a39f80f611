"""A mailbox with debts in it, sealed as settling would, and a citizen who is logged in to it."""

from secrets import token_urlsafe
from uuid import UUID

from benchmarks.house import House
from connectors.key_files import KeyFiles
from letterbox import access
from letterbox.debts.facts import Settlement, to_json
from letterbox.debts.models import Snapshot
from letterbox.debts.service import RULES_VERSION
from letterbox.people import visits
from runtime.database import sessions_on
from runtime.settings import Settings
from runtime.supplies import clock
from web import who


def keep(house: House, citizen: str, settlement: Settlement) -> UUID:
    """Seal a settlement in the mailbox of a citizen, and return the mailbox."""
    keys, now = KeyFiles(Settings(folder=house.folder).keys), clock()
    with sessions_on(house.owner).begin() as session:
        mailbox_id = access.mailbox_for(session, keys, citizen, now=now)
        key = access.open_for_machine(session, keys, mailbox_id)
        sealed = key.seal(Snapshot.__tablename__, mailbox_id, to_json(settlement))
        session.add(
            Snapshot(
                mailbox_id=mailbox_id,
                version=1,
                rules_version=RULES_VERSION,
                settled_at=now,
                sealed=sealed,
            )
        )
    return mailbox_id


def logged_in(house: House, mailbox_id: UUID) -> dict[str, str]:
    """Return the headers of a browser in which the citizen of this mailbox is logged in."""
    keys, token = KeyFiles(Settings(folder=house.folder).keys), token_urlsafe()
    with sessions_on(house.owner).begin() as session:
        visits.begin_visit(session, who.hash_of(keys, token), mailbox_id, now=clock())
    return {"Cookie": f"{who.COOKIE}={token}"}
