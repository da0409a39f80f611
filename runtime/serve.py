"""Running the house: the web, the worker, or both in one process."""

import asyncio
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from prometheus_client import start_http_server

from letterbox.shared.ports import Supplies
from runtime.app import create_app
from runtime.settings import Settings
from runtime.supplies import Database, database, supplies
from runtime.worker import job_app, work


class PortInUse(Exception):
    """Something else listens there."""


def serve(settings: Settings) -> None:
    """Open the doors until told to stop; with the embedded database, work too.

    :raises PortInUse: something else listens on that port
    """
    refuse_used_port(settings.host, settings.port)
    with database(settings) as opened, supplies(settings, opened) as plugged:
        if settings.database_url is None:
            with working(settings, opened, plugged):
                _open_doors(settings, plugged)
        else:
            _open_doors(settings, plugged)


def work_only(settings: Settings) -> None:
    """Take jobs until told to stop."""
    if settings.worker_metrics_port is not None:
        start_http_server(settings.worker_metrics_port)
    with database(settings) as opened, supplies(settings, opened) as plugged:
        asyncio.run(_until_told(settings, opened, plugged))


@contextmanager
def working(settings: Settings, opened: Database, plugged: Supplies) -> Iterator[None]:
    """Take jobs in a thread beside whatever the caller does."""
    loop = asyncio.new_event_loop()
    app = job_app(plugged, opened.application.url)
    jobs = loop.create_task(work(app, side_by_side=settings.readers))
    thread = threading.Thread(target=_run, args=(loop, jobs), name="worker")
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(jobs.cancel)
        thread.join()


def refuse_used_port(host: str, port: int) -> None:
    """Say clearly that a port is taken, before anything was started.

    :raises PortInUse: that is so
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortInUse(
                f"Port {port} is in use. Stop what listens there, or choose another one: "
                f"LETTERBOX_PORT={port + 1}"
            ) from error


def server(settings: Settings, plugged: Supplies) -> uvicorn.Server:
    """Return the web server. It logs no addresses: they carry codes and ids of consents."""
    app = create_app(plugged, trusted_hosts=settings.trusted_hosts, theme=settings.theme)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=20,
    )
    return uvicorn.Server(config)


def _open_doors(settings: Settings, plugged: Supplies) -> None:
    server(settings, plugged).run()


def _run(loop: asyncio.AbstractEventLoop, jobs: "asyncio.Task[None]") -> None:
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(jobs)
    loop.close()


async def _until_told(settings: Settings, opened: Database, plugged: Supplies) -> None:
    app = job_app(plugged, opened.application.url)
    jobs = asyncio.create_task(work(app, side_by_side=settings.readers))
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, jobs.cancel)
    with suppress(asyncio.CancelledError):
        await jobs
