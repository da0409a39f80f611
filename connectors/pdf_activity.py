"""Looks for what a letter has no use for: scripts, programs, and forms that send things off.

A name in a PDF stands in the bytes of the file, or in those of an object stream, which is
compressed. So when neither holds a dangerous name, no object can, and the slow walk over all
objects is only needed to tell a real hit from a chance one and to look at attachments.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from connectors.pdf_attachments import refuse_program
from connectors.pdf_refusal import Refusal

# `/OpenAction` is not among them: one letter in ten has one that merely sets the view.
# XFA forms and 3D scenes keep their scripts in streams, where no action shows.
_ACTIVE = frozenset(
    ("JS", "JavaScript", "Launch", "RichMedia", "SubmitForm", "ImportData", "XFA", "OnInstantiate")
)
_ACTIVE_NAMES = frozenset(f"/{name}" for name in _ACTIVE)
_WATCHED = frozenset(name.encode() for name in (*_ACTIVE, "EF", "ObjStm"))

_ENDS = rb"\x00\t\n\f\r ()<>\[\]{}/%"
_PLAIN = re.compile(rb"/(" + b"|".join(sorted(_WATCHED)) + rb")(?![^" + _ENDS + rb"])")
_ESCAPED = re.compile(rb"/([^#" + _ENDS + rb"]*#[0-9A-Fa-f]{2}[^" + _ENDS + rb"]*)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")

_MOST_UNPACKED = 64 * 1024 * 1024
_MOST_OBJECTS = 300_000


class _Seen(NamedTuple):
    """An object, and the page it hangs on, if any."""

    thing: PdfObject
    page: int | None


def refuse_active_content(pdf: bytes, reader: PdfReader, pages: list[DictionaryObject]) -> None:
    """Return if nothing in the file acts on its own.

    :raises Refusal: it holds a script, an action that reaches outside, or a program
    """
    watched = _watched_names(pdf)
    if reader.xref_objStm or b"ObjStm" in watched:
        for unpacked in _object_streams(reader, at_least=pdf.count(b"/ObjStm")):
            watched |= _watched_names(unpacked)
    if watched - {b"ObjStm"}:
        _refuse_by_walking(reader, pages)


def _watched_names(content: bytes) -> set[bytes]:
    names = set(_PLAIN.findall(content))
    for escaped in _ESCAPED.findall(content):
        name = _ESCAPE.sub(lambda code: bytes.fromhex(code[1].decode()), escaped)
        names |= {name} & _WATCHED
    return names


def _object_streams(reader: PdfReader, *, at_least: int) -> Iterator[bytes]:
    numbers = {stream for stream, _ in reader.xref_objStm.values()}
    if at_least > len(numbers):
        # Some are not in use in this version of the file. Another reader may think otherwise.
        numbers = {reference.idnum for reference in _references(reader)}
    unpacked = 0
    for number in numbers:
        stream = IndirectObject(number, 0, reader).get_object()
        if isinstance(stream, StreamObject) and "/First" in stream:
            content = stream.get_data()
            unpacked += len(content)
            _stop_when(unpacked > _MOST_UNPACKED)
            yield content


def _references(reader: PdfReader) -> Iterator[IndirectObject]:
    for generation, places in reader.xref.items():
        for number in places:
            yield IndirectObject(number, generation, reader)
    for number in reader.xref_objStm:
        yield IndirectObject(number, 0, reader)


def _refuse_by_walking(reader: PdfReader, pages: list[DictionaryObject]) -> None:
    for count, (thing, page) in enumerate(_walk(reader, pages)):
        _stop_when(count > _MOST_OBJECTS)
        if _is_active(thing):
            raise Refusal(
                "active-content",
                "The PDF holds a script, or an action that starts, sends or loads something. "
                "Send a version that is only to be read.",
                page,
            )
        if isinstance(thing, DictionaryObject) and "/EF" in thing:
            refuse_program(thing, page)


def _walk(reader: PdfReader, pages: list[DictionaryObject]) -> Iterator[_Seen]:
    # Pages first, each counted as seen from the start: so what hangs on a page is told with
    # the number of that page, and no link leads from one page into the next.
    seen = {(0, 0)} | {_key(page.indirect_reference) for page in pages}
    for number, page in enumerate(pages, start=1):
        yield from _below(page, number, seen)
    yield from _below(reader.trailer, None, seen)
    for reference in _references(reader):
        yield from _below(reference, None, seen)


def _key(reference: IndirectObject | None) -> tuple[int, int]:
    return (reference.idnum, reference.generation) if reference else (0, 0)


def _below(start: PdfObject, page: int | None, seen: set[tuple[int, int]]) -> Iterator[_Seen]:
    waiting: list[PdfObject] = [start]
    while waiting:
        thing: PdfObject | None = waiting.pop()
        if isinstance(thing, IndirectObject):
            if _key(thing) in seen:
                continue
            seen.add(_key(thing))
            thing = thing.get_object()
        if thing is None:
            continue
        yield _Seen(thing, page)
        if isinstance(thing, DictionaryObject):
            waiting.extend(dict.values(thing))
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)


def _is_active(thing: PdfObject) -> bool:
    if isinstance(thing, DictionaryObject):
        return not _ACTIVE_NAMES.isdisjoint(thing)
    return isinstance(thing, NameObject) and thing in _ACTIVE_NAMES


def _stop_when(too_much: bool) -> None:
    if too_much:
        raise MemoryError
