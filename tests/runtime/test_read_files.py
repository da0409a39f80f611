"""`letterbox read`: what it prints of a letter, and what it says of files that it cannot read."""

import json
from dataclasses import fields
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter
from rich.console import Console
from typer.testing import CliRunner, Result

from letterbox.reading.findings import Finding, Reading, Source
from letterbox.shared.paper import Box
from runtime.cli import app
from runtime.drawn_findings import DPI, SURE, UNSURE, Mark, mark, marks_on, numbered
from runtime.read_files import ReadFile, name_of, rows_of
from runtime.show_readings import print_reading
from tests.pdf_files import a_pdf

LETTER = """
#set page(paper: "a4")
Energiebedrijf Noorderlicht NV \\
Datum: 2 maart 2026 \\
Factuurnummer: NL26-0091377

Factuur

Geachte heer Vos,
#table(columns: (1fr, 1fr), [Te betalen], [€ 100,00])
Wij verzoeken u € 100,00 te betalen vóór 1 april 2026 op NL91 ABNA 0417 1643 00
onder vermelding van NL26-0091377.
"""
SCRIPT = b"<</S /JavaScript /JS (app.alert(1))>>"


def typeset(text: str) -> bytes:
    pdf = typst.compile(text.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


def locked(pdf: bytes) -> bytes:
    writer, written = PdfWriter(clone_from=PdfReader(BytesIO(pdf))), BytesIO()
    writer.encrypt("geheim", algorithm="AES-256")
    writer.write(written)
    return written.getvalue()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(typeset(LETTER))
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, words), "--received-on", "2026-03-03"])


def in_json(*words: str | Path) -> Any:
    return json.loads(run(*words, "--json").stdout)


class TestRead:
    def test_prints_every_fact_with_its_page_and_quote(self, letter: Path) -> None:
        answer = run(letter)

        assert answer.exit_code == 0
        for said in ("outstanding", "100.00", "sure", "Te betalen", "dueDate", "2026-03-31"):
            assert said in answer.stdout

    def test_prints_json_with_the_names_of_the_door(self, letter: Path) -> None:
        [read] = in_json(letter)

        assert read["file"] == str(letter)
        assert (read["kind"], read["outstanding"]) == ("invoice", "100.00")
        assert (read["letterDate"], read["dueDate"]) == ("2026-03-02", "2026-03-31")
        assert {name_of(field.name) for field in fields(Reading)} | {"file"} == set(read)

    def test_gives_the_proof_of_every_finding(self, letter: Path) -> None:
        [read] = in_json(letter)

        [found] = [each for each in read["findings"] if each["field"] == "outstanding"]
        assert (found["value"], found["source"], found["page"]) == ("100.00", "text", 1)
        assert "100,00" in found["quote"]
        left, top, right, bottom = found["box"]
        assert 0 < left < right < 596
        assert 0 < top < bottom < 842
        assert found.keys() == {field.name for field in fields(Finding)}

    def test_takes_the_word_of_the_caller_for_who_sent_it(self, letter: Path) -> None:
        [read] = in_json(letter, "--sender", "Stadswater NV")
        assert read["sender"] == "Stadswater NV"

    def test_goes_on_after_what_it_cannot_read(self, letter: Path) -> None:
        bad = {
            "broken": a_pdf("Te betalen")[:300],
            "encrypted": locked(a_pdf("Te betalen")),
            "active": a_pdf("Te betalen", catalog=b"/OpenAction " + SCRIPT),
            "text": b"Te betalen",
        }
        for name, content in bad.items():
            letter.with_name(f"{name}.pdf").write_bytes(content)
        paths = [letter.with_name(f"{name}.pdf") for name in (*bad, "nowhere")]

        answer = run(*paths, letter.parent, letter, "--json")

        assert answer.exit_code == 1
        assert [read["file"] for read in json.loads(answer.stdout)] == [str(letter)]
        lines = answer.stderr.splitlines()
        assert len(lines) == 6
        reasons = (
            "damaged|cut off",
            "password",
            "script",
            "not a PDF",
            "No such file",
            "directory",
        )
        for path, line, reason in zip([*paths, letter.parent], lines, reasons, strict=True):
            assert line.startswith(f"{path}: ")
            assert any(words in line for words in reason.split("|"))

    def test_draws_what_it_found_on_the_page(self, letter: Path) -> None:
        image = letter.with_name("shown.png")

        answer = run(letter, "--json", "--show", image)

        assert answer.exit_code == 0
        assert f"{image}: page 1 of {letter}" in answer.stderr
        [read] = json.loads(answer.stdout)
        [sure, *_] = [each for each in read["findings"] if each["sure"] and each["box"]]
        assert colours_around(image.read_bytes(), sure["box"]) & {SURE}


