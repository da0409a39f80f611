"""Words on a page become lines, and lines that read on become blocks.

Producers of PDFs write words in any order, so only geometry counts here. A line is a run of
words on one height without a wide gap; two columns or a label and its amount are two lines
of the same row. A block is a run of lines under each other that read as one text.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise, takewhile
from statistics import median

from letterbox.shared.paper import Box, Page, Word

_FAR = 25.0  # points, beyond which no line below a line is the next
_TOUCHING = 0.5  # points; the space between words is at least two
_WIDE_STEP = 2.3  # heights of a line, from one to the next, where a sentence goes on
_HALF_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z]{4}(?:\s?\d{2,4}){0,2}\d{0,3})?$")
_MORE_OF_IBAN = re.compile(r"(?:[A-Z]{4}\s?)?\d{2,}\b")
_HALF_NUMBER = re.compile(r"\d{4}(?:\s\d{4}){1,2}")
_MORE_OF_NUMBER = re.compile(r"\d[\d ]*")
_LOOSE_MARKS = frozenset(".,-")
_GROUP = re.compile(r"€|EUR|(?=.*\d)[A-Z\d.,/\-]+")
_LIST_MARK = re.compile(r"(\d{1,2}(\.\d)?[.)]|[•\-–])(?=\s)")
_DOTS = ".·…_"
_LEADER = re.compile(rf"[{_DOTS}]{{3,}}")
"""Dots that lead the eye from a label to its amount: they part the two as a gap does."""


class Line:
    """A run of words on one height, with its place. Each is only equal to itself.

    :ivar middle: height of the line on its page
    """

    __slots__ = ("box", "middle", "page", "text", "words")

    def __init__(self, page: int, words: tuple[Word, ...]) -> None:
        self.page, self.words = page, words
        self.text = " ".join([word.text for word in words])
        self.box = around([word.box for word in words])
        self.middle = (self.box[1] + self.box[3]) / 2


class Block:
    """Lines that read on, as one text in which every character knows its word.

    :ivar lead: the line right above, when it does not read on into this block
    """

    __slots__ = ("_starts", "_words", "lead", "lines", "text")

    def __init__(self, lines: tuple[Line, ...], lead: str = "") -> None:
        self.lines, self.lead = lines, lead
        self.text = " ".join([line.text for line in lines])
        self._words = [(line, word) for line in lines for word in line.words]
        lengths = [len(word.text) + 1 for _, word in self._words[:-1]]
        self._starts = [*accumulate(lengths, initial=0)]

    def under(self, start: int, end: int) -> list[tuple[Line, Word]]:
        """Return the words, each with its line, that the characters from start to end touch."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return self._words[max(first, 0) : last + 1]


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around these."""
    if len(boxes) == 1:
        return boxes[0]
    left, top, right, bottom = zip(*boxes, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def lines_on(page: Page) -> list[Line]:
    """Return the lines of a page from top to bottom, then from left to right."""
    words = [w for w in page.words if w.box[0] < w.box[2] and w.box[1] < w.box[3]]
    gap = 2.2 * _letter_width(words)
    lines = [
        Line(page.number, tuple(run)) for row in _rows(words) for run in _runs(_mended(row), gap)
    ]
    return sorted(lines, key=lambda line: (round(line.middle, 1), line.box[0]))


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Return the lines of one page as blocks, in the order in which their first lines stand."""
    step, widest = _usual_step(lines) * 1.35, max((_width(line) for line in lines), default=0.0)
    taken: set[int] = set()
    blocks = []
    for at in range(len(lines)):
        if at not in taken:
            run = _below_each_other(lines, at, step, widest, taken)
            blocks += _broken([lines[index] for index in run])
    return blocks


def _broken(run: Sequence[Line]) -> list[Block]:
    """Break the run wherever the next word had fitted: there the writer meant to stop."""
    if len(run) == 1:
        return [Block((run[0],))]
    left, right = min(line.box[0] for line in run), max(line.box[2] for line in run)
    parts: list[list[Line]] = [[run[0]]]
    for line, below in pairwise(run):
        fitted = line.box[2] + 3 + _first_unit(below) < right
        if fitted and not _in_mid_sentence(line, below, right - left):
            parts.append([])
        parts[-1].append(below)
    leads = ["", *(part[-1].text for part in parts)]
    return [Block(tuple(part), lead) for part, lead in zip(parts, leads, strict=False)]


def _in_mid_sentence(line: Line, below: Line, width: float) -> bool:
    """A long line without an end goes on when what follows is no new beginning, or half an IBAN."""
    if _in_mid_iban(line, below):
        return True
    long = _width(line) > 0.7 * width
    return long and line.text[-1] not in ".:;!?" and not below.text[0].isupper()


def _in_mid_iban(line: Line, below: Line) -> bool:
    return bool(_MORE_OF_IBAN.match(below.text) and _HALF_IBAN.search(line.text))


def _in_mid_number(line: Line, below: Line) -> bool:
    return bool(_HALF_NUMBER.fullmatch(line.text) and _MORE_OF_NUMBER.fullmatch(below.text))


