"""Delivering: the receipt, the same letter twice, and what nobody may find out."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import Engine

from letterbox.logbook.rules import Act
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import Supplies
from tests.api.consenting import claim, close, logbook
from tests.api.tables import everything_in, row_counts
from tests.builders import BSN, DEMAND, OTHER_BSN, System, a_letter, parts
from tests.fakes import FakeClock


class TestTheReceipt:
    def test_says_what_was_received(self, sender: System) -> None:
        answer = sender.deliver(messageId="m-1")

        receipt = answer.json()
        assert answer.status_code == 201
        assert answer.headers["location"] == f"/v1/letters/{receipt['id']}"
        assert receipt | {"id": "…", "receipt": "…"} == {
            "id": "…",
            "messageId": "m-1",
            "receivedAt": "2026-03-01T12:00:00Z",
            "sha256": sha256(DEMAND.encode()).hexdigest(),
            "bytes": len(DEMAND.encode()),
            "pages": 1,
            "status": "received",
            "possibleDuplicateOf": None,
            "receipt": "…",
        }

    def test_is_signed_with_a_published_key(self, sender: System) -> None:
        receipt = sender.deliver().json()
        keys = KeySet.import_key_set(sender.client.get("/.well-known/jwks.json").json())

        signed = jwt.decode(receipt["receipt"], keys, ["ES256"])

        assert signed.header["typ"] == "delivery-receipt+jwt"
        facts = ("id", "messageId", "sha256", "bytes", "pages")
        assert {fact: signed.claims[fact] for fact in facts} == {f: receipt[f] for f in facts}
        assert signed.claims["receivedAt"] == "2026-03-01T12:00:00+00:00"

    def test_leads_to_the_letter(self, sender: System) -> None:
        answer = sender.deliver()

        assert sender.get(answer.headers["location"]).json()["id"] == answer.json()["id"]

    def test_is_the_same_for_a_citizen_who_never_came_in(
        self, sender: System, supplies: Supplies
    ) -> None:
        sender.deliver(bsn=BSN)
        claim(supplies, bsn=BSN)

        known, unknown = sender.deliver(bsn=BSN, pdf=A_BILL), sender.deliver(bsn=OTHER_BSN)

        assert known.status_code == unknown.status_code == 201
        assert {*known.headers} == {*unknown.headers}
        assert known.json().keys() == unknown.json().keys()
        assert known.json()["possibleDuplicateOf"] == unknown.json()["possibleDuplicateOf"]

    def test_is_in_the_logbook_of_the_citizen(self, sender: System, supplies: Supplies) -> None:
        receipt = sender.deliver().json()

        (line,) = logbook(supplies)
        assert line.act == Act.LETTER_DELIVERED
        assert line.actor_id == sender.organisation.id
        assert str(line.subject_id) == receipt["id"]


class TestTheSameLetterTwice:
    def test_is_one_letter_with_one_receipt(
        self, sender: System, owner: Engine, clock: FakeClock
    ) -> None:
        first = sender.deliver(messageId="m-1")
        clock.advance(days=3)
        again = sender.deliver(messageId="m-1")

        assert again.status_code == 200
        assert again.headers["idempotent-replayed"] == "true"
        assert "idempotent-replayed" not in first.headers
        assert again.json() == first.json()
        assert row_counts(owner)["letters"] == 1

    def test_is_one_letter_when_its_json_is_written_differently(self, sender: System) -> None:
        sender.deliver(messageId="m-1", claim={"outstanding": "634.18", "kind": "demand"})
        shuffled = {"claim": {"kind": "demand", "outstanding": "634.18"}} | a_letter()
        spacious = json.dumps(shuffled, indent=4, ensure_ascii=False)

        again = deliver_parts(sender, letter=(None, spacious, "application/json"))

        assert again.status_code == 200, again.text

    @pytest.mark.parametrize(
        "changes",
        [
            {"pdf": DEMAND + "En nog iets.\n"},
            {"bsn": OTHER_BSN},
            {"subject": "Iets anders"},
            {"sentOn": "2026-02-21"},
            {"claim": {"outstanding": "1.00"}},
            {"replaces": "m-0"},
        ],
        ids=lambda changes: next(iter(changes)),
    )
    def test_is_refused_when_anything_in_it_differs(
        self, sender: System, owner: Engine, changes: dict[str, Any]
    ) -> None:
        first = sender.deliver(messageId="m-1").json()
        kept = row_counts(owner)

        answer = sender.deliver(**({"messageId": "m-1"} | changes))

        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/message-id-taken"
        assert answer.json()["letterId"] == first["id"]
        assert row_counts(owner) == kept

    def test_is_two_letters_when_two_senders_send_it(
        self, sender: System, counsellor: System
    ) -> None:
        answers = [system.deliver(messageId="m-1") for system in (sender, counsellor)]

        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json()["id"] != answers[1].json()["id"]

    def test_is_one_letter_when_both_arrive_at_once(self, sender: System, owner: Engine) -> None:
        with ThreadPoolExecutor(8) as senders:
            answers = [*senders.map(lambda _: sender.deliver(messageId="m-1"), range(8))]

        assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
        assert len({answer.json()["id"] for answer in answers}) == 1
        counts = row_counts(owner)
        assert (counts["letters"], counts["mailboxes"], counts["procrastinate_jobs"]) == (1, 1, 1)

    def test_opens_one_mailbox_when_first_letters_arrive_at_once(
        self, sender: System, owner: Engine
    ) -> None:
        with ThreadPoolExecutor(8) as senders:
            answers = [*senders.map(lambda n: sender.deliver(messageId=f"m-{n}"), range(8))]

        assert {answer.status_code for answer in answers} == {201}
        counts = row_counts(owner)
        assert (counts["letters"], counts["mailboxes"], counts["recipients"]) == (8, 1, 1)

    def test_gets_its_receipt_though_the_mailbox_was_closed(
        self, sender: System, supplies: Supplies
    ) -> None:
        first = sender.deliver(messageId="m-1").json()
        close(supplies)

        again = sender.deliver(messageId="m-1")

        # Signed once more: the first signature went with the mailbox.
        assert again.status_code == 200
        assert again.json() | {"receipt": first["receipt"]} == first


class TestTheSameFile:
    def test_under_another_message_id_is_marked(self, sender: System) -> None:
        first = sender.deliver().json()

        second = sender.deliver()

        assert second.status_code == 201
        assert second.json()["possibleDuplicateOf"] == first["id"]

    def test_from_another_sender_is_not_given_away(
        self, sender: System, counsellor: System
    ) -> None:
        sender.deliver()

        assert counsellor.deliver().json()["possibleDuplicateOf"] is None

    def test_to_another_citizen_is_not_marked(self, sender: System) -> None:
        sender.deliver(bsn=BSN)

        assert sender.deliver(bsn=OTHER_BSN).json()["possibleDuplicateOf"] is None


class TestTheParts:
    def test_may_come_in_any_order(self, sender: System) -> None:
        swapped = dict(reversed(parts(a_letter()).items()))

        assert sender.post("/v1/letters", files=swapped).status_code == 201

    @pytest.mark.parametrize("filename", [None, "letter.json"])
    def test_may_have_a_file_name(self, sender: System, filename: str | None) -> None:
        letter = (filename, json.dumps(a_letter()), "application/json")

        assert deliver_parts(sender, letter=letter).status_code == 201

    def test_may_say_so_in_capitals(self, sender: System) -> None:
        request = sender.client.build_request("POST", "/v1/letters", files=parts(a_letter()))
        capitals = request.headers["content-type"].replace("multipart/form", "Multipart/Form")
        headers = {"Content-Type": capitals}

        answer = sender.post("/v1/letters", content=request.read(), headers=headers)

        assert answer.status_code == 201, answer.text

    def test_may_leave_out_the_type_of_the_letter(self, sender: System) -> None:
        assert deliver_parts(sender, letter=(None, json.dumps(a_letter()))).status_code == 201


class TestWhatIsKept:
    def test_says_nothing_of_a_letter_in_the_clear(self, sender: System, owner: Engine) -> None:
        claim = {"outstanding": "634.18", "reference": "HU-2026-0417", "iban": AN_IBAN}
        creditor = {"name": "Bakkerij Korst"}
        sender.deliver(subject="Zeer geheim", claim=claim, onBehalfOf=creditor)

        assert found_in(owner, *OF_THE_LETTER) == []
        # Looking at nothing proves nothing.
        assert found_in(owner, sender.organisation.name, "m-1") == [sender.organisation.name, "m-1"]

    def test_says_nothing_in_the_clear_after_reading_either(
        self, sender: System, owner: Engine, work: Any
    ) -> None:
        claim = {"outstanding": "634.18", "reference": "HU-2026-0417", "iban": AN_IBAN}
        sender.deliver(subject="Zeer geheim", claim=claim, onBehalfOf={"name": "Bakkerij Korst"})

        assert work() == 2
        assert row_counts(owner)["snapshots"] == 1
        assert found_in(owner, *OF_THE_LETTER) == []

    def test_is_all_of_it_or_nothing(
        self, sender: System, owner: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = row_counts(owner)
        monkeypatch.setattr(sender.supplies.jobs, "leave", fall_over)

        answer = sender.deliver()

        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "30"
        assert row_counts(owner) == before

    def test_is_nothing_of_a_delivery_that_failed_so_it_can_be_sent_again(
        self, sender: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(sender.supplies.jobs, "leave", fall_over)
            sender.deliver(messageId="m-1")

        assert sender.deliver(messageId="m-1").status_code == 201


A_BILL = "%PDF-1.7\nFactuur\n"
AN_IBAN = "NL91ABNA0417164300"
OF_THE_LETTER = (
    BSN,
    "634.18",
    "634,18",
    "63418",
    "Zeer geheim",
    "Bakkerij",
    "Woningstichting",
    "HU-2026",
    "ABNA",
    "%PDF",
)


def found_in(owner: Engine, *needles: str) -> list[str]:
    everything = everything_in(owner)
    return [needle for needle in needles if needle in everything]


def deliver_parts(system: System, **changes: Any) -> httpx2.Response:
    return system.post("/v1/letters", files=parts(a_letter()) | changes)


def fall_over(*_: object, **__: object) -> None:
    raise Unavailable("The pile of notes is out of reach.")
