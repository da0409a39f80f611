"""A program of its own that prints one report and ends: data comes in, a PDF goes out.

It knows nothing of the house but the template beside it. Once printed, nothing of the report is
left in memory: inside the web process the typesetter's cache would keep it, and half a gigabyte.
"""

import json
import resource
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("report.typ")
MEMORY = 4 * 1024**3
"""Address space in bytes; a report of sixty debts and six hundred letters takes a tenth of a GB."""

SECONDS = 60


def main() -> None:
    """Read `{"moment": seconds since 1970, "report": {…}}`, and write the report as PDF/UA-1."""
    _settle_in()
    order = json.load(sys.stdin)
    # The fonts of a machine differ from place to place, and so would the report.
    typesetter = typst.Compiler(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
    )
    pdf = typesetter.compile(
        format="pdf",
        sys_inputs={"report": json.dumps(order["report"])},
        pdf_standards=["ua-1"],
        # Without a fixed moment the PDF would carry the time of printing.
        timestamp=order["moment"],
    )
    assert isinstance(pdf, bytes)
    sys.stdout.buffer.write(pdf)


def _settle_in() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump is a report on the disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
