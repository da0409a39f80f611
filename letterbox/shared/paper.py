"""What lies on the pages of a letter: words, QR codes, and files that came inside the PDF."""

from dataclasses import dataclass
from itertools import chain
from math import isfinite
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points (1/72 inch), origin at the top left of the page."""


class Word(NamedTuple):
    """A run of characters without white space. By far the most there is of: made as fast as can be.

    :ivar confirmed: of a figure in a picture: whoever looked again saw the same
    """

    text: str
    box: Box
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a letter. `number` starts at 1; `width` and `height` are in points.

    :ivar by_ocr: the words were recognised in a picture, and a character may be wrong
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code on a page, as text."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Attachment:
    """An XML file inside the PDF, as it came: it may hold anything."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a PDF shows and carries, before anything is understood of it."""

    pages: tuple[Page, ...]
    codes: tuple[Code, ...] = ()
    attachments: tuple[Attachment, ...] = ()


MOST_WORDS, MOST_WORDS_ON_A_PAGE, LONGEST_WORD = 25_000, 2_500, 200
"""Small print fills a page with some 1,500 words; the longest word is a web address."""


def has_text_of_a_letter(paper: Paper) -> bool:
    """Say whether a person could have meant this to be read: beyond it, reading would not end."""
    words = [word for page in paper.pages for word in page.words]
    return (
        len(words) <= MOST_WORDS
        and all(len(page.words) <= MOST_WORDS_ON_A_PAGE for page in paper.pages)
        and all(len(word.text) <= LONGEST_WORD for word in words)
        and all(map(isfinite, chain.from_iterable([word.box for word in words])))
    )
