"""Letters that citizens add themselves: a PDF, or photos of a letter on paper.

The order is that of a delivery: look at the file before the mailbox is opened, then letter,
file, register and job in one transaction. Nobody vouches for such a letter, so whoever sees it
sees that the citizen added it.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox import access
from letterbox.access import CitizenViewer, MailboxKey
from letterbox.letters import queries
from letterbox.letters.models import Letter, OwnLetter
from letterbox.letters.rules import Kept, Status, fingerprint, is_pdf
from letterbox.letters.service import PostRoom
from letterbox.logbook.rules import Act
from letterbox.shared.errors import Invalid
from letterbox.shared.ids import new_id


class NotOneLetter(Invalid):
    """What was handed over is nothing, or more than one letter."""

    title = "This is not one letter"


def add_letter(
    session: Session,
    post: PostRoom,
    citizen: CitizenViewer,
    files: Sequence[bytes],
    *,
    now: datetime,
) -> UUID:
    """Take in a letter of the citizen's own and leave it to be read. Return its id.

    :param files: one PDF, or photos of the pages of one letter, in their order
    :raises NotOneLetter: no file, or several of which one is a PDF
    :raises PhotoRefused: a photo is not one, or too large, or there are too many
    :raises PdfRefused: the PDF cannot be taken in safely
    :raises MailboxClosed: the mailbox was closed
    """
    pdf = _as_pdf(post, files)
    pages = post.reader.inspect(pdf).pages
    letter_id = new_id(now)
    key = access.open_mailbox(
        session, post.keys, citizen, Act.LETTER_ADDED, subject_id=letter_id, now=now
    )
    arrival = OwnLetter(
        mailbox_id=key.mailbox_id,
        letter_id=letter_id,
        received_at=now,
        byte_count=len(pdf),
        pages=pages,
        status=Status.RECEIVED,
    )
    session.add_all([_letter(session, post, key, arrival, pdf), arrival])
    session.flush()
    queries.keep_pdf(session, post.files, key, letter_id, pdf)
    post.jobs.leave(session, "read_letter", mailbox_id=key.mailbox_id, letter_id=letter_id)
    return letter_id


def _as_pdf(post: PostRoom, files: Sequence[bytes]) -> bytes:
    if not files:
        raise NotOneLetter("Choose a file first.", code="no-file")
    if not any(map(is_pdf, files)):
        return post.reader.pdf_of_photos(files)
    if len(files) > 1:
        raise NotOneLetter("Add one PDF at a time.", code="more-than-one")
    return files[0]


def _letter(
    session: Session, post: PostRoom, key: MailboxKey, arrival: OwnLetter, pdf: bytes
) -> Letter:
    digest = fingerprint(pdf)
    keyed_fingerprint = post.keys.digest("file", digest)
    return Letter(
        mailbox_id=key.mailbox_id,
        id=arrival.letter_id,
        sender_id=None,
        received_at=arrival.received_at,
        keyed_fingerprint=keyed_fingerprint,
        duplicate_of=queries.first_with(session, key, keyed_fingerprint),
        sealed_envelope=queries.sealed(key, arrival.letter_id, Kept(None, digest)),
    )
