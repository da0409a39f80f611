"""Refusing a delivery: for the right reason, without an echo, and without a trace."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine

from api.doorstep import LARGEST_DELIVERY, LARGEST_REQUEST
from letterbox.shared.ports import PdfRefused
from tests.api.tables import row_counts
from tests.builders import BSN, DEMAND, System, a_letter, parts
from tests.fakes import FakeReader

NOT_A_BSN = "999990018"
NOT_A_PDF = b"GIF89a and a secret"
A_PART = b"--x\r\n\r\n\r\n--x--"


class TestALetter:
    @pytest.mark.parametrize(
        ("changes", "pointer", "code"),
        [
            ({"sentOn": "20 februari"}, "/letter/sentOn", "date-parsing"),
            ({"sentOn": 86400}, "/letter/sentOn", "date-type"),
            ({"subject": ""}, "/letter/subject", "string-too-short"),
            ({"subject": 7}, "/letter/subject", "string-type"),
            ({"messageId": "m 1"}, "/letter/messageId", "string-pattern-mismatch"),
            ({"messageId": "x" * 101}, "/letter/messageId", "string-too-long"),
            ({"messageId": "m\n"}, "/letter/messageId", "string-pattern-mismatch"),
            ({"replaces": ""}, "/letter/replaces", "string-too-short"),
            ({"recipient": None}, "/letter/recipient", "model-type"),
            ({"recipient": {"scheme": "name", "value": BSN}}, "/letter/recipient/scheme", None),
            ({"claim": {"outstanding": 634.18}}, "/letter/claim/outstanding", "string-type"),
            ({"claim": {"outstanding": "634,18"}}, "/letter/claim/outstanding", None),
            ({"claim": {"outstanding": "6e3"}}, "/letter/claim/outstanding", None),
            ({"claim": {"kind": "bill"}}, "/letter/claim/kind", "literal-error"),
            ({"claim": {"dueDate": 1}}, "/letter/claim/dueDate", "date-type"),
            ({"onBehalfOf": {"name": "X", "oin": "12"}}, "/letter/onBehalfOf/oin", None),
        ],
        ids=str,
    )
    def test_is_refused_with_the_place_of_the_mistake(
        self, sender: System, changes: dict[str, Any], pointer: str, code: str | None
    ) -> None:
        answer = sender.deliver(**changes)

        assert answer.status_code == 400
        (mistake,) = answer.json()["errors"]
        assert mistake["pointer"] == pointer
        assert code in (None, mistake["code"])

    @pytest.mark.parametrize(
        ("unknown", "pointer"),
        [
            ({"SECRET": "SECRET"}, "/letter"),
            ({"claim": {"SECRET": "SECRET"}}, "/letter/claim"),
            ({"recipient": {"scheme": "bsn", "value": BSN, "SECRET": 1}}, "/letter/recipient"),
        ],
        ids=["letter", "claim", "recipient"],
    )
    def test_with_an_unknown_member_is_refused_without_naming_it(
        self, sender: System, unknown: dict[str, Any], pointer: str
    ) -> None:
        answer = sender.deliver(**unknown)

        assert answer.json()["errors"][0]["pointer"] == pointer
        assert answer.json()["errors"][0]["code"] == "extra-forbidden"
        assert "SECRET" not in answer.text

    @pytest.mark.parametrize("text", ["", "SECRET", "[]", "null", "{", "[" * 90_000, "\xff\0"])
    def test_that_is_not_a_json_object_is_refused(self, sender: System, text: str) -> None:
        answer = deliver_parts(sender, letter=(None, text.encode("latin-1"), "application/json"))

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "/letter"
        assert "SECRET" not in answer.text

    def test_is_refused_when_the_number_is_no_bsn(self, sender: System) -> None:
        answer = sender.deliver(bsn=NOT_A_BSN)

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/not-a-bsn"
        assert answer.json()["errors"][0]["pointer"] == "/letter/recipient/value"
        assert NOT_A_BSN not in answer.text

    def test_is_refused_when_the_account_number_is_none(self, sender: System) -> None:
        answer = sender.deliver(claim={"iban": "NL00SECR0417164300"})

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/not-an-iban"
        assert answer.json()["errors"][0]["pointer"] == "/letter/claim/iban"
        assert "SECR" not in answer.text

    def test_is_refused_from_a_sender_without_ground_for_the_bsn(
        self, connect: Callable[..., System]
    ) -> None:
        answer = connect("Webwinkel", ground=None).deliver()

        assert answer.status_code == 403
        assert answer.json()["type"] == "/problems/no-ground-for-bsn"

    def test_that_was_refused_is_not_remembered(self, sender: System) -> None:
        sender.deliver(NOT_A_PDF, messageId="m-1")

        assert sender.deliver(messageId="m-1").status_code == 201


class TestADocument:
    def test_that_is_no_pdf_is_refused(self, sender: System) -> None:
        answer = sender.deliver(NOT_A_PDF)

        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/pdf-refused"
        assert answer.json()["errors"][0] == {
            "pointer": "/document",
            "code": "not-a-pdf",
            "detail": "Send a PDF.",
        }

    def test_is_refused_with_the_page_it_is_about(
        self, sender: System, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(pdf: bytes) -> None:
            raise PdfRefused("Leave the script out.", code="active-content", page=3)

        monkeypatch.setattr(reader, "inspect", refuse)

        (mistake,) = sender.deliver().json()["errors"]
        assert (mistake["code"], mistake["page"]) == ("active-content", 3)

    def test_larger_than_a_delivery_may_be_is_not_read(self, sender: System) -> None:
        answer = sender.deliver(b"%PDF-" + bytes(LARGEST_DELIVERY))

        assert answer.status_code == 413
        assert answer.json()["type"] == "/problems/too-large"


class TestTheParts:
    @pytest.mark.parametrize(
        ("missing", "pointer", "code"),
        [("letter", "/letter", "missing"), ("document", "/document", "missing-file")],
    )
    def test_must_both_be_there(
        self, sender: System, missing: str, pointer: str, code: str
    ) -> None:
        kept = parts(a_letter())
        del kept[missing]

        answer = sender.post("/v1/letters", files=kept)

        assert answer.status_code == 400
        (mistake,) = answer.json()["errors"]
        assert (mistake["pointer"], mistake["code"]) == (pointer, code)

    def test_must_be_a_file_where_a_file_belongs(self, sender: System) -> None:
        answer = deliver_parts(sender, document=(None, DEMAND))

        assert answer.json()["errors"][0]["code"] == "missing-file"

    def test_may_not_be_more_than_two(self, sender: System) -> None:
        more = {f"more-{n}": (f"{n}.pdf", DEMAND) for n in range(3)}

        assert deliver_parts(sender, **more).status_code == 400

    def test_may_not_hide_a_large_letter(self, sender: System) -> None:
        large = json.dumps(a_letter(subject="x" * LARGEST_REQUEST))

        answer = deliver_parts(sender, letter=(None, large, "application/json"))

        assert answer.status_code == 400

    @pytest.mark.parametrize(
        "media_type", ["application/json", "application/x-www-form-urlencoded", "text/plain", ""]
    )
    def test_must_come_as_multipart(self, sender: System, media_type: str) -> None:
        headers = {"Content-Type": media_type}

        answer = sender.post("/v1/letters", content=json.dumps(a_letter()), headers=headers)

        assert answer.status_code == 415
        assert answer.json()["type"] == "/problems/wrong-media-type"

    @pytest.mark.parametrize(
        ("media_type", "body"),
        [
            ("multipart/form-data", b"no boundary"),
            ("multipart/form-data; boundary=x", b""),
            ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
            ("multipart/form-data; boundary=x; charset=unheard-of", A_PART),
            ("multipart/form-data; boundary=\xff", A_PART),
        ],
        ids=["no boundary", "empty", "cut off", "charset", "bytes"],
    )
    def test_must_be_well_made(self, sender: System, media_type: str, body: bytes) -> None:
        headers = {"Content-Type": media_type.encode("latin-1")}

        assert sender.post("/v1/letters", content=body, headers=headers).status_code == 400


class TestNothing:
    """What is kept of a refused delivery, and what is said of it."""

    @pytest.mark.parametrize(
        "refused",
        [
            lambda system: system.deliver(NOT_A_PDF, subject="SECRET"),
            lambda system: system.deliver(bsn=NOT_A_BSN, subject="SECRET"),
            lambda system: system.deliver(subject="SECRET", claim={"iban": "NL00SECRET"}),
            lambda system: system.deliver(subject="SECRET", sentOn="SECRET"),
            lambda system: system.deliver(subject="SECRET", messageId="SECRET SECRET"),
            lambda system: system.deliver(recipient={"scheme": "bsn", "value": "SECRET"}),
            lambda system: system.deliver(subject="SECRET" * 100),
            lambda system: deliver_parts(system, document=(None, "SECRET")),
            lambda system: deliver_parts(system, letter=(None, "SECRET")),
            lambda system: deliver_parts(system, SECRET=("SECRET", "SECRET")),
        ],
    )
    def test_is_kept_or_echoed(
        self, sender: System, owner: Engine, refused: Callable[[System], httpx2.Response]
    ) -> None:
        before = row_counts(owner)

        answer = refused(sender)

        assert 400 <= answer.status_code < 500
        assert row_counts(owner) == before
        assert "SECRET" not in answer.text + str(answer.headers)
        assert not {BSN, NOT_A_BSN} & {*answer.text.split('"')}


def deliver_parts(system: System, **changes: Any) -> httpx2.Response:
    return system.post("/v1/letters", files=parts(a_letter()) | changes)
