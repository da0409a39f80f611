"""The house rules no linter knows. Each says why, so that it can be argued with."""

import ast
import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.dependencies import anyone, organisation, session
from tests.architecture.house import (
    FOLDERS,
    HOUSE,
    asked,
    called_in,
    doors_of,
    modules,
    name_of,
    named_in,
    tree_of,
)
from web.who import citizen, member, own_form, own_office_form

KEEPERS = {anyone, organisation, citizen, own_form, member, own_office_form}
EDGE = {"api/dependencies.py", *map(name_of, modules("runtime"))}
ACCESS = "letterbox/access.py"
SEALING = {"letterbox/shared/sealing.py", "letterbox/shared/ports.py", "connectors/key_files.py"}
CLOCKS = {
    "runtime/supplies.py",
    "runtime/client.py",  # an organisation's own computer
}
CLOCK_CALLS = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "time.time_ns"}
LONGEST_FILE = 400
LOCKS = sorted([*HOUSE.glob("*.lock"), *HOUSE.glob("package-lock.json")])
REGISTRY = re.compile(r"https?://|index-url|pythonhosted|pypi\.org|npmjs|\"resolved\"", re.I)
SPONSORS = re.compile(r'"url": "https://')
"""In `package-lock.json`: where to thank the makers, not where to download."""


every_module = pytest.mark.parametrize("module", modules(*FOLDERS), ids=name_of)


class TestEveryRoute:
    def test_is_looked_at(self, app: FastAPI) -> None:
        found = {str(door) for door in doors_of(app)}

        assert {"POST /v1/letters", "POST /oauth2/token", "GET /health/live", "GET /me"} <= found

    def test_says_who_may_come_in(self, app: FastAPI) -> None:
        unguarded = [
            str(door)
            for door in doors_of(app)
            if not {dependency.call for dependency in asked(door.dependant)} & KEEPERS
        ]

        assert unguarded == []

    def test_saves_before_it_answers(self, app: FastAPI) -> None:
        # FastAPI's default saves after the answer has left: see `api.dependencies`.
        saves = [
            (str(door), dependency.scope)
            for door in doors_of(app)
            for dependency in asked(door.dependant)
            if dependency.call is session
        ]

        assert len(saves) > 10
        assert [door for door, scope in saves if scope != "function"] == []


class TestEveryModule:
    def test_is_looked_at(self) -> None:
        assert {*FOLDERS} == {path.relative_to(HOUSE).parts[0] for path in modules(*FOLDERS)}
        assert "MailboxKey" in called_in(HOUSE / ACCESS)
        assert {"unwrap", "seal", "new_data_key"} <= called_in(HOUSE / ACCESS)
        assert {"commit", "rollback"} <= named_in(HOUSE / "api" / "dependencies.py")
        assert "datetime.now" in named_in(HOUSE / "runtime" / "supplies.py")
        assert "os.environ" in named_in(HOUSE / "runtime" / "embedded.py")

    @every_module
    def test_says_what_it_is_for(self, module: Path) -> None:
        assert ast.get_docstring(tree_of(module))

    @every_module
    def test_explains_what_others_may_call(self, module: Path) -> None:
        assert [each.name for each in public_in(module) if not ast.get_docstring(each)] == []

    @every_module
    def test_leaves_committing_to_the_edge(self, module: Path) -> None:
        # A commit halfway makes the second half impossible to undo.
        if name_of(module) not in EDGE:
            assert not {"commit", "begin", "rollback"} & named_in(module)

    @every_module
    def test_cuts_no_keys_of_its_own(self, module: Path) -> None:
        # Whoever can cut a key can read every mailbox.
        if name_of(module) != ACCESS:
            assert "MailboxKey" not in called_in(module)

    @every_module
    def test_takes_no_data_key_in_hand(self, module: Path) -> None:
        if name_of(module) not in {ACCESS, *SEALING}:
            assert not {"unwrap", "wrap", "new_data_key"} & called_in(module)
            assert not {"letterbox.shared.sealing", "sealing", "_data_key"} & named_in(module)

    @every_module
    def test_reads_no_environment(self, module: Path) -> None:
        # What differs between installations stands in one place.
        if name_of(module) not in {"runtime/settings.py", "runtime/embedded.py"}:
            assert not {"environ", "getenv", "BaseSettings"} & named_in(module)

    @every_module
    def test_does_not_look_at_the_clock(self, module: Path) -> None:
        # A rule that reads the clock cannot be tested, and one request happens at one moment.
        if name_of(module) not in CLOCKS:
            assert not CLOCK_CALLS & named_in(module)


class TestEveryFile:
    def test_is_looked_at(self) -> None:
        assert Path(__file__) in every_python_file()
        assert HOUSE / "migrations" / "env.py" in every_python_file()

    def test_can_be_read_at_one_sitting(self) -> None:
        lengths = {
            name_of(path): len(path.read_text().splitlines()) for path in every_python_file()
        }

        assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


class TestALockFile:
    def test_is_looked_at(self) -> None:
        assert {"requirements.lock", "requirements-dev.lock"} <= {lock.name for lock in LOCKS}
        assert all("sha256:" in (HOUSE / name).read_text() for name in ("requirements.lock",))

    @pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
    def test_names_no_place_to_download_from(self, lock: Path) -> None:
        # A registry is the installer's choice, and mirrors must work.
        lines = [line for line in lock.read_text().splitlines() if not SPONSORS.search(line)]

        assert len(lines) > 100
        assert not [line for line in lines if REGISTRY.search(line)]


def public_in(module: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    nodes = [node for node in tree_of(module).body if isinstance(node, kinds)]
    return [node for node in nodes if not node.name.startswith("_")]


def every_python_file() -> list[Path]:
    return [
        path
        for path in HOUSE.rglob("*.py")
        if not any(
            part.startswith(".") or part in ("node_modules", "var")
            for part in path.relative_to(HOUSE).parts
        )
    ]
