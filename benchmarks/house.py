"""The house under measurement: its own database, and web, worker and floor as processes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil
from sqlalchemy import URL, Engine, text

from letterbox.people.service import SCOPES, register
from runtime.client import Credentials, new_key
from runtime.database import add_login, engine_for, migrate, sessions_on
from runtime.embedded import embedded_postgres
from runtime.settings import Settings
from runtime.supplies import clock, prepare_keys

WEB_PORT, FLOOR_PORT = 8931, 8932
URL_OF_HOUSE = f"http://localhost:{WEB_PORT}"


@dataclass(frozen=True, slots=True)
class House:
    """Where everything is."""

    folder: Path
    owner: Engine
    application: URL

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of its processes."""
        return {
            **os.environ,
            "LETTERBOX_DATABASE_URL": self.application.render_as_string(hide_password=False),
            "LETTERBOX_FOLDER": str(self.folder),
            "LETTERBOX_PORT": str(WEB_PORT),
            "LETTERBOX_PUBLIC_URL": URL_OF_HOUSE,
        }

    def organisation(self, name: str, number: str) -> Credentials:
        """Register an organisation that may do everything."""
        key = new_key()
        with sessions_on(self.owner).begin() as session:
            added = register(
                session,
                name=name,
                number=number,
                scopes=SCOPES,
                bsn_ground="for the benchmark",
                jwks={"keys": [key.as_dict(private=False)]},
                now=clock(),
            )
        return Credentials(URL_OF_HOUSE, str(added.id), dict(key.as_dict(private=True)))

    def count(self, question: str) -> int:
        """Return what a counting question to the database says, asked as the owner."""
        with self.owner.connect() as connection:
            return int(connection.scalar(text(question)) or 0)


@contextmanager
def a_house() -> Iterator[House]:
    """Start an empty database on a disk that is really written to."""
    with tempfile.TemporaryDirectory(prefix="lb-") as name:
        folder = Path(name)
        prepare_keys(Settings(folder=folder))
        with embedded_postgres(folder) as url:
            owner = engine_for(url)
            migrate(owner)
            yield House(folder, owner, add_login(owner))
            owner.dispose()


@contextmanager
def running(house: House, *command: str, ready: str | None = None) -> Iterator[psutil.Process]:
    """Run a process of the house, wait until it is ready, and end it afterwards."""
    started = subprocess.Popen([sys.executable, "-m", *command], env=house.surroundings)  # noqa: S603
    try:
        if ready:
            _wait_for(ready)
        yield psutil.Process(started.pid)
    finally:
        started.terminate()
        started.wait(30)


def memory_of(process: psutil.Process) -> float:
    """Return the memory of a process and its children in MB, what they share counted once."""
    family = [process, *process.children(recursive=True)]
    return float(sum(each.memory_full_info().pss for each in family)) / 1024**2


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            if httpx2.get(address).status_code < 500:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer.")
