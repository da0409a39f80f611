"""Looks at files inside a PDF from the outside, for programs. The files are never opened."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from pypdf.generic import DictionaryObject, PdfObject, StreamObject

from connectors.pdf_refusal import Refusal

_PROGRAM_SUFFIXES = frozenset(
    """
    .app .appx .apk .bat .cmd .com .cpl .desktop .dll .dmg .exe .hta .jar .js .jse .lnk .msc .msi
    .msp .pif .pkg .ps1 .psm1 .py .reg .scf .scr .sh .url .vb .vbe .vbs .ws .wsf .wsh
    """.split()  # noqa: SIM905  # one per line would be a page
)
_PROGRAM_STARTS = (
    b"MZ",  # Windows
    b"\x7fELF",  # Linux
    b"#!",  # a script
    b"\xfe\xed\xfa\xce",  # macOS, and the next three
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # macOS for several processors, and Java
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a Windows shortcut
)


def refuse_program(attachment: DictionaryObject, page: int | None) -> None:
    """Return if what is attached is no program, by its name and its first bytes.

    :param attachment: a file specification with embedded files (ISO 32000-1, 7.11.4)
    :raises Refusal: it is
    """
    names = (attachment.get(key) for key in ("/F", "/UF", "/DOS", "/Mac", "/Unix"))
    if any(_is_program_name(str(name.get_object())) for name in names if name) or any(
        stream.get_data().startswith(_PROGRAM_STARTS)
        for stream in _embedded(attachment["/EF"].get_object())
    ):
        raise Refusal(
            "active-content",
            "A program is attached inside the PDF. Send the letter without it.",
            page,
        )


def _is_program_name(name: str) -> bool:
    # Windows drops dots and spaces at the end of a name.
    return PurePosixPath(name.lower().rstrip(". \x00")).suffix in _PROGRAM_SUFFIXES


def _embedded(versions: PdfObject | None) -> Iterator[StreamObject]:
    if isinstance(versions, DictionaryObject):
        for reference in dict.values(versions):
            stream = reference.get_object()
            if isinstance(stream, StreamObject):
                yield stream
