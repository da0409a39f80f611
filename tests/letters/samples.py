"""Letters with their truth, printed and opened: what weights are learned from and tried on."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from connectors import pdf_words
from letterbox.letters.rules import Party
from letterbox.reading.finders.events import EventKind
from letterbox.reading.findings import AMOUNTS
from letterbox.reading.found import Found
from letterbox.reading.layout import Layout
from letterbox.reading.parties import full_name
from letterbox.shared.paper import Page, Word
from tests.letters.bank import Letter, letters_in
from tests.letters.comparing import PARTS
from tests.letters.printing import Printed, print_letter

_MOST_PAGES, _MOST_CHARACTERS = 100, 1_000_000
_JUDGED_ELSEWHERE = ("increase", "conditional_costs")  # what `case.json` does not tell of


@dataclass(frozen=True, slots=True)
class Sample:
    """One printing of a letter.

    :ivar template: the same for all printings of one text: they are learned from together
    :ivar truth: by field of `Reading`, amounts in cents; a field that is missing is not known
    """

    template: str
    bank: str
    pages: tuple[Page, ...]
    received_on: date
    sender: str
    truth: dict[str, Any]

    def found(self, *, with_sender: bool) -> Found:
        """Return what the finders find in it."""
        return Found(
            Layout(self.pages), self.received_on, Party(self.sender) if with_sender else None
        )


def printed_samples(bank: str, seeds: Sequence[int]) -> list[Sample]:
    """Print every letter of a bank once for each seed, on all cores."""
    work = [(bank, letter, seed) for letter in letters_in(bank) for seed in seeds]
    with ProcessPoolExecutor() as processes:
        samples = processes.map(_sample, *zip(*work, strict=True), chunksize=8)
        return [sample for sample in samples if sample is not None]


def case_samples(cases: Path) -> Iterator[Sample]:
    """Yield the letters of a folder of cases, those without text left out."""
    for folder in sorted(path.parent for path in cases.rglob("case.json")):
        for letter in json.loads((folder / "case.json").read_text("utf-8"))["letters"]:
            pages = pages_of((folder / letter["file"]).read_bytes())
            if pages:
                template = f"{folder.name}/{letter['file']}"
                received_on = date.fromisoformat(letter["received_on"])
                yield Sample(
                    template, "cases", pages, received_on, letter["sender"], _told_by(letter)
                )


def _sample(bank: str, letter: Letter, seed: int) -> Sample | None:
    printed = print_letter(letter, seed)
    pages = pages_of(printed.pdf)
    if not pages:
        return None
    truth = _truth(printed)
    return Sample(letter.id, bank, pages, printed.received, letter.sender, truth)


def pages_of(pdf: bytes) -> tuple[Page, ...]:
    """Return the pages with their text, or none for a scan."""
    found = pdf_words.look(pdf, _MOST_PAGES, _MOST_CHARACTERS)
    if isinstance(found, pdf_words.Unread) or not any(page.words for page in found.pages):
        return ()
    return tuple(
        Page(number, page.width, page.height, tuple(Word(*word) for word in page.words))
        for number, page in enumerate(found.pages, start=1)
    )


def _truth(printed: Printed) -> dict[str, Any]:
    letter, told = printed.letter, printed.told
    return {
        "kind": str(letter.kind),
        "letter_on": printed.sent,
        "creditor": full_name(letter.creditor) or None,
        "collector": full_name(letter.collector) or None,
        "due_on": told.due_date,
        "iban": told.iban,
        "payment_reference": told.payment_reference,
        "references": told.references,
        "objection_on": told.objection,
        **{what.value: dict(told.events).get(what.value) for what in EventKind},
        **{
            name: _cents(getattr(told, name))
            for name in AMOUNTS
            if name not in PARTS or name in letter.noted
        },
    }


def _told_by(letter: dict[str, Any]) -> dict[str, Any]:
    day = letter.get("due_date")
    return {
        "kind": letter["kind"],
        "letter_on": date.fromisoformat(letter["letter_date"]) if letter["letter_date"] else None,
        "creditor": letter.get("creditor"),
        "collector": letter.get("collector"),
        "due_on": date.fromisoformat(day) if day else None,
        "iban": letter.get("iban"),
        "payment_reference": letter.get("payment_reference"),
        "references": tuple(letter["references"]),
        **{name: _cents(letter.get(name)) for name in AMOUNTS if name not in _JUDGED_ELSEWHERE},
    }


def _cents(amount: object) -> int | None:
    return None if amount is None else round(float(str(amount)) * 100)
