"""Reading a letter that is not sent yet: its sender sees what will be read, and nothing is kept."""

from datetime import date

from letterbox.letters.rules import Envelope, Party
from letterbox.reading import rules
from letterbox.reading.findings import Reading
from letterbox.shared.ports import PdfReader, Unreadable


def try_reading(
    reader: PdfReader, pdf: bytes, *, sender: Party, envelope: Envelope, on: date
) -> Reading | None:
    """Return what would be read if this came in on this day; nothing where no machine can read it.

    :param pdf: a file that the gate let in
    :raises Unavailable: the processes are all gone or busy for too long
    """
    try:
        paper = reader.paper(pdf)
    except Unreadable:
        return None
    return rules.read(paper, received_on=on, sender=sender, envelope=envelope)
