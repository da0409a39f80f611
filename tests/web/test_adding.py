"""Adding a letter: what is taken, what is not, and that nothing of it lies on the disk."""

import tempfile
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import Engine, QueuePool

from api.doorstep import LARGEST_ADDED
from letterbox.shared.ports import PdfRefused, PhotoRefused
from tests.api.tables import row_counts
from tests.builders import DEMAND
from tests.fakes import A_PHOTO, FakeReader
from tests.web.browser import Browser, Tag, markup, words
from tests.web.letters import add, added, rows

PDF = DEMAND.encode()
OF_PHOTOS = ["not-a-photo", "broken", "too-large", "too-many", "took-too-long"]
OF_PDFS = ["not-a-pdf", "broken", "encrypted", "too-large", "too-many-pages", "no-pages"]
OF_PDFS += ["active-content", "took-too-long"]
PHOTOS = [A_PHOTO + text.encode() for text in DEMAND.split("\n", 1)[1].split("Wij hebben")]


class TestThePage:
    def test_opens_the_camera_and_takes_several_files(self, browser: Browser) -> None:
        fields = markup(browser.get("/me/letters/add")).named("input")

        files = {tag.attributes["name"]: tag.attributes for tag in fields if _is_file(tag)}
        assert files["camera"]["capture"] == "environment"
        assert "multiple" in files["files"]
        assert "application/pdf" in str(files["files"]["accept"])

    def test_says_what_happens(self, browser: Browser) -> None:
        page = words(browser.get("/me/letters/add"))

        assert "De afzender merkt er niets van." in page
        assert "Waar en wanneer u de foto maakte, bewaren wij niet." in page


class TestALetter:
    @pytest.mark.parametrize("files", [[PDF], PHOTOS], ids=["a PDF", "photos"])
    def test_is_added_read_and_counted(
        self, browser: Browser, work: Callable[[], int], files: list[bytes]
    ) -> None:
        answer = add(browser, *files)
        place = answer.headers["location"]

        waiting = words(browser.get(place))
        work()
        read = browser.get(place.partition("?")[0])

        assert answer.status_code == 303
        assert "Gelukt. Uw brief is toegevoegd. Wij lezen deze brief nog." in waiting
        assert any("€ 634,18" in row for row in rows(read).values())
        assert "Door u toegevoegd" in words(read)
        assert "€ 634,18" in words(browser.get("/me"))

    def test_is_in_the_logbook(self, browser: Browser) -> None:
        added(browser, PDF)

        assert "U voegde zelf een brief toe." in words(browser.get("/me/logbook"))

    def test_holds_no_connection_while_its_photos_become_pages(
        self,
        browser: Browser,
        application: Engine,
        reader: FakeReader,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        pool = application.pool
        assert isinstance(pool, QueuePool)
        held: list[int] = []
        bind = reader.pdf_of_photos

        def note(photos: Sequence[bytes]) -> bytes:
            held.append(pool.checkedout())
            return bind(photos)

        monkeypatch.setattr(reader, "pdf_of_photos", note)

        added(browser, *PHOTOS)

        assert held == [0]

    def test_never_lies_on_the_disk_in_the_clear(
        self, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a temporary file was opened")

        large = b"%PDF-1.7\nHallo\n" + b"x" * 3_000_000
        proof = browser.proof
        monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refuse)

        answer = browser.client.post(
            "/me/letters/add", data={"proof": proof}, files={"files": ("a.pdf", large)}
        )

        assert answer.status_code == 303


class TestARefusal:
    @pytest.mark.parametrize(
        ("files", "said"),
        [
            ([], "U heeft nog niets gekozen."),
            ([PDF, PDF], "Kies één PDF, of alleen foto's van één brief."),
            ([b"GIF89a"], "Foto 1: Dit bestand kunnen wij niet openen."),
        ],
        ids=["nothing", "two letters", "no photo"],
    )
    def test_says_what_to_do_and_keeps_nothing(
        self, browser: Browser, owner: Engine, files: list[bytes], said: str
    ) -> None:
        answer = add(browser, *files)

        assert answer.status_code == 400
        assert said in words(answer)
        assert "Er is niets toegevoegd." in words(answer)
        assert "Fout:" in markup(answer).named("title")[0].text
        assert row_counts(owner)["letters"] == 0
        assert "U voegde zelf" not in words(browser.get("/me/logbook"))

    @pytest.mark.parametrize(
        "code",
        [
            "not-a-pdf",
            "broken",
            "encrypted",
            "too-large",
            "too-many-pages",
            "no-pages",
            "active-content",
            "took-too-long",
        ],
    )
    def test_of_a_pdf_is_explained(
        self, browser: Browser, reader: FakeReader, monkeypatch: pytest.MonkeyPatch, code: str
    ) -> None:
        def refuse(pdf: bytes) -> None:
            raise PdfRefused("In English.", code=code)

        monkeypatch.setattr(reader, "inspect", refuse)

        page = words(add(browser, PDF))

        assert "In English" not in page
        assert "Er is niets toegevoegd." in page

    @pytest.mark.parametrize(
        "code", ["not-a-photo", "broken", "too-large", "too-many", "took-too-long"]
    )
    def test_of_a_photo_is_explained(
        self, browser: Browser, reader: FakeReader, monkeypatch: pytest.MonkeyPatch, code: str
    ) -> None:
        def refuse(photos: list[bytes]) -> None:
            raise PhotoRefused("In English.", code=code, photo=3)

        monkeypatch.setattr(reader, "pdf_of_photos", refuse)

        page = words(add(browser, *PHOTOS))

        assert "Foto 3:" in page
        assert "In English" not in page


class TestTheForm:
    def test_is_refused_without_its_proof(self, browser: Browser, owner: Engine) -> None:
        files = {"files": ("a.pdf", PDF)}

        answers = [
            browser.client.post("/me/letters/add", files=files),
            browser.client.post("/me/letters/add", data={"proof": "x"}, files=files),
            browser.client.post("/me/letters/add", content=b"--", headers={"content-type": "x"}),
        ]

        assert [answer.status_code for answer in answers] == [403, 403, 403]
        assert row_counts(owner)["letters"] == 0

    def test_is_not_read_for_strangers(self, browse: Callable[[], Browser]) -> None:
        answer = browse().client.post("/me/letters/add", files={"files": ("a.pdf", b"x" * 10_000)})

        assert answer.status_code == 401

    def test_that_is_too_large_is_refused(self, browser: Browser) -> None:
        huge = b"x" * (LARGEST_ADDED + 1)

        answer = browser.client.post(
            "/me/letters/add", data={"proof": browser.proof}, files={"files": ("a.pdf", huge)}
        )

        assert answer.status_code == 413


def _is_file(tag: Tag) -> bool:
    return tag.attributes.get("type") == "file"
