"""What every PDF reader promises, the fake one included, and what only the real one can."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import pairwise

import pytest
import typst
from pypdf import PdfReader as Opened
from pypdf import PdfWriter
from pypdf.generic import RectangleObject

from connectors.pdf import PdfPool
from letterbox.shared.errors import Unavailable
from letterbox.shared.paper import Page
from letterbox.shared.ports import PdfReader, PdfRefused, PhotoRefused, Unreadable
from tests.connectors.photos import a_photo
from tests.fake_pdf_reader import FakePdfReader
from tests.pdf_files import a_packed_stream, a_pdf, a_stream, assembled, first_free, updated

MEGABYTE = 1024 * 1024
LARGEST = 2 * MEGABYTE
LETTER = "Stadswater NV\nTe betalen: EUR 123,45 voor 1 maart 2026"
PHOTO = a_photo()
SCRIPT = b"<</S /JavaScript /JS (app.alert(1))>>"


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(largest=LARGEST, most_pages=100) as pool:
        yield pool


@pytest.fixture(params=["real", "fake"])
def reader(request: pytest.FixtureRequest, pool: PdfPool) -> PdfReader:
    return pool if request.param == "real" else FakePdfReader(largest=LARGEST)


def refusal(reader: PdfReader, pdf: bytes) -> PdfRefused:
    with pytest.raises(PdfRefused) as caught:
        reader.inspect(pdf)
    assert caught.value.detail.endswith(".")
    return caught.value


def written(change: Callable[[PdfWriter], object], pdf: bytes = b"") -> bytes:
    """Return a PDF after a change that pypdf knows how to make."""
    writer = PdfWriter(clone_from=Opened(BytesIO(pdf or a_pdf(LETTER))))
    change(writer)
    changed = BytesIO()
    writer.write(changed)
    return changed.getvalue()


def a_pdf_of(content: bytes) -> bytes:
    """Return a page that draws this."""
    return assembled(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842]>>",
            b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>",
            a_packed_stream(content),
            b"<</Type /Font /Subtype /Type1 /BaseFont /Courier>>",
        ]
    )


def typeset(text: str) -> bytes:
    pdf = typst.compile(text.encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


class TestEveryReader:
    def test_counts_pages(self, reader: PdfReader) -> None:
        assert reader.inspect(a_pdf(LETTER, "2")).pages == 2

    def test_gives_words_in_order_page_by_page(self, reader: PdfReader) -> None:
        first, second = reader.paper(a_pdf(LETTER, "Pagina twee")).pages

        assert [word.text for word in first.words] == LETTER.split()
        assert [word.text for word in second.words] == ["Pagina", "twee"]
        assert (first.number, second.number) == (1, 2)

    def test_says_where_the_words_stand(self, reader: PdfReader) -> None:
        (page,) = reader.paper(a_pdf(LETTER)).pages

        assert (page.width, page.height) == (595, 842)
        amount = page.words[5]
        assert amount.text == "123,45"
        left, top, right, bottom = amount.box
        assert (left, right) == pytest.approx((72 + 16 * 6, 72 + 22 * 6), abs=1)
        assert top < 842 - 756 < bottom
        assert bottom - top < 14

    def test_cannot_read_what_has_no_text(self, reader: PdfReader) -> None:
        with pytest.raises(Unreadable, match="needs OCR"):
            reader.paper(a_pdf(""))

    @pytest.mark.parametrize(
        ("code", "pdf"),
        [
            ("not-a-pdf", b""),
            ("not-a-pdf", b"GIF89a %PDF-1.7"),
            ("broken", a_pdf(LETTER)[:-200]),
            ("no-pages", a_pdf()),
            ("too-many-pages", a_pdf(*["x"] * 101)),
            ("too-large", a_pdf(LETTER, more=[a_stream(bytes(LARGEST))])),
            ("active-content", a_pdf(LETTER, catalog=b"/OpenAction " + SCRIPT)),
        ],
    )
    def test_refuses(self, reader: PdfReader, code: str, pdf: bytes) -> None:
        assert refusal(reader, pdf).code == code

    def test_makes_a_letter_of_photos(self, reader: PdfReader) -> None:
        assert reader.inspect(reader.pdf_of_photos([PHOTO, PHOTO])).pages == 2

    @pytest.mark.parametrize(
        ("code", "which", "photos"),
        [("not-a-photo", 2, [PHOTO, b"GIF89a"]), ("too-many", None, [PHOTO] * 21)],
    )
    def test_refuses_photos(
        self, reader: PdfReader, code: str, which: int | None, photos: list[bytes]
    ) -> None:
        with pytest.raises(PhotoRefused) as refused:
            reader.pdf_of_photos(photos)

        assert (refused.value.code, refused.value.photo) == (code, which)

    def test_marks_a_copy(self, reader: PdfReader) -> None:
        marked = reader.marked(a_pdf(LETTER), mark="Kopie voor S. Okafor")

        assert marked != a_pdf(LETTER)
        assert reader.inspect(marked).pages == 1

    def test_marks_nothing_that_is_broken(self, reader: PdfReader) -> None:
        with pytest.raises(Unreadable):
            reader.marked(b"%PDF-1.7 niets", mark="Kopie")

    def test_takes_in_a_hundred_pages(self, reader: PdfReader) -> None:
        assert reader.inspect(a_pdf(*["x"] * 100)).pages == 100


class TestTheGate:
    def test_lets_in_a_letter_with_objects_in_a_stream(self, pool: PdfPool) -> None:
        assert pool.inspect(a_pdf(LETTER, compressed=True)).pages == 1

    def test_lets_in_white_space_before_the_beginning(self, pool: PdfPool) -> None:
        assert pool.inspect(b"\xef\xbb\xbf\r\n" + a_pdf(LETTER)).pages == 1

    def test_refuses_a_file_that_begins_as_something_else(self, pool: PdfPool) -> None:
        assert refusal(pool, b"<html>" + a_pdf(LETTER)).code == "not-a-pdf"

    def test_refuses_a_page_tree_that_grows_into_itself(self, pool: PdfPool) -> None:
        pdf = assembled([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R]>>"])

        assert refusal(pool, pdf).code == "broken"

    def test_counts_pages_itself(self, pool: PdfPool) -> None:
        pdf = a_pdf(*["x"] * 101).replace(b"/Count 101", b"/Count 1  ")

        refused = refusal(pool, pdf)

        assert (refused.code, refused.page) == ("too-many-pages", 101)

    def test_refuses_a_number_of_pages_that_depends_on_who_looks(self, pool: PdfPool) -> None:
        pdf = a_pdf("een", "twee").replace(b"/Count 2", b"/Count 1")

        assert refusal(pool, pdf).code == "broken"

    def test_stops_counting_pages_that_multiply(self, pool: PdfPool) -> None:
        branches = [
            b"<</Type /Pages /Kids [%s]>>" % (b"%d 0 R " % (number + 1) * 10)
            for number in range(2, 12)
        ]
        pdf = assembled([b"<</Type /Catalog /Pages 2 0 R>>", *branches, b"<</Type /Page>>"])

        assert refusal(pool, pdf).code in {"broken", "too-many-pages"}

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
    def test_refuses_what_needs_a_password(self, pool: PdfPool, algorithm: str) -> None:
        pdf = written(lambda writer: writer.encrypt("geheim", algorithm=algorithm))

        assert refusal(pool, pdf).code == "encrypted"

    def test_refuses_what_only_a_certificate_opens(self, pool: PdfPool) -> None:
        pdf = a_pdf(LETTER).replace(b"/Root", b"/Encrypt <</Filter /Adobe.PubSec /V 4>> /Root")

        assert refusal(pool, pdf).code == "encrypted"

    def test_lets_in_what_opens_without_a_password(self, pool: PdfPool) -> None:
        pdf = written(lambda writer: writer.encrypt("", "eigenaar", algorithm="AES-256"))

        assert pool.inspect(pdf).pages == 1
        assert pool.paper(pdf).pages[0].words[0].text == "Stadswater"


class TestActiveContent:
    @pytest.mark.parametrize("compressed", [False, True])
    @pytest.mark.parametrize(
        "action",
        [
            SCRIPT,
            b"<</S /Launch /F (calc.exe)>>",
            b"<</S /SubmitForm /F (https://example.org)>>",
            b"<</S /ImportData /F (c.fdf)>>",
            b"<</S /#4aava#53cript /#4a#53 (app.alert(1))>>",
            b"<</S /URI /URI (https://example.org) /Next <</S /Launch /F (calc)>> >>",
        ],
    )
    def test_is_refused(self, pool: PdfPool, action: bytes, compressed: bool) -> None:
        number = first_free(LETTER)
        catalog = b"/OpenAction %d 0 R" % number
        pdf = a_pdf(LETTER, catalog=catalog, more=[action], compressed=compressed)

        assert refusal(pool, pdf).code == "active-content"

    @pytest.mark.parametrize(
        "catalog",
        [
            b"/Names <</JavaScript <</Names [(a) %s]>> >>" % SCRIPT,
            b"/AcroForm <</XFA (<xdp/>)>>",
            b"/AA <</WC %s>>" % SCRIPT,
        ],
    )
    def test_is_refused_wherever_it_hangs(self, pool: PdfPool, catalog: bytes) -> None:
        assert refusal(pool, a_pdf(LETTER, catalog=catalog)).code == "active-content"

    def test_is_refused_with_the_page_it_is_on(self, pool: PdfPool) -> None:
        pages = ("een", "twee", "drie")
        number = first_free(*pages)
        link = b"<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /Launch /F (x)>> >>"
        pdf = a_pdf(*pages, more=[link]).replace(
            b"/Contents 7 0 R ", b"/Contents 7 0 R /Annots [%d 0 R] " % number
        )
        repaired = written(lambda writer: None, pdf)

        assert refusal(pool, repaired).page == 2

    def test_is_refused_in_a_later_version_of_the_same_file(self, pool: PdfPool) -> None:
        catalog = b"<</Type /Catalog /Pages 2 0 R /OpenAction %s>>" % SCRIPT

        assert refusal(pool, updated(a_pdf(LETTER), 1, catalog)).code == "active-content"

    def test_lets_in_an_opening_view(self, pool: PdfPool) -> None:
        pdf = a_pdf(LETTER, catalog=b"/OpenAction [4 0 R /Fit]")

        assert pool.inspect(pdf).pages == 1

    def test_lets_in_a_letter_that_merely_mentions_it(self, pool: PdfPool) -> None:
        assert pool.inspect(a_pdf("Over /JavaScript en /Launch in PDF")).pages == 1

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("factuur.exe", b"anything"),
            ("Factuur.PDF.Scr ", b"anything"),
            ("factuur.xml", b"MZ\x90\x00"),
            ("factuur.xml", b"\x7fELF\x02"),
            ("factuur", b"#!/bin/sh\n"),
        ],
    )
    def test_is_refused_as_an_attached_program(
        self, pool: PdfPool, name: str, content: bytes
    ) -> None:
        pdf = written(lambda writer: writer.add_attachment(name, content))

        assert refusal(pool, pdf).code == "active-content"

    def test_lets_in_an_attached_invoice(self, pool: PdfPool) -> None:
        pdf = written(lambda writer: writer.add_attachment("factur-x.xml", b"<Invoice/>"))

        assert pool.inspect(pdf).pages == 1


class TestWords:
    @pytest.mark.parametrize("turned", [0, 90, 180, 270])
    def test_stand_where_the_eye_sees_them(self, pool: PdfPool, turned: int) -> None:
        pdf = written(lambda writer: writer.pages[0].rotate(turned))

        (page,) = pool.paper(pdf).pages

        landscape = turned in (90, 270)
        assert (page.width, page.height) == ((842, 595) if landscape else (595, 842))
        x, y = _middle(page, "Stadswater")
        assert (x, y) == pytest.approx(
            {0: (102, 70), 90: (772, 102), 180: (493, 772), 270: (70, 493)}[turned], abs=4
        )

    def test_are_measured_from_the_corner_of_what_is_shown(self, pool: PdfPool) -> None:
        def crop(writer: PdfWriter) -> None:
            writer.pages[0].cropbox = RectangleObject((60, 100, 500, 800))

        (page,) = pool.paper(written(crop)).pages

        assert (page.width, page.height) == (440, 700)
        assert _middle(page, "Stadswater") == pytest.approx((42, 28), abs=4)

    def test_cut_off_the_page_are_not_read(self, pool: PdfPool) -> None:
        def crop(writer: PdfWriter) -> None:
            writer.pages[0].cropbox = RectangleObject((0, 765, 595, 842))

        (page,) = pool.paper(written(crop)).pages

        assert [word.text for word in page.words] == ["Stadswater", "NV"]

    def test_of_a_typeset_letter_come_with_accents_and_signs(self, pool: PdfPool) -> None:
        (page,) = pool.paper(typeset("Café Zoë -- te betalen: € 1.234,56 (efficiënt)")).pages

        said = " ".join(word.text for word in page.words)
        assert said == "Café Zoë – te betalen: € 1.234,56 (efficiënt)"

    def test_side_by_side_do_not_overlap(self, pool: PdfPool) -> None:
        (page,) = pool.paper(typeset("Uw betalingskenmerk is 1234 5678 9012 3456.")).pages

        assert all(one.box[2] <= two.box[0] + 0.5 for one, two in pairwise(page.words))

    @pytest.mark.parametrize(("apart", "words"), [(4, ["TOTAAL"]), (30, list("TOTAAL"))])
    def test_are_one_while_their_letters_stand_together(
        self, pool: PdfPool, apart: int, words: list[str]
    ) -> None:
        (page,) = pool.paper(a_pdf_of(b"BT /F1 10 Tf %d Tc 50 700 Td (TOTAAL) Tj ET" % apart)).pages

        assert [word.text for word in page.words] == words

    def test_broken_over_two_lines_stay_on_theirs(self, pool: PdfPool) -> None:
        (page,) = pool.paper(
            typeset(
                '#set page(width: 120pt, margin: 10pt)\n#set text(lang: "nl", hyphenate: true)\n'
                "betalingsherinneringskosten incassokosten aansprakelijkheidsverzekering"
            )
        ).pages

        assert all(word.box[3] - word.box[1] < 20 for word in page.words)
        assert {word.text[-1] for word in page.words[:-1]} & {"-", "\N{HYPHEN}"}


def _middle(page: Page, text: str) -> tuple[float, float]:
    (box,) = (word.box for word in page.words if word.text == text)
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


class TestThePool:
    def test_serves_many_threads_at_once(self, pool: PdfPool) -> None:
        letters = [a_pdf(f"Brief {number}") for number in range(40)]

        with ThreadPoolExecutor(8) as threads:
            read = list(threads.map(pool.paper, letters))

        assert [paper.pages[0].words[1].text for paper in read] == [str(n) for n in range(40)]

    def test_bounds_a_bomb_at_the_gate(self, pool: PdfPool) -> None:
        bomb = a_packed_stream(bytes(60 * MEGABYTE), b"/Type /ObjStm /N 1 /First 5")
        pdf = a_pdf(LETTER, compressed=True, more=[bomb] * 20)
        started = time.monotonic()

        assert refusal(pool, pdf).code == "took-too-long"
        assert time.monotonic() - started < 10

    def test_bounds_a_bomb_in_reading(self) -> None:
        pdf = a_pdf_of(b"BT /F1 1 Tf " + b"(geld ) Tj " * (4 * MEGABYTE) + b"ET")
        with PdfPool(largest=LARGEST, most_pages=100, reading_seconds=2, processes=1) as pool:
            started = time.monotonic()

            with pytest.raises(Unreadable):
                pool.paper(pdf)

            assert time.monotonic() - started < 6
            assert pool.paper(a_pdf(LETTER))

    def test_says_unavailable_when_all_are_busy_for_too_long(self) -> None:
        bomb = a_packed_stream(bytes(60 * MEGABYTE), b"/Type /ObjStm /N 1 /First 5")
        pdf = a_pdf(LETTER, compressed=True, more=[bomb] * 20)
        with (
            PdfPool(largest=LARGEST, most_pages=9, processes=1, patience=0.0) as pool,
            ThreadPoolExecutor(1) as threads,
        ):
            busy = threads.submit(pool.inspect, pdf)
            while not busy.running():
                time.sleep(0.01)
            time.sleep(0.02)
            with pytest.raises(Unavailable):
                pool.inspect(a_pdf(LETTER))
            assert isinstance(busy.exception(), PdfRefused)

    def test_says_unavailable_once_closed(self) -> None:
        pool = PdfPool(largest=LARGEST, most_pages=100)
        pool.close()
        pool.close()

        with pytest.raises(Unavailable):
            pool.inspect(a_pdf(LETTER))
