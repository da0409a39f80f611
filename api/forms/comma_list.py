"""The debts as comma-separated values (RFC 4180): for programs that take in a list of debts.

Names of columns and terms are those of the JSON door, amounts have a decimal point and days are
ISO 8601, in every language. Text is from letters, so from anyone: it can never become a formula.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from api.shown import members
from letterbox.overview.listing import DEBT_COLUMNS, Column, Listing, Row, Value

MEDIA_TYPE = "text/csv"
LIST_COLUMNS = (*DEBT_COLUMNS, Column("unread_letter"))
"""Letters of which nobody knows yet what they say come last, in rows without a number."""

BETWEEN = " | "
"""Between the parts of one cell: a comma or semicolon might be taken for the end of it."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet takes `é` for two other signs."""

_FORMULA = re.compile(r"(^|;)(?=[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a formula would begin: at the start, and where a Dutch spreadsheet ends a cell.

In Dutch, a spreadsheet takes a semicolon for the end of a cell, even between our quotes.
"""


def write_list(listing: Listing) -> bytes:
    """Return the debts as a list, one a row, under the names their members have in JSON."""
    lines = StringIO()
    writer = csv.writer(lines)  # ends lines with CRLF, as RFC 4180 does
    writer.writerow(members(column.name for column in LIST_COLUMNS))
    writer.writerows([*_cells(row)] for row in (*listing.debts.rows, *_unread(listing)))
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe stands before it."""
    return _FORMULA.sub(r"\1'", text)


def _unread(listing: Listing) -> Iterator[Row]:
    """Yield a row for each letter that no debt takes account of. A sum over a column skips it."""
    for row in listing.apart.rows:
        if row.values["letter_status"] is not None:
            yield Row(
                {
                    "status": row.values["letter_status"],
                    "last_letter_on": row.values["on"],
                    "unread_letter": row.values["letter"],
                }
            )


def _cells(row: Row) -> Iterator[str]:
    for column in LIST_COLUMNS:
        value = row.values.get(column.name)
        if column.name == "unsure" and isinstance(value, tuple):
            value = tuple(members(value))
        yield _cell(value, column)


def _cell(value: Value, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return harmless(BETWEEN.join(value))
    # An amount is a number and stays one, below zero too; everything from a letter is text.
    return harmless(str(value)) if column.holds == "text" else str(value)
