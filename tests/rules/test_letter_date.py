from datetime import date

import pytest

from letterbox.reading.letter_date import LetterDate, find_letter_date
from tests.rules.paper import RECEIVED_ON, a_layout


def letter_date_in(text: str) -> LetterDate | None:
    return find_letter_date(a_layout(text), received_on=RECEIVED_ON)


class TestLetterDate:
    @pytest.mark.parametrize(
        "text",
        [
            "Datum: 10 maart 2026",
            "Datum      10 maart 2026",
            "Dagtekening\n10 maart 2026",
            "Factuurdatum 10-03-2026",
            "Utrecht, 10 maart 2026",
            "Deventer, 10 maart 2026",
            "Utrecht, 10 maart 2026 | Polisnummer 30114882",
            "10 maart 2026\nGeachte heer,",
            "Date: March 10, 2026",
            "Bevel tot betaling Dossier: W-39 | Datum: 10 maart 2026",
            "Verzonden: 10-03-2026",
            "Verstuurd: 10-03-2026",
            "Dagtekening aanmaning: 10-03-2026",
            "Bevel tot betaling Heden, 10-03-2026, heb ik u betekend",
            "Datum\ndinsdag 10 maart 2026",
            "Op heden, de 10 maart 2026, heb ik u betekend het vonnis van 2 maart 2026.",
            "Heden, de achtste (10 maart 2026), heb ik",
            "Op 10 maart 2026 heb ik, A. Stam, toegevoegd gerechtsdeurwaarder, betekend",
            "Datum overtreding\n1 maart 2026\nDatum van deze brief\n10 maart 2026",
            "Opgemaakt: 10 maart 2026",
            "datum uitspraak      10 maart 2026",
            "Betalingsherinnering      10-03-2026",
            "3511 AB Utrecht, 10 maart 2026",
            "Vandaag, 10 maart 2026, heb ik, gerechtsdeurwaarder, aan u betekend",
            "Op 10 maart 2026, uit kracht van een dwangbevel, heb ik beslag gelegd",
            "Op 10 maart 2026 heb ik, ondergetekende, aangezegd",
            "arrest van 10 maart 2026",
            "Date of deed: 10 March 2026",
            "Beschikking van: 10 maart 2026",
            "Verzonden dinsdag 10 maart 2026",
            "uitspraak 10 maart 2026",
            "Op 10 maart 2026 ben ik, A. Stam, gerechtsdeurwaarder, bij u geweest",
            "Behandeling van: 01-03-2026 | Nota: 12 | Vandaag: 10-03-2026",
        ],
    )
    def test_is_found_however_it_is_printed(self, text: str) -> None:
        found = letter_date_in(f"{text}\nOp 20 januari 2026 schreven wij u al.")
        assert found is not None
        assert found.on == date(2026, 3, 10)

    @pytest.mark.parametrize(
        "text",
        [
            "Order          KC-323275210\nBesteld op     9 maart 2026\nFactuurdatum   10-03-2026",
            "Nr.: KD-61262 | Aanmaning d.d.: 10-03-2026",
            "d.d.\n10-03-2026",
            "Rekeningdatum      10-03-2026",
            "Dossier: 12 | Datum van deze dagvaarding: 10-03-2026",
            "Dossier: 12 | Datum overzicht: 10-03-2026",
            "Dossier: 12 | Datum bekendmaking: 10-03-2026",
            "Dossier: 12 | Dagtek.: 10-03-2026",
            "Dossier: 12 | Uitspraak van: 10-03-2026",
            "Dossier: 12 | Betekend op: 10-03-2026",
            "Contract: 12 | Afgedrukt op: 10-03-2026",
            "Klant: 12 | Rekening per: 10-03-2026",
            "Our invoice: 12 | This letter: 10 March 2026",
            "Letter date      10 March 2026",
            "File: 12 | Judgment of: 10 March 2026",
            "File: 12 | Served on: 10 March 2026",
            "Newsletter: March | Sent on: 10 March 2026",
            "Today, 10 March 2026, I have served on you the judgment",
            "Op 10 maart 2026, ten verzoeke van Woonvast",
            "Op 10 maart 2026 heb ik, ten verzoeke van Woonvast, aan u betekend",
        ],
    )
    def test_is_sure_of_a_day_that_is_named(self, text: str) -> None:
        found = letter_date_in(f"Kerkstraat 1\n{text}\nOp 20 januari 2026 schreven wij u al.")
        assert found is not None
        assert (found.on, found.sure) == (date(2026, 3, 10), True)

    def test_is_named_above_it_in_a_column_beside_the_text(self) -> None:
        found = letter_date_in("""
            Wij vragen u dit te betalen.     Ons kenmerk
            Daarna volgen kosten van         HU-2026-0417-8812
            € 40,00. Die zijn dan voor u.    Datum
            Bent u dit niet? Betaal niet.    10-03-2026
        """)
        assert found is not None
        assert (found.on, found.sure) == (date(2026, 3, 10), True)

    def test_is_sure_of_a_day_that_is_called_today(self) -> None:
        found = letter_date_in("U hebt nog 5 dagen vanaf vandaag (10 maart 2026).")
        assert found is not None
        assert (found.on, found.sure) == (date(2026, 3, 10), True)

    def test_is_none_without_a_date_of_its_own(self) -> None:
        assert letter_date_in("Het gaat om uw bezoek van 20 januari 2025 aan ons.") is None

    def test_is_not_a_date_of_birth_or_a_due_date(self) -> None:
        assert letter_date_in("Geboortedatum 10-03-1990\nVervaldatum 10-03-2027") is None

    def test_is_none_of_the_days_in_a_list(self) -> None:
        found = letter_date_in("""
            Notadatum
            10 maart 2026

            Datum
            04-03-2026 C003
            05-03-2026 V93
        """)
        assert found is not None
        assert found.on == date(2026, 3, 10)

    @pytest.mark.parametrize(
        "other", ["Besteld op", "Uw brief van:", "Uw betaling van", "In mindering ontvangen"]
    )
    def test_is_not_that_of_another_matter(self, other: str) -> None:
        assert letter_date_in(f"{other} 9 maart 2026") is None

    def test_is_not_one_of_the_days_on_which_was_paid(self) -> None:
        text = """
            Almere, 10 maart 2026

            Ontvangen
            21-02-2026     overboeking     100,00
            07-03-2026     pin             118,50
        """
        found = letter_date_in(text)

        assert found is not None
        assert (found.on, found.sure) == (date(2026, 3, 10), True)

    def test_is_unsure_where_another_day_is_nearer_to_its_coming(self) -> None:
        text = "Datum: 4 maart 2026\nGeachte heer,\nOns kenmerk 9 maart 2026."

        found, alone = letter_date_in(text), letter_date_in(text.replace("9 maart", "1 maart"))

        assert found is not None
        assert alone is not None
        assert (found.on, found.sure) == (date(2026, 3, 4), False)
        assert (alone.on, alone.sure) == (date(2026, 3, 4), True)

    def test_is_unsure_after_the_day_it_came_in(self) -> None:
        found = letter_date_in("Datum: 10 april 2026")
        assert found is None or not found.sure
