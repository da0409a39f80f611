"""The paper every page is printed on: templates, and the headers that keep a page strict."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from letterbox.shared.days import HERE
from web.who import Here

FOLDER = Path(__file__).parent
SECONDS_KEPT = 600
"""How long a browser may use the stylesheet without asking: a new version is soon everywhere."""

# Logging in goes by a link, so no form ever leads to the login provider.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    # With `no-referrer` a browser sends our own forms with `Origin: null`.
    "Referrer-Policy": "same-origin",
}


class Static(StaticFiles):
    """The stylesheet and the icon."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER / "static")

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, *args: Any, **more: Any
    ) -> Response:
        response = super().file_response(full_path, stat_result, *args, **more)
        response.headers["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
        return response


def page(
    request: Request,
    *names: str,
    here: Here | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **words: object,
) -> HTMLResponse:
    """Return a page.

    :param names: the template; of several, the first that exists
    :param here: who is looking, for the menu and the proof in the forms
    :param words: what the template speaks of
    """
    template = _environment.select_template(names)
    return _templates.TemplateResponse(
        request,
        str(template.name),
        {"here": here, **words},
        status_code=status,
        headers={**HEADERS, **(headers or {})},
    )


def mine(here: Here, name: str, *, status: int = 200, **words: Any) -> HTMLResponse:
    """Return a page for someone who is logged in."""
    return page(here.request, name, here=here, status=status, **words)


def vocabulary() -> Any:
    """Return the words of the house in Dutch, as templates use them."""
    return _environment.get_template("words.html").make_module({"here": None})


def _known(word: str, words: Mapping[str, str], otherwise: str) -> str:
    return words.get(word, otherwise)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(HERE)


_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {"known": _known, "local": _local}
_templates = Jinja2Templates(env=_environment)
