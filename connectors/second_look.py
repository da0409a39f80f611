"""Figures that were recognised in a picture are looked at once more, in other ways.

A network that takes a 5 for a 9 is often certain of it; another one, at another size, seldom
makes the same mistake. So whatever has figures in it is cut out, pasted on a sheet, one strip
under the other, and read by Tesseract's Dutch and by its English, each alone.
"""

import re
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from PIL import Image

from connectors.tesseract import DUTCH, ENGLISH, ONE_BLOCK, NoOcr, OcrFailed, Seen, words_in
from letterbox.shared.paper import Box

_DPI = 300
_BESIDE, _ABOVE, _GAP = 8, 3, 18
"""Around a run in pixels of the first look, without ink of the next line; then between strips."""
_TALLEST = 30_000
"""Of the sheet; Tesseract takes 32,767 pixels. What does not fit stays in doubt."""
_WIDE = 3
"""Heights of a line. Words that stand farther apart have nothing to do with each other."""
_SHARED = 0.3
"""Of the narrower one, where two words stand in the same place."""
_TRUSTED = 50.0
"""What Tesseract must think of a word each time, of 100."""
_MOST = 3 / 4
"""Of the figures of a page must be the same: specks make 7600 of 7000 in every eye."""
_EDGES = ".,:;()[]|\"'!?*"
_LETTER_OR_FIGURE = frozenset("OoQDIiLl|!JZzASsGbTBgq")
"""One network after the other takes NL03 for NLO3."""
_IN_PIECES = re.compile(r"\d[.,] \d{2,3}(?!\d)|\d[-/] \d|\d [-/.,]\d|\d \d[\d.]*[.,]\d{2}(?!\d)")
"""Two words that may be one amount or one day: `115, 64`, `01-09- 2026`, `1 580,21`."""
_NEAR = 0.6
"""Heights of a line: at most so far apart are its pieces."""
_DASHES = str.maketrans("‐–—−", "----")


class _Strip(NamedTuple):
    """A run of words on the sheet.

    :ivar words: which ones
    :ivar left: of what was cut out, in pixels of the first look
    :ivar top: where it begins on the sheet
    """

    words: range
    left: float
    top: int


class Looked(NamedTuple):
    """What was seen at first: a picture, upright, and the words in it.

    :ivar words: line by line, from left to right, with boxes in pixels
    :ivar dpi: at which it was read
    :ivar finer: how much finer the picture is than that
    """

    picture: Image.Image
    words: Sequence[Seen]
    dpi: int
    finer: int


def confirmed(first: Looked, program: str, seconds: float) -> frozenset[int]:
    """Return which words with figures say the same at every look: their places in `words`.

    None are when that fails: a page that was read once is better than none.
    """
    until = time.monotonic() + seconds
    asked = frozenset(at for at, word in enumerate(first.words) if _can_be_sure(word))
    agreed = asked - frozenset(_in_pieces(first.words))
    sheet, strips = _sheet(first)
    try:
        for language in (DUTCH, ENGLISH):
            left = until - time.monotonic()
            if not agreed or left <= 0:
                return frozenset()
            seen = words_in(
                sheet, dpi=_DPI, program=program, seconds=left, language=language, layout=ONE_BLOCK
            )
            agreed &= frozenset(_alike(first, strips, seen))
    except (NoOcr, OcrFailed):
        return frozenset()
    return agreed if len(agreed) >= _MOST * len(asked) else frozenset()


def _can_be_sure(word: Seen) -> bool:
    return _figured(word) and _LETTER_OR_FIGURE.isdisjoint(word.text)


def _in_pieces(words: Sequence[Seen]) -> Iterator[int]:
    for at, (word, after) in enumerate(pairwise(words)):
        near = after.box[0] - word.box[2] < _NEAR * (word.box[3] - word.box[1])
        if near and word.line == after.line and _IN_PIECES.search(f"{word.text} {after.text}"):
            yield from (at, at + 1)


