"""Readings pass here on their way to the screen: as tables, as JSON, or drawn on the pages."""

import json
from collections.abc import Iterable
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from letterbox.reading.findings import Reading
from letterbox.shared.errors import LetterboxError
from letterbox.shared.ports import PdfReader
from runtime.drawn_findings import draw_findings, numbered
from runtime.read_files import ReadFile, Row, UnreadFile, as_json, is_sure, name_of, rows_of


def show_readings(answers: Iterable[ReadFile | UnreadFile], *, in_json: bool) -> list[ReadFile]:
    """Print readings as they come, and return them. What was not read is said on standard error.

    :param in_json: print one JSON array at the end, in place of a table for each
    """
    done = list[ReadFile]()
    for answer in answers:
        if isinstance(answer, UnreadFile):
            _complain(answer.path, answer.reason)
            continue
        done.append(answer)
        if not in_json:
            print_reading(Console(), answer)
    if in_json:
        typer.echo(json.dumps([as_json(each) for each in done], ensure_ascii=False, indent=1))
    return done


def print_reading(console: Console, read_file: ReadFile) -> None:
    """Print one reading as a table, and under it what a person should look at."""
    reading = read_file.reading
    table = Table(title=printable(str(read_file.path)), title_justify="left")
    for heading in ("Field", "Value", "Sure", "Page", "Quote", "Source"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Field")
    for row in rows_of(reading):
        table.add_row(name_of(row.field), printable(row.value), *_proof(reading, row))
    console.print(table)
    check = ", ".join(map(name_of, reading.check))
    console.print(f"Please check: {check}." if check else "Nothing to check.", highlight=False)


def draw_readings(read_files: Iterable[ReadFile], reader: PdfReader, to: Path) -> bool:
    """Write pages with the findings drawn on them; tell on standard error which is where.

    :param to: the first image; the others come beside it, numbered
    :returns: whether all pages could be drawn
    """
    paths, whole = numbered(to), True
    for read_file in read_files:
        try:
            for page, path in draw_findings(read_file, reader, paths):
                _say(f"{path}: page {page} of {read_file.path}")
        except LetterboxError as error:
            _complain(read_file.path, error.detail)
            whole = False
    return whole


def printable(text: str) -> Text:
    """Return a text that cannot command a terminal: a letter may hold any character."""
    return Text("".join(char if char.isprintable() else "\ufffd" for char in text))


def _proof(reading: Reading, row: Row) -> tuple[Text | str, ...]:
    finding = row.finding
    if finding is None:
        return "please check" if row.field in reading.check else "", "", "", ""
    sure = "sure" if is_sure(reading, finding) else "please check"
    return sure, str(finding.page or ""), printable(finding.quote), finding.source.value


def _complain(path: Path, reason: str) -> None:
    _say(f"{path}: {reason}", style="red")


def _say(line: str, style: str = "") -> None:
    # On one line, however narrow the screen: it may be read by a program.
    Console(stderr=True).print(printable(line), style=style, soft_wrap=True, highlight=False)
