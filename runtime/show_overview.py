"""The overview of a folder passes here on its way out: to the screen, to files, or as JSON."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.forms.comma_list import write_list
from api.forms.negotiation import Language
from api.forms.report import write_report
from api.forms.spreadsheet import write_spreadsheet
from api.forms.words import Words, words_in
from letterbox.overview.listing import Listing
from letterbox.shared.errors import Invalid
from runtime.folder_overview import FolderOverview, overview_of_sheets
from runtime.overview_table import print_overview
from runtime.settings import Settings
from runtime.shoebox import Readers, Sheet, cores, letters_in, read_folder, rules_at_work
from runtime.show_readings import printable
from runtime.supplies import pdf_pool

SHOWN_AS = TextColumn("{task.description}")


class NoPlaceForIt(Invalid):
    """What was asked for cannot be written there."""

    title = "The file cannot be written there"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone wants of the overview: which files, in which language, and JSON or a table."""

    pdf: Path | None = None
    xlsx: Path | None = None
    csv: Path | None = None
    in_json: bool = False
    language: Language = "nl"

    @property
    def files(self) -> Iterator[tuple[Path, Callable[[Listing, Words], bytes]]]:
        """Each file, and what writes it."""
        forms = (
            (self.pdf, write_report),
            (self.xlsx, write_spreadsheet),
            (self.csv, lambda listing, _: write_list(listing)),
        )
        return ((path, form) for path, form in forms if path is not None)


def show_overview_of(folder: Path, as_of: date, settings: Settings, wanted: Wanted) -> None:
    """Read every PDF in a folder, and show its debts as wanted. Files unread are named.

    :raises NoLetters: there are none
    :raises ListWrong: `letters.csv` cannot be understood
    :raises NoPlaceForIt: a file that is wanted cannot be written there
    """
    for path, _ in wanted.files:
        _find_place(path, folder)
    found = overview_of_sheets(_read(folder, as_of, settings), as_of)
    for path, form in wanted.files:
        path.write_bytes(form(found.listing, words_in(wanted.language)))
        _say(f"{path} is written.")
    if wanted.in_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        print_overview(Console(), found.listing, words_in(wanted.language))
    _name_unread(found)


def _read(folder: Path, as_of: date, settings: Settings) -> list[Sheet]:
    processes = min(cores(), len(letters_in(folder)))
    many = settings.model_copy(update={"readers": processes})
    # The rules first: a process is copied from this one while it has no threads.
    with rules_at_work(processes) as rules, pdf_pool(many) as pdfs, _progress() as progress:
        sheets = read_folder(folder, Readers(pdfs, rules, processes), as_of)
        total, name = len(letters_in(folder)), escape(str(folder))
        return list(progress.track(sheets, total, description=name))


@contextmanager
def _progress() -> Iterator[Progress]:
    screen = Console(stderr=True)
    columns = SHOWN_AS, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    # Where nobody watches, a bar is only noise in a log.
    quiet = not screen.is_terminal
    with Progress(*columns, console=screen, transient=True, disable=quiet) as progress:
        yield progress


def _find_place(path: Path, folder: Path) -> None:
    """Find out before all the reading, not after it."""
    if path.is_dir() or not path.parent.is_dir():
        raise NoPlaceForIt(f"{path} cannot be written: name a file in a folder that is there.")
    if path.suffix.lower() == ".pdf" and path.resolve().parent == folder.resolve():
        raise NoPlaceForIt(f"{path} would be read as a letter the next time. Name another folder.")


def _name_unread(found: FolderOverview) -> None:
    for sheet in found.unread:
        _say(f"{sheet.file}: not read, {sheet.reason}", style="red")


def _say(line: str, style: str = "") -> None:
    # On one line, however narrow the screen: it may be read by a program.
    Console(stderr=True).print(printable(line), style=style, soft_wrap=True, highlight=False)
