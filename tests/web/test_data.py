"""My data: everything goes along, and a closed mailbox is closed."""

import json
import os
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import httpx2
import pytest
from openpyxl import load_workbook

from letterbox import access
from letterbox.debts.citizen import Said
from letterbox.debts.facts import Check, CheckSeverity, CorrectionKind
from letterbox.overview.rules import Overview
from letterbox.overview.service import show_overview
from letterbox.shared.ports import Supplies
from tests.builders import DEMAND, System
from tests.rooms import acts
from tests.rooms.mailing import ADDRESS, be_mailed
from tests.web.browser import Browser, agree, ask, markup, words
from web.archive import archive_of

Work = Callable[[], int]
LISTS = {
    "consents", "corrections", "letters", "logbook", "notices", "overview", "settings",
}  # fmt: skip


@pytest.fixture
def full(
    browser: Browser,
    connect: Callable[..., System],
    counsellor: System,
    work: Work,
    supplies: Supplies,
) -> Browser:
    """A citizen with something of everything."""
    sender = connect("../De Wilg: <Wonen>")
    for _ in range(2):
        sender.deliver()
    sender.deliver("%PDF-1.7\n")
    sender.tell()
    work()
    mailbox = acts.a_mailbox(supplies)
    [debt] = acts.debts_in(supplies, mailbox)
    said = acts.correct(
        supplies, mailbox, Said(CorrectionKind.DISPUTED, debt_id=debt.id, note="Dat is niet zo.")
    )
    acts.take_back(supplies, mailbox, said.correction_id)
    agree(browser, ask(counsellor))
    be_mailed(supplies, mailbox)
    return browser


