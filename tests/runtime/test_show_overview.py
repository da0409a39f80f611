"""`letterbox overview FOLDER`: what it prints, writes and says of files that it cannot read."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from uuid import UUID

import pytest
import typst
from openpyxl import load_workbook
from pypdf import PdfReader
from rich.console import Console

from api.forms.words import words_in
from letterbox.debts.facts import Check, CheckSeverity, DebtEvent, DebtStatus
from letterbox.letters.rules import Party
from letterbox.overview.listing import Listing
from letterbox.overview.rules import Unread
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.overview_table import print_overview
from runtime.settings import Settings
from runtime.show_overview import NoPlaceForIt, Wanted, show_overview_of
from tests.api.listings import TODAY, a_debt, a_full_listing, a_listing

LETTER = """
#set page(paper: "a4")
Woonstichting De Linde \\
Datum: 2 maart 2026 \\
Factuurnummer: NL26-0091377

Factuur

Geachte heer Vos,
#table(columns: (1fr, 1fr), [Te betalen], [€ 100,00])
Wij verzoeken u € 100,00 te betalen vóór 1 april 2026 op NL91 ABNA 0417 1643 00
onder vermelding van NL26-0091377.
"""
ON = date(2026, 4, 20)
NOWHERE = Path("nowhere") / "at" / "all"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("letters")
    pdf = typst.compile(LETTER.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    (folder / "1.pdf").write_bytes(pdf)
    (folder / "2.pdf").write_bytes(pdf[:400])
    yield folder


def run(folder: Path, *words: str | Path) -> "subprocess.CompletedProcess[str]":
    # A process of its own: it makes copies of itself, which must not be copies of all tests.
    command = [sys.executable, "-m", "runtime.cli", "overview", str(folder), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603


def printed(listing: Listing, *, english: bool = False, width: int = 120) -> str:
    screen = StringIO()
    console = Console(file=screen, width=width, color_system=None)
    print_overview(console, listing, words_in("en" if english else "nl"))
    return screen.getvalue().replace("\u00a0", " ")


class TestTheCommand:
    def test_prints_json_and_names_what_it_could_not_read(self, folder: Path) -> None:
        done = run(folder, "--json", "--as-of", "2026-04-20")

        answer = json.loads(done.stdout)
        assert (done.returncode, [each["file"] for each in answer["letters"]]) == (
            0,
            ["1.pdf", "2.pdf"],
        )
        assert answer["totals"] == {"outstanding": "100.00"}
        assert done.stderr.startswith("2.pdf: not read, ")
        assert len(done.stderr.splitlines()) == 1

    def test_writes_every_form_and_prints_a_table(self, folder: Path, tmp_path: Path) -> None:
        pdf, xlsx, csv = (tmp_path / f"overview.{form}" for form in ("pdf", "xlsx", "csv"))

        done = run(folder, "--pdf", pdf, "--xlsx", xlsx, "--csv", csv, "--english")

        assert done.returncode == 0
        assert "Debt overview" in done.stdout and "€100.00" in done.stdout
        text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
        assert "Debt overview" in text and "2.pdf" in text
        book = load_workbook(BytesIO(xlsx.read_bytes()))
        assert "2.pdf" in [cell.value for cell in book["Other letters"]["F"]]
        assert csv.read_text("utf-8-sig").splitlines()[-1].endswith(",2.pdf")

    def test_says_in_one_sentence_what_is_wrong_with_the_list(
        self, folder: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "1.pdf").write_bytes((folder / "1.pdf").read_bytes())
        (tmp_path / "letters.csv").write_text("file,received_on\n1.pdf,gisteren\n")

        done = run(tmp_path)

        said = "letters.csv, line 2: received_on is gisteren, not a day like 2026-11-20."
        assert (done.returncode, (done.stdout + done.stderr).strip()) == (1, said)


class TestAPlaceForAFile:
    @pytest.mark.parametrize(
        "wanted", [Wanted(pdf=NOWHERE), Wanted(xlsx=NOWHERE), Wanted(csv=NOWHERE)]
    )
    def test_is_looked_for_before_anything_is_read(self, tmp_path: Path, wanted: Wanted) -> None:
        with pytest.raises(NoPlaceForIt, match="cannot be written"):
            show_overview_of(tmp_path, ON, Settings(), wanted)

    def test_is_not_among_the_letters(self, tmp_path: Path) -> None:
        with pytest.raises(NoPlaceForIt, match="as a letter"):
            show_overview_of(tmp_path, ON, Settings(), Wanted(pdf=tmp_path / "overview.pdf"))


class TestTheTable:
    def test_marks_what_is_unsure(self) -> None:
        screen = printed(a_listing(a_debt(1, unsure=("outstanding", "creditor"))))

        assert "? Energiebedrijf Noordlicht" in screen
        assert screen.count("? € 713,37") == 2  # the debt, and the total that it makes unsure
        assert "Bij dit teken is de computer niet zeker." in screen

    def test_says_nothing_of_signs_that_are_not_there(self) -> None:
        assert "?" not in printed(a_listing(a_debt(1)))

    def test_has_amounts_in_line_at_the_right(self) -> None:
        screen = printed(
            a_listing(a_debt(1, outstanding=Euro(5)), a_debt(2, outstanding=Euro(10**8)))
        )

        ends = {len(line.rstrip()) for line in screen.splitlines() if line.rstrip()[-3:-2] == ","}
        lines = [line for line in screen.splitlines() if "€ 0,05" in line]
        assert len(lines[0].rstrip()) in ends
        totals = [x for x in screen.splitlines() if "1.000.000,05" in x]
        assert len(totals[0].rstrip()) == len(lines[0].rstrip())

    def test_says_what_comes_next_and_what_is_late(self) -> None:
        hearing = DebtEvent("hearing", date(2026, 12, 3), UUID(int=1))
        late = a_debt(1, stage=Kind.REMINDER)
        screen = printed(a_listing(late, a_debt(2, due_on=None, events=(hearing,))), width=150)

        assert "03-12-2026 zitting" in screen
        assert "20-11-2026 te laat" in screen
        assert "03-12-2026 (11 dagen), Zorgverzekeraar De Brug, zitting" in screen

    def test_shows_checks_and_letters_that_do_not_count(self) -> None:
        check = Check("any", CheckSeverity.NOTICE, "Klopt dit?", message_en="Is this right?")
        unread = [Unread(UUID(int=9), TODAY, "", "unreadable")]
        names = {UUID(int=9): "scan.pdf"}
        debt = a_debt(checks=(check,), status=DebtStatus.PAYMENT_PLAN)

        screen = printed(a_listing(debt, unread=unread, letter_names=names), english=True)

        assert "1: Is this right?" in screen
        assert "scan.pdf: no machine can read it" in screen
        assert "payment plan" in screen

    @pytest.mark.parametrize("width", [40, 80, 200])
    def test_fits_any_screen(self, width: int) -> None:
        screen = printed(a_full_listing(12, 2), width=width)

        assert max(map(len, screen.splitlines())) <= width

    def test_lets_no_letter_command_the_terminal(self) -> None:
        screen = printed(a_listing(a_debt(creditor=Party("De\x1b[2J [red]Wilg[/red]"))))

        assert "\x1b" not in screen
        assert "[red]Wilg[/red]" in screen
