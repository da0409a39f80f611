"""Pictures of the pages of a letter: drawn when somebody first looks, and kept sealed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from letterbox.access import Viewer, look_on
from letterbox.letters import queries
from letterbox.shared.errors import NotFound
from letterbox.shared.ports import FileStore, KeyStore, PdfReader, Unreadable


class NoSuchPage(NotFound):
    """The letter has no such page, or it cannot be drawn."""

    title = "There is no picture of this page"


@dataclass(frozen=True, slots=True)
class Easel:
    """What drawing a page needs from outside."""

    sessions: sessionmaker[Session]
    keys: KeyStore
    files: FileStore
    reader: PdfReader


def picture_of(
    session: Session, easel: Easel, viewer: Viewer, letter_id: UUID, page: int, *, now: datetime
) -> bytes:
    """Return a page as a WebP image, for somebody who is looking at this letter.

    Whether they may see this letter was decided when the line of their look was written.

    :param session: begun anew: what is not saved by now is lost
    :param page: counted from 1
    :raises MailboxClosed: they do not look at it, or may not any more
    :raises NoSuchPage: there is no such page, or it cannot be drawn
    """
    # A page of a letter asks for many pictures at once: if each held on to the connection of its
    # request and waited for another, all would wait for each other.
    session.close()
    # Drawing a scan takes seconds. The transaction in which the mailbox is held is over by then.
    with easel.sessions() as before:
        key = look_on(before, easel.keys, viewer, subject_id=letter_id, now=now)
        picture = queries.picture_in(before, key, letter_id, page)
        pdf = queries.pdf_of(before, easel.files, key, letter_id) if picture is None else b""
    if picture is not None:
        return picture
    drawn = _drawn(easel.reader, pdf, page)
    key = look_on(session, easel.keys, viewer, subject_id=letter_id, now=now)
    queries.keep_picture(session, key, letter_id, page, drawn)
    return drawn


def _drawn(reader: PdfReader, pdf: bytes, page: int) -> bytes:
    try:
        return reader.preview(pdf, page=page)
    except Unreadable as reason:
        raise NoSuchPage("Read the letter as a PDF instead.") from reason
