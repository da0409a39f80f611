"""Who writes, to whom the money is owed, and who collects it.

The sender is the creditor unless the letter names another: a collector writes for a creditor,
and after a sale the buyer is the creditor. When nobody said who the sender is, the letterhead
and the small print have to tell, and the answer stays unsure unless they agree.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from letterbox.letters.rules import Party
from letterbox.reading.finders.names import NameFound, Part, find_names, tidy
from letterbox.reading.layout import Layout
from letterbox.reading.lines import Line

_LEGAL_FORM = re.compile(
    r"\b(?:b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|u\.?a\.?|cooperatie|stichting)(?=\W|$)", re.IGNORECASE
)
_NO_LETTERHEAD = re.compile(
    r"(?i)\d{4}\s?[A-Z]{2}\b|@|www\.|postbus|telefoon|\btel\b|kvk|btw"
    r"|\d{3}|uur\b|geachte|onderwerp|betreft|herinnering|reminder|datum|\bdate\b|pagina|afdeling|:$|\b\d+\s?[a-z]?$|^(?:mevr"
    r"|mevrouw|mw|dhr|de heer|aan\b|ms|mr)\b"
)
_COURT = re.compile(r"(?i)rechtbank|kantonrechter|gerechtshof")
_RECIPIENT = re.compile(
    r"(?i)^(?:aan |t\.a\.v\. )?(?:mevr(?:ouw)?|mw|dhr|de heer|de familie|ms|mr|mrs)\b"
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Sender, creditor and collector, where they are named, and what is not certain."""

    sender: Party | None
    creditor: Party | None
    collector: Party | None
    named: tuple[NameFound, ...] = ()
    unsure: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def same_name(name: str) -> str:
    """Return what two ways of writing one organisation have in common.

    Without legal form, accents, capitals, spaces and marks.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", _LEGAL_FORM.sub(" ", plain).lower())


def find_parties(layout: Layout, *, sender: Party | None, on_behalf_of: Party | None) -> Parties:
    """Say who is who in a letter.

    :param sender: the organisation that delivered the letter, if known
    :param on_behalf_of: the creditor that the sender declared, if any
    """
    names = find_names(layout)
    writer, unsure = (sender, set[str]()) if sender else _letterhead(layout, names)
    creditor = _named(names, Part.BUYER, writer) or _named(names, Part.CREDITOR, writer)
    collector = _named(names, Part.COLLECTOR, writer)
    bought = _named(names, Part.BUYER, writer) is not None
    court = writer is not None and bool(_COURT.match(writer.name))
    if creditor and not bought and collector is None and writer is not None and not court:
        collector_party: Party | None = writer
    else:
        collector_party = Party(collector.name) if collector else None
    owed_to = on_behalf_of or (Party(creditor.name) if creditor else writer)
    if on_behalf_of and creditor and not _alike(on_behalf_of.name, creditor.name):
        unsure.add("creditor")
    if court and not creditor:
        owed_to = on_behalf_of
    if "sender" in unsure:
        unsure |= {"creditor"} if creditor is None else {"collector"}
    if (
        on_behalf_of
        and collector_party is None
        and sender
        and not _alike(sender.name, on_behalf_of.name)
    ):
        collector_party = sender
    proof = tuple(name for name in (creditor, collector) if name)
    return Parties(writer, owed_to, collector_party, proof, frozenset(unsure))


def _named(names: Iterable[NameFound], part: Part, writer: Party | None) -> NameFound | None:
    """Return the other organisation that plays this part: the one named most fully, then first."""
    others = [
        name
        for name in names
        if name.part is part and not (writer and _alike(name.name, writer.name))
    ]
    return max(others, key=lambda name: (_mentions(others, name), len(name.name)), default=None)


def _mentions(names: Sequence[NameFound], one: NameFound) -> int:
    return sum(_alike(one.name, other.name) for other in names)


def _alike(one: str, other: str) -> bool:
    a, b = same_name(one), same_name(other)
    return bool(a and b) and (a == b or (min(len(a), len(b)) >= 5 and (a in b or b in a)))


def _letterhead(layout: Layout, names: Sequence[NameFound]) -> tuple[Party | None, set[str]]:
    """Return who seems to write, with what is unsure about it."""
    text = same_name(layout.text)
    names = [name for name in names if name.part is Part.PAYEE or _at_the_edge(name)]
    candidates = [
        *_head_lines(layout),
        *(n.name for n in names if n.part in (Part.SELF, Part.PAYEE)),
    ]
    scored = [
        (_letterhead_score(name, at, names, text), -at, name)
        for at, name in enumerate(dict.fromkeys(candidates))
    ]
    if not scored:
        return None, {"sender", "creditor"}
    score, _, name = max(scored)
    sure = score >= 9 and name in _head_lines(layout)
    return Party(_fullest(name, names)), set() if sure else {"sender", "creditor"}


def _at_the_edge(name: NameFound) -> bool:
    """In the letterhead or in the small print; between them others are named."""
    return not 220 < name.spot.box[1] < 600


def _letterhead_score(name: str, at: int, names: Sequence[NameFound], text: str) -> int:
    own = {same_name(n.name) for n in names if n.part is Part.SELF}
    paid = {same_name(n.name) for n in names if n.part is Part.PAYEE}
    key = same_name(name)
    if len(key) < 3:
        return 0
    return (
        4 * (at < 3)
        + 3 * any(key in other for other in own)
        + 2 * any(key in other or other in key for other in paid)
        + min(3, text.count(key) - 1)
        + (len(key) > 8)
    )


def _fullest(name: str, names: Sequence[NameFound]) -> str:
    """Return the longest name in the letter that begins with this one."""
    key = same_name(name)
    longer = [
        n.name
        for n in names
        if same_name(n.name).startswith(key) and n.part in (Part.SELF, Part.PAYEE)
    ]
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
