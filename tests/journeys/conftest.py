"""The house as people meet it: a real web server, a real login provider, a real browser."""

import os
import shutil
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from connectors.login_provider import LoginProvider
from letterbox.shared.ports import Supplies
from runtime.app import create_app
from tests.builders import BSN

with warnings.catch_warnings():
    # It warns of its own libraries when it is imported.
    warnings.simplefilter("ignore")
    from oidc_provider_mock import User, run_server_in_thread

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NO_CHROMIUM = "Chromium is missing. Install it: apt-get install chromium (Debian, Ubuntu)"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        # In CI a page that nobody looked at must not pass for one that works.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone, with a citizen who speaks Dutch."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture
def open_house(supplies: Supplies) -> Iterator[Supplies]:
    """The house with its doors open on a port of its own, and a login provider beside it."""
    port = _free_port()
    with run_server_in_thread(user_claims=[User(sub=BSN)]) as provider:
        url = f"http://localhost:{port}"
        login = LoginProvider(
            issuer=f"http://localhost:{provider.server_port}",
            client_id="letterbox",
            client_secret="any will do",
            redirect_uri=f"{url}/login/arrive",
            claim="sub",
        )
        opened = replace(supplies, login=login, public_url=url)
        with _serving(opened, port):
            yield opened


@contextmanager
def _serving(supplies: Supplies, port: int) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(create_app(supplies), port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
