"""Takes the pictures of the main pages that stand in the documents: `make pictures`.

Starts the demo with its invented people, and looks at it as each of the three would: a citizen, a
counsellor, a dentist's assistant. On a phone and on a desk.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from runtime.demo.cast import YARA
from tests.journeys.person import Person

FOLDER = Path("docs/pages")
PORT = 8137
URL = f"http://localhost:{PORT}"
SCREENS = {"phone": (390, 844), "desk": (1180, 860)}
READY = "Everything stays up"
COLOURS = 64
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COUNSELLOR = "h.ruitenbeek@schuldhulpveldwijk.example"
SENDER = "balie@tandartskiezelsteen.example"


def main() -> None:
    console = Console()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _demo(), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for screen in SCREENS:
            for name in _taken(chromium, screen):
                console.print(f"{name}-{screen}.png")


def _taken(chromium: Browser, screen: str) -> Iterator[str]:
    """Take every picture on a screen, and name each."""
    for name, page in _tour(chromium, screen):
        page.wait_for_load_state("networkidle")
        raw = Image.open(BytesIO(page.screenshot()))
        raw.quantize(COLOURS).save(FOLDER / f"{name}-{screen}.png", optimize=True)
        yield name


def _tour(chromium: Browser, screen: str) -> Iterator[tuple[str, Page]]:
    citizen = _someone(chromium, screen)
    citizen.logs_in(YARA.bsn)
    yield "overview", citizen.page
    citizen.follows("Bekijk deze schuld")
    yield "debt", citizen.page
    citizen.page.locator(".timeline a").first.click()
    citizen.page.locator("#pages" if screen == "phone" else "h1").first.scroll_into_view_if_needed()
    yield "letter", citizen.page
    citizen.goes_to("/me/logbook")
    yield "logbook", citizen.page
    counsellor = _someone(chromium, screen)
    counsellor.logs_in_at_work(COUNSELLOR, "/office/requests/new")
    counsellor.page.locator("#role").fill("schuldhulpverlener")
    counsellor.presses("Maak de code")
    yield "code", counsellor.page
    citizen.goes_to(f"/me/sharing?code={counsellor.page.locator('.big-code').inner_text()[-9:]}")
    yield "request", citizen.page
    counsellor.goes_to("/office/clients")
    yield "clients", counsellor.page
    counsellor.page.locator("main .clients a").first.click()
    yield "client", counsellor.page
    sender = _someone(chromium, screen)
    sender.logs_in_at_work(SENDER, "/office/letters/new")
    yield "post", sender.page


def _someone(chromium: Browser, screen: str) -> Person:
    width, height = SCREENS[screen]
    viewport = {"width": width, "height": height}
    context = chromium.new_context(viewport=viewport, locale="nl-NL")  # type: ignore[arg-type]
    return Person(context.new_page(), URL)


@contextmanager
def _demo() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="lb-") as folder:
        surroundings = {
            **os.environ,
            "LETTERBOX_FOLDER": folder,
            "LETTERBOX_PORT": str(PORT),
            "LETTERBOX_PUBLIC_URL": URL,
        }
        started = subprocess.Popen(
            [sys.executable, "-m", "runtime.cli", "demo"],
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert started.stdout is not None
            for line in started.stdout:
                if READY in line:
                    break
            yield
        finally:
            started.terminate()
            started.wait(30)


if __name__ == "__main__":
    main()
