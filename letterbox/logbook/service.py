"""Writing lines, and checking that nobody changed one."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from letterbox.logbook import queries
from letterbox.logbook.models import LogbookLine
from letterbox.logbook.rules import Entry, chained
from letterbox.people.models import Mailbox


def write_line(session: Session, mailbox: Mailbox, entry: Entry) -> None:
    """Add a line. The mailbox must be held, so that lines follow each other."""
    mailbox.logbook_lines += 1
    mailbox.logbook_head = chained(mailbox.logbook_head, mailbox.logbook_lines, entry)
    session.add(
        LogbookLine(
            mailbox_id=mailbox.id,
            number=mailbox.logbook_lines,
            hash=mailbox.logbook_head,
            **asdict(entry),
        )
    )


def first_broken_line(session: Session, mailbox: Mailbox) -> int | None:
    """Return the number of the first line that was changed, added or is missing, if any."""
    head, number = b"", 0
    for line in queries.lines_of(session, mailbox.id):
        number += 1
        head = chained(head, number, line.entry)
        if (line.number, line.hash) != (number, head):
            return number
    if (number, head) != (mailbox.logbook_lines, mailbox.logbook_head):
        return number + 1
    return None
