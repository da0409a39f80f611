"""Sheets pass through here to Chromium, and come out as PDF. The layouts are `layouts/*.html`.

One browser prints all letters. It is slow, and puts the time of printing into its files.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import sync_playwright

from tests.letters.payment_code import draw_as_svg
from tests.letters.press import LAYOUTS
from tests.letters.sheets import Sheet

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

_PAGES = Environment(
    loader=FileSystemLoader(LAYOUTS), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


@contextmanager
def open_browser() -> Iterator[Callable[[Sheet], bytes]]:
    """Return a printer that works until the context is left.

    :raises FileNotFoundError: there is no Chromium on this machine
    """
    path = shutil.which("chromium")
    if path is None:
        raise FileNotFoundError("Chromium is missing. Install it: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = chromium.new_page()

        def print_with_chromium(sheet: Sheet) -> bytes:
            page.set_content(as_html(sheet))
            return page.pdf(format="A4", prefer_css_page_size=True)

        try:
            yield print_with_chromium
        finally:
            chromium.close()


def as_html(sheet: Sheet) -> str:
    """Return a sheet as a page."""
    code = draw_as_svg(sheet.code) if sheet.code else None
    template = _PAGES.get_template(f"{sheet.look.layout}.html")
    return template.render(letter=sheet.for_template(), code=code and code[code.index("<svg") :])
