from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from letterbox.letters.rules import Party
from letterbox.shared.paper import Paper
from letterbox.shared.ports import PdfFacts, PdfRefused, Unreadable
from runtime.folder_overview import FolderOverview, overview_of_sheets
from runtime.letters_list import ListWrong, read_list
from runtime.shoebox import NoLetters, Readers, Sheet, read_folder
from tests.fakes import FakeReader
from tests.rules.paper import a_page

INVOICE = """
    Datum: 1 maart 2026
    Factuurnummer: RM26-0091377
    Geachte heer Vos,
    Te betalen            € 100,00
    Wij verzoeken u € 100,00 te betalen vóór 1 april 2026 op
    NL91 ABNA 0417 1643 00 onder vermelding van RM26-0091377.
"""
REMINDER = INVOICE.replace("1 maart", "10 april").replace("Geachte", "Herinnering\n    Geachte")
LOCKED = "locked"
ON = date(2026, 4, 12)


class TypedReader(FakeReader):
    """Takes a text for a PDF: what is in the file is what is on the page."""

    def inspect(self, pdf: bytes) -> PdfFacts:
        if pdf == LOCKED.encode():
            raise PdfRefused("The PDF needs a password.", code="encrypted")
        return PdfFacts(pages=1)

    def paper(self, pdf: bytes) -> Paper:
        if not pdf or pdf == LOCKED.encode():
            raise Unreadable("There is no text in it.")
        return Paper((a_page(pdf.decode()),))


@pytest.fixture
def readers() -> Iterator[Readers]:
    with ThreadPoolExecutor(2) as rules:
        yield Readers(TypedReader(), rules, at_once=2)


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.pdf").write_text(text)
    return folder


def overview(folder: Path, readers: Readers) -> FolderOverview:
    return overview_of_sheets([*read_folder(folder, readers, ON)], ON)


class TestAFolder:
    def test_asks_of_a_letter_what_the_others_leave_open(
        self, tmp_path: Path, readers: Readers
    ) -> None:
        write(tmp_path, a=INVOICE, b=REMINDER)
        (tmp_path / "letters.csv").write_text(
            "file,received_on,sender\na.pdf,2026-03-02,Rivierbank\nb.pdf,2026-04-11,Rivierbank\n"
        )
        invoice, reminder = read_folder(tmp_path, readers, ON)
        assert invoice.reading
        assert reminder.reading
        owed = invoice.reading.creditor
        sure = replace(invoice, reading=replace(invoice.reading, check=()))
        doubted = replace(reminder.reading, creditor=owed, check=("creditor", "iban"))
        unsure = replace(reminder, reading=doubted)

        together = overview_of_sheets([sure, unsure], ON).as_json()
        alone = overview_of_sheets([unsure], ON).as_json()

        assert [letter["check"] for letter in together["letters"]][1] == ["iban"]
        assert [letter["check"] for letter in alone["letters"]] == [["creditor", "iban"]]

    def test_makes_one_debt_of_two_letters(self, tmp_path: Path, readers: Readers) -> None:
        write(tmp_path, a=INVOICE, b=REMINDER, c="")
        (tmp_path / "letters.csv").write_text(
            "file,received_on,sender\na.pdf,2026-03-02,Rivierbank\nb.pdf,2026-04-11,Rivierbank\n"
        )

        answer = overview(tmp_path, readers).as_json()

        [debt] = answer["debts"]
        assert debt["letters"] == ["a.pdf", "b.pdf"]
        assert answer["totals"] == {"outstanding": "100.00"}
        invoice, reminder, scan = answer["letters"]
        assert (invoice["kind"], reminder["kind"]) == ("invoice", "reminder")
        assert invoice["dueDate"] == "2026-03-31"
        assert invoice["debt"] == reminder["debt"] == debt["id"]
        assert "outstanding" in scan["check"]
        assert scan["outstanding"] is None

    def test_has_the_same_members_for_every_letter(self, tmp_path: Path, readers: Readers) -> None:
        read, unread = overview(write(tmp_path, a=INVOICE, b=""), readers).as_json()["letters"]

        assert read.keys() == unread.keys()
        assert {"events", "instalments", "objectionDate", "recipient"} <= read.keys()
        assert {"increase", "conditionalCosts"} <= read.keys()

    def test_does_without_a_list(self, tmp_path: Path, readers: Readers) -> None:
        [letter] = overview(write(tmp_path, a=INVOICE), readers).as_json()["letters"]

        assert letter["letterDate"] == "2026-03-01"

    def test_goes_on_after_files_that_cannot_be_read(
        self, tmp_path: Path, readers: Readers
    ) -> None:
        write(tmp_path, a="", b=LOCKED, d=INVOICE)
        (tmp_path / "c.PDF").mkdir()

        found = overview(tmp_path, readers)

        assert [(sheet.file, sheet.reason) for sheet in found.unread] == [
            ("a.pdf", "There is no text in it."),
            ("b.pdf", "The PDF needs a password."),
            ("c.PDF", "Is a directory"),
        ]
        assert found.overview.totals.debts == 1
        assert [row.values["letter"] for row in found.listing.apart.rows] == [
            "a.pdf",
            "b.pdf",
            "c.PDF",
        ]

    def test_names_a_letter_on_which_a_rule_fails(self, tmp_path: Path, readers: Readers) -> None:
        broken = replace(readers, rules=ThreadPoolExecutor(1))
        broken.rules.shutdown()

        [sheet] = read_folder(write(tmp_path, a=INVOICE), broken, ON)

        assert sheet.reading is None
        assert sheet.reason == "reading it went wrong (RuntimeError)"

    def test_counts_the_same_file_once(self, tmp_path: Path, readers: Readers) -> None:
        found = overview(write(tmp_path, a=INVOICE, b=INVOICE), readers)

        assert found.as_json()["totals"] == {"outstanding": "100.00"}

    def test_comes_in_the_order_of_names_whoever_is_ready_first(
        self, tmp_path: Path, readers: Readers
    ) -> None:
        names = [f"{n:02d}.pdf" for n in range(20)]
        for name in reversed(names):
            (tmp_path / name).write_text(INVOICE)

        assert [sheet.file for sheet in read_folder(tmp_path, readers, ON)] == names

    def test_without_letters_says_so(self, tmp_path: Path, readers: Readers) -> None:
        with pytest.raises(NoLetters, match="There is no PDF"):
            [*read_folder(tmp_path, readers, ON)]


