import re
from pathlib import Path

import pytest

import letterbox.debts.checks

FOLDER = Path(letterbox.debts.checks.__file__).parent
PAGE = FOLDER.parents[2] / "docs" / "checks.md"
CODES = sorted(
    {
        code
        for file in FOLDER.glob("*.py")
        for code in re.findall(
            r'Check\(\s*"(\w+)"|^    "(\w+)": \(', file.read_text(), re.MULTILINE
        )
        for code in code
        if code
    }
)


class TestCodes:
    def test_are_looked_at(self) -> None:
        assert len(CODES) == 13

    @pytest.mark.parametrize("code", CODES)
    def test_have_a_row_on_the_page(self, code: str) -> None:
        assert f"\n| `{code}` |" in PAGE.read_text()
