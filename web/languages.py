"""The languages of the pages. Texts stand in the templates in Dutch; a catalogue beside them
says the same in another language, and a language is there as soon as its catalogue is."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from fastapi import Request
from fastapi.responses import Response

CATALOGUES = Path(__file__).parent / "translations"
SOURCE = "nl"
COOKIE = "__Host-language"
YEAR = 365 * 24 * 3600

LANGUAGES = {
    language: str(Locale(language).get_display_name(language)).capitalize()
    for language in (SOURCE, *sorted(path.stem for path in CATALOGUES.glob("*.po")))
}
"""By their code (ISO 639-1), each under its own name."""


def language_of(request: Request) -> str:
    """Return the language that someone chose for the pages, or else Dutch."""
    return known_language(request.cookies.get(COOKIE))


def known_language(code: str | None) -> str:
    """Return this language if there are pages in it, or else Dutch."""
    return code if code in LANGUAGES else SOURCE


def remember(response: Response, language: str) -> None:
    """Let a browser remember the language of the pages."""
    response.set_cookie(
        COOKIE, language, max_age=YEAR, secure=True, httponly=True, samesite="lax", path="/"
    )


@cache
def translations(language: str) -> NullTranslations:
    """Return what the texts of the templates are in this language."""
    if language == SOURCE:
        return NullTranslations()
    with (CATALOGUES / f"{language}.po").open("rb") as written:
        catalogue = read_po(written, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