class TestAList:
    def listed(self, folder: Path, text: str) -> Path:
        (folder / "letters.csv").write_bytes(text.encode("utf-8-sig"))
        return folder

    @pytest.mark.parametrize("between", [",", ";"])
    def test_is_read_with_commas_and_semicolons(self, tmp_path: Path, between: str) -> None:
        rows = "file,received_on,sender,mine\n1.pdf,2026-03-02, De Wilg ,x\n2.pdf,,\n3.pdf\n"

        listed = read_list(self.listed(tmp_path, rows.replace(",", between)))

        assert listed["1.pdf"].received_on == date(2026, 3, 2)
        assert listed["1.pdf"].sender == Party("De Wilg")
        assert (listed["2.pdf"].received_on, listed["3.pdf"].sender) == (None, None)

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "letters.csv has no column `file`"),
            ("name,received_on\n1.pdf,2026-03-02\n", "letters.csv has no column `file`"),
            (
                "file,received_on\n1.pdf,2-3-2026\n",
                "letters.csv, line 2: received_on is 2-3-2026, not a day like 2026-11-20.",
            ),
            ("file,received_on\n1.pdf,2026-02-30\n", "line 2: received_on is 2026-02-30"),
            ("file\n1.pdf\n1.pdf\n", "letters.csv, line 3: names 1.pdf a second time."),
            ("file,sender\n,De Wilg\n", "letters.csv, line 2: names no file."),
        ],
    )
    def test_that_is_wrong_is_one_sentence(self, tmp_path: Path, text: str, sentence: str) -> None:
        with pytest.raises(ListWrong) as error:
            read_list(self.listed(tmp_path, text))

        assert sentence in str(error.value)
        assert "\n" not in str(error.value)

    def test_in_another_encoding_is_one_sentence_too(self, tmp_path: Path) -> None:
        (tmp_path / "letters.csv").write_bytes("file,sender\n1.pdf,Café".encode("latin-1"))

        with pytest.raises(ListWrong, match="UTF-8"):
            read_list(tmp_path)


class TestASheet:
    def test_keeps_its_name(self) -> None:
        sheets = [Sheet("a.pdf", ON, None, print_, None) for print_ in ("1", "1", "2")]

        assert len({sheet.letter_id for sheet in sheets}) == 2
