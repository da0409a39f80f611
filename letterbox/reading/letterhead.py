"""Who seems to write a letter, by its head and its small print.

When nobody said who the sender is, the largest print above the address, the name before the
number of the chamber of commerce and the name on the account have to tell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letterbox.reading.finders.names import NameFound, Part, tidy
from letterbox.reading.layout import Layout
from letterbox.reading.lines import Line
from letterbox.reading.parties import alike, same_name

_NO_LETTERHEAD = re.compile(
    r"(?i)\d{4}\s?[A-Z]{2}\b|@|www\.|postbus|telefoon|\btel\b|kvk|btw"
    r"|\d{3}|uur\b|geachte|onderwerp|betreft|herinnering|reminder|datum|\bdate\b|pagina|afdeling|:$|\b\d+\s?[a-z]?$|^(?:mevr"
    r"|mevrouw|mw|dhr|de heer|aan\b|ms|mr)\b"
)
_RECIPIENT = re.compile(
    r"(?i)^(?:aan |t\.a\.v\. )?(?:mevr(?:ouw)?|mw|dhr|de heer|de familie|ms|mr|mrs)\b"
)
_MANY = 6


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Names by which the writer may be known, the likeliest first.

    :ivar own: names that stand before a legal form or a register number
    :ivar payees: names that stand on the account
    """

    names: tuple[str, ...]
    own: tuple[str, ...] = ()
    payees: tuple[str, ...] = ()


def find_letterhead(layout: Layout, names: Sequence[NameFound], *, citizen: str) -> Letterhead:
    """Return who seems to write.

    :param citizen: to whom it is addressed, who does not; empty where that is not sure
    """
    names = [name for name in names if name.part is Part.PAYEE or _at_the_edge(name)]
    own = tuple(name.name for name in names if name.part is Part.SELF)
    payees = tuple(name.name for name in names if name.part is Part.PAYEE)
    text = same_name(layout.text)
    found = dict.fromkeys([*_head_lines(layout), *own, *payees])
    candidates = [name for name in found if not alike(name, citizen)]
    ranked = sorted(
        candidates,
        key=lambda name: -_score(name, candidates.index(name), own, payees, text),
    )
    fullest = (_fullest(name, [*own, *payees]) for name in ranked[:_MANY])
    return Letterhead(tuple(dict.fromkeys(fullest)), own, payees)


def _at_the_edge(name: NameFound) -> bool:
    """In the letterhead or in the small print; between them others are named."""
    return not 220 < name.spot.box[1] < 600


def _score(name: str, at: int, own: Sequence[str], payees: Sequence[str], text: str) -> int:
    key = same_name(name)
    if len(key) < 3:
        return 0
    return (
        4 * (at < 3)
        + 3 * any(key in same_name(other) for other in own)
        + 2 * any(key in same_name(other) or same_name(other) in key for other in payees)
        + min(3, text.count(key) - 1)
        + (len(key) > 8)
        - 5 * name.islower()  # a slogan
    )


def _fullest(name: str, others: Sequence[str]) -> str:
    """Return the longest name in the letter that begins with this one."""
    key = same_name(name)
    longer = [other for other in others if same_name(other).startswith(key)]
    return max([name, *longer], key=len) if len(key) > 2 else name


def _head_lines(layout: Layout) -> list[str]:
    """Return what stands above the recipient on the first page, the largest print first."""
    lines = [line for block in layout.blocks for line in block.lines if line.page == 1]
    lines.sort(key=lambda line: line.middle)
    recipient = next((line.middle for line in lines if _RECIPIENT.match(line.text)), 160.0)
    head = [line for line in lines if line.middle < recipient and line.middle < 220]
    named = [line for line in head if not _NO_LETTERHEAD.search(_first_part(line.text))]
    named.sort(key=lambda line: -round(line.box[3] - line.box[1]))
    whole = same_name(layout.text)
    joined = [text for text in _joined(named[:2]) if whole.count(same_name(text)) > 1]
    texts = [*joined, *(line.text for line in named[:4])]
    return [name for text in texts if (name := tidy(_first_part(text)))]


def _first_part(text: str) -> str:
    return re.split(r"\s[·|–]\s|,\s", text)[0]


def _joined(lines: Sequence[Line]) -> list[str]:
    """A name may run over two lines of a letterhead."""
    if len(lines) < 2:
        return []
    return [
        f"{one.text} {other.text}" for one, other in ((lines[0], lines[1]), (lines[1], lines[0]))
    ]
