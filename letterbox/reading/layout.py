"""A whole letter as blocks of text, and for anything found in it: where it stands.

A `Spot` is what the finders hand on: the place for the proof, and the words around it by
which the meaning is decided (the sentence, the label to the left, the line above).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain, pairwise

from letterbox.reading.lines import Block, Line, around, blocks_of, lines_on
from letterbox.shared.paper import Box, Page, Word

_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"')]*\s+(?=[A-Z€•☐“\"(‘'])|\s(?=[•☐])")
_NO_END = re.compile(
    r"(?:\b(?:nrs?|d\.d|jl|j\.l|art|mr|dr|ir|drs|prof|t\.n\.v|o\.v\.v|a\.u\.b|dhr|mw|mevr|incl|excl|blz"
    r"|tel|rek|ref|resp|evt|bijv|zgn|ca|st|no|c\.q|i\.v\.m|v\.e|[A-Z])|^\d{1,2})\.$",
    re.IGNORECASE,
)


_ANYTHING = re.compile("")
DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"(?i)(?!eur)[^\W\d_]{3}")
_COLUMN_HEIGHT = 250.0
_LONGEST_REACH, _LONGEST_WORD = 400, 40
_SPACE = 0.3  # of the height of a line, between two words
_PLAIN = str.maketrans("àáâäãåèéêëìíîïòóôöõùúûüñç’‘", "aaaaaaeeeeiiiiooooouuuunc''")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in a letter, and the words around it.

    :ivar before: the sentence up to the find
    :ivar after: the sentence from the find on
    :ivar above: the line above it, when that does not read on into this text
    :ivar line: the line it stands on
    :ivar label: the words to its left in the same row
    :ivar cell: the find fills its line, as an amount does in a table
    :ivar block: which block of the letter, in reading order
    :ivar start: from which character of that block
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

    @cached_property
    def plain(self) -> str:
        """The same, character for character, in small letters without accents."""
        return plain_text(self.text)

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(accumulate((len(block.text) + 1 for block in self.blocks), initial=0))

    @cached_property
    def rows(self) -> dict[Line, tuple[Line, ...]]:
        """For every line all lines of its row, from left to right."""
        return {line: row for lines in self._lines for row in _rows(lines) for line in row}

    def left_of(self, line: Line) -> str:
        """Return the words to the left of a line, in its row."""
        row = self.rows[line]
        return " ".join(other.text for other in row[: row.index(line)])

    def height_of(self, number: int) -> float:
        """Return how high a page is, in points."""
        return next((page.height for page in self.pages if page.number == number), 842.0) or 842.0

    @cached_property
    def _columns(self) -> dict[int, list[Line]]:
        """Lines with letters in them, per page, from top to bottom."""
        found: dict[int, list[Line]] = {}
        for line in chain.from_iterable(self._lines):
            if _LETTERS.search(line.text):
                found.setdefault(line.page, []).append(line)
        return found

    def over(self, spot: Spot) -> str:
        """Return the words above a find in its column: the head of a table or of a number."""
        left, top, right, _ = spot.box
        above = [
            line
            for line in self._columns.get(spot.page, ())
            if 0 < top - line.box[1] < _COLUMN_HEIGHT
            and line.box[3] <= top + 3
            and line.box[0] < right
            and left < line.box[2]
        ]
        heads = (_words_over(line, left, right) for line in sorted(above, key=_top, reverse=True))
        return next((head for head in heads if _LETTERS.search(head)), "")

    @cached_property
    def _matched(self) -> dict[re.Pattern[str], tuple[tuple[re.Match[str], Spot], ...]]:
        return {}

    @cached_property
    def _having(self) -> dict[re.Pattern[str], tuple[int, ...]]:
        return {}

    def matches(
        self, pattern: re.Pattern[str], *, having: re.Pattern[str] = _ANYTHING
    ) -> tuple[tuple[re.Match[str], Spot], ...]:
        """Return whatever the pattern matches in any block, with its spot.

        Each pattern is looked for once: days, for example, are asked for again and again.

        :param having: what every match holds, and is quickly searched for
        """
        if pattern not in self._matched:
            self._matched[pattern] = tuple(
                (match, self.spot(number, *match.span()))
                for number in self._blocks_having(having)
                for match in pattern.finditer(self.blocks[number].text)
            )
        return self._matched[pattern]

    def _blocks_having(self, what: re.Pattern[str]) -> tuple[int, ...]:
        if what not in self._having:
            blocks = enumerate(self.blocks)
            self._having[what] = tuple(n for n, block in blocks if what.search(block.text))
        return self._having[what]

    def mentions(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
        """Yield where the pattern matches `plain`: the block, and from and to which character.

        Many times faster than `matches` for a phrase that most letters do not have.
        """
        for match in pattern.finditer(self.plain):
            number = bisect_right(self._block_starts, match.start()) - 1
            start, end = (at - self._block_starts[number] for at in match.span())
            if end <= len(self.blocks[number].text):
                yield number, start, end

    def spot(self, number: int, start: int, end: int) -> Spot:
        """Return the spot of these characters of a block."""
        block = self.blocks[number]
        touched = block.under(start, end)
        line = touched[0][0]
        lines = tuple(dict.fromkeys(line for line, _ in touched))
        label = self.left_of(line)
        cell = len(lines) == 1 and line.text.strip(" :;€-–/") == block.text[start:end].strip(
            " :;€-–/"
        )
        left, right = sentence_around(block.text, start)
        return Spot(
            page=line.page,
            box=around(word.box for at, word in touched if at.page == line.page),
            quote=" ".join([*([label] if cell and label else []), *(at.text for at in lines)]),
            before=block.text[left:start],
            after=block.text[end : max(right, end)],
            above=_above(block, line),
            line=line.text,
            label=label,
            cell=cell,
            block=number,
            start=start,
        )


def plain_text(text: str) -> str:
    """Return a text in small letters without accents, as long as it was."""
    small = text.lower()
    return (small if len(small) == len(text) else text).translate(_PLAIN)


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


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around this character begins and ends.

    Of a text without marks, a few hundred characters before and after: nobody writes more.
    """
    cuts = _cuts(text)
    number = bisect_right(cuts, at)
    left, right = (cuts[number - 1], cuts[number]) if number < len(cuts) else (cuts[-2], cuts[-1])
    return max(left, at - _LONGEST_REACH), min(right, at + _LONGEST_REACH)


@lru_cache(maxsize=256)
def _cuts(text: str) -> tuple[int, ...]:
    return (0, *sentence_starts(text), len(text))


@lru_cache(maxsize=256)
def sentence_starts(text: str) -> tuple[int, ...]:
    """Return where every sentence but the first begins."""
    return tuple(
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not _NO_END.search(
            text[max(0, match.start() - _LONGEST_WORD) : match.start()].rsplit(" ", 1)[-1]
        )
    )


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
