"""A scanned page passes here: drawn, set upright, recognised, and it leaves as words.

The words stand on the page as it was read. A page that lay on its side or askew was set upright
first, and its size and boxes are those of the upright page: lines are found by heights, and
those of a page that is askew by two degrees run into each other. `pdf_pictures.draw` sets a scan
upright in the same way, so a box that is shown lies on its word.
"""

import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import partial
from itertools import groupby
from statistics import median

import pypdfium2 as pdfium

from connectors.pdf_pictures import picture_of
from connectors.pdf_stance import STANCE_DPI, level_of, stance_of, upright
from connectors.pdf_words import PrintedPage, Unread
from connectors.second_look import Looked, confirmed
from connectors.tesseract import NoOcr, OcrFailed, Seen, words_in
from letterbox.shared.paper import Box

_DPI = 200
"""Finer was slower and found less: print at 300 dpi is larger than Tesseract was trained on."""
_TIMES_FINER = 2
"""Drawn so much finer than it is read: straightening blurs less that way."""
_MOST_PIXELS = 36_000_000
_TRUSTED_WORD, _TRUSTED_FIGURE, _TRUSTED_MARK = 25.0, 10.0, 60.0
"""Below which it is taken for dirt. A figure that is in doubt is better doubted than missed."""
_FEW, _TRUSTED_PAGE = 10, 70.0
_SPARE = 1.0
"""Seconds that a second look leaves, so that it never costs what was read at first."""
_DIRT = "|_~`´'‘’‚°¦¬\\"
_SPECKS = frozenset("|_~`´¦¬\\")


def recognise(pdf: bytes, number: int, tesseract: str, seconds: float) -> PrintedPage | Unread:
    """Return a page with the words that stand in its picture, or why that failed.

    :param number: of the page, from 1
    :param tesseract: the program
    :param seconds: that it may take
    """
    try:
        return _recognised(pdf, number, tesseract, seconds)
    except NoOcr:
        return Unread(f"needs OCR: page {number} is a scan, and there is no Tesseract with Dutch")
    except OcrFailed:
        return Unread(f"recognising page {number} failed or takes too long")
    except MemoryError:
        return Unread("recognising it takes too much memory")
    except Exception:  # pdfium says no more than that it failed
        return Unread("it is damaged")


def _recognised(pdf: bytes, number: int, tesseract: str, seconds: float) -> PrintedPage:
    until = time.monotonic() + seconds - _SPARE
    with pdfium.PdfDocument(pdf) as document, closing(document[number - 1]) as page:
        small = picture_of(page, STANCE_DPI, most_pixels=_MOST_PIXELS)
        large = picture_of(page, _TIMES_FINER * _DPI, most_pixels=_MOST_PIXELS)
        width, height = page.get_size()
    read = partial(words_in, dpi=_DPI, program=tesseract, seconds=seconds)
    straight = upright(large, level_of(small))
    seen = read(straight.reduce(_TIMES_FINER))
    # Asking for the stance takes half as long as reading, so only after it went badly.
    if _doubtful(seen) and (stance := stance_of(small, tesseract)).turn:
        straight = upright(large, stance)
        seen = read(straight.reduce(_TIMES_FINER))
        width, height = (width, height) if stance.turn == 180 else (height, width)
    scale = _TIMES_FINER * (width + height) / (large.width + large.height)
    words = list(_clean(seen))
    first = Looked(straight, words, _DPI, _TIMES_FINER)
    sure = confirmed(first, tesseract, until - time.monotonic())
    return PrintedPage(
        width,
        height,
        [(word.text, _scaled(word.box, scale), at in sure) for at, word in enumerate(words)],
    )


def _doubtful(seen: Sequence[Seen]) -> bool:
    """Test whether this looks like print that lay on its side or its head."""
    trust = [word.trust for word in seen if any(map(str.isalpha, word.text))]
    return len(trust) < _FEW or sum(trust) / len(trust) < _TRUSTED_PAGE


def _clean(seen: Iterable[Seen]) -> Iterable[Seen]:
    for _, words in groupby(seen, key=lambda word: word.line):
        line = _without_dirt([word for word in words if _trusted(word)])
        yield from _level(line)


def _trusted(word: Seen) -> bool:
    if any(character.isdigit() for character in word.text):
        return word.trust >= _TRUSTED_FIGURE
    if any(character.isalpha() for character in word.text):
        return word.trust >= _TRUSTED_WORD
    return word.trust >= _TRUSTED_MARK and not _SPECKS.issuperset(word.text)


def _without_dirt(line: list[Seen]) -> list[Seen]:
    """Take specks off both ends, where the edge of a sheet and its shadow put them."""
    if line:
        line[0] = line[0]._replace(text=line[0].text.lstrip(_DIRT))
        line[-1] = line[-1]._replace(text=line[-1].text.rstrip(_DIRT))
    return [word for word in line if word.text]


def _level(line: Sequence[Seen]) -> Iterable[Seen]:
    """Give the words of a line one height, as they have in print: boxes are of ink only."""
    if not line:
        return []
    top, bottom = min(word.box[1] for word in line), max(word.box[3] for word in line)
    usual = median(word.box[3] - word.box[1] for word in line)
    if bottom - top > 2 * usual:  # two lines taken for one, or a word with a stain
        return line
    return [word._replace(box=(word.box[0], top, word.box[2], bottom)) for word in line]


def _scaled(box: Box, scale: float) -> Box:
    return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
