"""Copies of letters that somebody takes along as a PDF."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.letters import queries
from letterbox.shared.days import HERE
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import FileStore, PdfReader, Unreadable


def marked_copy(
    session: Session,
    files: FileStore,
    reader: PdfReader,
    key: MailboxKey,
    letter_id: UUID,
    *,
    taken_by: str,
    now: datetime,
) -> bytes:
    """Return a letter as a PDF that says on every page who took it and when.

    Whether they may have this letter is decided before.

    :param taken_by: a person and an organisation, for people to read
    :raises Unavailable: it cannot be fetched or marked: unmarked it does not leave
    """
    pdf = queries.pdf_of(session, files, key, letter_id)
    mark = f"Kopie uit Letterbox voor {taken_by}, {now.astimezone(HERE):%d-%m-%Y %H:%M}"
    try:
        return reader.marked(pdf, mark=mark)
    except Unreadable as reason:
        raise Unavailable("This letter cannot be copied. Ask the citizen for it.") from reason
