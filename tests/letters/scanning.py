"""PDFs pass through here and come back as pictures of themselves: a scan, without any text."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def scan(pdf: bytes, grain: int) -> bytes:
    """Return a PDF of grey pictures, a little askew, with noise. The same grain, the same bytes."""
    chance = np.random.default_rng(grain)
    dpi = int(chance.integers(150, 201))
    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    for picture in _pictures(pdf, dpi):
        worn = _wear(picture, chance)
        width, height = worn.width * 72 / dpi, worn.height * 72 / dpi
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(_as_jpeg(worn)), 0, 0, width=width, height=height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _pictures(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def _wear(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    angle = float(chance.uniform(-3, 3))
    turned = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=250)
    blurred = turned.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.2, 0.7))))
    grey = np.asarray(blurred, dtype=np.float32)
    noise = chance.normal(0, float(chance.uniform(2, 8)), grey.shape)
    return Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))


def _as_jpeg(picture: Image.Image) -> BytesIO:
    file = BytesIO()
    picture.save(file, "JPEG", quality=70)
    file.seek(0)
    return file
