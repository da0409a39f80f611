"""The list beside a folder of letters, `letters.csv`: when each came in, and from whom.

Comma-separated values with a head: `file`, and if known `received_on` (2026-11-20) and `sender`.
A Dutch spreadsheet puts semicolons between them; that is understood as well.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letterbox.letters.rules import Party
from letterbox.shared.errors import Invalid

LIST = "letters.csv"


class ListWrong(Invalid):
    """The list cannot be understood. Read on without it, and every day could be wrong."""

    title = "The list of letters cannot be understood"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says of one file."""

    received_on: date | None = None
    sender: Party | None = None


def read_list(folder: Path) -> Mapping[str, Listed]:
    """Return what is listed of each file; nothing without a list.

    :raises ListWrong: with the line, and what it should be
    """
    path = folder / LIST
    if not path.exists():
        return {}
    listed: dict[str, Listed] = {}
    for line, row in _rows(path):
        file = row.get("file") or ""
        if not file or file in listed:
            raise _wrong(line, "names no file" if not file else f"names {file} a second time")
        listed[file] = Listed(_day(row.get("received_on"), line), _party(row.get("sender")))
    return listed


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ListWrong(f"{LIST} is not UTF-8. Save it as CSV UTF-8.") from None
    head = lines[0] if lines else ""
    rows = csv.DictReader(lines, delimiter=";" if ";" in head else ",")
    if "file" not in (rows.fieldnames or ()):
        raise ListWrong(f"{LIST} has no column `file`. Its first line names the columns.")
    for row in rows:
        # A cell too many comes under the name None, and a cell too few is None.
        yield rows.line_num, {name: (row[name] or "").strip() for name in row if name is not None}


def _day(written: str | None, line: int) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise _wrong(line, f"received_on is {written}, not a day like 2026-11-20") from None


def _party(name: str | None) -> Party | None:
    return Party(name) if name else None


def _wrong(line: int, why: str) -> ListWrong:
    return ListWrong(f"{LIST}, line {line}: {why}.")
