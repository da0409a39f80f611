"""A whole letter as blocks of text, and for anything found in it: where it stands.

A `Spot` is what the finders hand on: the place for the proof, and the words around it by
which the meaning is decided (the sentence, the label to the left, the line above).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, NamedTuple, TypeVar

from letterbox.reading.lines import Block, Line, around, blocks_of, lines_on
from letterbox.reading.phrases import Phrase, Phrases
from letterbox.reading.phrases.words import Words, standing_in, where_any
from letterbox.reading.plain import plain_text
from letterbox.reading.sentences import sentence_around
from letterbox.shared.paper import Box, Page, Word

T = TypeVar("T")

_LETTERS = re.compile(r"(?i)(?!eur)[^\W\d_]{3}")
_COLUMN_HEIGHT = 250.0
_EDGES = " :;€¤?-–/"  # which an amount may have around it and still fill its line
_SPACE = 0.3  # of the height of a line, between two words


class Spot(NamedTuple):
    """Where something stands in a letter, and the words around it.

    :ivar before: the sentence up to the find
    :ivar after: the sentence from the find on
    :ivar above: the line above it, when that does not read on into this text
    :ivar line: the line it stands on
    :ivar label: the words to its left in the same row
    :ivar cell: the find fills its line, as an amount does in a table
    :ivar block: which block of the letter, in reading order
    :ivar start: from which character of that block
    :ivar end: to which, without it
    """

    page: int
    box: Box
    quote: str
    before: str
    after: str
    above: str
    line: str
    label: str
    cell: bool
    block: int
    start: int
    end: int

    @property
    def sentence(self) -> str:
        """The words around the find, without the find."""
        return f"{self.before} … {self.after}"


@dataclass(frozen=True)
class Layout:
    """All blocks of a letter, page after page, from top to bottom."""

    pages: tuple[Page, ...]

    @cached_property
    def _lines(self) -> list[list[Line]]:
        return [lines for page in self.pages if (lines := lines_on(page))]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for lines in self._lines for block in blocks_of(lines))

    @cached_property
    def text(self) -> str:
        """The whole letter, one block per line."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def by_ocr(self) -> frozenset[int]:
        """The pages whose words were recognised in a picture."""
        return frozenset(page.number for page in self.pages if page.by_ocr)

    def shows_clearly(self, number: int, box: Box) -> bool:
        """Say whether the figures in a box are as printed: text, or seen twice in a picture."""
        return number not in self.by_ocr or all(
            word.confirmed
            for page in self.pages
            for word in page.words
            if page.number == number and _holds(box, word.box) and any(map(str.isdigit, word.text))
        )

    @cached_property
    def plain_blocks(self) -> tuple[str, ...]:
        """Every block, character for character, in small letters without accents."""
        return tuple([plain_text(block.text) for block in self.blocks])

    @cached_property
    def plain(self) -> str:
        """The whole letter in such letters, one block per line."""
        return "\n".join(self.plain_blocks)

    @cached_property
    def _small(self) -> tuple[str, ...]:
        """Every block in small letters."""
        return tuple([block.text.lower() for block in self.blocks])

    @cached_property
    def rows(self) -> dict[Line, tuple[Line, ...]]:
        """For every line all lines of its row, from left to right."""
        return {line: row for lines in self._lines for row in _rows(lines) for line in row}

    @cached_property
    def _labels(self) -> dict[Line, str]:
        return {
            line: " ".join(other.text for other in row[:at])
            for row in self.rows.values()
            for at, line in enumerate(row)
        }

    def left_of(self, line: Line) -> str:
        """Return the words to the left of a line, in its row."""
        return self._labels[line]

    def height_of(self, number: int) -> float:
        """Return how high a page is, in points."""
        return self._heights.get(number) or 842.0

    @cached_property
    def _heights(self) -> dict[int, float]:
        return {page.number: page.height for page in reversed(self.pages)}

    @cached_property
    def _columns(self) -> dict[int, list[Line]]:
        """Lines with letters in them, per page, from bottom to top."""
        found: dict[int, list[Line]] = {}
        for line in sorted(chain.from_iterable(self._lines), key=_top, reverse=True):
            if _LETTERS.search(line.text):
                found.setdefault(line.page, []).append(line)
        return found

    def over(self, spot: Spot) -> str:
        """Return the words above a find in its column: the head of a table or of a number."""
        left, top, right, _ = spot.box
        heads = (
            _words_over(line, left, right)
            for line in self._columns.get(spot.page, ())
            if 0 < top - line.box[1] < _COLUMN_HEIGHT
            and line.box[3] <= top + 3
            and line.box[0] < right
            and left < line.box[2]
        )
        return next((head for head in heads if _LETTERS.search(head)), "")

    def plain_around(self, spot: Spot) -> tuple[str, str]:
        """Return the sentence up to a find and after it, as `plain` has it."""
        plain, start, end = self.plain_blocks[spot.block], spot.start, spot.end
        return plain[start - len(spot.before) : start], plain[end : end + len(spot.after)]

    @cached_property
    def _found(self) -> dict[Callable[["Layout"], Any], Any]:
        return {}

    def once(self, find: Callable[["Layout"], T]) -> T:
        """Return what a finder finds: what others build on, such as days, is looked for once."""
        if find not in self._found:
            self._found[find] = find(self)
        found: T = self._found[find]
        return found

    @cached_property
    def _matched(self) -> dict[re.Pattern[str], tuple[tuple[re.Match[str], Spot], ...]]:
        return {}

    def matches(
        self, pattern: re.Pattern[str], *, having: Words
    ) -> tuple[tuple[re.Match[str], Spot], ...]:
        """Return whatever the pattern matches in any block, with its spot.

        Each pattern is looked for once: days, for example, are asked for again and again.

        :param having: words of which every match holds one: only where they stand it is looked for
        """
        if pattern not in self._matched:
            self._matched[pattern] = tuple(
                (match, self.spot(number, *match.span()))
                for number, match in self.finds(pattern, having=having)
            )
        return self._matched[pattern]

    def finds(
        self, pattern: re.Pattern[str], *, having: Words | None = None
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the same, each with its block: for a pattern that finds much more than is kept."""
        numbers = range(len(self.blocks)) if having is None else self.where(having)
        for number in numbers:
            for match in pattern.finditer(self.blocks[number].text):
                yield number, match

    @cached_property
    def _standing(self) -> dict[str, list[int]]:
        return standing_in(self.plain_blocks)

    @cached_property
    def _where(self) -> dict[Words, Sequence[int]]:
        return {}

    def where(self, words: Words) -> Sequence[int]:
        """Return in which blocks any of these words stands, in order."""
        if words not in self._where:
            self._where[words] = where_any(words.plain, self._standing)
        return self._where[words]

    def likely(self, phrases: Phrases) -> list[Phrase]:
        """Return the few of many phrases that could be in the letter."""
        return phrases.likely(self._standing)

    def says(self, phrases: Phrases) -> frozenset[str]:
        """Return the sections of which a phrase, in small letters, is in the letter."""
        said: set[str] = set()
        for phrase in self.likely(phrases):
            if phrase.section not in said and self._holds(phrase):
                said.add(phrase.section)
        return frozenset(said)

    def _holds(self, phrase: Phrase) -> bool:
        if phrase.runs_on:
            return phrase.pattern.search("\n".join(self._small)) is not None
        numbers = where_any(phrase.words, self._standing)
        return any(phrase.pattern.search(self._small[number]) for number in numbers)

    def mentions(self, phrase: Phrase) -> Iterator[tuple[int, int, int]]:
        """Yield where a phrase is in `plain`: the block, and from and to which character."""
        for number in where_any(phrase.words, self._standing):
            for match in phrase.pattern.finditer(self.plain_blocks[number]):
                yield number, *match.span()

    def spot(self, number: int, start: int, end: int) -> Spot:
        """Return the spot of these characters of a block."""
        block = self.blocks[number]
        touched = block.under(start, end)
        line = touched[0][0]
        lines = [line] if touched[-1][0] is line else [*dict.fromkeys([at for at, _ in touched])]
        label, text = self.left_of(line), block.text
        found = text[start:end].strip(_EDGES)
        cell = len(lines) == 1 and line.text.strip(_EDGES) == found
        quoted = [label, line.text] if cell and label else [at.text for at in lines]
        left, right = sentence_around(text, start)
        # By place, for by name it takes twice as long, and a letter has dozens.
        return Spot(
            line.page,
            around([word.box for at, word in touched if at.page == line.page]),
            " ".join(quoted),
            text[left:start],  # before
            text[end : max(right, end)],  # after
            _above(block, line),
            line.text,
            label,
            cell,
            number,
            start,
            end,
        )


def _holds(box: Box, other: Box) -> bool:
    return box[0] <= other[0] and box[1] <= other[1] and other[2] <= box[2] and other[3] <= box[3]


def _top(line: Line) -> float:
    return line.box[1]


def _words_over(line: Line, left: float, right: float) -> str:
    """Return the words of a line that stand over a column, whole phrases of them.

    The heads of narrow columns stand so close together that they look like one line.
    """
    gap = 1.6 * _SPACE * (line.box[3] - line.box[1])
    phrases: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.box[0] - before.box[2] > gap:
            phrases.append([])
        phrases[-1].append(word)
    over = (p for p in phrases if p[0].box[0] < right + 2 and p[-1].box[2] > left - 2)
    return " ".join(word.text for phrase in over for word in phrase)


def _above(block: Block, line: Line) -> str:
    at = block.lines.index(line)
    return block.lines[at - 1].text if at else block.lead


def _rows(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(line.middle - rows[-1][0].middle) <= 4:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [tuple(sorted(row, key=lambda line: line.box[0])) for row in rows]
