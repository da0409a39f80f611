"""Does an overview cost more when more people have one? `python -m benchmarks.overview_growth`

Two houses stand side by side, one with 10,000 mailboxes and one with 100,000, and the same
mailboxes of 1, 10 and 60 debts in both. They are asked in turn, over HTTP, so that whatever slows
the machine down hits both. All others are rows of noise: nobody ever opens them.
"""

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import httpx2
from rich.console import Console
from rich.table import Table
from sqlalchemy import text
from stdnum.nl import bsn

from benchmarks.consent import granted
from benchmarks.house import House, a_house, running
from benchmarks.load import Request, fire
from benchmarks.mailbox import keep
from letterbox.debts.facts import Debt, DebtStatus, HistoryLine, Settlement
from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.client import Client, Credentials

MAILBOXES = 10_000, 100_000
DEBTS = 1, 10, 60
LETTERS_PER_DEBT = 10
ROUNDS, AT_A_TIME, WARM_UP = 12, 10, 20
FIRST_PORT = 8941
CITIZENS = [number for n in range(100) if bsn.is_valid(number := f"99991{n:04d}")][: len(DEBTS)]

# Random ids lie scattered over an index: worse than ours, which follow the clock.
NOISE = (
    "CREATE TEMPORARY TABLE noise AS SELECT n, gen_random_uuid() AS mailbox, gen_random_uuid() AS "
    "request, (SELECT decode(string_agg(md5(n || '/' || part), ''), 'hex') "
    "FROM generate_series(1, 100) AS part) AS sealed FROM generate_series(1, :mailboxes) AS n",
    "INSERT INTO mailboxes (id, wrapped_key, opened_at, logbook_lines, logbook_head) "
    "SELECT mailbox, substr(sealed, 1, 60), now(), 2, substr(sealed, 1, 32) FROM noise",
    "INSERT INTO recipients (keyed_hash, mailbox_id, sealed_number) "
    "SELECT encode(substr(sealed, 1, 32), 'hex'), mailbox, substr(sealed, 1, 40) FROM noise",
    "INSERT INTO snapshots (mailbox_id, version, rules_version, settled_at, sealed) "
    "SELECT mailbox, 1, 1, now(), sealed FROM noise",
    "INSERT INTO logbook_lines (mailbox_id, number, at, act, actor, hash) "
    "SELECT mailbox, line, now(), 'letter_delivered', 'sender', substr(sealed, 1, 32) "
    "FROM noise, generate_series(1, 2) AS line",
    "CREATE TEMPORARY TABLE noise_letters AS SELECT mailbox, gen_random_uuid() AS letter, "
    "substr(sealed, 1, 300) AS sealed FROM noise, generate_series(1, 3)",
    "INSERT INTO letters (mailbox_id, id, sender_id, received_at, keyed_fingerprint, "
    "sealed_envelope) SELECT mailbox, letter, :organisation, now(), md5(letter::text), sealed "
    "FROM noise_letters",
    "INSERT INTO deliveries (sender_id, message_id, mailbox_id, letter_id, keyed_content, "
    "received_at, byte_count, pages, status, settled) SELECT :organisation, letter::text, mailbox, "
    "letter, md5(letter::text), now(), 1000, 1, 'read', true FROM noise_letters",
    "INSERT INTO consent_requests (id, organisation_id, code_hash, purpose, permissions, days, "
    "counsellor_name, counsellor_role, asked_at, lapses_at) SELECT request, :organisation, "
    "md5(request::text), '', '{overview}', 30, '', '', now(), now() FROM noise",
    "INSERT INTO consents (mailbox_id, id, organisation_id, request_id, counsellor_name, "
    "counsellor_role, purpose, permissions, text_version, granted_at, valid_from, valid_until, "
    "receipt) SELECT mailbox, gen_random_uuid(), :organisation, request, '', '', '', '{overview}', "
    "'1', now(), now(), now() + interval '30 days', '' FROM noise",
)


@dataclass(frozen=True, slots=True)
class HouseAt(House):
    """A house with a port of its own, so that two can stand side by side."""

    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def surroundings(self) -> dict[str, str]:
        own = {"LETTERBOX_PORT": str(self.port), "LETTERBOX_PUBLIC_URL": self.url}
        return House(self.folder, self.owner, self.application).surroundings | own


@dataclass(frozen=True, slots=True)
class Asked:
    """The overviews of one house, ready to be asked for: a request for each number of debts."""

    port: int
    requests: Mapping[int, Request]


