"""Single letters pass here: read without a server, every fact with its proof.

For a sender who wonders how its letters come across. Nothing is kept, nothing leaves this machine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from letterbox.letters.rules import Party
from letterbox.reading.findings import Finding, Reading
from letterbox.reading.rules import read
from letterbox.shared.errors import LetterboxError
from letterbox.shared.money import Euro
from letterbox.shared.paper import Paper
from letterbox.shared.ports import PdfReader

_APART = frozenset(("findings", "check"))
"""Fields of a reading that say something of the others."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file and what was read in it."""

    path: Path
    reading: Reading


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file in which nothing could be read, and why, in a sentence or a few words."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of what is shown: a fact, and its finding if it has one of its own."""

    field: str
    value: str
    finding: Finding | None


def read_files(
    paths: Iterable[Path], reader: PdfReader, received_on: date, sender: Party | None
) -> Iterator[ReadFile | UnreadFile]:
    """Read files one after the other. One that cannot be read does not stop the rest.

    :param received_on: the day on which all of them came in
    :param sender: who sent all of them, if that is known
    """
    for path in paths:
        try:
            paper = _paper(path.read_bytes(), reader)
        except LetterboxError as error:
            yield UnreadFile(path, error.detail)
        except OSError as error:
            yield UnreadFile(path, error.strerror or "cannot be opened")
        else:
            reading = read(paper, received_on=received_on, sender=sender, envelope=None)
            yield ReadFile(path, reading)


def _paper(pdf: bytes, reader: PdfReader) -> Paper:
    reader.inspect(pdf)  # what would be refused at the door is not shown as if it came in
    return reader.paper(pdf)


def rows_of(reading: Reading) -> Iterator[Row]:
    """Yield what was read, in the order of the fields of `Reading`: each with its findings."""
    for field in (field.name for field in fields(reading) if field.name not in _APART):
        found = [finding for finding in reading.findings if finding.field == field]
        for finding in found:
            yield Row(field, finding.value, finding)
        value = getattr(reading, field)
        if not found and value not in (None, ()):
            yield Row(field, _in_words(value), None)


def is_sure(reading: Reading, finding: Finding) -> bool:
    """Test whether a finding may be believed without a second look at its field."""
    return finding.sure and finding.field not in reading.check


def as_json(read_file: ReadFile) -> dict[str, Any]:
    """Return a reading as `letterbox read --json` prints it: names and values of the JSON door."""
    reading = read_file.reading
    values = {field.name: getattr(reading, field.name) for field in fields(reading)}
    return {
        "file": str(read_file.path),
        **{name_of(name): _plain(value) for name, value in values.items() if name not in _APART},
        "check": [name_of(name) for name in reading.check],
        "findings": [_plain_finding(finding) for finding in reading.findings],
    }


def name_of(field: str) -> str:
    """Return what the JSON door calls a field: `due_on` is `dueDate`."""
    first, *others = field.split("_")
    if others and others[-1] == "on":
        others[-1] = "date"
    return first + "".join(word.capitalize() for word in others)


def _plain_finding(finding: Finding) -> dict[str, Any]:
    found = {field.name: _plain(getattr(finding, field.name)) for field in fields(finding)}
    box = [round(edge, 2) for edge in finding.box] if finding.box else None
    return found | {"field": name_of(finding.field), "box": box}


def _plain(value: object) -> Any:
    if isinstance(value, Party):
        return value.name
    if isinstance(value, Euro | date):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {name_of(f.name): _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def _in_words(value: object) -> str:
    plain = _plain(value)
    if isinstance(plain, list):
        return "; ".join(_in_words(each) for each in plain)
    if isinstance(plain, dict):
        return ", ".join(f"{name} {_in_words(each)}" for name, each in plain.items() if each)
    return str(plain)
