from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from typing import Any

import pytest

from tests.builders import BSN, OTHER_BSN, System, a_letter
from tests.fakes import FakeClock


class TestTheFeed:
    def test_is_empty_at_first(self, sender: System) -> None:
        assert sender.get("/v1/letters").json() == {"letters": [], "next": None}

    def test_shows_a_delivery_as_its_receipt_does(self, sender: System) -> None:
        receipt = sender.deliver().json()

        (line,) = sender.get("/v1/letters").json()["letters"]

        assert line == {name: receipt[name] for name in receipt.keys() - {"sha256", "receipt"}}

    @pytest.mark.parametrize("limit", [1, 2, 3, 7, 1000])
    def test_is_complete_and_in_order_whatever_the_size_of_a_page(
        self, sender: System, limit: int
    ) -> None:
        delivered = [sender.deliver().json()["id"] for _ in range(7)]

        assert everything(sender, limit=limit) == delivered

    def test_goes_on_where_it_stopped(self, sender: System) -> None:
        sender.deliver()
        cursor = sender.get("/v1/letters").json()["next"]
        later = sender.deliver().json()["id"]

        page = sender.get("/v1/letters", params={"after": cursor}).json()

        assert [letter["id"] for letter in page["letters"]] == [later]

    def test_keeps_its_cursor_when_nothing_is_new(self, sender: System) -> None:
        sender.deliver()
        cursor = sender.get("/v1/letters").json()["next"]

        assert sender.get("/v1/letters", params={"after": cursor}).json()["next"] == cursor

    def test_is_in_order_of_arrival_though_a_clock_goes_back(
        self, sender: System, clock: FakeClock
    ) -> None:
        delivered = []
        for _ in range(3):
            delivered.append(sender.deliver().json()["id"])
            clock.advance(seconds=-30)

        assert everything(sender, limit=2) == delivered

    def test_waits_for_an_earlier_letter_that_is_on_its_way(
        self, sender: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        has_its_place, may_go_on = held_up_once(sender, monkeypatch)
        with ThreadPoolExecutor(2) as others:
            first = others.submit(sender.deliver, bsn=BSN, messageId="m-1")
            assert has_its_place.wait(timeout=30)
            second = sender.deliver(bsn=OTHER_BSN, messageId="m-2")
            reading = others.submit(sender.get, "/v1/letters")
            wait([reading], timeout=0.5)
            may_go_on.set()

        seen = [letter["id"] for letter in reading.result().json()["letters"]]
        assert seen == [first.result().json()["id"], second.json()["id"]]

    def test_shows_no_letters_of_another_sender(self, sender: System, counsellor: System) -> None:
        sender.deliver()

        assert counsellor.get("/v1/letters").json() == {"letters": [], "next": None}

    def test_shows_what_became_of_a_letter(self, sender: System, work: Any) -> None:
        sender.deliver()
        work()

        (line,) = sender.get("/v1/letters").json()["letters"]
        assert line["status"] == "read"

    def test_shows_nothing_of_a_refused_delivery(self, sender: System) -> None:
        sender.deliver(b"no pdf")

        assert sender.get("/v1/letters").json()["letters"] == []

    @pytest.mark.parametrize(
        "query",
        [
            {"limit": 0},
            {"limit": 1001},
            {"limit": "SECRET"},
            {"after": "SECRET"},
            {"after": "-1"},
            {"after": "1" * 19},
            {"messageId": "SECRET" * 20},
            {"messageId": "SECRET\0"},
        ],
        ids=str,
    )
    def test_refuses_what_is_no_cursor_or_limit(self, sender: System, query: Any) -> None:
        answer = sender.get("/v1/letters", params=query)

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/invalid-request"
        assert "SECRET" not in answer.text


class TestByMessageId:
    def test_is_the_one_delivery(self, sender: System) -> None:
        sender.deliver(messageId="m-1")
        wanted = sender.deliver(messageId="m-2").json()["id"]

        page = sender.get("/v1/letters", params={"messageId": "m-2"}).json()

        assert [letter["id"] for letter in page["letters"]] == [wanted]
        assert page["next"] is None

    def test_is_nothing_when_it_was_never_used(self, sender: System) -> None:
        page = sender.get("/v1/letters", params={"messageId": "m-9"}).json()

        assert page == {"letters": [], "next": None}

    def test_is_nothing_when_another_sender_used_it(
        self, sender: System, counsellor: System
    ) -> None:
        sender.deliver(messageId="m-1")

        page = counsellor.get("/v1/letters", params={"messageId": "m-1"}).json()

        assert page["letters"] == []

    def test_can_find_every_message_id_that_can_be_delivered(self, sender: System) -> None:
        odd = "!#$%&'()*+,-./:;<=>?@[]^_`{|}~\"\\"
        assert sender.deliver(messageId=a_letter(messageId=odd)["messageId"]).status_code == 201

        assert sender.get("/v1/letters", params={"messageId": odd}).json()["letters"]


def held_up_once(sender: System, monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Hold the next delivery up just before it is kept, between these two events."""
    leave, arrived, may_go_on = sender.supplies.jobs.leave, Event(), Event()

    def leave_late(*args: Any, **ids: Any) -> None:
        if not arrived.is_set():
            arrived.set()
            may_go_on.wait(timeout=30)
        leave(*args, **ids)

    monkeypatch.setattr(sender.supplies.jobs, "leave", leave_late)
    return arrived, may_go_on


def everything(system: System, *, limit: int) -> list[str]:
    """Follow the cursor until a page is empty."""
    found: list[str] = []
    query: dict[str, Any] = {"limit": limit}
    while page := (answer := system.get("/v1/letters", params=query).json())["letters"]:
        assert len(page) <= limit
        found += [letter["id"] for letter in page]
        query["after"] = answer["next"]
    return found
