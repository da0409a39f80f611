"""Photos of a letter on paper: what becomes of them, and what a photo may not do."""

import warnings
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain

import pypdfium2 as pdfium
import pytest
from PIL import Image

from connectors.pdf import PdfPool
from connectors.pdf_photos import MOST_PIXELS
from letterbox.shared.ports import PhotoRefused
from tests.connectors.photos import a_photo
from tests.connectors.scans import need_tesseract, photographed, typeset

MEGABYTE = 1024**2
A4 = (595.3, 841.8)
TURNED_RIGHT = 6
"""How a telephone that was held upright marks its photo (EXIF 2.3, tag 0x0112)."""


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(largest=20 * MEGABYTE, most_pages=100, processes=1) as opened:
        yield opened


def marked_by_a_telephone() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = TURNED_RIGHT, "Zaktelefoon"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 1.0), 29: "2026:03:01"})
    return exif


def pages_of(pdf: bytes) -> list[Image.Image]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.render(scale=1).to_pil().convert("RGB").copy() for page in document]


def refusal(pool: PdfPool, *photos: bytes) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as refused:
        pool.pdf_of_photos(photos)
    return refused.value


def is_red(picture: Image.Image, x: float, y: float) -> bool:
    pixel = picture.getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(pixel, tuple)
    return pixel[0] > 200 and pixel[1] < 60


def a_bomb(width: int, height: int) -> bytes:
    """Return a PNG that is small as a file and huge as a picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return len(content).to_bytes(4) + checked + zlib.crc32(checked).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes((1, 0, 0, 0, 0))
    rows = zlib.compress(bytes(min(height * (width // 8 + 1), 50 * MEGABYTE)), 9)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


class TestPhotos:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_become_pages_of_a4_that_the_gate_lets_in(self, pool: PdfPool, kind: str) -> None:
        pdf = pool.pdf_of_photos([a_photo(kind=kind), a_photo((400, 300), kind=kind)])

        assert pool.inspect(pdf).pages == 2
        with pdfium.PdfDocument(pdf) as document:
            sizes = [page.get_size() for page in document]
        assert sizes == [pytest.approx(A4, abs=1), pytest.approx(A4[::-1], abs=1)]

    def test_lie_as_the_telephone_was_held(self, pool: PdfPool) -> None:
        lying = a_photo((400, 300), exif=marked_by_a_telephone())

        (page,) = pages_of(pool.pdf_of_photos([lying]))

        assert page.height > page.width
        assert is_red(page, 0.75, 0.25)
        assert not is_red(page, 0.25, 0.25)

    def test_leave_behind_where_and_by_what_they_were_taken(self, pool: PdfPool) -> None:
        photo = a_photo(exif=marked_by_a_telephone(), comment=b"in de keuken")
        assert b"Zaktelefoon" in photo

        pdf = pool.pdf_of_photos([photo])

        assert [w for w in (b"Exif", b"Zaktelefoon", b"2026", b"keuken") if w in pdf] == []

    def test_give_the_same_file_each_time(self, pool: PdfPool) -> None:
        photos = [a_photo(), a_photo(kind="PNG")]

        assert pool.pdf_of_photos(photos) == pool.pdf_of_photos(photos)
        assert pool.pdf_of_photos(photos) != pool.pdf_of_photos(photos[::-1])

    @pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16"])
    def test_may_be_of_any_colours(self, pool: PdfPool, mode: str) -> None:
        assert pages_of(pool.pdf_of_photos([a_photo(kind="PNG", mode=mode)]))

    def test_through_which_one_sees_lie_on_white(self, pool: PdfPool) -> None:
        file = BytesIO()
        Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(file, "PNG")

        (page,) = pages_of(pool.pdf_of_photos([file.getvalue()]))

        assert page.getpixel((300, 400)) == (255, 255, 255)

    def test_fit_in_a_letter_however_many_there_are(self, pool: PdfPool) -> None:
        noise = Image.merge("RGB", [Image.effect_noise((3000, 4000), 80)] * 3)
        file = BytesIO()
        noise.save(file, "JPEG", quality=95)
        assert len(file.getvalue()) > 3 * MEGABYTE

        pdf = pool.pdf_of_photos([file.getvalue()])

        assert 20 * len(pdf) < 20 * MEGABYTE

    def test_can_be_read(self, pool: PdfPool) -> None:
        need_tesseract()
        letter = typeset('#set text(size: 14pt, lang: "nl")\n' + "Te betalen voor maart. " * 40)
        file = BytesIO()
        photographed(letter, tilt=2).save(file, "JPEG", quality=80)

        paper = pool.paper(pool.pdf_of_photos([file.getvalue()]))

        assert paper.pages[0].by_ocr
        assert " ".join(word.text for word in paper.pages[0].words).count("betalen") > 30


class TestAPhoto:
    @pytest.mark.parametrize(
        ("code", "photo"),
        [
            ("not-a-photo", b""),
            ("not-a-photo", b"%PDF-1.7"),
            ("not-a-photo", b"\x00\x00\x00\x18ftypheic" + bytes(100)),
            ("not-a-photo", a_photo(kind="GIF")),
            ("not-a-photo", a_photo(kind="TIFF")),
            ("not-a-photo", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("broken", a_photo()[:-300]),
            ("broken", a_photo(kind="PNG")[:200]),
            ("broken", a_photo(kind="WEBP")[:-100]),
            ("too-large", a_bomb(10_000, 10_000)),
            ("too-large", a_bomb(200_000, 200_000)),
        ],
        ids=str,
    )
    def test_is_refused_by_its_number(self, pool: PdfPool, code: str, photo: bytes) -> None:
        refused = refusal(pool, a_photo(), photo)

        assert (refused.code, refused.photo) == (code, 2)
        assert refused.detail

    def test_as_large_as_the_best_camera_makes_is_taken(self, pool: PdfPool) -> None:
        side = int((MOST_PIXELS * 0.75) ** 0.5)

        assert pool.pdf_of_photos([a_photo((side, side), quality=20)])

    def test_too_many_are_refused(self, pool: PdfPool) -> None:
        assert refusal(pool, *[a_photo()] * 21).code == "too-many"

    def test_spoiled_anywhere_is_refused_or_shown(self, pool: PdfPool) -> None:
        whole = [a_photo((60, 80), kind=kind) for kind in ("JPEG", "PNG", "WEBP")]
        spoiled = chain.from_iterable(_spoiled(each) for each in whole)

        answers = [_answer(pool.pdf_of_photos, photo) for photo in spoiled]

        assert len(answers) > 60
        assert {*answers} <= {"shown", "not-a-photo", "broken", "too-large", "took-too-long"}
        assert {"broken", "shown"} <= {*answers}


def _spoiled(photo: bytes) -> Iterator[bytes]:
    for at in range(0, len(photo), max(len(photo) // 30, 1)):
        yield photo[:at] + bytes((photo[at] ^ 0xFF,)) + photo[at + 1 :]


def _answer(made: Callable[[list[bytes]], bytes], photo: bytes) -> str:
    with warnings.catch_warnings():
        try:
            made([photo])
        except PhotoRefused as refused:
            return refused.code
    return "shown"
