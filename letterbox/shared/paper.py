"""What lies on a page: words and where they stand."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points (1/72 inch), origin at the top left of the page."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a letter. `number` starts at 1; `width` and `height` are in points."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
