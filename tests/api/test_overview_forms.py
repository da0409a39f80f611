import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from uuid import UUID

import httpx2
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from api.forms.negotiation import best_language, best_type
from api.forms.written import MADE
from letterbox.logbook.rules import Act
from letterbox.shared.ports import Supplies
from tests.api.consenting import agreed, logbook, withdraw
from tests.builders import System

Work = Callable[[], int]
JSON, PDF, SHEET, LIST = MADE
DOWNLOADS = {PDF: "pdf", SHEET: "xlsx", LIST: "csv"}

every_form = pytest.mark.parametrize("form", MADE)
every_download = pytest.mark.parametrize("form", DOWNLOADS)


@pytest.fixture
def consent_id(sender: System, counsellor: System, work: Work) -> UUID:
    """The consent to look at one debt, of De Wilg."""
    sender.deliver()
    work()
    return agreed(counsellor)


class TestAForm:
    def test_is_a_report(self, counsellor: System, consent_id: UUID) -> None:
        pdf = PdfReader(BytesIO(pull(counsellor, consent_id, PDF).content))

        text = " ".join(page.extract_text() for page in pdf.pages)
        assert "De Wilg" in text
        assert "634,18" in text
        assert str(pdf.root_object["/Lang"]) == "nl"

    def test_is_a_spreadsheet(self, counsellor: System, consent_id: UUID) -> None:
        book = load_workbook(BytesIO(pull(counsellor, consent_id, SHEET).content))

        values = [cell.value for cell in book["Schulden"][2]]
        assert "De Wilg" in values
        assert 634.18 in values

    def test_is_a_list(self, counsellor: System, consent_id: UUID) -> None:
        answer = pull(counsellor, consent_id, LIST)

        (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
        assert (row["creditor"], row["outstanding"]) == ("De Wilg", "634.18")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"

    @every_form
    def test_is_what_was_asked_for(self, counsellor: System, consent_id: UUID, form: str) -> None:
        answer = pull(counsellor, consent_id, form)

        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == form
        assert answer.headers["vary"] == "Accept, Accept-Language"

    @every_download
    def test_is_a_file_whose_name_tells_nothing_of_anyone(
        self, counsellor: System, consent_id: UUID, form: str
    ) -> None:
        name = f"schuldenoverzicht-2026-03-01.{DOWNLOADS[form]}"

        disposition = pull(counsellor, consent_id, form).headers["content-disposition"]
        assert disposition == f'attachment; filename="{name}"'

    @pytest.mark.parametrize(("form", "word"), [(PDF, "Debt overview"), (SHEET, "Debts")])
    def test_is_in_the_language_that_was_asked_for(
        self, counsellor: System, consent_id: UUID, form: str, word: str
    ) -> None:
        answer = pull(counsellor, consent_id, form, **{"Accept-Language": "en-GB, nl;q=0.5"})

        assert answer.headers["content-language"] == "en"
        assert word in words_of(form, answer.content)

    def test_leaves_out_what_the_citizen_left_out(
        self, counsellor: System, sender: System, work: Work
    ) -> None:
        sender.deliver()
        work()
        answer = pull(counsellor, agreed(counsellor, left_out={"De Wilg"}), LIST)

        assert "De Wilg" not in answer.text


def words_of(form: str, content: bytes) -> str:
    if form == PDF:
        return PdfReader(BytesIO(content)).pages[0].extract_text()
    return " ".join(load_workbook(BytesIO(content)).sheetnames)


class TestAskingAgain:
    @every_form
    def test_is_answered_shortly_when_nothing_changed(
        self, counsellor: System, consent_id: UUID, form: str
    ) -> None:
        tag = pull(counsellor, consent_id, form).headers["etag"]

        again = pull(counsellor, consent_id, form, **{"If-None-Match": tag})

        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["vary"] == "Accept, Accept-Language"

    def test_has_a_tag_for_each_form_and_language(
        self, counsellor: System, consent_id: UUID
    ) -> None:
        asked = [{}, {"Accept-Language": "en"}]

        tags = {
            pull(counsellor, consent_id, form, **more).headers["etag"]
            for form in MADE
            for more in asked
        }

        assert len(tags) == 6  # JSON and the list are the same in every language

    @every_form
    def test_is_in_the_logbook_each_time(
        self, counsellor: System, consent_id: UUID, supplies: Supplies, form: str
    ) -> None:
        pull(counsellor, consent_id, form)

        lines = [line for line in logbook(supplies) if line.act == Act.OVERVIEW_SEEN]
        assert [line.consent_id for line in lines] == [consent_id]

    @every_form
    def test_is_in_vain_when_the_consent_has_ended(
        self, counsellor: System, consent_id: UUID, supplies: Supplies, form: str
    ) -> None:
        withdraw(supplies, consent_id)

        assert pull(counsellor, consent_id, form).status_code == 404


class TestAReportThatFails:
    def test_leaves_no_line_and_says_nothing(
        self,
        counsellor: System,
        consent_id: UUID,
        supplies: Supplies,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("api.forms.printing.TYPESETTER", "nowhere.py")

        answer = pull(counsellor, consent_id, PDF)

        assert answer.json()["type"] == "/problems/our-mistake"
        assert Act.OVERVIEW_SEEN not in {line.act for line in logbook(supplies)}


class TestBestType:
    @pytest.mark.parametrize(
        ("accept", "best"),
        [
            (None, JSON),
            ([""], JSON),
            (["*/*"], JSON),
            (["application/*"], JSON),
            (["text/*"], LIST),
            (["text/csv, application/json"], JSON),
            (["text/csv, application/json;q=0.9"], LIST),
            (["application/json;q=0.2, application/pdf;q=0.8"], PDF),
            (["application/pdf;q=0.5", "text/csv"], LIST),
            (["application/json;q=0, */*;q=0.1"], PDF),
            (["*/*, application/json;q=0.5"], PDF),
            (["Application/PDF ; Q=1.000"], PDF),
            (["text/html, application/xhtml+xml, */*;q=0.8"], JSON),
            (["text/html"], None),
            (["application/pdf;q=0"], None),
            (["application/pdf;q=2"], None),
            (["application/pdf;q=nan"], None),
            (["application/jsonp, application/pd"], None),
        ],
    )
    def test_is_what_the_caller_likes_best(
        self, accept: list[str] | None, best: str | None
    ) -> None:
        assert best_type(accept, MADE) == best


class TestBestLanguage:
    @pytest.mark.parametrize(
        ("accept", "best"),
        [
            (None, "nl"),
            ([""], "nl"),
            (["en"], "en"),
            (["en-US,en;q=0.9"], "en"),
            (["en;q=0.5, nl-BE"], "nl"),
            (["de, en;q=0.1"], "en"),
            (["de"], "nl"),
            (["*"], "nl"),
            (["nl;q=0, *"], "en"),
        ],
    )
    def test_is_dutch_unless_another_is_liked_better(
        self, accept: list[str] | None, best: str
    ) -> None:
        assert best_language(accept) == best


def pull(system: System, consent_id: UUID, form: str, **headers: str) -> httpx2.Response:
    return system.get(f"/v1/consents/{consent_id}/overview", headers={"Accept": form} | headers)