def _sheet(first: Looked) -> tuple[Image.Image, list[_Strip]]:
    """Cut out all runs with figures and paste them under each other."""
    scale, pieces, strips, top = _DPI / first.dpi, [], list[_Strip](), _GAP
    for run in _runs(first.words):
        box = _around(first, run)
        width, height = round(scale * (box[2] - box[0])), round(scale * (box[3] - box[1]))
        if top + height > _TALLEST:
            break
        pieces.append(_cut(first, box).resize((width, height), Image.Resampling.LANCZOS))
        strips.append(_Strip(run, box[0], top))
        top += height + _GAP
    widest = max((piece.width for piece in pieces), default=0)
    sheet = Image.new("L", (widest + 2 * _GAP, top + _GAP), _paper(first.picture))
    for piece, strip in zip(pieces, strips, strict=True):
        sheet.paste(piece, (_GAP, strip.top))
    return sheet, strips


def _runs(words: Sequence[Seen]) -> Iterator[range]:
    """Yield words with figures, each with the words right beside it."""
    parted = [at for at in range(1, len(words)) if not _beside(words[at - 1], words[at])]
    for start, end in pairwise([0, *parted, len(words)]):
        if any(map(_figured, words[start:end])):
            yield range(start, end)


def _beside(word: Seen, after: Seen) -> bool:
    near = after.box[0] - word.box[2] < _WIDE * (word.box[3] - word.box[1])
    return word.line == after.line and near and (_figured(word) or _figured(after))


def _figured(word: Seen) -> bool:
    return any(map(str.isdigit, word.text))


def _around(first: Looked, run: range) -> Box:
    boxes = [first.words[at].box for at in run]
    width, height = (side / first.finer for side in first.picture.size)
    return (
        max(min(box[0] for box in boxes) - _BESIDE, 0),
        max(min(box[1] for box in boxes) - _ABOVE, 0),
        min(max(box[2] for box in boxes) + _BESIDE, width),
        min(max(box[3] for box in boxes) + _ABOVE, height),
    )


def _cut(first: Looked, box: Box) -> Image.Image:
    left, top, right, bottom = (round(first.finer * edge) for edge in box)
    return first.picture.crop((left, top, right, bottom))


def _paper(picture: Image.Image) -> int:
    """Return how light the paper is: an edge around a strip would be taken for a line."""
    return sorted(picture.resize((16, 16), Image.Resampling.BOX).tobytes())[128]


def _alike(first: Looked, strips: Sequence[_Strip], seen: Iterable[Seen]) -> Iterator[int]:
    """Yield the words that say the same on the sheet."""
    again: list[list[Seen]] = [[] for _ in strips]
    for word in sorted(seen, key=lambda word: word.box[0]):
        at = bisect_right(strips, (word.box[1] + word.box[3]) / 2, key=lambda strip: strip.top)
        again[max(at - 1, 0)].append(word)
    for strip, found in zip(strips, again, strict=True):
        words = {at: first.words[at] for at in strip.words}
        yield from _same(words, [_moved(word, strip, first.dpi) for word in found])


def _moved(word: Seen, strip: _Strip, dpi: int) -> Seen:
    """Return a word on the sheet where it stood in the picture, from left to right."""
    left, right = (strip.left + (edge - _GAP) * dpi / _DPI for edge in (word.box[0], word.box[2]))
    return word._replace(box=(left, 0, right, 0))


def _same(words: dict[int, Seen], again: Sequence[Seen]) -> Iterator[int]:
    """Yield those that say the same; none when there is a figure where none was."""
    for word in again:
        if _figured(word) and not any(_in_one_place(word, other) for other in words.values()):
            return
    for at, word in words.items():
        here = [word, *(other for other in again if _in_one_place(word, other))]
        said = "".join(other.text for other in here[1:])
        if _plain(said) == _plain(word.text) and min(each.trust for each in here) >= _TRUSTED:
            yield at


def _in_one_place(word: Seen, other: Seen) -> bool:
    shared = min(word.box[2], other.box[2]) - max(word.box[0], other.box[0])
    return shared > _SHARED * min(word.box[2] - word.box[0], other.box[2] - other.box[0])


def _plain(text: str) -> str:
    return text.translate(_DASHES).strip(_EDGES)
