"""The demo's letters: what they say is what their truth says, on paper that can be read."""

from datetime import date

import pypdfium2 as pdfium
import pytest
from stdnum import iban
from stdnum.nl import bsn

from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.cast import CAST
from runtime.demo.letters import letters_before
from runtime.demo.printer import print_letter
from runtime.demo.shapes import DemoLetter

TODAY = date(2026, 11, 22)
LETTERS = letters_before(TODAY)

every_letter = pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.message_id)


def text_of(pdf: bytes) -> str:
    """Return all text of a PDF, with single spaces."""
    document = pdfium.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def written(amount: Euro) -> set[str]:
    """Return the ways in which a letter may write an amount, without its sign."""
    whole, cents = divmod(amount.cents, 100)
    dutch, english = f"{whole:,}".replace(",", "."), f"{whole:,}"
    round_ways = {f"{dutch},-", f"{dutch},--"} if cents == 0 else set()
    return {f"{dutch},{cents:02d}", f"{english}.{cents:02d}", f"{whole},{cents:02d}"} | round_ways


class TestEveryLetter:
    @every_letter
    def test_says_what_is_asked_from_whom_by_when(self, letter: DemoLetter) -> None:
        text = text_of(print_letter(letter, CAST))

        if letter.truth.kind is not Kind.OTHER:
            assert CAST.citizens[letter.recipient].surname in text
        if letter.truth.outstanding:
            assert any(way in text for way in written(letter.truth.outstanding)), text
        if letter.truth.due:
            assert letter.truth.due.words in text

    @every_letter
    def test_is_printed_the_same_each_time(self, letter: DemoLetter) -> None:
        assert print_letter(letter, CAST) == print_letter(letter, CAST)


class TestTheLetters:
    def test_are_varied(self) -> None:
        assert len(LETTERS) >= 14
        assert len({letter.truth.kind for letter in LETTERS}) >= 10
        assert len({letter.template for letter in LETTERS}) >= 5
        assert {bool(letter.claim) for letter in LETTERS} == {True, False}

    def test_have_message_ids_of_their_own(self) -> None:
        assert len({letter.message_id for letter in LETTERS}) == len(LETTERS)

    @pytest.mark.parametrize("today", [date(2026, 1, 1), date(2028, 2, 29)], ids=str)
    def test_are_sent_before_today_whatever_day_it_is(self, today: date) -> None:
        assert all(letter.sent_on < today for letter in letters_before(today))

    def test_come_from_organisations_that_may_use_the_number(self) -> None:
        assert all(CAST.organisations[letter.sender].bsn_ground for letter in LETTERS)


class TestTheCast:
    def test_has_numbers_that_pass_their_checks_and_belong_to_nobody(self) -> None:
        for citizen in CAST.citizens.values():
            assert bsn.is_valid(citizen.bsn)
            assert citizen.bsn.startswith("9999")
        for organisation in CAST.organisations.values():
            assert iban.is_valid(organisation.account.iban, check_country=False)
            assert organisation.number.startswith("00000099")
