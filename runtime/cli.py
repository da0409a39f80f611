"""The command line, `letterbox`: running it, and the operator's rounds."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy.orm import Session

from connectors import key_files
from connectors.job_queue import JobQueue
from connectors.key_files import KeyFiles
from connectors.mail import NotAMailServer
from letterbox import access
from letterbox.letters.rules import Party
from letterbox.logbook.service import first_broken_line
from letterbox.people import queries
from letterbox.people import service as people
from letterbox.shared import scope
from letterbox.shared.days import day_of
from letterbox.shared.errors import LetterboxError
from runtime import contract as contracts
from runtime import logs
from runtime import serve as serving
from runtime.app import create_api
from runtime.client import Client, Credentials, new_key
from runtime.database import migrate as bring_up_to_date
from runtime.database import sessions_on
from runtime.demo import DemoFailed
from runtime.read_files import read_files
from runtime.settings import settings
from runtime.settle_all import leave_all_outdated, mailbox_ids
from runtime.show_overview import Wanted, show_overview_of
from runtime.show_readings import draw_readings, show_readings
from runtime.supplies import clock, database, pdf_pool, prepare_keys

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
organisations = typer.Typer(no_args_is_help=True, help="Organisations that connect.")
keys = typer.Typer(no_args_is_help=True, help="The keys that open everything.")
logbook = typer.Typer(no_args_is_help=True, help="The logbooks of the mailboxes.")
mailboxes = typer.Typer(no_args_is_help=True, help="Mailboxes of citizens.")

for name, group in (
    ("organisation", organisations),
    ("keys", keys),
    ("logbook", logbook),
    ("mailbox", mailboxes),
):
    app.add_typer(group, name=name)

console = Console()


@contextmanager
def as_owner() -> Iterator[Session]:
    """Open a transaction as the owner of the database, for the operator's work."""
    with database(settings()) as opened, sessions_on(opened.owner).begin() as session:
        yield session


@app.command()
def demo(
    once: Annotated[bool, typer.Option(help="Stop after printing, instead of staying up.")] = False,
) -> None:
    """Show the whole way on this machine, with invented people."""
    logs.configure(logging.ERROR)
    # The demo's login provider warns of its own libraries, at import; a server has no need of it.
    warnings.simplefilter("ignore")
    from runtime.demo.run import run  # noqa: PLC0415

    run(settings(), once=once)


@app.command()
def serve() -> None:
    """Open the doors; with the embedded database, do the worker's work too."""
    logs.configure()
    serving.serve(settings())


@app.command()
def worker() -> None:
    """Read letters and settle mailboxes."""
    logs.configure()
    serving.work_only(settings())


@app.command()
def migrate() -> None:
    """Bring the database up to date, as its owner."""
    with database(settings()) as opened:
        bring_up_to_date(opened.owner)


@app.command()
def contract() -> None:
    """Write openapi.yaml and docs/problems.md from the code."""
    contracts.write(create_api(public_url=contracts.HOST))


@app.command()
def settle(
    every: Annotated[bool, typer.Option("--all", help="All that were settled by older rules.")],
) -> None:
    """Leave mailboxes to be settled again after the rules changed; stop and resume at will."""
    with database(settings()) as opened:
        left = leave_all_outdated(sessions_on(opened.owner), JobQueue()) if every else 0
    console.print(f"{left} mailboxes are left to be settled again.")


@app.command()
def overview(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every letter.")] = False,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    pdf: Annotated[Path | None, typer.Option(help="Write the report (PDF/UA) here.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Write the spreadsheet here.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the list of debts here.")] = None,
    english: Annotated[bool, typer.Option("--english", help="In English, not Dutch.")] = False,
) -> None:
    """Read every PDF in a folder and print the debts: the shoebox on a desk, without a server."""
    wanted = Wanted(pdf, xlsx, csv, in_json=as_json, language="en" if english else "nl")
    show_overview_of(folder, as_of.date() if as_of else day_of(clock()), settings(), wanted)


