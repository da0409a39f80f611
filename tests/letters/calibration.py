"""`python -m tests.letters.calibration --bank BANK`: how often reading is right, and sure of it.

Letters are printed, read as a letter on its way in is read, and compared with their truth. What
matters most is the column of what is wrong without a word of doubt.
"""

import argparse
import multiprocessing.util
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from connectors.pdf import PdfPool
from letterbox.letters.rules import LARGEST_LETTER, MOST_PAGES, Party
from letterbox.reading.findings import Reading
from letterbox.reading.rules import read
from letterbox.shared.ports import PdfRefused, Unreadable
from tests.letters.collection import Wanted, open_processes, print_all
from tests.letters.comparing import MONEY_AND_DAYS, Judgement, judge
from tests.letters.compose import ask_what, wanted
from tests.letters.printing import Printed

_HEADERS = (
    "Field",
    "Letters",
    "Stated",
    "Right, sure",
    "Right, asked",
    "Wrong, asked",
    "Wrong, sure",
    "Right of what is sure",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One letter that was read, and what became of its fields."""

    letter: str
    seed: int
    kind: str
    look: str
    judgements: tuple[Judgement, ...]

    @property
    def wrong(self) -> Iterator[Judgement]:
        """The fields that were read wrong."""
        return (judgement for judgement in self.judgements if not judgement.right)

    @property
    def harm(self) -> int:
        """How many amounts and days are wrong and said to be sure."""
        return sum(each.sure and each.field in MONEY_AND_DAYS for each in self.wrong)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures and return nothing but success."""
    parser = argparse.ArgumentParser(description=__doc__)
    ask_what(parser)
    parser.add_argument("--with-senders", action="store_true", help="say who sent each letter")
    parser.add_argument("--details", action="store_true", help="one line per wrong field")
    parser.add_argument("--markdown", action="store_true", help="a table for docs/reading.md")
    given = parser.parse_args(arguments)
    judged = list(judge_all(wanted(given), with_senders=given.with_senders))
    lines = table_in_markdown(judged) if given.markdown else figures(judged)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if given.details:
        sys.stdout.writelines(f"{line}\n" for line in mistakes(judged))
    return 0


def judge_all(wanted: Wanted, *, with_senders: bool = False) -> Iterator[Judged]:
    """Print and read letters on all cores, and return what became of each, in order."""
    with open_processes() as processes:
        printed = list(print_all(wanted))
        yield from processes.map(_judge_one, printed, [with_senders] * len(printed), chunksize=4)


def figures(judged: Sequence[Judged]) -> Iterator[str]:
    """Return a table of all fields, and one of kinds and printers."""
    for row in (_HEADERS, *_rows(judged)):
        yield f"{row[0]:18}" + "".join(f"{cell:>{len(head) + 3}}" for cell, head in _beside(row))
    for title, name in (("kind", "kind"), ("printed by", "look")):
        yield ""
        yield f"{title:28}{'letters':>9}{'all right':>11}{'silent harm':>13}"
        for group, letters in sorted(_grouped(judged, name).items()):
            right = sum(not any(w.field in MONEY_AND_DAYS for w in each.wrong) for each in letters)
            harm = sum(each.harm for each in letters)
            yield f"{group:28}{len(letters):>9}{right / len(letters):>11.3f}{harm:>13}"
    yield ""
    yield "all right: outstanding, payable_now and due_on; silent harm: such fields wrong and sure"


def table_in_markdown(judged: Sequence[Judged]) -> Iterator[str]:
    """Return the table of all fields for a page of documentation."""
    yield f"| {' | '.join(_HEADERS)} |"
    yield f"|---|{'---:|' * (len(_HEADERS) - 1)}"
    for row in _rows(judged):
        yield f"| {' | '.join(row)} |"


def mistakes(judged: Iterable[Judged]) -> Iterator[str]:
    """Return a line for every field that was read wrong."""
    for each in judged:
        for wrong in each.wrong:
            how = "SURE" if wrong.sure else "asked"
            yield (
                f"{each.letter} {each.seed} [{each.look}] {wrong.field}: "
                f"{wrong.got or 'nothing'!r}, true {wrong.true or 'nothing'!r}  {how}"
            )


def _rows(judged: Sequence[Judged]) -> Iterator[tuple[str, ...]]:
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for each in judged:
        for it in each.judgements:
            tally[it.field][f"{it.right} {it.sure}"] += 1
            tally[it.field]["stated"] += it.stated
    for field, counted in tally.items():
        ways = [counted[f"{right} {sure}"] for right, sure in _WAYS]
        sure = ways[0] + ways[3]
        share = f"{ways[0] / sure:.3f}" if sure else "-"
        yield (field, str(sum(ways)), str(counted["stated"]), *map(str, ways), share)


_WAYS = ((True, True), (True, False), (False, False), (False, True))


def _beside(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(row[1:], _HEADERS[1:], strict=True)


def _grouped(judged: Iterable[Judged], name: str) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        groups[getattr(each, name)].append(each)
    return groups


def _judge_one(printed: Printed, with_senders: bool) -> Judged:
    reading = _read(printed, Party(printed.letter.sender) if with_senders else None)
    return Judged(
        printed.letter.id,
        printed.seed,
        printed.letter.kind.value,
        printed.look.name,
        tuple(judge(printed, reading)),
    )


def _read(printed: Printed, sender: Party | None) -> Reading | None:
    try:
        paper = _pool().paper(printed.pdf)
    except (Unreadable, PdfRefused):
        return None
    return read(paper, received_on=printed.received, sender=sender, envelope=None)


@cache
def _pool() -> PdfPool:
    pool = PdfPool(largest=LARGEST_LETTER, most_pages=MOST_PAGES, processes=1)
    # A process of a pool ends without the usual farewells; its own processes would outlive it.
    multiprocessing.util.Finalize(None, pool.close, exitpriority=10)
    return pool


if __name__ == "__main__":
    sys.exit(main())
