"""What was recognised in a picture is sure only when a second look, or a sum, proves it."""

from dataclasses import replace

import pytest

from letterbox.reading.findings import Finding, Reading, Source
from letterbox.reading.found import Found
from letterbox.reading.layout import Layout
from letterbox.reading.rules import read
from letterbox.reading.seen import is_proved
from letterbox.shared.paper import Page, Paper
from tests.rules.paper import RECEIVED_ON, a_page

INVOICE = """
    Stadswater NV
    Postbus 1501
    1315 KC Almere

    Almere, 10 maart 2026

    HERINNERING

    Geachte heer De Vries,

    Op 20 januari stuurden wij u een factuur voor drinkwater. Wij ontvingen uw betaling nog niet.
    Wilt u € 84,20 betalen uiterlijk op 24 maart 2026 op rekeningnummer NL91 ABNA 0417 1643 00
    onder vermelding van 8000 1234?

    Met vriendelijke groet,
    Stadswater NV
"""
COUNTED = INVOICE.replace("uiterlijk op 24 maart 2026", "binnen 14 dagen na dagtekening")
TABLE = """
    Almere, 10 maart 2026
    Drinkwater            € 80,00
    Aanmaningskosten       € 4,20
    Te betalen            € 84,20
"""
FIGURES = {"outstanding", "payable_now", "letter_on", "due_on", "payment_reference"}


def recognised(page: Page, *doubted: str) -> Page:
    """Return the page as if seen in a picture, twice, and these words differently each time."""
    assert {word.text for word in page.words} >= set(doubted)
    words = [
        word._replace(confirmed=any(map(str.isdigit, word.text)) and word.text not in doubted)
        for word in page.words
    ]
    return replace(page, words=tuple(words), by_ocr=True)


def reading_of(*pages: Page) -> Reading:
    return read(Paper(pages), received_on=RECEIVED_ON, sender=None, envelope=None)


def sure(reading: Reading) -> set[str]:
    return {finding.field for finding in reading.findings if finding.sure} & FIGURES


def proved(field: str, value: str, words: str, *pages: Page) -> bool:
    """Say whether these words, found on the last of the pages, prove this value."""
    said = words.split()
    on_page = pages[-1].words
    at = next(n for n in range(len(on_page)) if [w.text for w in on_page[n:][: len(said)]] == said)
    boxes = [word.box for word in on_page[at : at + len(said)]]
    box = (boxes[0][0], boxes[0][1], boxes[-1][2], boxes[-1][3])
    finding = Finding(field, value, Source.OCR, page=pages[-1].number, box=box, sure=True)
    return is_proved(finding, Found(Layout(pages), RECEIVED_ON))


class TestAPicture:
    def test_is_believed_like_print_when_it_was_seen_twice(self) -> None:
        printed = reading_of(a_page(INVOICE))
        seen = reading_of(recognised(a_page(INVOICE)))

        assert {"due_on", "letter_on"} <= sure(printed) == sure(seen)
        assert {f.source for f in seen.findings if f.field in FIGURES} == {Source.OCR}

    def test_gives_questions_when_it_was_seen_once(self) -> None:
        seen = reading_of(replace(a_page(INVOICE), by_ocr=True))

        assert sure(seen) == set()
        assert {"letter_on", "due_on"} <= set(seen.check)


class TestAFigureInAPicture:
    @pytest.mark.parametrize("value", ["84.20", "84.90"])
    def test_is_proved_by_a_second_look_alone(self, value: str) -> None:
        seen, differently = recognised(a_page(INVOICE)), recognised(a_page(INVOICE), "84,20")

        assert proved("outstanding", value, "84,20", seen)
        assert not proved("outstanding", value, "84,20", differently)

    def test_is_not_proved_when_any_word_of_it_was_seen_differently(self) -> None:
        page = recognised(a_page(INVOICE), "24", "1234?")

        assert not proved("due_on", "2026-03-24", "24 maart 2026", page)
        assert not proved("payment_reference", "80001234", "8000 1234?", page)
        assert proved("letter_on", "2026-03-10", "10 maart 2026", page)

    def test_is_proved_by_others_that_come_to_it(self) -> None:
        page = recognised(a_page(TABLE), "84,20", "80,00")

        assert proved("outstanding", "84.20", "84,20", page)
        assert not proved("principal", "80.00", "80,00", page)

    def test_is_not_proved_while_another_amount_is_in_doubt(self) -> None:
        page = a_page(INVOICE.replace("nog niet.", "nog niet van € 91,50 per maand."))

        assert proved("outstanding", "84.20", "84,20", recognised(page))
        assert not proved("outstanding", "84.20", "84,20", recognised(page, "91,50"))
        assert proved("due_on", "2026-03-24", "24 maart 2026", recognised(page, "91,50"))

    def test_is_proved_where_only_the_same_amount_is_in_doubt(self) -> None:
        page = a_page(INVOICE.replace("nog niet.", "nog niet van 84,20 euro."))
        words = list(recognised(page).words)
        again = next(at for at, word in enumerate(words) if word.text == "84,20")
        words[again] = words[again]._replace(confirmed=False)

        both = replace(recognised(page), words=tuple(words))
        assert not proved("outstanding", "84.20", "84,20 euro.", both)
        assert proved("outstanding", "84.20", "84,20 betalen", both)

    def test_needs_no_proof_where_it_has_its_own(self) -> None:
        page = recognised(a_page(INVOICE), "NL91")

        assert proved("iban", "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00", page)


class TestATermInAPicture:
    def test_hangs_on_the_date_of_the_letter(self) -> None:
        counted = a_page(COUNTED)

        assert proved("due_on", "2026-03-24", "14 dagen", recognised(counted))
        assert not proved("due_on", "2026-03-24", "14 dagen", recognised(counted, "10"))

    def test_hangs_on_it_also_from_a_page_of_text(self) -> None:
        before, after = COUNTED.split("Geachte", 1)
        first, second = a_page(before), a_page(f"Geachte{after}", number=2)

        assert proved("due_on", "2026-03-24", "14 dagen", recognised(first), second)
        assert not proved("due_on", "2026-03-24", "14 dagen", recognised(first, "10"), second)

    def test_is_in_doubt_where_that_date_is(self) -> None:
        # It would have taken a month to arrive.
        page = a_page(COUNTED.replace("Almere, 10 maart 2026", "Almere, 10 februari 2026"))

        found = Found(Layout((page,)), RECEIVED_ON)
        assert found.letter_date is not None
        assert not found.letter_date.sure
        assert not proved("due_on", "2026-02-24", "14 dagen", recognised(page))
