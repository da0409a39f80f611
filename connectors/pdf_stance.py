"""How a scan lies: which side is up, and by how much it is askew. And it is set upright.

Lines of print make a page dark and light in turns from top to bottom, most clearly so when
they are level. No numpy here: its threads reserve more memory than a worker may have.
"""

from itertools import pairwise
from typing import NamedTuple

from PIL import Image

from connectors.tesseract import side_up

STANCE_DPI = 150
"""At which the stance is judged, so that whoever reads a scan and whoever shows it agree."""

_FARTHEST, _COARSE, _FINE = 6.0, 0.5, 0.1
"""Degrees. What lies farther askew than that is a photo of a table top."""
_SIDE = 900
"""Pixels of the longer side that the angle is judged from: lines of print are still apart."""
_INK = 0.75
"""Darker than this part of the paper around it is ink."""


class Stance(NamedTuple):
    """What has to be done to a picture: quarter turns first, in degrees, and then a little more.

    Both counterclockwise.
    """

    turn: int
    tilt: float


def level_of(picture: Image.Image) -> Stance:
    """Return how to set a page level that does not lie on its side or its head."""
    ink = _ink(picture)
    about = _tilt(ink, _COARSE, 0.0, _FARTHEST)
    return Stance(0, round(_tilt(ink, _FINE, about, _COARSE), 1))


def stance_of(picture: Image.Image, program: str) -> Stance:
    """Return how to set a page upright.

    :param picture: of a scanned page, in grey
    :param program: Tesseract; without it no page is turned
    """
    turn = side_up(picture, STANCE_DPI, program)
    return level_of(picture.rotate(turn, expand=True))._replace(turn=turn)


def upright(picture: Image.Image, stance: Stance) -> Image.Image:
    """Return the picture turned and straightened; what falls off the corners is lost."""
    if stance.turn:
        picture = picture.rotate(stance.turn, expand=True)
    if stance.tilt:
        white = 255 if picture.mode == "L" else (255, 255, 255)
        picture = picture.rotate(stance.tilt, Image.Resampling.BICUBIC, fillcolor=white)
    return picture


def _ink(picture: Image.Image) -> Image.Image:
    """Return the page in small, with what is printed black and the paper white."""
    small = picture.copy()
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX, reducing_gap=None)
    paper = sorted(small.resize((16, 16), Image.Resampling.BOX).tobytes())[128]
    return small.point([0 if grey < _INK * paper else 255 for grey in range(256)])


def _tilt(ink: Image.Image, step: float, around: float, reach: float) -> float:
    """Return the angle within reach at which the rows of the picture differ most."""
    count = round(reach / step)
    angles = (around + step * index for index in range(-count, count + 1))
    # Of equals the smallest: an empty page lies straight.
    return max(angles, key=lambda angle: (_contrast(ink.rotate(angle, fillcolor=255)), -abs(angle)))


def _contrast(ink: Image.Image) -> int:
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    return sum((below - above) ** 2 for above, below in pairwise(rows))
