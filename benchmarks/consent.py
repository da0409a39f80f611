"""A consent for the benchmark, granted through the rooms without a browser."""

from uuid import UUID

from benchmarks.house import URL_OF_HOUSE, House
from connectors.key_files import KeyFiles
from connectors.signing_keys import SigningKeys
from letterbox import access
from letterbox.access import CitizenViewer
from letterbox.consent import service
from letterbox.consent.rules import Permission
from letterbox.consent.service import Asked, Narrowing
from letterbox.logbook.rules import Act
from letterbox.people.queries import organisation
from letterbox.shared.ids import new_id
from runtime.database import sessions_on
from runtime.settings import Settings
from runtime.supplies import clock

ASKED = Asked("Meten is weten.", (Permission.OVERVIEW,), 30, "Bench", "meter", None)


def granted(house: House, organisation_id: UUID, bsn: str) -> UUID:
    """Return a consent of this citizen for this organisation."""
    folder, now = Settings(folder=house.folder).keys, clock()
    keys, signer = KeyFiles(folder), SigningKeys(folder, issuer=URL_OF_HOUSE)
    with sessions_on(house.owner).begin() as session:
        request, _ = service.ask(session, keys, organisation_id, ASKED, now=now)
        mailbox_id = access.mailbox_for(session, keys, bsn, now=now)
        viewer, consent_id = CitizenViewer(mailbox_id), new_id(now)
        access.open_mailbox(session, keys, viewer, Act.CONSENT_GRANTED, now=now)
        caller = organisation(session, organisation_id)
        assert caller is not None
        service.grant(
            session,
            signer,
            request,
            caller,
            Narrowing((Permission.OVERVIEW,), 30),
            mailbox_id=mailbox_id,
            consent_id=consent_id,
            now=now,
        )
    return consent_id
