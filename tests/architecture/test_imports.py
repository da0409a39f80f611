"""Who may import whom: the contracts of `pyproject.toml`, kept."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report() -> str:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(  # noqa: S603
        [lint, "--no-cache"], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    return run.stdout


class TestTheContracts:
    def test_are_all_kept(self, report: str) -> None:
        assert re.findall(r"(.*) BROKEN", report) == [], report

    def test_were_all_looked_at(self, report: str) -> None:
        written = (HOUSE / "pyproject.toml").read_text().count("[[tool.importlinter.contracts]]")

        (kept,) = re.findall(r"Contracts: (\d+) kept", report)
        assert written > 5
        assert int(kept) == written

    def test_were_held_against_the_whole_house(self, report: str) -> None:
        (files,) = re.findall(r"Analyzed (\d+) files", report)

        assert int(files) > 100
