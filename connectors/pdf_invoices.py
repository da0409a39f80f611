"""XML files inside a PDF pass here: an e-invoice may be among them. They are not opened.

Runs in a worker process. Found where e-invoices are kept (Factur-X 1.0, 6.2): in the list of
embedded files (ISO 32000-1, 7.11.4) and among those associated with the document (ISO 19005-3).
"""

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

_MOST = 3
_LARGEST = 1024 * 1024
_LONGEST_NAME = 200
_MOST_LOOKED_AT = 100
_DEEPEST = 5


def xml_files_in(pdf: bytes) -> list[tuple[str, bytes]]:
    """Return the name and the bytes of each, at most three of at most a megabyte."""
    try:
        return _xml_files_in(pdf)
    except Exception:  # pypdf promises no closed list of errors for a broken file
        return []


def _xml_files_in(pdf: bytes) -> list[tuple[str, bytes]]:
    root = PdfReader(BytesIO(pdf)).root_object
    found: dict[bytes, str] = {}
    for count, specification in enumerate(_specifications(root)):
        if count >= _MOST_LOOKED_AT or len(found) >= _MOST:
            break
        name, content = _xml_in(specification)
        if content:
            found.setdefault(content, name)  # one file is often in both lists
    return [(name, content) for content, name in found.items()]


def _specifications(root: DictionaryObject) -> Iterator[PdfObject]:
    names = _dictionary(root.get("/Names"))
    yield from _leaves(_dictionary(names.get("/EmbeddedFiles")))
    yield from _array(root.get("/AF"))


def _leaves(node: DictionaryObject, depth: int = 0) -> Iterator[PdfObject]:
    yield from _array(node.get("/Names"))[1::2]
    if depth < _DEEPEST:
        for kid in _array(node.get("/Kids")):
            yield from _leaves(_dictionary(kid), depth + 1)


def _xml_in(specification: PdfObject) -> tuple[str, bytes]:
    facts = _dictionary(specification)
    versions = _dictionary(facts.get("/EF"))
    name = str(facts.get("/UF") or facts.get("/F") or "")[:_LONGEST_NAME]
    reference = versions.get("/UF") or versions.get("/F")
    stream = reference.get_object() if reference is not None else None
    if not isinstance(stream, StreamObject) or not _says_xml(name, stream):
        return name, b""
    content = stream.get_data()
    return name, content if len(content) <= _LARGEST else b""


def _says_xml(name: str, stream: StreamObject) -> bool:
    return name.lower().endswith(".xml") or str(stream.get("/Subtype", "")).endswith("/xml")


def _dictionary(thing: PdfObject | None) -> DictionaryObject:
    found = thing.get_object() if thing is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(thing: PdfObject | None) -> ArrayObject:
    found = thing.get_object() if thing is not None else None
    return found if isinstance(found, ArrayObject) else ArrayObject()