@app.command("read")
def read_letters(
    files: list[Path],
    in_json: Annotated[bool, typer.Option("--json", help="Print JSON, with all proof.")] = False,
    show: Annotated[Path | None, typer.Option(help="PNG: the pages, with what was found.")] = None,
    received_on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    sender: Annotated[str | None, typer.Option(help="Name of who sent them.")] = None,
) -> None:
    """Print what is read in letters, and where: how do these come across? Without a server."""
    day = received_on.date() if received_on else day_of(clock())
    party = Party(sender) if sender else None
    with pdf_pool(settings()) as reader:
        done = show_readings(read_files(files, reader, day, party), in_json=in_json)
        whole = len(done) == len(files)
        if show:
            whole &= draw_readings(done, reader, show)
    raise typer.Exit(0 if whole else 1)


@app.command()
def token(credentials: Path) -> None:
    """Print an access token, with the credentials of an organisation from a file."""
    with Client(Credentials.read(credentials)) as client:
        typer.echo(client.token())


@organisations.command("add")
def add_organisation(
    name: str,
    number: Annotated[str, typer.Argument(help="OIN, 20 digits.")],
    scope: Annotated[list[str], typer.Option(help="One of them per option.")],
    credentials: Annotated[Path, typer.Option(help="Where to write its new private key.")],
    bsn_ground: Annotated[str | None, typer.Option(help="The law that allows the BSN.")] = None,
) -> None:
    """Register an organisation, with a new key of its own."""
    key = new_key()
    with as_owner() as session:
        added = people.register(
            session,
            name=name,
            number=number,
            scopes=frozenset(scope),
            bsn_ground=bsn_ground,
            jwks={"keys": [key.as_dict(private=False)]},
            now=clock(),
        )
        Credentials(settings().public_url, str(added.id), dict(key.as_dict(private=True))).write(
            credentials
        )
    console.print(f"{name} is {added.id}; its key is in {credentials}.")


@organisations.command("list")
def list_organisations() -> None:
    """Show every organisation."""
    table = Table("Id", "Name", "Number", "May", "Ground for BSN", "Suspended")
    with as_owner() as session:
        for each in queries.organisations(session):
            may, suspended = " ".join(each.scopes), str(each.suspended_at or "")
            table.add_row(
                str(each.id), each.name, each.number, may, each.bsn_ground or "", suspended
            )
    console.print(table)


@organisations.command("suspend")
def suspend_organisation(organisation_id: UUID) -> None:
    """Put an organisation out at once."""
    with as_owner() as session:
        people.suspend(session, organisation_id, now=clock())


@keys.command("new")
def new_keys() -> None:
    """Make first keys where there are none."""
    prepare_keys(settings())


@keys.command("rotate")
def rotate_keys() -> None:
    """Add a key to the ring and wrap every data key with it, while the service runs."""
    key_files.add_key(settings().keys)
    ring = KeyFiles(settings().keys)
    with database(settings()) as opened:
        sessions = sessions_on(opened.owner)
        for mailbox_id in track(mailbox_ids(sessions), "Wrapping again"):
            with sessions.begin() as session:
                access.rewrap(session, ring, mailbox_id)


@logbook.command("verify")
def verify_logbooks() -> None:
    """Look for any line that was changed, added or taken away. Exits with 1 if there is one."""
    broken = 0
    with database(settings()) as opened:
        sessions = sessions_on(opened.owner)
        for mailbox_id in track(mailbox_ids(sessions), "Verifying"):
            with sessions.begin() as session:
                broken += _report(session, mailbox_id)
    raise typer.Exit(1 if broken else 0)


@mailboxes.command("close")
def close_mailbox(mailbox_id: UUID) -> None:
    """Destroy the data key of a mailbox: what it holds here can never be read again."""
    typer.confirm("This cannot be undone. Close the mailbox?", abort=True)
    with as_owner() as session:
        operator = access.OperatorViewer(mailbox_id)
        access.close_mailbox(session, KeyFiles(settings().keys), operator, now=clock())


def _report(session: Session, mailbox_id: UUID) -> bool:
    scope.enter(session, mailbox=mailbox_id)
    mailbox = queries.mailbox_held(session, mailbox_id)
    assert mailbox is not None
    line = first_broken_line(session, mailbox)
    if line is not None:
        console.print(f"[red]Mailbox {mailbox_id}: line {line} is not as it was written.")
    return line is not None


def main() -> None:
    """Run the command line; an expected error is one sentence, not a traceback."""
    try:
        app()
    except (
        LetterboxError,
        serving.PortInUse,
        DemoFailed,
        FileNotFoundError,
        NotAMailServer,
    ) as error:
        console.print(f"[red]{error}", soft_wrap=True)
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
