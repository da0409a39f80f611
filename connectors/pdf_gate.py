"""A file on its way in passes here: is it a PDF, whole, open, of a letter's length, and inert.

Runs in a worker process, so it imports only what it needs and answers with plain values: an
exception of pypdf quotes the file, and quotes end up in logs.
"""

import re
from io import BytesIO

import pypdfium2 as pdfium
from pypdf import PasswordType, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from connectors.pdf_activity import refuse_active_content
from connectors.pdf_refusal import Refusal

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?[\x00\t\n\f\r ]{0,1000}%PDF-[12]")
_TAIL = 1024


BROKEN = Refusal(
    "broken", "The PDF is damaged. Make it again from the source document and send that."
)
TOO_MUCH = Refusal(
    "took-too-long",
    "Checking the PDF takes more time or memory than a letter may need. Make it simpler: "
    "print it to a new PDF, and leave out attachments.",
)


def look(pdf: bytes, most_pages: int) -> int | Refusal:
    """Return the number of pages, or why the file is refused."""
    try:
        return _pages_of_an_acceptable(pdf, most_pages)
    except Refusal as refusal:
        return refusal
    except MemoryError:
        return TOO_MUCH
    except Exception:  # pypdf promises no closed list of errors for a broken file
        return BROKEN


def _pages_of_an_acceptable(pdf: bytes, most_pages: int) -> int:
    _refuse_without_begin_and_end(pdf)
    reader = _open(pdf)
    pages = _pages(reader, most_pages)
    if not pages:
        raise Refusal("no-pages", "The PDF has no pages. Send a letter of at least one.")
    refuse_active_content(pdf, reader, pages)
    _refuse_if_pdfium_disagrees(pdf, len(pages))
    return len(pages)


def _refuse_without_begin_and_end(pdf: bytes) -> None:
    # Readers look for %PDF anywhere in the first kilobyte, but a file that begins as something
    # else can also be opened as something else. Only white space is let through.
    if not _BEGINS.match(pdf):
        raise Refusal(
            "not-a-pdf", "The file is not a PDF. Send the letter as a PDF, starting with %PDF."
        )
    # pypdf would repair a file that was cut off, and a receipt would vouch for half a letter.
    if b"%%EOF" not in pdf[-_TAIL:]:
        raise Refusal(
            "broken", "The end of the PDF is missing, as if it was cut off. Send the whole file."
        )


def _open(pdf: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(pdf))
    except NotImplementedError:  # encrypted for the holders of a certificate, for example
        raise _encrypted() from None
    # A file with only an owner password opens for everyone, and so it does here.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise _encrypted()
    return reader


def _encrypted() -> Refusal:
    return Refusal(
        "encrypted",
        "The PDF needs a password. Send it without: the letterbox encrypts what it keeps.",
    )


def _pages(reader: PdfReader, most_pages: int) -> list[DictionaryObject]:
    """Return the leaves of the page tree. What the file says of their number may be a lie."""
    pages: list[DictionaryObject] = []
    passed: set[int] = set()
    waiting: list[PdfObject] = [reader.root_object.raw_get("/Pages")]
    while waiting and len(pages) <= most_pages:
        reference = waiting.pop()
        node = reference.get_object()
        if not isinstance(node, DictionaryObject):
            raise ValueError("A page that is no page")
        if "/Kids" not in node and node.get("/Type") != "/Pages":
            pages.append(node)
            continue
        _pass_once(reference, passed)
        waiting.extend(reversed(_kids(node)))
    if len(pages) > most_pages:
        raise Refusal(
            "too-many-pages",
            f"The PDF has more than {most_pages} pages. Send a shorter letter.",
            most_pages + 1,
        )
    return pages


def _refuse_if_pdfium_disagrees(pdf: bytes, pages: int) -> None:
    # pypdf repairs more than pdfium does. What only one of them opens, or counts, cannot be
    # read later, and now is when the sender can still do something about it.
    with pdfium.PdfDocument(pdf) as document:
        if len(document) != pages:
            raise ValueError("A number of pages that depends on who looks")


def _kids(node: DictionaryObject) -> list[PdfObject]:
    kids = node.get("/Kids", ArrayObject()).get_object()
    if not isinstance(kids, ArrayObject):
        raise ValueError("A page tree without branches")
    return list(kids)


def _pass_once(reference: PdfObject, passed: set[int]) -> None:
    if not isinstance(reference, IndirectObject):
        return
    if reference.idnum in passed:
        raise ValueError("A page tree that grows into itself")
    passed.add(reference.idnum)
