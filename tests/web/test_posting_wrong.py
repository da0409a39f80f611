"""What is not right in a letter that is sent by hand, and who may not send one."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from api.doorstep import LARGEST_FILLED_IN
from connectors.turnstile import CountingTurnstile
from letterbox.letters.rules import LARGEST_LETTER
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import PdfFacts, PdfRefused
from tests.api.assertions import suspend
from tests.builders import BSN, DEMAND, System
from tests.fakes import FakeReader
from tests.web.browser import markup, words
from tests.web.office import OFFICE_COOKIE, Office
from tests.web.posting import CHECK, SEND, deliveries, fields, file, filled_in, post

AtWork = Callable[[], Office]
Connect = Callable[..., System]


class TestWhatIsNotRight:
    @pytest.mark.parametrize("place", [CHECK, SEND])
    @pytest.mark.parametrize(
        ("name", "typed", "said"),
        [
            ("bsn", "", "Vul het burgerservicenummer in"),
            ("bsn", "123456789", "Dit is geen burgerservicenummer."),
            ("bsn", "٣٣٣٣٣٣٣٣٣", "Dit is geen burgerservicenummer."),
            ("sent_on", "", "Vul de datum in die op de brief staat."),
            ("sent_on", "31-2-2026", "Vul een datum in"),
            ("sent_on", "2062-02-20", "Kijk of het jaar klopt."),
            ("subject", "", "Vul in waar de brief over gaat."),
            ("subject", "x" * 201, "hooguit 200 tekens"),
            ("reference", f"F-{BSN}", "Hier staat het burgerservicenummer in."),
            ("reference", "Jansen 999.990.019", "Hier staat het burgerservicenummer in."),
            ("outstanding", "45,5", "Vul een bedrag in"),
            ("outstanding", "-45,50", "Vul een bedrag in"),
            ("due_on", "morgen", "Vul een datum in"),
            ("iban", "NL91ABNA0417164301", "Dit rekeningnummer klopt niet."),
            ("payment_reference", "x" * 101, "hooguit 100 tekens"),
        ],
    )
    def test_is_named_beside_its_field_and_sends_nothing(
        self, mien: Office, owner: Engine, place: str, name: str, typed: str, said: str
    ) -> None:
        changed: dict[str, Any] = {name: typed}
        page = post(mien, place, **changed)

        [beside] = [x for x in markup(page).tags if x.attributes.get("id") == f"{name}-error"]
        assert page.status_code == 400
        assert said in beside.text
        assert markup(page).named("title")[0].text.startswith("Fout:")
        assert deliveries(owner) == 0

    def test_is_the_number_of_a_citizen_as_a_reference_without_its_nought(
        self, mien: Office, owner: Engine
    ) -> None:
        page = post(mien, SEND, bsn="012345672", reference="F-12345672")

        assert page.status_code == 400
        assert "Hier staat het burgerservicenummer in." in words(page)
        assert deliveries(owner) == 0

    def test_loses_nothing_that_was_typed(self, mien: Office) -> None:
        typed: dict[str, Any] = {
            "bsn": "12345",
            "sent_on": "2026-02-20",
            "subject": "Rekening",
            "reference": "F-17",
            "outstanding": "veel",
            "due_on": "2026-03-06",
            "iban": "NL91 ABNA 0417 1643 00",
            "payment_reference": "F17",
        }

        form = fields(post(mien, CHECK, **typed))

        assert {name: form[name] for name in typed} == typed
        assert form["carried"] == b64encode(DEMAND.encode()).decode()
        assert form["mark"] == "AAAAAAAA"

    def test_is_said_all_at_once(self, mien: Office) -> None:
        page = post(mien, CHECK, bsn="1", pdf="no pdf")

        ids = {tag.attributes.get("id") for tag in markup(page).tags}
        assert {"bsn-error", "document-error"} <= ids

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("not-a-pdf", "Dit bestand is geen PDF."),
            ("broken", "Deze PDF is beschadigd."),
            ("encrypted", "Maak een PDF zonder wachtwoord"),
            ("too-large", "groter dan 20 MB"),
            ("too-many-pages", "meer dan 100 bladzijden"),
            ("no-pages", "geen bladzijde"),
            ("active-content", "uit zichzelf kan starten"),
            ("took-too-long", "te ingewikkeld"),
        ],
    )
    def test_file_is_explained_and_not_carried_on(
        self,
        mien: Office,
        reader: FakeReader,
        monkeypatch: pytest.MonkeyPatch,
        code: str,
        said: str,
    ) -> None:
        monkeypatch.setattr(reader, "inspect", refusing(PdfRefused("No.", code=code)))

        page = post(mien, CHECK)

        assert page.status_code == 400
        assert said in words(page)
        assert "carried" not in fields(page)

    def test_moment_keeps_the_file(
        self, mien: Office, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reader, "inspect", refusing(Unavailable("Busy.")))
        at_the_gate = post(mien, SEND)
        monkeypatch.undo()
        reader.failure = Unavailable("Busy.")
        at_the_desk = post(mien, CHECK)

        for page in (at_the_gate, at_the_desk):
            assert "Het is nu erg druk." in words(page)
            assert fields(page)["carried"]

    @pytest.mark.parametrize("carried", ["", "%%%", "bm8gcGRm=", "é"])
    def test_carried_file_counts_as_none(self, mien: Office, carried: str) -> None:
        page = mien.client.post(SEND, data=filled_in(mien) | {"carried": carried})

        assert page.status_code == 400

    def test_file_slightly_too_large_loses_nothing(
        self, mien: Office, reader: FakeReader, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reader, "inspect", refusing_larger_than(LARGEST_LETTER))

        page = post(mien, CHECK, pdf=DEMAND.encode() + b" " * LARGEST_LETTER, subject="Rekening")

        assert "groter dan 20 MB" in words(page)
        assert fields(page)["subject"] == "Rekening"

    def test_file_much_too_large_is_not_read(self, mien: Office) -> None:
        page = post(mien, CHECK, pdf=b"%PDF-" + b" " * LARGEST_FILLED_IN)

        assert page.status_code == 413

    @pytest.mark.parametrize("mark", ["", "short", "AAAAAAA1", "AAAAAAAA-AAAA"])
    def test_mark_is_not_from_our_form(self, mien: Office, mark: str) -> None:
        assert post(mien, SEND, mark=mark).status_code == 400

    def test_body_is_no_form(self, mien: Office) -> None:
        for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
            page = mien.client.post(SEND, content=b"\x00", headers={"content-type": kind})

            assert page.status_code in (400, 403)


class TestWhoMaySend:
    @pytest.mark.parametrize("place", [CHECK, SEND])
    def test_form_must_be_from_this_visit(self, mien: Office, owner: Engine, place: str) -> None:
        pages = [
            post(mien, place, proof=""),
            post(mien, place, proof="A" * 64),
            post(mien, place, headers={"sec-fetch-site": "cross-site"}),
            post(mien, place, headers={"origin": "https://evil.example"}),
        ]

        assert [page.status_code for page in pages] == [403] * 4
        assert deliveries(owner) == 0

    @pytest.mark.parametrize("place", [CHECK, SEND])
    def test_nobody_else_uploads_anything(
        self, office: AtWork, mien: Office, connect: Connect, owner: Engine, place: str
    ) -> None:
        counsellor = office()
        counsellor.log_in_for(connect("Hulp", scopes=("overviews.read",)).organisation)
        garbage: dict[str, Any] = {"content": unread(), "headers": {"content-type": "multipart/x"}}

        nobody = office().client.post(place, **garbage)
        without_scope = counsellor.client.post(place, **garbage)

        assert (nobody.status_code, without_scope.status_code) == (401, 403)

    def test_suspension_works_at_once(self, mien: Office, dentist: System, owner: Engine) -> None:
        form = filled_in(mien)
        suspend(owner, dentist)

        page = mien.client.post(SEND, data=form, files=file(DEMAND.encode()))

        assert (page.status_code, deliveries(owner)) == (401, 0)

    def test_has_a_share_and_no_more(
        self, mien: Office, dentist: System, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app: Any = mien.client.app
        pages = next(route.app for route in app.routes if getattr(route, "path", None) == "")
        scarce = replace(dentist.supplies, turnstile=CountingTurnstile(per_minute=1))
        monkeypatch.setattr(pages.state, "supplies", scarce)

        statuses = [post(mien, CHECK).status_code for _ in range(2)]

        assert statuses == [200, 429]

    def test_cookie_is_needed(self, mien: Office) -> None:
        form = filled_in(mien)
        mien.client.cookies.delete(OFFICE_COOKIE)

        assert mien.client.post(SEND, data=form).status_code == 401


class TestALetterInMemory:
    def test_never_lies_in_a_temporary_file(
        self, mien: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        # A file that rolls over to disk would be made in a place that is not there.
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))

        page = post(mien, CHECK, pdf=DEMAND.encode() + b" " * 3_000_000)

        assert page.status_code == 200


def refusing(error: Exception) -> Callable[[bytes], PdfFacts]:
    def inspect(pdf: bytes) -> PdfFacts:
        raise error

    return inspect


def refusing_larger_than(most: int) -> Callable[[bytes], PdfFacts]:
    def inspect(pdf: bytes) -> PdfFacts:
        if len(pdf) > most:
            raise PdfRefused("Too large.", code="too-large")
        return PdfFacts(pages=1)

    return inspect


def unread() -> Any:
    yield b"x"
