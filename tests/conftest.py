"""A clean house for every test: a real PostgreSQL, two roles, row-level security and all."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from connectors import key_files, signing_keys
from connectors.job_queue import JobQueue
from connectors.key_files import KeyFiles
from connectors.signing_keys import SigningKeys
from connectors.turnstile import CountingTurnstile
from letterbox.letters.files import DatabaseFiles
from letterbox.shared.ports import Supplies
from runtime.app import create_app
from runtime.database import add_login, engine_for, migrate, sessions_on
from runtime.embedded import embedded_postgres
from tests.builders import EVERYTHING, GROUND, System, a_registration, work_off
from tests.fakes import FakeClock, FakeLogin, FakeMail, FakeReader, FakeStaffLogin

PUBLIC_URL = "https://letterbox.example"

# How long an example takes says how busy the machine is, and nothing about the house.
settings.register_profile(
    "letterbox",
    parent=settings.default,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("letterbox")


@pytest.fixture(scope="session")
def owner() -> Iterator[Engine]:
    """The owner of a migrated database. The server forgets everything: tests may be fast."""
    # Not in pytest's own folder: another run closes that to the user the server runs as.
    with TemporaryDirectory(prefix="lb-") as folder, embedded_postgres(Path(folder)) as url:
        engine = engine_for(url)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ALTER SYSTEM SET fsync = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        migrate(engine)
        yield engine
        engine.dispose()


@pytest.fixture(scope="session")
def application(owner: Engine) -> Iterator[Engine]:
    """The database as web and worker reach it."""
    engine = engine_for(add_login(owner))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    key_files.prepare(folder)
    signing_keys.prepare(folder)
    return folder


@pytest.fixture
def emptied(owner: Engine) -> None:
    with owner.begin() as connection:
        connection.execute(
            text("TRUNCATE organisations, mailboxes, procrastinate_jobs RESTART IDENTITY CASCADE")
        )


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def mail() -> FakeMail:
    return FakeMail()


@pytest.fixture
def supplies(
    emptied: None,
    application: Engine,
    keys_folder: Path,
    clock: FakeClock,
    reader: FakeReader,
    mail: FakeMail,
) -> Supplies:
    return Supplies(
        sessions=sessions_on(application),
        keys=KeyFiles(keys_folder),
        signer=SigningKeys(keys_folder, issuer=PUBLIC_URL),
        files=DatabaseFiles(),
        reader=reader,
        jobs=JobQueue(),
        login=FakeLogin(),
        staff_login=FakeStaffLogin(),
        turnstile=CountingTurnstile(per_minute=100_000),
        clock=clock,
        public_url=PUBLIC_URL,
        mail=mail,
    )


@pytest.fixture
def session(supplies: Supplies) -> Iterator[Session]:
    """A transaction of the application. Commit it yourself if others should see it."""
    with supplies.sessions() as session:
        yield session


@pytest.fixture
def client(supplies: Supplies) -> TestClient:
    return TestClient(
        create_app(supplies),
        base_url=PUBLIC_URL,
        raise_server_exceptions=False,
        follow_redirects=False,
    )


@pytest.fixture
def connect(supplies: Supplies, owner: Engine, client: TestClient) -> Callable[..., System]:
    """Register an organisation, and return its computer."""

    def register(
        name: str = "De Wilg",
        *,
        ground: str | None = GROUND,
        scopes: Iterable[str] = EVERYTHING,
    ) -> System:
        with sessions_on(owner).begin() as session:
            organisation, key = a_registration(
                session, name=name, now=supplies.clock(), ground=ground, scopes=scopes
            )
        return System(organisation, key, supplies, client)

    return register


@pytest.fixture
def work(supplies: Supplies, owner: Engine) -> Callable[[], int]:
    """Do every job that waits."""
    return lambda: work_off(supplies, owner)
