"""Sheets pass through here to typst, and come out as PDF. The layouts are in `layouts/*.typ`."""

import json
from functools import cache
from pathlib import Path

import typst

from tests.letters.payment_code import draw_as_svg
from tests.letters.sheets import Sheet

LAYOUTS = Path(__file__).parent / "layouts"


def print_with_typst(sheet: Sheet) -> bytes:
    """Return the PDF of a sheet. The same sheet gives the same bytes."""
    code = draw_as_svg(sheet.code) if sheet.code else None
    pdf = _press(sheet.look.layout).compile(
        format="pdf",
        sys_inputs={"letter": json.dumps({**sheet.for_template(), "code": code})},
        timestamp=0,  # else the time of printing would be in it
    )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _press(layout: str) -> typst.Compiler:
    # A compiler that is kept has its fonts loaded.
    return typst.Compiler(LAYOUTS / f"{layout}.typ", root=LAYOUTS)
