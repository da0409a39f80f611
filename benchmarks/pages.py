"""How long a citizen waits for the overview, and how much it weighs: `python -m benchmarks.pages`.

A mailbox of 100 letters in 14 debts: as many creditors as a household in trouble has on average.
The floor is a route that opens nothing and says two words; aims: 30 ms at the median on the
server, 100 kB over the wire without images.
"""

from collections.abc import Sequence

import httpx2
from rich.console import Console
from rich.table import Table

from benchmarks.house import URL_OF_HOUSE, WEB_PORT, a_house, running
from benchmarks.load import Request, fire
from benchmarks.mailbox import keep, logged_in
from benchmarks.settling import a_mailbox
from letterbox.debts.rules import settle

LETTERS, DEBTS, TIMES, WARM_UP = 100, 14, 300, 30
CITIZEN = "999990019"
AIM_MS, AIM_KB = 30, 100


def main() -> None:
    console = Console(width=110)
    with a_house() as house:
        mailbox_id = keep(house, CITIZEN, settle(a_mailbox(LETTERS, DEBTS)))
        headers = logged_in(house, mailbox_id)
        with running(house, "runtime.cli", "serve", ready=f"{URL_OF_HOUSE}/health/ready"):
            console.print(_table(headers))


def _table(headers: dict[str, str]) -> Table:
    table = Table("What", "House", "Floor", "Ratio", "Aim")
    page, bare = _median("/me", headers), _median("/health/live", {})
    what = f"overview page of {LETTERS} letters, p50 in ms"
    table.add_row(what, f"{page:.1f}", f"{bare:.1f}", f"{page / bare:.1f}", f"≤ {AIM_MS} ms")
    weighs = _weight(["/me", "/design.css", "/static/letterbox.css", "/static/icon.svg"], headers)
    plain = _weight(["/me"], headers)
    what = "the page with its stylesheets and icon over the wire, kB; floor: the page alone"
    ratio = f"{weighs / plain:.1f}"
    table.add_row(what, f"{weighs:.0f}", f"{plain:.0f}", ratio, f"≤ {AIM_KB} kB")
    return table


def _median(path: str, headers: dict[str, str]) -> float:
    request = Request("GET", path, headers, b"", 200)
    fire(WEB_PORT, [request] * WARM_UP, connections=1)
    return fire(WEB_PORT, [request] * TIMES, connections=1).median


def _weight(paths: Sequence[str], headers: dict[str, str]) -> float:
    """Return how many kB go over the wire for these, as a browser asks for them."""
    total = 0
    for path in paths:
        asking = {**headers, "Accept-Encoding": "gzip"}
        with httpx2.stream("GET", f"{URL_OF_HOUSE}{path}", headers=asking) as answer:
            total += sum(map(len, answer.iter_raw())) if answer.status_code == 200 else 0
    return total / 1024


if __name__ == "__main__":
    main()
