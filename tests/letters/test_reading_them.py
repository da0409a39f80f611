"""The whole reading room on letters that its rules were not made for: right, or in doubt."""

from collections.abc import Iterator
from datetime import date

import pytest

from connectors.pdf import PdfPool
from letterbox.letters.rules import LARGEST_LETTER, MOST_PAGES, Envelope
from letterbox.reading.findings import Reading
from letterbox.reading.rules import read
from runtime.demo.cast import CAST
from runtime.demo.letters import letters_before
from runtime.demo.printer import print_letter
from runtime.demo.shapes import DemoLetter

LETTERS = letters_before(date(2026, 11, 22))

every_letter = pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.message_id)


@pytest.fixture(scope="module")
def pool() -> Iterator[PdfPool]:
    with PdfPool(largest=LARGEST_LETTER, most_pages=MOST_PAGES, processes=1) as pool:
        yield pool


def read_by_machine(letter: DemoLetter, pool: PdfPool) -> Reading:
    return read(
        pool.paper(print_letter(letter, CAST)),
        received_on=letter.sent_on,
        sender=CAST.organisations[letter.sender].party,
        envelope=Envelope(letter.message_id, letter.subject, letter.sent_on, letter.on_behalf_of),
    )


class TestReading:
    @every_letter
    def test_is_never_sure_of_a_wrong_amount_or_date(
        self, letter: DemoLetter, pool: PdfPool
    ) -> None:
        reading, truth = read_by_machine(letter, pool), letter.truth
        due_on = truth.due.given(letter.sent_on) if truth.due else None

        wrong = {
            field
            for field, said, true in (
                ("outstanding", reading.outstanding, truth.outstanding),
                ("due_on", reading.due_on, due_on),
            )
            if said != true
        }

        assert wrong <= {*reading.check}

    @every_letter
    def test_never_counts_costs_that_are_only_threatened(
        self, letter: DemoLetter, pool: PdfPool
    ) -> None:
        reading = read_by_machine(letter, pool)

        assert reading.conditional_costs == letter.truth.conditional_costs

    def test_gets_nearly_all_amounts(self, pool: PdfPool) -> None:
        right = [
            read_by_machine(letter, pool).outstanding == letter.truth.outstanding
            for letter in LETTERS
        ]

        assert sum(right) >= 0.9 * len(right)
