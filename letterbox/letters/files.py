"""Keeps sealed files in the database: one transaction, one backup, nothing half-stored."""

from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from letterbox.letters.models import LetterFile
from letterbox.shared.errors import Unavailable

_PUT = insert(LetterFile)


class DatabaseFiles:
    """Fulfils `FileStore`."""

    def put(self, session: Session, mailbox_id: UUID, letter_id: UUID, sealed: bytes) -> None:
        file = {"mailbox_id": mailbox_id, "letter_id": letter_id, "sealed": sealed}
        session.execute(_PUT, file)

    def get(self, session: Session, mailbox_id: UUID, letter_id: UUID) -> bytes:
        file = session.get(LetterFile, (mailbox_id, letter_id))
        if file is None:
            raise Unavailable("The letter cannot be fetched right now.")
        return file.sealed
