"""Choosing the wires: which connector fulfils which port, by the settings."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from connectors import key_files, signing_keys
from connectors.job_queue import JobQueue
from connectors.key_files import KeyFiles
from connectors.login_provider import LoginProvider, StaffLoginProvider
from connectors.mail import SmtpMail
from connectors.pdf import PdfPool
from connectors.signing_keys import SigningKeys
from connectors.turnstile import CountingTurnstile
from letterbox.letters.files import DatabaseFiles
from letterbox.letters.rules import LARGEST_LETTER, MOST_PAGES
from letterbox.shared.ports import Supplies
from runtime.database import add_login, engine_for, migrate, sessions_on
from runtime.embedded import embedded_postgres
from runtime.settings import Settings


@dataclass(frozen=True, slots=True)
class Database:
    """The two ways into the database. `owner` is for migrations and the operator only."""

    application: Engine
    owner: Engine


def clock() -> datetime:
    """Return what time it is. The only clock of the house."""
    return datetime.now(UTC)  # noqa: TID251


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """Open the database named in the settings, or start the embedded one and prepare it."""
    with ExitStack() as opened:
        if settings.database_url is None:
            owner = engine_for(opened.enter_context(embedded_postgres(settings.folder)))
            opened.callback(owner.dispose)
            migrate(owner)
            application = engine_for(add_login(owner))
            prepare_keys(settings)
        else:
            application = engine_for(settings.database_url.get_secret_value())
            owner_url = settings.owner_database_url or settings.database_url
            owner = engine_for(owner_url.get_secret_value(), connections=2)
            opened.callback(owner.dispose)
        opened.callback(application.dispose)
        yield Database(application, owner)


@contextmanager
def supplies(settings: Settings, database: Database) -> Iterator[Supplies]:
    """Plug everything in; unplug it at the end."""
    with pdf_pool(settings) as reader:
        yield Supplies(
            sessions=sessions_on(database.application),
            keys=KeyFiles(settings.keys),
            signer=SigningKeys(settings.keys, issuer=settings.public_url),
            files=DatabaseFiles(),
            reader=reader,
            jobs=JobQueue(),
            login=login(settings),
            staff_login=staff_login(settings),
            turnstile=CountingTurnstile(per_minute=settings.requests_per_minute),
            clock=clock,
            public_url=settings.public_url,
            mail=mail(settings),
        )


def pdf_pool(settings: Settings) -> PdfPool:
    """Return the processes in which PDFs are opened."""
    return PdfPool(largest=LARGEST_LETTER, most_pages=MOST_PAGES, processes=settings.readers)


def login(settings: Settings) -> LoginProvider:
    """Return the login provider for citizens."""
    return LoginProvider(
        issuer=settings.login_issuer,
        client_id=settings.login_client_id,
        client_secret=settings.login_client_secret.get_secret_value(),
        redirect_uri=f"{settings.public_url}/login/arrive",
        claim=settings.login_claim,
        levels=settings.login_levels,
    )


def staff_login(settings: Settings) -> StaffLoginProvider:
    """Return the login provider for people who work for an organisation."""
    return StaffLoginProvider(
        issuer=settings.staff_login_issuer,
        client_id=settings.staff_login_client_id,
        client_secret=settings.staff_login_client_secret.get_secret_value(),
        redirect_uri=f"{settings.public_url}/office/login/arrive",
        organisation_claim=settings.staff_organisation_claim,
        name_claim=settings.staff_name_claim,
        levels=settings.staff_login_levels,
    )


def mail(settings: Settings) -> SmtpMail | None:
    """Return what sends e-mail, or nothing where no mail server is set."""
    url = settings.smtp_url.get_secret_value()
    if not url:
        return None
    return SmtpMail(url, settings.mail_sender, f"{settings.public_url}/me/settings", clock)


def prepare_keys(settings: Settings) -> None:
    """Make first keys where there are none."""
    key_files.prepare(settings.keys)
    signing_keys.prepare(settings.keys)