def main() -> None:
    console = Console(width=110)
    with ExitStack() as standing:
        houses = [
            standing.enter_context(_a_house(console, FIRST_PORT + number, mailboxes))
            for number, mailboxes in enumerate(MAILBOXES)
        ]
        console.print("Pulling overviews …")
        console.print(_table(_measured(houses), _sizes(houses[0])))


@contextmanager
def _a_house(console: Console, port: int, mailboxes: int) -> Iterator[Asked]:
    with a_house() as built:
        house = HouseAt(built.folder, built.owner, built.application, port)
        credentials = replace(house.organisation("Bench", "00000099000000009999"), url=house.url)
        began = time.perf_counter()
        _fill(house, UUID(credentials.client_id), mailboxes)
        took = time.perf_counter() - began
        console.print(f"{mailboxes:,} mailboxes, filled in {took:.0f} s")
        ready = f"{house.url}/health/ready"
        with running(house, "runtime.cli", "serve", ready=ready):
            yield Asked(port, _requests(house, credentials))


def _fill(house: House, organisation_id: UUID, mailboxes: int) -> None:
    with house.owner.begin() as connection:
        for statement in NOISE:
            named = {"mailboxes": mailboxes, "organisation": organisation_id}
            connection.execute(text(statement), named)
    with house.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _requests(house: House, credentials: Credentials) -> dict[int, Request]:
    organisation_id = UUID(credentials.client_id)
    with Client(credentials) as client:
        headers = {"Authorization": f"Bearer {client.token()}"}
    found = {}
    for debts, citizen in zip(DEBTS, CITIZENS, strict=True):
        consent_id = granted(house, organisation_id, citizen)
        keep(house, citizen, Settlement(tuple(map(_debt, range(debts)))))
        path = f"/v1/consents/{consent_id}/overview"
        found[debts] = Request("GET", path, headers, b"", 200)
    return found


def _debt(number: int) -> Debt:
    owed, day = Euro(63418 + 7919 * number), date(2026, 1, 1) + timedelta(days=number)
    letters = tuple(
        HistoryLine(uuid4(), day + timedelta(days=14 * turn), Kind.REMINDER, owed, owed, day)
        for turn in range(LETTERS_PER_DEBT)
    )
    return Debt(
        id=uuid4(),
        status=DebtStatus.OPEN,
        stage=Kind.REMINDER,
        creditor=Party(f"Webwinkel Vliegwiel {number}"),
        outstanding=owed,
        payable_now=owed,
        principal=owed,
        balance_on=day,
        due_on=day,
        iban="NL91ABNA0417164300",
        payment_reference=f"000012345678{number:04d}",
        references=(f"VW-2026-{number:04d}",),
        history=letters,
    )


def _measured(houses: Sequence[Asked]) -> dict[tuple[int, int], float]:
    """Return the milliseconds at the median, by debts and port; the houses take turns."""
    times: dict[tuple[int, int], list[float]] = {}
    for turn in range(ROUNDS + 1):
        for debts in DEBTS:
            # Who goes first changes, for the first finds the processor in another mood.
            for house in houses if turn % 2 else reversed(houses):
                count = AT_A_TIME if turn else WARM_UP
                outcome = fire(house.port, [house.requests[debts]] * count, connections=1)
                if turn:
                    times.setdefault((debts, house.port), []).extend(outcome.milliseconds)
    return {at: statistics.median(each) for at, each in times.items()}


def _sizes(house: Asked) -> dict[int, int]:
    return {debts: _size(house.port, request) for debts, request in house.requests.items()}


def _size(port: int, request: Request) -> int:
    address = f"http://127.0.0.1:{port}{request.path}"
    return len(httpx2.get(address, headers=request.headers).content)


def _table(taken: Mapping[tuple[int, int], float], sizes: Mapping[int, int]) -> Table:
    few, many = (f"ms, {mailboxes:,} mailboxes" for mailboxes in MAILBOXES)
    table = Table("Debts", "kB", few, many, "Ratio", "Aim", "Against 1 debt")
    for debts in DEBTS:
        small, large = (taken[debts, FIRST_PORT + number] for number in range(2))
        table.add_row(
            str(debts),
            f"{sizes[debts] / 1024:.0f}",
            f"{small:.2f}",
            f"{large:.2f}",
            f"{large / small:.2f}",
            "≤ 1.20",
            f"{large / taken[DEBTS[0], FIRST_PORT + 1]:.2f}",
        )
    return table


if __name__ == "__main__":
    main()
