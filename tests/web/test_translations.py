"""Every text of the pages is there in every language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from web.languages import CATALOGUES, LANGUAGES, SOURCE
from web.pages import TEMPLATES, environment

PLACE = re.compile(r"%\((\w+)\)s")
NAMES = {"Letterbox", "– Letterbox"}
"""Texts that are the same in every language."""


def texts() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(
        TEMPLATES, [("**.html", "jinja2")], {"**.html": {"trimmed": "true", "silent": "false"}}
    )
    return {message for _, _, message, _, _ in found}


def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    with (CATALOGUES / f"{language}.po").open("rb") as written:
        read = read_po(written, locale=language)
    return {_first(each.id): _all(each.string) for each in read if each.id and not each.fuzzy}


def others() -> list[str]:
    return [language for language in LANGUAGES if language != SOURCE]


def test_there_is_another_language() -> None:
    assert "en" in others()
    assert len(texts()) > 150


@pytest.mark.parametrize("language", others())
class TestACatalogue:
    def test_says_everything(self, language: str) -> None:
        said = catalogue(language)

        missing = [text for text in map(_first, texts()) if not all(said.get(text, ("",)))]

        assert missing == []

    def test_says_nothing_that_no_page_says(self, language: str) -> None:
        assert set(catalogue(language)) - {_first(text) for text in texts()} == set()

    def test_speaks_of_the_same_things(self, language: str) -> None:
        # The form for one may leave out how many.
        unlike = [
            text
            for text, said in catalogue(language).items()
            if set(PLACE.findall(text)) != set(PLACE.findall(said[-1]))
        ]

        assert unlike == []

    def test_is_not_the_dutch_text_again(self, language: str) -> None:
        same = [text for text, said in catalogue(language).items() if said[0] == text]

        assert len(same) < len(texts()) / 20


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_marks_all_its_text(path: Path) -> None:
    assert [text for text in _unmarked(path) if text not in NAMES] == []


def test_text_that_is_not_marked_is_found() -> None:
    source = '<p>Dag {{ _("lieve") }} <b>lezer</b></p>{% trans %}Tot ziens{% endtrans %}'

    assert list(_unmarked_in(source)) == ["Dag", "lezer"]


def _unmarked(path: Path) -> Iterator[str]:
    return _unmarked_in(path.read_text())


def _unmarked_in(source: str) -> Iterator[str]:
    """Return what stands between tags and is not marked for translation."""
    outside, in_tag = [], False
    for _, token, value in environment(SOURCE).lex(source):
        if token == "name" and value in {"trans", "endtrans"}:
            in_tag = value == "trans"
        elif token == "data" and not in_tag:
            outside.append(value)
        elif token == "variable_begin":
            outside.append("\N{OBJECT REPLACEMENT CHARACTER}")
    # Attributes may be put together by a macro, outside of any tag.
    for text in re.sub(r'<[^>]*>|[\w-]+="[^"]*"', "\n", "".join(outside)).splitlines():
        for piece in text.split("\N{OBJECT REPLACEMENT CHARACTER}"):
            if re.search(r"[^\W\d_]{2}", re.sub(r"&\w+;", "", piece)):
                yield piece.strip()


def _first(message: object) -> str:
    return str(message[0]) if isinstance(message, tuple) else str(message)


def _all(message: object) -> tuple[str, ...]:
    return tuple(map(str, message)) if isinstance(message, tuple | list) else (str(message),)
