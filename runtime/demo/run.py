"""The whole way on one machine, with invented people: from pushed letter to pulled overview.

Everything goes through the doors as it would in real life: organisations knock with a signed
assertion, the citizen logs in at the login provider and agrees on the page, the counsellor's
computer pulls the overview. Each start begins with an empty database.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
from oidc_provider_mock import User, run_server_in_thread
from pydantic import SecretStr
from rich.console import Console
from rich.progress import track
from sqlalchemy import text

from letterbox.people.service import register
from letterbox.shared.days import day_of
from letterbox.shared.ports import Supplies
from runtime.client import Client, Credentials, new_key
from runtime.database import migrate, sessions_on
from runtime.demo import DemoFailed
from runtime.demo.browser import Browser
from runtime.demo.cast import CAST, COUNSELLING, HANNEKE, YARA, Organisation
from runtime.demo.letters import letters_before
from runtime.demo.printer import print_letter
from runtime.demo.report import SPARE_LETTER, print_doors, print_overview
from runtime.demo.shapes import DemoLetter
from runtime.serve import refuse_used_port, server, working
from runtime.settings import Settings
from runtime.supplies import Database, clock, database, supplies

WIDE = 120
PATIENCE = timedelta(seconds=120)
COUNSELS = frozenset({"consents.request", "overviews.read"})
SENDS = frozenset({"letters.deliver"})
PURPOSE = "Samen een overzicht van uw schulden maken, om tot een regeling te komen."


def run(settings: Settings, *, once: bool) -> None:
    """Show the whole way; then stay up until interrupted, unless `once`.

    :raises PortInUse: something else listens on one of the ports
    :raises DemoFailed: a step did not do what it should
    """
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    login_port = settings.port + 1400
    settings = settings.model_copy(
        update={
            "database_url": None,
            "folder": settings.folder / "demo",
            "keys_folder": settings.folder / "demo" / "keys",
            "public_url": f"http://localhost:{settings.port}",
            "login_issuer": f"http://localhost:{login_port}",
            "login_client_secret": SecretStr("any will do"),
            "staff_login_issuer": f"http://localhost:{login_port}",
            "staff_login_client_secret": SecretStr("any will do"),
        }
    )
    refuse_used_port(settings.host, settings.port)
    refuse_used_port(settings.host, login_port)
    with ExitStack() as up:
        console.print("Starting the database, the login provider, the web and the worker …")
        up.enter_context(run_server_in_thread(login_port, user_claims=_users(settings)))
        opened = up.enter_context(database(settings))
        _empty(opened)
        plugged = up.enter_context(supplies(settings, opened))
        up.enter_context(working(settings, opened, plugged))
        up.enter_context(_web(settings, plugged))
        clients = {
            key: up.enter_context(Client(_registered(settings, opened, organisation)))
            for key, organisation in CAST.organisations.items()
            if organisation.bsn_ground
        }
        try:
            overview, consent_id = _whole_way(settings, clients)
        except httpx2.HTTPError as error:
            raise DemoFailed(f"A step was refused: {error}") from error
        print_overview(console, overview)
        print_doors(console, settings, consent_id)
        if not once:
            console.print("\nEverything stays up until you press Ctrl+C.")
            _until_interrupted()


def _users(settings: Settings) -> list[User]:
    """Return everyone whom the login provider knows."""
    citizens = [User(sub=citizen.bsn) for citizen in CAST.citizens.values()]
    return citizens + [
        User(
            sub=employee.email,
            claims={
                settings.staff_organisation_claim: CAST.organisations[employee.organisation].number,
                settings.staff_name_claim: employee.name,
            },
        )
        for employee in CAST.employees.values()
    ]


def _whole_way(settings: Settings, clients: dict[str, Client]) -> tuple[dict[str, Any], str]:
    letters = letters_before(day_of(clock()))
    for letter in track(letters, description="Delivering letters over HTTP"):
        pdf = print_letter(letter, CAST)
        clients[letter.sender].deliver(_as_sent(letter), pdf)
    newest = [letter for letter in letters if letter.recipient == YARA.key][-1]
    (settings.folder / SPARE_LETTER).write_bytes(print_letter(newest, CAST))
    counsellor = clients[HANNEKE.organisation]
    asked = counsellor.post("/v1/consent-requests", _asked())
    with Browser(settings.public_url) as browser:
        browser.log_in(YARA.bsn)
        browser.grant(asked["code"])
    answered = counsellor.get(f"/v1/consent-requests/{asked['id']}")
    if answered["status"] != "granted":
        raise DemoFailed(f"The request for consent is {answered['status']}, not granted.")
    return _pulled(counsellor, answered["consentId"]), answered["consentId"]


def _pulled(counsellor: Client, consent_id: str) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE.total_seconds()
    while time.monotonic() < until:
        overview = counsellor.get(f"/v1/consents/{consent_id}/overview")
        if all(letter["status"] == "unreadable" for letter in overview["unreadLetters"]):
            return overview
        time.sleep(0.3)
    raise DemoFailed(f"Not all letters were read within {PATIENCE.total_seconds():.0f} seconds.")


def _asked() -> dict[str, Any]:
    return {
        "purpose": PURPOSE,
        "permissions": ["overview", "letters"],
        "days": 120,
        "counsellor": {"name": HANNEKE.name, "role": HANNEKE.role},
        "clientReference": "demo-1",
    }


def _as_sent(letter: DemoLetter) -> dict[str, Any]:
    sent: dict[str, Any] = {
        "messageId": letter.message_id,
        "recipient": {"scheme": "bsn", "value": CAST.citizens[letter.recipient].bsn},
        "sentOn": letter.sent_on.isoformat(),
        "subject": letter.subject,
    }
    if letter.on_behalf_of:
        sent["onBehalfOf"] = {"name": letter.on_behalf_of.name, "oin": letter.on_behalf_of.number}
    if letter.claim:
        sent["claim"] = _declared(letter)
    if letter.replaces:
        sent["replaces"] = letter.replaces
    return sent


def _declared(letter: DemoLetter) -> dict[str, str]:
    claim = letter.claim
    members = {
        "reference": claim and claim.reference,
        "kind": claim and claim.kind,
        "outstanding": claim and claim.outstanding,
        "payableNow": claim and claim.payable_now,
        "principal": claim and claim.principal,
        "interest": claim and claim.interest,
        "collectionCosts": claim and claim.collection_costs,
        "paid": claim and claim.paid,
        "dueDate": claim and claim.due_on,
        "iban": claim and claim.iban,
        "paymentReference": claim and claim.payment_reference,
    }
    return {name: str(value) for name, value in members.items() if value is not None}


def _registered(settings: Settings, opened: Database, organisation: Organisation) -> Credentials:
    key = new_key()
    with sessions_on(opened.owner).begin() as session:
        registered = register(
            session,
            name=organisation.name,
            number=organisation.number,
            scopes=COUNSELS if organisation is COUNSELLING else SENDS,
            bsn_ground=organisation.bsn_ground,
            jwks={"keys": [key.as_dict(private=False)]},
            now=clock(),
        )
    credentials = Credentials(
        settings.public_url, str(registered.id), dict(key.as_dict(private=True))
    )
    credentials.write(key_file(settings, organisation))
    return credentials


def key_file(settings: Settings, organisation: Organisation) -> Path:
    """Return where the demo keeps the credentials of an organisation."""
    return settings.folder / "credentials" / f"{organisation.key}.json"


def _empty(opened: Database) -> None:
    with opened.owner.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.execute(text("GRANT USAGE ON SCHEMA public TO PUBLIC"))
    migrate(opened.owner)


@contextmanager
def _web(settings: Settings, plugged: Supplies) -> Iterator[None]:
    web = server(settings, plugged)
    thread = threading.Thread(target=web.run, name="web")
    thread.start()
    try:
        while not web.started:
            if not thread.is_alive():
                raise DemoFailed("The web server did not start.")
            time.sleep(0.05)
        yield
    finally:
        web.should_exit = True
        thread.join()


def _until_interrupted() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        return
