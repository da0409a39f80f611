"""A 201 survives anything that leaves the disk alive.

Web, worker and database are killed with kill -9 while letters stream in. A sender does what a
sender should: it sends a letter again until it has the receipt.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from letterbox import access
from letterbox.access import OperatorViewer
from letterbox.shared.ports import Supplies
from runtime.client import Client, Credentials
from tests.builders import BSN, OTHER_BSN, a_letter
from tests.journeys.house import House, a_house
from tests.pdf_files import a_pdf
from tests.polling import until
from tests.rooms import acts

LETTERS = 40
SENDERS = 3
CITIZENS = (BSN, OTHER_BSN)


class Post:
    """What the senders do: everyone takes the next letter, until there are none."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials, self._next, self._lock = credentials, iter(range(LETTERS)), Lock()
        self.receipts: dict[int, str] = {}
        self.tries = count()

    def send(self) -> None:
        with Client(self._credentials) as client:
            while (number := self._take()) is not None:
                self._send(client, number)

    def has(self, letters: int) -> None:
        """Wait until so many letters were acknowledged."""
        until(lambda: len(self.receipts) >= letters, f"{letters} receipts", seconds=30)

    def _take(self) -> int | None:
        with self._lock:
            return next(self._next, None)

    def _send(self, client: Client, number: int) -> None:
        def acknowledged() -> bool:
            next(self.tries)
            try:
                self.receipts[number] = deliver(client, number)["id"]
            except httpx2.HTTPStatusError as refused:
                assert refused.response.is_server_error, refused.response.text
                return False
            except httpx2.TransportError:
                return False
            return True

        until(acknowledged, f"Letter {number} has its receipt", seconds=40)


def deliver(client: Client, number: int) -> dict[str, Any]:
    bsn = CITIZENS[number % len(CITIZENS)]
    pdf = a_pdf(
        f"Woningstichting De Wilg\nDatum: 20 februari 2026\nOns kenmerk: HU-2026-{1000 + number}\n"
        f"Betreft: aanmaning\nHet openstaande bedrag is EUR {100 + number},18.\n"
        "Betaal dit bedrag uiterlijk 6 maart 2026."
    )
    return client.deliver(a_letter(bsn=bsn, messageId=f"m-{number}"), pdf)


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    with a_house(folder) as house:
        yield house


def test_every_acknowledged_letter_is_there_once_read_once_and_in_the_overview(
    house: House,
) -> None:
    credentials = house.credentials("De Wilg")
    post = Post(credentials)
    with ThreadPoolExecutor(SENDERS) as senders:
        sending = [senders.submit(post.send) for _ in range(SENDERS)]
        post.has(5)
        house.kill("worker")
        house.start("worker")
        post.has(12)
        house.kill("serve")
        house.start("serve")
        post.has(20)
        house.kill_database()
        house.start_database()
        post.has(30)
        house.kill("worker")
        house.start("worker")
        for each in sending:
            each.result(40)

    until(lambda: settled(house) == LETTERS, "Every letter is in the overview", seconds=40)

    assert next(post.tries) > LETTERS
    assert rows(house, "letters") == rows(house, "letter_files") == LETTERS
    assert rows(house, "readings WHERE status = 'read'") == LETTERS
    assert letters_seen(house) == sorted(post.receipts.values())
    with Client(credentials) as client:
        assert deliver(client, 0)["id"] == post.receipts[0]
    assert BSN not in house.logs()


def letters_seen(house: House) -> list[str]:
    """Return the letter of every line in every overview."""
    with house.supplies() as supplies:
        overviews = [seen(supplies, bsn) for bsn in CITIZENS]
        assert [len(each) for each in overviews] == [LETTERS // 2, LETTERS // 2]
        return sorted(letter for overview in overviews for letter in overview)


def seen(supplies: Supplies, bsn: str) -> list[str]:
    with supplies.sessions.begin() as session:
        mailbox = access.mailbox_for(session, supplies.keys, bsn, now=supplies.clock())
    overview = acts.overview(supplies, OperatorViewer(mailbox))
    assert overview.unread == ()
    assert acts.broken_line(supplies, mailbox) is None
    in_debts = [str(line.letter_id) for each in overview.debts for line in each.debt.history]
    return in_debts + [str(other.letter_id) for other in overview.other_letters]


def rows(house: House, table: str) -> int:
    with house.owner.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608


def settled(house: House) -> int:
    return rows(house, "deliveries WHERE settled")
