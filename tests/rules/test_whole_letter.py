"""What a letter says as a whole: whether money is collected, or comes to the citizen."""

import pytest

from letterbox.reading.found import Found
from letterbox.reading.whole_letter import clues_of_letter
from tests.rules.paper import RECEIVED_ON, a_layout


def clues_in(text: str) -> set[str]:
    return set(clues_of_letter(Found(a_layout(text), RECEIVED_ON)))


class TestALetter:
    @pytest.mark.parametrize(
        "text",
        [
            "Het bedrag wordt op of rond 3 mei 2026 van uw rekening geïncasseerd.",
            "Het bedrag wordt op 3 mei 2026 geincasseerd.",
            "Wij schrijven € 60,00 rond 3 mei 2026 af van uw rekening.",
            "Omdat u ons machtigde, incasseren wij € 60,00 op 3 mei 2026.",
            "Wij boeken het bedrag op 3 mei 2026 af.",
            "We will collect € 60.00 on 3 May 2026.",
        ],
    )
    def test_says_that_money_is_collected(self, text: str) -> None:
        assert "debited" in clues_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Op 3 mei 2026 wordt niets geïncasseerd, want dat lukt niet.",
            "Machtig ons: dan schrijven wij het bedrag voortaan af.",
            "Wij schrijven u omdat de rekening openstaat.",
        ],
    )
    def test_says_nothing_of_the_sort_when_it_is_not(self, text: str) -> None:
        assert "debited" not in clues_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Het verschil maken wij binnen tien werkdagen naar u over.",
            "Wij storten € 60,00 op uw rekening.",
        ],
    )
    def test_says_that_money_comes_to_the_citizen(self, text: str) -> None:
        assert "pays you" in clues_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "De Brug Incasso\nGeachte heer Vos,",
            "Van Dam Gerechtsdeurwaarders\nGeachte heer Vos,",
            "Mens en Geld\nWki-register 10301",
        ],
    )
    def test_says_that_its_writer_collects(self, text: str) -> None:
        assert "writer collects" in clues_in(text)

    @pytest.mark.parametrize(
        "text",
        ["Energie Zuid\nAfdeling Incasso", "Energie Zuid\nCredit Control", "Gemeente Ede\nIncasso"],
    )
    def test_says_nothing_of_the_sort_for_an_office_of_who_is_owed(self, text: str) -> None:
        assert "writer collects" not in clues_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Wij schrijven u namens Fietsboer Zuid.",
            "Onze cliënte heeft nog geld van u te goed.",
            "Vandaag heb ik voor Woonvast beslag gelegd op uw loon.",
            "In de zaak van Woonvast heeft de rechter vonnis gewezen.",
            "We act for Lodgewell Student Rooms.",
        ],
    )
    def test_says_that_it_is_for_another(self, text: str) -> None:
        assert "for another" in clues_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Met vriendelijke groet, namens het bestuur, de penningmeester",
            "Namens de raad van bestuur van UWV",
            "Doe dit voor 17 mei 2026.",
            "You asked us to write to you in English.",
        ],
    )
    def test_is_not_for_another_because_somebody_signs(self, text: str) -> None:
        assert "for another" not in clues_in(text)