class TestPrintReading:
    def test_keeps_a_letter_from_commanding_the_terminal(self) -> None:
        named = Reading(iban="\x1b[2J\x9b1m\u202e[red]")
        console = Console(record=True, width=100, force_terminal=True, file=StringIO())
        print_reading(console, ReadFile(Path("a.pdf"), named))
        shown = console.export_text()
        assert "\ufffd[2J\ufffd1m\ufffd[red]" in shown

    def test_says_please_check_where_sources_contradict(self) -> None:
        reading = Reading(findings=(a_finding("iban"),), check=("iban", "due_on"))
        console = Console(record=True, width=100, file=StringIO())
        print_reading(console, ReadFile(Path("a.pdf"), reading))
        shown = console.export_text()
        assert "please check" in shown
        assert "Please check: iban, dueDate." in shown


class TestRowsOf:
    def test_names_what_has_no_finding_of_its_own_as_well(self) -> None:
        rows = list(rows_of(Reading(language="nl", findings=(a_finding("iban"),))))
        assert [row.field for row in rows] == ["kind", "iban", "language"]


class TestMark:
    @pytest.mark.parametrize(("sure", "colour"), [(True, SURE), (False, UNSURE)])
    def test_draws_a_box_where_it_was_found(self, sure: bool, colour: tuple[int, int, int]) -> None:
        box = (100.0, 200.0, 180.0, 212.0)
        marked = mark(a_blank_page(), [Mark(box, "outstanding=1.00", sure)])
        assert colours_around(marked, box) & {SURE, UNSURE} == {colour}

    def test_draws_boxes_that_run_off_the_page(self) -> None:
        marks = [Mark((-50.0, -50.0, 9e12, 9e12), "x", sure=False)] * 200
        width, height = Image.open(BytesIO(mark(a_blank_page(), marks))).size
        assert 910 < width < 1000
        assert 1287 < height < 4000

    def test_hides_nothing_of_the_page(self) -> None:
        marked = mark(a_blank_page(), [Mark((100.0, 200.0, 180.0, 212.0), "iban=NL", sure=True)])
        on_page = Image.open(BytesIO(marked)).crop((0, 0, 910, 290)).getcolors()
        assert on_page == [(910 * 290, (255, 255, 255))]


class TestMarksOn:
    def test_puts_what_was_read_in_one_place_together(self) -> None:
        found = (a_finding("outstanding"), a_finding("payable_now", sure=False))
        [one] = marks_on(Reading(findings=found), 1)
        assert (one.label, one.sure) == ("outstanding=payableNow=1.00", False)


class TestNumbered:
    def test_keeps_the_first_name_for_the_first_image(self) -> None:
        paths = numbered(Path("a/b.png"))
        assert [next(paths).name for _ in range(3)] == ["b.png", "b-2.png", "b-3.png"]


def a_finding(field: str, *, sure: bool = True) -> Finding:
    return Finding(field, "1.00", Source.TEXT, 1, (1.0, 2.0, 3.0, 4.0), "1,00", sure, 0.9)


def a_blank_page() -> bytes:
    written = BytesIO()
    Image.new("RGB", (910, 1287), "white").save(written, "PNG")
    return written.getvalue()


def colours_around(png: bytes, box: Box) -> set[Any]:
    """Return the colours on the edge of a box, looked for a few pixels around it."""
    image = Image.open(BytesIO(png)).convert("RGB")
    left, top, right, bottom = (int(edge * DPI / 72) for edge in box)
    around = image.crop((left - 6, top - 6, right + 6, bottom + 6))
    return {colour for _, colour in around.getcolors(10**6) or ()}
