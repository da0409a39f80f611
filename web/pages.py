"""The paper every page is printed on: templates in every language, and the headers that keep a
page strict."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.dates import get_month_names
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from letterbox.shared.days import HERE
from letterbox.shared.money import Euro
from web.languages import LANGUAGES, SOURCE, language_of, translations
from web.who import Visitor

TEMPLATES = Path(__file__).parent / "templates"

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


def page(
    request: Request,
    *names: str,
    here: Visitor | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    again: str | None = None,
    **words: object,
) -> HTMLResponse:
    """Return a page in the language that its reader chose.

    :param names: the template; of several, the first that exists
    :param here: who is looking, for the menu and the proof in the forms
    :param again: where this page can be asked for once more, if not at its own address
    :param words: what the template speaks of
    """
    language = language_of(request)
    template = environment(language).select_template(names)
    context = {
        "request": request,
        "here": here,
        "home": "/office" if request.url.path.startswith("/office") else "/me",
        "dressed": request.app.state.dressed,
        "other_languages": _other_languages(language, again or _address(request)),
    }
    body = template.render(context | words)
    return HTMLResponse(body, status, {**HEADERS, **(headers or {})})


def mine(here: Visitor, name: str, *, status: int = 200, **words: Any) -> HTMLResponse:
    """Return a page for someone who is logged in."""
    return page(here.request, name, here=here, status=status, **words)


def vocabulary(language: str = SOURCE) -> Any:
    """Return the words of the house in a language, as templates use them."""
    return environment(language).get_template("words.html").make_module({"here": None})


@cache
def environment(language: str) -> Environment:
    """Return the templates in a language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    # Added by the extension, which has no types.
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    months = get_month_names("wide", locale=language)
    made.globals |= {"language": language, "months": months}
    made.filters |= {
        "known": _known,
        "local": _local,
        "plain_day": lambda on: _day(on, months),
        "euro": _euro_in(language),
        "sentence": lambda text: text[:1].upper() + text[1:],
        "spaced": lambda text: " ".join(text[at : at + 4] for at in range(0, len(text), 4)),
    }
    return made


def _known(word: str, words: Mapping[str, str], otherwise: str) -> str:
    return words.get(word, otherwise)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(HERE)


def _day(on: date, months: Mapping[int, str]) -> str:
    return f"{on.day} {months[on.month]} {on.year}"


def _euro_in(language: str) -> Any:
    # The space must not break: a line that ends in a lone euro sign is hard to read.
    def dutch(amount: Euro) -> str:
        return amount.dutch.replace(" ", "\u00a0")

    def english(amount: Euro) -> str:
        euros, cents = divmod(abs(amount.cents), 100)
        return f"{'-' if amount.cents < 0 else ''}€{euros:,}.{cents:02d}"

    return dutch if language == SOURCE else english


def _address(request: Request) -> str:
    if request.method != "GET":
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + query


def _other_languages(language: str, address: str) -> list[tuple[str, str, str]]:
    """Return each other language: its code, its own name, and the link that chooses it."""
    return [
        (code, name, f"/language?{urlencode({'to': code, 'next': address})}")
        for code, name in LANGUAGES.items()
        if code != language
    ]