def taken(browser: Browser) -> ZipFile:
    answer = browser.send("/me/data/download")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    archive = ZipFile(BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


def read(archive: ZipFile, name: str) -> Any:
    return json.loads(archive.read(f"{name}.json"))


class TestTheCopy:
    def test_holds_every_letter_by_date_and_sender(self, full: Browser) -> None:
        archive = taken(full)

        names = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert names == [
            "brieven/2026-03-01 De Wilg Wonen.pdf",
            "brieven/2026-03-01 De Wilg Wonen (2).pdf",
            "brieven/2026-03-01 De Wilg Wonen (3).pdf",
        ]
        assert sorted(map(archive.read, names))[-1] == DEMAND.encode()

    def test_holds_all_that_is_known(self, full: Browser) -> None:
        archive = taken(full)

        letters = sorted(read(archive, "letters"), key=lambda each: str(each["status"]))
        assert [each["status"] for each in letters] == ["read", "read", "unreadable"]
        assert letters[0]["read"]["outstanding"] == "634.18"
        assert letters[0]["read"]["findings"]
        assert letters[0]["cameWith"]["subject"] == "Aanmaning huur"
        assert letters[0]["receipt"].count(".") == 2
        assert letters[2]["unreadableBecause"]
        assert read(archive, "overview")["debts"][0]["debt"]["creditor"]["name"]
        assert read(archive, "notices")[0]["says"]["amount"] == "100.00"
        [correction] = read(archive, "corrections")
        assert correction["said"]["note"] == "Dat is niet zo."
        assert correction["withdrawnAt"] == "2026-03-01T12:00:00Z"
        [consent] = read(archive, "consents")
        assert consent["organisation"] == "Gemeente Veldwijk"
        assert consent["receipt"].count(".") == 2
        assert read(archive, "settings")["address"] == ADDRESS

    def test_names_every_file_it_holds(self, full: Browser) -> None:
        archive = taken(full)

        page = httpx2.Response(200, content=archive.read("LEESMIJ.html"))
        links = {httpx2.URL(str(tag.attributes["href"])).path for tag in markup(page).named("a")}
        assert links | {"LEESMIJ.html"} == set(archive.namelist())
        assert {f"{name}.json" for name in LISTS} < links

    def test_holds_the_logbook_with_the_head_of_its_chain(
        self, full: Browser, supplies: Supplies
    ) -> None:
        logbook = read(taken(full), "logbook")

        kept = acts.logbook(supplies, acts.a_mailbox(supplies))
        assert logbook["head"] == logbook["lines"][-1]["hash"] == kept[-1].hash.hex()
        assert logbook["lines"][-1]["says"]["act"] == kept[-1].act == "exported"
        assert len(logbook["lines"]) == len(kept)

    def test_holds_a_spreadsheet_that_opens(self, full: Browser) -> None:
        book = load_workbook(BytesIO(taken(full).read("overview.xlsx")))

        assert len(book.sheetnames) > 3

    def test_is_in_the_language_of_the_pages(self, full: Browser) -> None:
        full.get("/language", params={"to": "en"})

        names = taken(full).namelist()

        assert "README.html" in names
        assert any(name.startswith("letters/") for name in names)

    def test_can_be_taken_from_an_empty_mailbox(self, browser: Browser) -> None:
        archive = taken(browser)

        assert read(archive, "letters") == []
        assert read(archive, "overview")["debts"] == []

    @pytest.mark.parametrize("only", [True, False])
    def test_does_not_hold_what_is_for_counsellors_only(
        self, full: Browser, monkeypatch: pytest.MonkeyPatch, only: bool
    ) -> None:
        aside = Check("aside", CheckSeverity.NOTICE, "Klopt dit?", counsellor_only=only)

        def with_aside(*given: Any, **more: Any) -> Overview:
            shown = show_overview(*given, **more)
            debts = [replace(x, debt=replace(x.debt, checks=(aside,))) for x in shown.debts]
            return replace(shown, debts=tuple(debts))

        monkeypatch.setattr("web.archive.show_overview", with_aside)
        archive = taken(full)

        sheets = load_workbook(BytesIO(archive.read("overview.xlsx")))
        cells = {cell for sheet in sheets for row in sheet.values for cell in row}
        assert (b"Klopt dit?" in archive.read("overview.json")) is not only
        assert ("Klopt dit?" in cells) is not only

    def test_fetches_one_letter_at_a_time(
        self, full: Browser, supplies: Supplies, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        alive: list[int] = []

        def fetched(*_: object) -> bytes:
            alive.append(supplies.sessions.kw["bind"].pool.checkedout())
            return b"%PDF-"

        monkeypatch.setattr("letterbox.export.service.letters.pdf_of", fetched)
        taken(full)

        assert alive == [1, 1, 1]

    def test_holds_one_letter_in_memory_however_many_there_are(
        self, supplies: Supplies, connect: Callable[..., System]
    ) -> None:
        sender, size = connect("De Wilg"), 2_000_000
        for _ in range(12):
            sender.deliver(b"%PDF-1.7\n" + os.urandom(size))
        mailbox = acts.a_mailbox(supplies)

        tracemalloc.start()
        with supplies.sessions.begin() as session:
            now = supplies.clock()
            key = access.open_for_machine(session, supplies.keys, mailbox)
            here: Any = SimpleNamespace(session=session, supplies=supplies, now=now)
            copy = archive_of(here, key, "nl")
        sent = sum(map(len, copy))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert sent > 12 * size
        assert most < 6 * size

    def test_breaks_off_when_the_mailbox_is_closed_meanwhile(
        self, full: Browser, supplies: Supplies, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def close_first(*_: object) -> bytes:
            acts.close(supplies, acts.a_mailbox(supplies))
            return b"%PDF-"

        monkeypatch.setattr("letterbox.export.service.letters.pdf_of", close_first)
        answer = full.send("/me/data/download")

        assert b"LEESMIJ" in answer.content
        with pytest.raises(Exception, match="zip"):
            ZipFile(BytesIO(answer.content))


class TestClosing:
    def test_is_explained_and_asked_once_more(self, full: Browser) -> None:
        page = full.get("/me/data/close")

        assert "Sluiten kan niet ongedaan worden gemaakt" in words(page)
        actions = [tag.attributes["action"] for tag in markup(page).named("form")]
        assert actions.index("/me/data/download") < actions.index("/me/data/close")

    @pytest.mark.parametrize("sure", [{}, {"sure": "no"}])
    def test_does_not_happen_by_one_press(self, full: Browser, sure: dict[str, str]) -> None:
        page = full.send("/me/data/close", **sure)

        assert page.status_code == 400
        assert "Kruis aan dat u het zeker weet" in words(page)
        assert full.get("/me").status_code == 200

    def test_ends_everything(
        self, full: Browser, counsellor: System, supplies: Supplies, browse: Callable[[], Browser]
    ) -> None:
        old = acts.a_mailbox(supplies)
        elsewhere = browse()
        elsewhere.log_in()
        [consent] = counsellor.get("/v1/consents").json()["consents"]

        page = full.send("/me/data/close", sure="yes")

        assert "Uw brievenbus is gesloten" in words(page)
        assert full.get("/me").status_code == elsewhere.get("/me").status_code == 303
        assert counsellor.get(f"/v1/consents/{consent['id']}/overview").status_code == 404
        assert counsellor.get("/v1/consents").json()["consents"][0]["status"] == "revoked"
        last = acts.logbook(supplies, old)[-1]
        assert (last.act, last.actor) == ("closed", "citizen")

    def test_leaves_an_empty_mailbox_to_who_comes_back(self, full: Browser) -> None:
        full.send("/me/data/close", sure="yes")

        full.log_in()

        assert "Wij hebben geen open schulden gevonden" in words(full.get("/me"))
