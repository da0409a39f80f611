"""Copies that say who took them: on every page, readable, and otherwise the same."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader as Pypdf
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, RectangleObject

from connectors.pdf import PdfPool
from letterbox.shared.ports import Unreadable
from tests.connectors.scans import typeset
from tests.pdf_files import a_pdf

MEGABYTE = 1024**2
MARK = "Kopie voor S. Okafor (Schuldhulp Zuid), 22-11-2026 10:33"


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(largest=20 * MEGABYTE, most_pages=100, processes=1) as opened:
        yield opened


def text_of(pdf: bytes, page: int = 0) -> str:
    return " ".join(Pypdf(BytesIO(pdf)).pages[page].extract_text().split())


def changed(pdf: bytes, turned: int) -> bytes:
    writer = PdfWriter(clone_from=Pypdf(BytesIO(pdf)))
    writer.pages[0].cropbox = RectangleObject((100, 150, 500, 800))
    writer.pages[0].rotate(turned)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


class TestAMark:
    def test_stands_on_every_page_beside_what_is_there(self, pool: PdfPool) -> None:
        marked = pool.marked(a_pdf("Eerste blad", "Tweede blad"), mark=MARK)

        assert MARK in text_of(marked, 0)
        assert MARK in text_of(marked, 1)
        assert "Eerste blad" in text_of(marked, 0)
        assert pool.inspect(marked).pages == 2

    def test_is_not_in_the_letter_itself(self, pool: PdfPool) -> None:
        letter = a_pdf("Eerste blad")

        pool.marked(letter, mark=MARK)

        assert MARK not in text_of(letter)

    @pytest.mark.parametrize("turned", [0, 90, 180, 270])
    def test_runs_up_the_left_edge_as_the_page_is_shown(self, pool: PdfPool, turned: int) -> None:
        letter = changed(a_pdf("Brief"), turned)

        (page,) = pool.paper(pool.marked(letter, mark=MARK)).pages

        marks = [word.box for word in page.words if word.text in MARK.split()]
        assert len(marks) == len(MARK.split())
        assert all(left < 14 for left, *_ in marks)
        assert max(bottom for *_, bottom in marks) > page.height - 14
        # Upwards: the first word stands lowest.
        assert marks[0][1] > marks[-1][1]

    @pytest.mark.parametrize(
        ("name", "written"),
        [
            ("Zoë Peña", "Zoë Peña"),
            ("Ömer Şahin", "Ömer Sahin"),
            ("(x) Tj \\ ET", "(x) Tj \\ ET"),
            ("王 Li", "Li"),
        ],
    )
    def test_names_whoever_it_is(self, pool: PdfPool, name: str, written: str) -> None:
        assert written in text_of(pool.marked(a_pdf("Brief"), mark=f"Kopie voor {name}."))

    def test_stands_on_a_typeset_letter_that_keeps_its_fonts(self, pool: PdfPool) -> None:
        said = text_of(pool.marked(typeset("Café Zoë: te betalen € 1.234,56"), mark=MARK))

        assert "Café Zoë: te betalen € 1.234,56" in said
        assert MARK in said

    def test_stands_on_a_page_without_anything(self, pool: PdfPool) -> None:
        writer = PdfWriter()
        writer.add_blank_page(595, 842)
        file = BytesIO()
        writer.write(file)

        assert MARK in text_of(pool.marked(file.getvalue(), mark=MARK))

    def test_stays_upright_where_a_page_leaves_its_own_scale_behind(self, pool: PdfPool) -> None:
        writer = PdfWriter(clone_from=Pypdf(BytesIO(a_pdf("Brief"))))
        odd = DecodedStreamObject()
        odd.set_data(b"9 0 0 9 500 500 cm 1 1 1 rg\n")
        page = writer.pages[0]
        drawn = ArrayObject([page.raw_get("/Contents"), writer._add_object(odd)])
        page[NameObject("/Contents")] = drawn
        file = BytesIO()
        writer.write(file)

        (shown,) = pool.paper(pool.marked(file.getvalue(), mark=MARK)).pages

        assert MARK.split()[0] in [word.text for word in shown.words]

    def test_is_put_on_a_letter_that_opens_without_a_password(self, pool: PdfPool) -> None:
        writer = PdfWriter(clone_from=Pypdf(BytesIO(a_pdf("Brief"))))
        writer.encrypt("", "eigenaar", algorithm="AES-256")
        file = BytesIO()
        writer.write(file)

        assert MARK in text_of(pool.marked(file.getvalue(), mark=MARK))

    def test_on_a_broken_file_is_refused(self, pool: PdfPool) -> None:
        with pytest.raises(Unreadable):
            pool.marked(b"%PDF-1.7 niets", mark=MARK)
