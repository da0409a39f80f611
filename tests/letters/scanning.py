"""PDFs pass through here and come back as pictures of themselves: a scan, without any text."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_THRESHOLD = 128
_SPECK = 3  # a fax shows specks of one dot; a copier larger ones

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Wear:
    """What a machine and the years do to a page: from how much to how much.

    :ivar dpi: of the picture, from the first up to but without the last
    :ivar tilt: degrees to either side
    :ivar blur: radius in pixels
    :ivar noise: deviation, of 255 shades
    :ivar ink: how much darker than the paper print is, 1 for black on white
    :ivar dirt: share of the pixels that are specks
    :ivar quality: of the JPEG
    :ivar fax: only black and white is left
    """

    dpi: tuple[int, int] = (150, 201)
    tilt: float = 3.0
    blur: Range = (0.2, 0.7)
    noise: Range = (2.0, 8.0)
    ink: float = 1.0
    dirt: float = 0.0
    quality: int = 70
    fax: bool = False


FAIR = Wear()
WEARS = {
    "fair": FAIR,
    "noisy": Wear(noise=(15.0, 30.0), quality=40),
    "faint": Wear(ink=0.3, noise=(4.0, 8.0)),
    "coarse": Wear(dpi=(100, 131), quality=50),
    "blurred": Wear(blur=(1.0, 1.6)),
    "dirty": Wear(dirt=0.003, blur=(0.0, 0.3)),
    "fax": Wear(dpi=(196, 205), dirt=0.001, blur=(0.5, 1.0), noise=(20.0, 40.0), fax=True),
}
"""By name, from what an office scanner does to what a copy of a fax looks like."""


def scan(pdf: bytes, grain: int, wear: Wear = FAIR) -> bytes:
    """Return a PDF of grey pictures, a little askew, with noise. The same grain, the same bytes."""
    chance = np.random.default_rng(grain)
    dpi = int(chance.integers(*wear.dpi))
    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    for picture in _pictures(pdf, dpi):
        worn = _worn(picture, wear, chance)
        width, height = worn.width * 72 / dpi, worn.height * 72 / dpi
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(_as_jpeg(worn, wear.quality)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _pictures(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def _worn(picture: Image.Image, wear: Wear, chance: np.random.Generator) -> Image.Image:
    angle = float(chance.uniform(-wear.tilt, wear.tilt))
    turned = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=250)
    blurred = turned.filter(ImageFilter.GaussianBlur(float(chance.uniform(*wear.blur))))
    grey = 255 - wear.ink * (255 - np.asarray(blurred, dtype=np.float32))
    noisy = grey + chance.normal(0, float(chance.uniform(*wear.noise)), grey.shape)
    if wear.dirt:
        _soil(noisy, wear.dirt, chance)
    if wear.fax:
        noisy = np.where(noisy < _THRESHOLD, 0, 255)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def _soil(grey: np.ndarray, share: float, chance: np.random.Generator) -> None:
    """Put specks on a picture, half of them dark and half of them light, of up to three dots."""
    height, width = grey.shape
    for _ in range(int(share * height * width / _SPECK)):
        top, left = int(chance.integers(height)), int(chance.integers(width))
        tall, wide = (int(size) for size in chance.integers(1, _SPECK + 1, 2))
        grey[top : top + tall, left : left + wide] = 255 * chance.integers(2)


def _as_jpeg(picture: Image.Image, quality: int) -> BytesIO:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    file.seek(0)
    return file
