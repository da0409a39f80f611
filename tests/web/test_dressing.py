"""The design system: only what our pages use is sent, and without it they still stand."""

import gzip
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from letterbox.shared.ports import Supplies
from runtime.app import create_app
from tests.conftest import PUBLIC_URL
from web import dressing
from web.dressing import names_in_templates, rules_for, tokens_for

SHEET = """
.nl-button { color: var(--nl-button-color, black) }
.nl-button--huge, .nl-button:hover { color: red }
.nl-table .nl-button { color: blue }
@media print { .nl-button { display: none } .nl-table { color: red } }
@media screen { .nl-table { color: red } }
body { margin: 0 }
"""


class TestTheRules:
    def test_are_those_for_names_that_stand_in_a_template(self) -> None:
        kept = rules_for(frozenset({"nl-button"}), SHEET)

        assert ".nl-button{" in kept
        assert ".nl-button:hover{" in kept
        assert "@media print {.nl-button{ display: none }}".replace(" ", "") in kept.replace(
            " ", ""
        )
        assert "nl-table" not in kept
        assert "huge" not in kept
        assert "body" not in kept


class TestTheTokens:
    def test_are_those_that_are_asked_for_and_what_these_ask_for(self) -> None:
        theme = ".any-theme { --a: var(--b); --b: 1px; --c: 2px } @media print { .x { --d: 1 } }"

        assert tokens_for("p { width: var(--a) }", theme) == ":root{--a:var(--b);--b:1px}"

    def test_that_ask_for_each_other_come_to_an_end(self) -> None:
        assert tokens_for("var(--a)", "x { --a: var(--b); --b: var(--a) }").count("--a:") == 1


@pytest.fixture
def dressed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A design system of one rule, as the set-up would lay it down."""
    rules, theme = tmp_path / "rules.css", tmp_path / "theme.css"
    rules.write_text(".nl-button{color:var(--nl-button-color)}")
    theme.write_text(".example-theme{--nl-button-color:navy;--other:red}")
    monkeypatch.setattr(dressing, "RULES", rules)
    monkeypatch.setattr(dressing, "THEME", theme)
    dressing.dress.cache_clear()
    return tmp_path


def browse(supplies: Supplies, theme: Path | None = None) -> TestClient:
    return TestClient(create_app(supplies, theme=theme), base_url=PUBLIC_URL)


class TestThePages:
    def test_wear_the_example_theme(self, supplies: Supplies, dressed: Path) -> None:
        client = browse(supplies)

        sheet = client.get("/design.css")

        assert "--nl-button-color:navy" in sheet.text
        assert "--other" not in sheet.text
        assert sheet.headers["content-type"].startswith("text/css")
        assert '<link rel="stylesheet" href="/design.css">' in client.get("/").text

    def test_wear_the_theme_of_a_municipality_by_one_setting(
        self, supplies: Supplies, dressed: Path
    ) -> None:
        own = dressed / "own.css"
        own.write_text(".veldwijk-theme{--nl-button-color:teal}")

        assert "--nl-button-color:teal" in browse(supplies, own).get("/design.css").text

    def test_stand_without_it(
        self, supplies: Supplies, dressed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dressing, "RULES", dressed / "not-there.css")
        dressing.dress.cache_clear()

        client = browse(supplies)

        assert client.get("/design.css").status_code == 404
        assert "design.css" not in client.get("/").text
        assert client.get("/static/letterbox.css").status_code == 200

    def test_send_it_small(self, supplies: Supplies, dressed: Path) -> None:
        with browse(supplies).stream(
            "GET", "/design.css", headers={"Accept-Encoding": "gzip"}
        ) as zipped:
            raw = b"".join(zipped.iter_raw())

        assert b"navy" in gzip.decompress(raw)
        assert zipped.headers["vary"] == "Accept-Encoding"


@pytest.fixture(autouse=True)
def forgotten() -> object:
    yield
    dressing.dress.cache_clear()


def test_the_templates_use_the_design_system() -> None:
    names = names_in_templates()

    assert {"nl-button", "utrecht-textbox", "utrecht-alert--ok"} <= names
