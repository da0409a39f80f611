"""What a PDF gives besides words: pictures of its pages, payment codes, and e-invoices in it."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from connectors.pdf import PdfPool
from letterbox.shared.paper import Box
from letterbox.shared.ports import Unreadable
from tests.connectors.scans import A4, drawn, need_tesseract, photographed, scanned, typeset
from tests.pdf_files import a_packed_stream, a_pdf, assembled, first_free

MEGABYTE = 1024 * 1024
PAYMENT = "BCD\n002\n1\nSCT\n\nStadswater NV\nNL49ABNA7719204485\nEUR2028.3\n\n\n8000123456789012\n"
SIDE, LEFT, BOTTOM = 90.0, 400.0, 100.0
"""Of the code on the page, in points."""
WHERE = (LEFT, A4[1] - BOTTOM - SIDE, LEFT + SIDE, A4[1] - BOTTOM)
INVOICE = b"<?xml version='1.0'?><Invoice/>"


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(largest=20 * MEGABYTE, most_pages=100, processes=1) as pool:
        yield pool


def as_an_image(canvas: Canvas) -> None:
    code = zxingcpp.create_barcode(PAYMENT, zxingcpp.BarcodeFormat.QRCode)
    image = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=4))
    canvas.drawString(72, 700, "Scan de code om te betalen")
    canvas.drawInlineImage(image, LEFT, BOTTOM, SIDE, SIDE)


def as_squares(canvas: Canvas) -> None:
    drawing = Drawing(SIDE, SIDE)
    drawing.add(QrCodeWidget(PAYMENT, barWidth=SIDE, barHeight=SIDE, barBorder=0))
    canvas.drawString(LEFT, BOTTOM - 30, "Scan de code")
    renderPDF.draw(drawing, canvas, LEFT, BOTTOM)


def as_a_group(canvas: Canvas) -> None:
    canvas.beginForm("code")
    as_squares(canvas)
    canvas.endForm()
    canvas.doForm("code")


def changed(pdf: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    change(writer)
    done = BytesIO()
    writer.write(done)
    return done.getvalue()


def size_of(png: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(png)) as picture:
        picture.load()
        return picture.size


class TestAPaymentCode:
    @pytest.mark.parametrize("draw", [as_an_image, as_squares, as_a_group])
    def test_is_found_where_it_stands(self, pool: PdfPool, draw: Callable[[Canvas], None]) -> None:
        paper = pool.paper(drawn(draw))

        assert [(code.text.strip(), code.page) for code in paper.codes] == [(PAYMENT.strip(), 1)]
        assert paper.codes[0].box == pytest.approx(WHERE, abs=12)
        assert not paper.pages[0].by_ocr

    def test_is_found_on_a_page_that_is_turned_and_cropped(self, pool: PdfPool) -> None:
        def turn(writer: PdfWriter) -> None:
            writer.pages[0].cropbox = RectangleObject((300, 50, 550, 300))
            writer.pages[0].rotate(180)

        (code,) = pool.paper(changed(drawn(as_squares), turn)).codes

        upside_down: Box = (550 - LEFT - SIDE, BOTTOM - 50, 550 - LEFT, BOTTOM + SIDE - 50)
        assert code.box == pytest.approx(upside_down, abs=12)

    def test_is_found_on_every_page(self, pool: PdfPool) -> None:
        assert [code.page for code in pool.paper(drawn(as_squares, pages=3)).codes] == [1, 2, 3]

    def test_is_found_on_a_scan(self, pool: PdfPool) -> None:
        need_tesseract()
        paper = pool.paper(scanned(photographed(drawn(as_squares))))

        assert [code.page for code in paper.codes] == [1]

    def test_is_not_looked_for_in_plain_text(self, pool: PdfPool) -> None:
        assert pool.paper(typeset("BCD 002 1 SCT #line(length: 5cm)")).codes == ()


class TestAFileInside:
    def test_comes_along_when_it_is_xml(self, pool: PdfPool) -> None:
        def attach(writer: PdfWriter) -> None:
            writer.add_attachment("factur-x.xml", INVOICE)
            writer.add_attachment("voorwaarden.txt", b"Lees dit.")

        (attachment,) = pool.paper(changed(a_pdf("Factuur"), attach)).attachments

        assert (attachment.name, attachment.content) == ("factur-x.xml", INVOICE)

    def test_comes_along_when_it_is_only_associated(self, pool: PdfPool) -> None:
        def attach(writer: PdfWriter) -> None:
            writer.add_attachment("factur-x.xml", INVOICE)
            names = writer.root_object["/Names"]
            assert isinstance(names, DictionaryObject)
            listed = names["/EmbeddedFiles"]["/Names"]  # type: ignore[index]
            writer.root_object[NameObject("/AF")] = ArrayObject([listed[1]])
            del writer.root_object["/Names"]

        assert len(pool.paper(changed(a_pdf("Factuur"), attach)).attachments) == 1

    @pytest.mark.parametrize("content", [b" " * (MEGABYTE + 1), b" " * 100 * MEGABYTE])
    def test_stays_behind_when_it_is_large(self, pool: PdfPool, content: bytes) -> None:
        file = b"<</F (factur-x.xml) /EF <</F %d 0 R>>>>" % first_free("Factuur")
        listed = b"/Names <</EmbeddedFiles <</Names [(a) %s]>>>>" % file
        pdf = a_pdf("Factuur", catalog=listed, more=[a_packed_stream(content)])

        assert len(pdf) < MEGABYTE
        paper = pool.paper(pdf)
        assert (paper.attachments, paper.pages[0].words[0].text) == ((), "Factuur")

    def test_is_one_of_three_at_the_most(self, pool: PdfPool) -> None:
        def attach(writer: PdfWriter) -> None:
            for number in range(5):
                writer.add_attachment(f"{number}.xml", b"<Invoice>%d</Invoice>" % number)

        assert len(pool.paper(changed(a_pdf("Factuur"), attach)).attachments) == 3


class TestAPicture:
    def test_has_as_many_dots_as_asked(self, pool: PdfPool) -> None:
        width, height = size_of(pool.picture(a_pdf("een", "twee"), page=2, dpi=100))

        assert (width, height) == pytest.approx((595 * 100 / 72, 842 * 100 / 72), abs=1)

    def test_shows_what_stands_there(self, pool: PdfPool) -> None:
        png = pool.picture(drawn(as_squares), page=1, dpi=150)

        with Image.open(BytesIO(png)) as picture:
            assert len(zxingcpp.read_barcodes(picture.convert("L"))) == 1

    @pytest.mark.parametrize("size", [(595, 842), (14400, 14400)])
    def test_is_coarser_when_it_would_be_huge(
        self, pool: PdfPool, size: tuple[float, float]
    ) -> None:
        page = b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 %d %d]>>" % size
        objects = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 1 /Kids [3 0 R]>>"]
        pdf = assembled([*objects, page, a_packed_stream(b"0 0 100 100 re f")])

        width, height = size_of(pool.picture(pdf, page=1, dpi=2400))

        assert 30_000_000 < width * height < 40_100_000

    @pytest.mark.parametrize("number", [-1, 0, 3])
    def test_of_a_page_that_is_not_there_is_refused(self, pool: PdfPool, number: int) -> None:
        with pytest.raises(Unreadable, match="no such page"):
            pool.picture(a_pdf("een", "twee"), page=number, dpi=100)

    def test_of_a_broken_file_is_refused(self, pool: PdfPool) -> None:
        with pytest.raises(Unreadable):
            pool.picture(b"%PDF-1.7 niets", page=1, dpi=100)

    def test_of_a_scan_lies_as_it_was_read(self, pool: PdfPool) -> None:
        need_tesseract()
        letter = typeset('#set text(size: 16pt, lang: "nl")\n' + "Te betalen voor maart. " * 60)
        pdf = scanned(photographed(letter, turn=90))

        width, height = size_of(pool.picture(pdf, page=1, dpi=50))

        assert width < height


class TestAPreview:
    @pytest.mark.parametrize(
        ("paper", "size"),
        [((595, 842), (1000, 1415)), ((842, 595), (1415, 1000)), ((400, 14000), (114, 4000))],
        ids=["upright", "lying", "a till receipt"],
    )
    def test_is_as_large_as_a_screen_needs(
        self, pool: PdfPool, paper: tuple[int, int], size: tuple[int, int]
    ) -> None:
        writer = PdfWriter()
        writer.add_blank_page(*paper)
        pdf = BytesIO()
        writer.write(pdf)

        assert size_of(pool.preview(pdf.getvalue(), page=1)) == pytest.approx(size, abs=1)

    def test_is_a_small_webp(self, pool: PdfPool) -> None:
        full = typeset('#set text(size: 10pt, lang: "nl")\n' + "Te betalen voor 1 maart. " * 120)

        webp = pool.preview(full, page=1)

        with Image.open(BytesIO(webp)) as picture:
            assert picture.format == "WEBP"
        assert 20_000 < len(webp) < 110_000

    def test_shows_what_stands_there(self, pool: PdfPool) -> None:
        webp = pool.preview(drawn(as_squares), page=1)

        with Image.open(BytesIO(webp)) as picture:
            assert len(zxingcpp.read_barcodes(picture.convert("L"))) == 1

    def test_of_a_scan_lies_as_it_was_read(self, pool: PdfPool) -> None:
        need_tesseract()
        letter = typeset('#set text(size: 16pt, lang: "nl")\n' + "Te betalen voor maart. " * 60)

        width, height = size_of(pool.preview(scanned(photographed(letter, turn=90)), page=1))

        assert width < height

    @pytest.mark.parametrize(("pdf", "page"), [(a_pdf("een"), 2), (b"%PDF-1.7 niets", 1)])
    def test_of_what_is_not_there_is_refused(self, pool: PdfPool, pdf: bytes, page: int) -> None:
        with pytest.raises(Unreadable):
            pool.preview(pdf, page=page)
