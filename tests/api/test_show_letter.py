from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from letterbox.logbook.rules import Act
from letterbox.shared.ports import Supplies
from tests.api.consenting import claim, close, logbook
from tests.builders import System

Work = Callable[[], int]
EMPTY = "%PDF-1.7\n"


class TestALetterThatWaits:
    def test_is_received_and_nothing_more(self, sender: System) -> None:
        letter = shown(sender, sender.deliver().json()["id"])

        assert letter["status"] == "received"
        assert letter["read"] is letter["reason"] is None
        assert letter["contradictions"] == []


class TestALetterThatWasRead:
    def test_shows_what_stands_in_it(self, sender: System, work: Work) -> None:
        receipt = sender.deliver().json()
        work()

        letter = shown(sender, receipt["id"])

        assert letter["status"] == "read"
        assert letter["reason"] is None
        read = letter["read"]
        assert (read["kind"], read["letterDate"]) == ("demand", "2026-02-20")
        assert (read["outstanding"], read["iban"]) == ("634.18", "NL91ABNA0417164300")
        assert read["creditor"] == "De Wilg"

    def test_shows_where_it_contradicts_the_claim(self, sender: System, work: Work) -> None:
        receipt = sender.deliver(claim={"outstanding": "700.00", "kind": "demand"}).json()
        work()

        (contradiction,) = shown(sender, receipt["id"])["contradictions"]

        assert contradiction["field"] == "outstanding"
        assert (contradiction["declared"], contradiction["read"]) == ("700.00", "634.18")
        assert contradiction["page"] == 1
        assert "634,18" in contradiction["quote"]

    @pytest.mark.parametrize(
        ("claim", "member"),
        [
            ({"iban": "NL20INGB0001234567"}, "iban"),
            ({"dueDate": "2026-04-01"}, "dueDate"),
        ],
        ids=["iban", "dueDate"],
    )
    def test_names_contradicted_members_as_they_were_declared(
        self, sender: System, work: Work, claim: dict[str, str], member: str
    ) -> None:
        receipt = sender.deliver(claim=claim).json()
        work()

        fields = [each["field"] for each in shown(sender, receipt["id"])["contradictions"]]
        assert fields == [member]

    def test_names_members_to_check_in_camel_case(self, sender: System, work: Work) -> None:
        receipt = sender.deliver(claim={"dueDate": "2026-04-01"}).json()
        work()

        assert "dueDate" in shown(sender, receipt["id"])["read"]["check"]

    def test_contradicts_nothing_when_the_claim_is_right(self, sender: System, work: Work) -> None:
        receipt = sender.deliver(claim={"outstanding": "634.18", "kind": "demand"}).json()
        work()

        assert shown(sender, receipt["id"])["contradictions"] == []

    def test_never_shows_whether_the_citizen_looked(
        self, sender: System, work: Work, supplies: Supplies
    ) -> None:
        receipt = sender.deliver().json()
        work()
        before = shown(sender, receipt["id"])
        claim(supplies)

        assert shown(sender, receipt["id"]) == before


class TestALetterThatCannotBeRead:
    def test_says_why(self, sender: System, work: Work) -> None:
        receipt = sender.deliver(EMPTY).json()
        work()

        letter = shown(sender, receipt["id"])

        assert letter["status"] == "unreadable"
        assert letter["reason"].startswith("needs OCR")
        assert letter["read"] is None


class TestALetterOfSomebodyElse:
    def test_looks_like_none_at_all(self, sender: System, counsellor: System) -> None:
        theirs = sender.deliver().json()["id"]

        real = counsellor.get(f"/v1/letters/{theirs}")
        imagined = counsellor.get(f"/v1/letters/{uuid4()}")

        assert real.status_code == imagined.status_code == 404
        assert real.json() == imagined.json()
        assert real.json()["type"] == "/problems/no-such-letter"
        assert {*real.headers} == {*imagined.headers}

    def test_leaves_no_line_in_the_logbook(
        self, sender: System, counsellor: System, supplies: Supplies
    ) -> None:
        theirs = sender.deliver().json()["id"]
        counsellor.get(f"/v1/letters/{theirs}")

        assert [line.act for line in logbook(supplies)] == [Act.LETTER_DELIVERED]


class TestALetterInAClosedMailbox:
    def test_shows_its_status_and_nothing_that_was_read(
        self, sender: System, work: Work, supplies: Supplies
    ) -> None:
        receipt = sender.deliver().json()
        work()
        before = shown(sender, receipt["id"])
        close(supplies)

        after = shown(sender, receipt["id"])

        assert after == before | {"read": None}


class TestAskingAboutALetter:
    def test_is_in_the_logbook(self, sender: System, supplies: Supplies) -> None:
        receipt = sender.deliver().json()
        shown(sender, receipt["id"])

        line = logbook(supplies)[-1]
        assert line.act == Act.LETTER_STATUS_ASKED
        assert str(line.subject_id) == receipt["id"]

    def test_needs_an_id_that_can_be_one(self, sender: System) -> None:
        answer = sender.get("/v1/letters/SECRET")

        assert answer.status_code == 400
        assert "SECRET" not in answer.text


def shown(system: System, letter_id: str) -> dict[str, Any]:
    answer = system.get(f"/v1/letters/{letter_id}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
