"""Writing lines, and checking that nobody changed one."""

from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from letterbox.logbook import queries
from letterbox.logbook.rules import Entry, chained
from letterbox.people.models import Mailbox

_WRITE = text("""
    WITH line AS (
        INSERT INTO logbook_lines
            (mailbox_id, number, at, act, actor, actor_id, person_id, consent_id, subject_id, hash)
        VALUES
            (:mailbox_id, :number, :at, :act, :actor, :actor_id, :person_id, :consent_id,
             :subject_id, :hash)
    )
    UPDATE mailboxes SET logbook_lines = :number, logbook_head = :hash WHERE id = :mailbox_id
""")
"""Line and head in one statement: whoever looks at a mailbox waits for it."""


def write_line(session: Session, mailbox: Mailbox, entry: Entry) -> None:
    """Add a line. The mailbox must be held, so that lines follow each other."""
    number = mailbox.logbook_lines + 1
    head = chained(mailbox.logbook_head, number, entry)
    session.execute(
        _WRITE, {"mailbox_id": mailbox.id, "number": number, "hash": head, **entry.words()}
    )
    set_committed_value(mailbox, "logbook_lines", number)
    set_committed_value(mailbox, "logbook_head", head)


def first_broken_line(session: Session, mailbox: Mailbox) -> int | None:
    """Return the number of the first line that was changed, added or is missing, if any."""
    head, number = b"", 0
    for line in queries.lines_of(session, mailbox.id):
        number += 1
        try:
            head = chained(head, number, line.entry)
        except ValueError:
            # It holds a word that nobody writes.
            return number
        if (line.number, line.hash) != (number, head):
            return number
    if (number, head) != (mailbox.logbook_lines, mailbox.logbook_head):
        return number + 1
    return None
