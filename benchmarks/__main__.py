"""Runs the benchmarks and prints ratios: `make bench`.

Three questions: how many deliveries a second, against a bare route that stores the same
bytes; how long one overview takes, against a bare route with one indexed select of as many
bytes; and how much memory web and worker hold after 1,000 letters.
"""

import json
import time
from collections.abc import Sequence
from itertools import cycle
from uuid import UUID, uuid4

from rich.console import Console
from rich.table import Table
from sqlalchemy import text
from stdnum.nl import bsn

from benchmarks import floor
from benchmarks.consent import granted
from benchmarks.house import FLOOR_PORT, URL_OF_HOUSE, WEB_PORT, House, a_house, memory_of, running
from benchmarks.load import BOUNDARY, Outcome, Request, fire, multipart
from letterbox.shared.days import day_of
from runtime.client import Client
from runtime.demo.cast import CAST
from runtime.demo.letters import letters_before
from runtime.demo.printer import print_letter
from runtime.supplies import clock

DELIVERIES, WARM_UP, OVERVIEWS, CONNECTIONS = 1000, 50, 1000, 4
# A hundred citizens in turn: a mass mailing, not a thousand letters to one person.
CITIZENS = [number for n in range(1100) if bsn.is_valid(number := f"99990{n:04d}")][:100]
NEXT_CITIZEN = cycle(CITIZENS)
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def main() -> None:
    console = Console(width=110)
    pdfs = [print_letter(letter, CAST) for letter in letters_before(day_of(clock()))]
    average = sum(map(len, pdfs)) // len(pdfs) // 1024
    console.print(f"{len(pdfs)} different letters of {average} kB on average")
    with a_house() as house:
        table = Table("What", "House", "Floor", "Ratio", "Aim")
        _measure(console, table, house, pdfs)
        console.print(table)


def _measure(console: Console, table: Table, house: House, pdfs: Sequence[bytes]) -> None:
    credentials = house.organisation("Bench", "00000099000000009999")
    with house.owner.begin() as connection:
        connection.execute(text(floor.TABLE))
        connection.execute(text("GRANT ALL ON floor TO letterbox_app"))
    bare_web = (
        "uvicorn",
        "benchmarks.floor:app",
        "--port",
        str(FLOOR_PORT),
        "--no-access-log",
    )
    ready = f"http://localhost:{FLOOR_PORT}/openapi.json"
    with (
        running(house, *bare_web, ready=ready),
        running(house, "runtime.cli", "serve", ready=f"{URL_OF_HOUSE}/health/ready") as web,
        Client(credentials) as client,
    ):
        console.print("Delivering …")
        ours, bare = _deliveries(client, pdfs)
        table.add_row(
            f"deliveries a second ({CONNECTIONS} connections)",
            f"{ours.per_second:.0f}",
            f"{bare.per_second:.0f}",
            f"{ours.per_second / bare.per_second:.2f}",
            "≥ 0.50",
        )
        console.print("Reading …")
        with running(house, "runtime.cli", "worker") as worker:
            seconds = _read_everything(house)
            table.add_row(
                "letters read and settled a second", f"{DELIVERIES / seconds:.0f}", "", "", ""
            )
            memory = memory_of(web), memory_of(worker)
        for name, megabytes in zip(("web", "worker"), memory, strict=True):
            table.add_row(
                f"memory of {name} after {DELIVERIES} letters, MB", f"{megabytes:.0f}", "", "", ""
            )
        console.print("Pulling overviews …")
        ours, bare = _overviews(house, client, UUID(credentials.client_id))
        table.add_row(
            "overview, ms at the median (1 connection)",
            f"{ours.median:.2f}",
            f"{bare.median:.2f}",
            f"{ours.median / bare.median:.2f}",
            "≤ 2.00",
        )


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


def _overviews(house: House, client: Client, organisation_id: UUID) -> tuple[Outcome, Outcome]:
    consent_id = granted(house, organisation_id, CITIZENS[0])
    path = f"/v1/consents/{consent_id}/overview"
    size = len(json.dumps(client.get(path)).encode())
    row_id = uuid4()
    with house.owner.begin() as connection:
        connection.execute(floor.INSERT, {"id": row_id, "letter": "", "document": b"x" * size})
    headers = {"Authorization": f"Bearer {client.token()}"}
    to_house = [Request("GET", path, headers, b"", 200)] * OVERVIEWS
    to_floor = [Request("GET", f"/documents/{row_id}", {}, b"", 200)] * OVERVIEWS
    ours, bare = fire(WEB_PORT, to_house, connections=1), fire(FLOOR_PORT, to_floor, connections=1)
    return ours, bare


if __name__ == "__main__":
    main()
