"""Runs the benchmarks and prints ratios: `make bench`.

Five questions: how long reading a letter takes, against merely extracting its words; how long
settling a mailbox takes, against merely sorting its letters and writing them down; how many
deliveries a second, against a bare route that stores the same bytes; how long one overview
takes, against a bare route with one indexed select of as many bytes; and how much memory web
and worker hold after 1,000 letters.
"""

import json
import time
from collections.abc import Sequence
from itertools import cycle
from uuid import UUID, uuid4

import psutil
from rich.console import Console
from rich.table import Table
from sqlalchemy import text
from stdnum.nl import bsn

from benchmarks import floor
from benchmarks.consent import granted
from benchmarks.house import FLOOR_PORT, URL_OF_HOUSE, WEB_PORT, House, a_house, memory_of, running
from benchmarks.load import BOUNDARY, Outcome, Request, fire, multipart
from benchmarks.reading import compare_reading, demo_letters
from benchmarks.settling import compare_settling
from runtime.client import Client

DELIVERIES, WARM_UP, OVERVIEWS, CONNECTIONS = 1000, 50, 1000, 4
# A hundred citizens in turn: a mass mailing, not a thousand letters to one person.
CITIZENS = [number for n in range(1100) if bsn.is_valid(number := f"99990{n:04d}")][:100]
NEXT_CITIZEN = cycle(CITIZENS)
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def main() -> None:
    console = Console(width=110)
    pdfs = demo_letters()
    average = sum(map(len, pdfs)) // len(pdfs) // 1024
    console.print(f"{len(pdfs)} different letters of {average} kB on average")
    compare_reading(console, pdfs)
    compare_settling(console)
    with a_house() as house:
        table = Table("What", "House", "Floor", "Ratio", "Aim")
        _measure(console, table, house, pdfs)
        console.print(table)


def _measure(console: Console, table: Table, house: House, pdfs: Sequence[bytes]) -> None:
    credentials = house.organisation("Bench", "00000099000000009999")
    _lay_floor(house)
    bare = ("uvicorn", "benchmarks.floor:app", "--port", str(FLOOR_PORT), "--no-access-log")
    with (
        running(house, *bare, ready=f"http://localhost:{FLOOR_PORT}/openapi.json"),
        running(house, "runtime.cli", "serve", ready=f"{URL_OF_HOUSE}/health/ready") as web,
        Client(credentials) as client,
    ):
        console.print("Delivering …")
        _compare_deliveries(table, client, pdfs)
        console.print("Reading …")
        _read_and_weigh(table, house, web)
        console.print("Pulling overviews …")
        _compare_overviews(table, house, client, UUID(credentials.client_id))


def _lay_floor(house: House) -> None:
    with house.owner.begin() as connection:
        connection.execute(text(floor.TABLE))
        connection.execute(text(floor.LOOKS))
        connection.execute(text("GRANT ALL ON floor, floor_looks TO letterbox_app"))


def _compare_deliveries(table: Table, client: Client, pdfs: Sequence[bytes]) -> None:
    ours, bare = _deliveries(client, pdfs)
    figures = f"{ours.per_second:.0f}", f"{bare.per_second:.0f}"
    ratio = f"{ours.per_second / bare.per_second:.2f}"
    table.add_row(f"deliveries a second ({CONNECTIONS} connections)", *figures, ratio, "≥ 0.50")


def _read_and_weigh(table: Table, house: House, web: psutil.Process) -> None:
    with running(house, "runtime.cli", "worker") as worker:
        per_second = DELIVERIES / _read_everything(house)
        table.add_row("letters read and settled a second", f"{per_second:.0f}", "", "", "")
        for name, process in (("web", web), ("worker", worker)):
            what = f"memory of {name} after {DELIVERIES} letters, MB"
            table.add_row(what, f"{memory_of(process):.0f}", "", "", "")


def _compare_overviews(table: Table, house: House, client: Client, organisation_id: UUID) -> None:
    ours, select, look = _overviews(house, client, organisation_id)
    for against, bare, aim in (
        ("one select", select, "≤ 2.00"),
        ("one select and one line written", look, ""),
    ):
        figures = f"{ours.median:.2f}", f"{bare.median:.2f}"
        what = f"overview, ms at the median, against {against}"
        table.add_row(what, *figures, f"{ours.median / bare.median:.2f}", aim)


def _deliveries(client: Client, pdfs: Sequence[bytes]) -> tuple[Outcome, Outcome]:
    fire(WEB_PORT, _to_house(client, pdfs, WARM_UP), connections=CONNECTIONS)
    fire(FLOOR_PORT, _to_floor(pdfs, WARM_UP), connections=CONNECTIONS)
    count = DELIVERIES - WARM_UP
    ours = fire(WEB_PORT, _to_house(client, pdfs, count), connections=CONNECTIONS)
    bare = fire(FLOOR_PORT, _to_floor(pdfs, count), connections=CONNECTIONS)
    return ours, bare


def _to_house(client: Client, pdfs: Sequence[bytes], count: int) -> list[Request]:
    headers = {"Content-Type": FORM, "Authorization": f"Bearer {client.token()}"}
    return [
        Request("POST", "/v1/letters", headers, multipart(_letter(), pdf), 201)
        for pdf in _round_and_round(pdfs, count)
    ]


def _to_floor(pdfs: Sequence[bytes], count: int) -> list[Request]:
    headers = {"Content-Type": FORM}
    return [
        Request("POST", "/letters", headers, multipart(_letter(), pdf), 201)
        for pdf in _round_and_round(pdfs, count)
    ]


def _round_and_round(pdfs: Sequence[bytes], count: int) -> list[bytes]:
    return [pdfs[number % len(pdfs)] for number in range(count)]


def _letter() -> str:
    number = next(NEXT_CITIZEN)
    return json.dumps(
        {
            "messageId": uuid4().hex,
            "recipient": {"scheme": "bsn", "value": number},
            "sentOn": "2026-11-20",
            "subject": "Aanmaning",
        }
    )


def _read_everything(house: House) -> float:
    began = time.perf_counter()
    while house.count("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"):
        time.sleep(0.1)
    return time.perf_counter() - began


def _overviews(house: House, client: Client, organisation_id: UUID) -> tuple[Outcome, ...]:
    consent_id = granted(house, organisation_id, CITIZENS[0])
    path = f"/v1/consents/{consent_id}/overview"
    size = len(json.dumps(client.get(path)).encode())
    row_id = uuid4()
    with house.owner.begin() as connection:
        connection.execute(floor.INSERT, {"id": row_id, "letter": "", "document": b"x" * size})
    headers = {"Authorization": f"Bearer {client.token()}"}
    return tuple(
        fire(port, [Request("GET", address, headers, b"", 200)] * OVERVIEWS, connections=1)
        for port, address in (
            (WEB_PORT, path),
            (FLOOR_PORT, f"/documents/{row_id}"),
            (FLOOR_PORT, f"/looks/{row_id}"),
        )
    )


if __name__ == "__main__":
    main()
