from datetime import date
from pathlib import Path

from letterbox.shared.paper import Paper
from letterbox.shared.ports import PdfFacts, Unreadable
from runtime.shoebox import overview_of_folder
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


class TypedReader:
    """Takes a text for a PDF: what is in the file is what is on the page."""

    def inspect(self, pdf: bytes) -> PdfFacts:
        return PdfFacts(pages=1)

    def paper(self, pdf: bytes) -> Paper:
        if not pdf:
            raise Unreadable("There is no text in it.")
        return Paper((a_page(pdf.decode()),))

    def picture(self, pdf: bytes, *, page: int, dpi: int) -> bytes:
        raise Unreadable("this reader draws nothing")


class TestOverviewOfFolder:
    def test_makes_one_debt_of_two_letters(self, tmp_path: Path) -> None:
        (tmp_path / "1.pdf").write_text(INVOICE)
        (tmp_path / "2.pdf").write_text(REMINDER)
        (tmp_path / "3.pdf").write_text("")
        (tmp_path / "letters.csv").write_text(
            "file,received_on,sender\n1.pdf,2026-03-02,Rivierbank\n2.pdf,2026-04-11,Rivierbank\n"
        )

        answer = overview_of_folder(tmp_path, TypedReader(), date(2026, 4, 12))

        [debt] = answer["debts"]
        assert debt["letters"] == ["1.pdf", "2.pdf"]
        assert answer["totals"] == {"outstanding": "100.00"}
        invoice, reminder, scan = answer["letters"]
        assert (invoice["kind"], reminder["kind"]) == ("invoice", "reminder")
        assert invoice["dueDate"] == "2026-03-31"
        assert invoice["debt"] == reminder["debt"] == debt["id"]
        assert "outstanding" in scan["check"]
        assert scan["outstanding"] is None

    def test_does_without_a_list(self, tmp_path: Path) -> None:
        (tmp_path / "1.pdf").write_text(INVOICE)
        [letter] = overview_of_folder(tmp_path, TypedReader(), date(2026, 3, 2))["letters"]
        assert letter["letterDate"] == "2026-03-01"