def _first_unit(line: Line) -> float:
    """Return the width of what could not be broken: a word, or a number printed in groups."""
    unit = list(takewhile(lambda word: _GROUP.fullmatch(word.text), line.words))
    box = around([word.box for word in unit or line.words[:1]])
    return box[2] - box[0]


def _below_each_other(
    lines: Sequence[Line], at: int, step: float, widest: float, taken: set[int]
) -> list[int]:
    run = [at]
    taken.add(at)
    while (below := _line_below(lines, run[-1], step, widest)) is not None and below not in taken:
        run.append(below)
        taken.add(below)
    return run


def _line_below(lines: Sequence[Line], at: int, step: float, widest: float) -> int | None:
    here = lines[at]
    if _reads_on(here, widest):
        step = max(step, _WIDE_STEP * (here.box[3] - here.box[1]))
    for index in range(at + 1, len(lines)):
        there = lines[index]
        down = there.middle - here.middle
        if down > step:
            return None
        if down > step / 4 and _starts_alike(here, there):
            return index
    return None


def _reads_on(line: Line, widest: float) -> bool:
    """Say whether a line fills the page and its sentence has no end: the next one belongs to it."""
    return _width(line) > 0.75 * widest and line.text[-1] not in ".:;!?"


def _width(line: Line) -> float:
    return line.box[2] - line.box[0]


def _starts_alike(here: Line, there: Line) -> bool:
    indent = there.box[0] - here.box[0]
    ends_alike = abs(there.box[2] - here.box[2]) <= 4
    if (abs(indent) <= 4 or ends_alike) and _in_mid_iban(here, there):
        return True
    if ends_alike and _in_mid_number(here, there):
        return True
    alike = abs(indent) <= 4 or (0 < indent <= 16 and bool(_LIST_MARK.match(here.text)))
    return alike and not _LIST_MARK.match(there.text)


def _usual_step(lines: Sequence[Line]) -> float:
    """Distance between lines of running text: what is common, on the low side."""
    steps: list[float] = []
    for at, line in enumerate(lines):
        middle, left = line.middle, line.box[0]
        for below in lines[at + 1 : at + 12]:
            step = below.middle - middle
            if step > _FAR:
                break
            if 5 < step < 24 and -4 <= below.box[0] - left <= 4:
                steps.append(step)
    steps.sort()
    return steps[len(steps) * 2 // 5] if steps else 14.0


def _letter_width(words: Sequence[Word]) -> float:
    return median([(w.box[2] - w.box[0]) / len(w.text) for w in words if w.text] or [5.0])


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=_height):
        for row in rows[:-6:-1]:
            if _same_height(row[0].box, word.box):
                row.append(word)
                break
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=_left)
    return rows


def _height(word: Word) -> tuple[float, float]:
    left, top, _, bottom = word.box
    return top + bottom, left


def _left(word: Word) -> float:
    return word.box[0]


def _same_height(one: Box, other: Box) -> bool:
    # Asked hundreds of times a page, where `min` and `max` would take most of the time.
    _, top, _, bottom = one
    _, above, _, below = other
    shared = (bottom if bottom < below else below) - (top if top > above else above)
    return shared > 0.6 * (bottom - top) or shared > 0.6 * (below - above)


def _runs(row: Sequence[Word], gap: float) -> list[list[Word]]:
    dots = [word for word in row if word.text[:1] in _DOTS and _LEADER.fullmatch(word.text)]
    row = [word for word in row if word not in dots] or row[:1] if dots else row
    runs = [[row[0]]]
    for before, word in pairwise(row):
        if word.box[0] - before.box[2] > gap:
            runs.append([])
        runs[-1].append(word)
    if len(runs) > 5 and all(len(run) == 1 for run in runs[:-1]) and _even(row):
        return [list(row)]  # a justified line, stretched to the margin
    return runs


def _even(row: Sequence[Word]) -> bool:
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(row)]
    return max(gaps) < 1.5 * min(gaps)


def _mended(row: Sequence[Word]) -> list[Word]:
    """Put `2 . 118 , 44` and `reg eling` together again: some producers set pieces apart."""
    words = [row[0]]
    for word in row[1:]:
        if -_TOUCHING < word.box[0] - words[-1].box[2] < _TOUCHING:
            words[-1] = _joined((words[-1], word))
            continue
        if len(words) > 1 and _parts_figures(words[-2], words[-1], word):
            words[-2:] = [_joined((*words[-2:], word))]
        else:
            words.append(word)
    return words


def _parts_figures(before: Word, mark: Word, after: Word) -> bool:
    """Say whether a loose mark stands within a number: `04 - 08`, but not `2024 - 266,00`."""
    if mark.text not in _LOOSE_MARKS or not before.text[-1].isdigit():
        return False
    return after.text.isdigit() if mark.text == "-" else after.text[0].isdigit()


def _joined(parts: Sequence[Word]) -> Word:
    return Word("".join(part.text for part in parts), around([part.box for part in parts]))
