"""Days that a letter warns of, in words that name neither a hearing nor an eviction."""

from datetime import date

import pytest

from letterbox.reading.findings import Event
from tests.rules.paper import reading_of

DAY = date(2026, 4, 1)


class TestALetter:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            (
                """
                Utrecht, 10 maart 2026
                U moet naar de rechter
                Geachte heer Vos,
                Woonvast (de eisende partij) begint een rechtszaak tegen u. De vordering is
                € 634,18. U moet op woensdag 1 april 2026 om 11.15 uur bij de kantonrechter zijn.
                """,
                "hearing",
            ),
            (
                """
                Utrecht, 10 maart 2026
                Aanzegging ontruiming
                Geachte heer Vos,
                De rechter heeft beslist dat u uit uw woning moet. Wij komen op woensdag
                1 april 2026 om 9.00 uur met verhuizers en een slotenmaker.
                """,
                "eviction",
            ),
            (
                """
                Utrecht, 10 maart 2026
                Laatste brief: wij stoppen met leveren van stroom en gas op 1 april 2026
                Geachte heer Vos,
                U heeft een betalingsachterstand van € 634,18. Betaal uiterlijk 25 maart 2026.
                """,
                "cut_off",
            ),
        ],
    )
    def test_warns_of_a_day(self, text: str, what: str) -> None:
        assert reading_of(text, sender="Woonvast").events == (Event(what, DAY),)

    @pytest.mark.parametrize(
        "text",
        [
            """
            Utrecht, 10 maart 2026
            Laatste aanmaning
            Geachte heer Vos,
            U heeft een betalingsachterstand van € 634,18. Betaal uiterlijk 1 april 2026, anders
            beëindigen wij de levering.
            """,
            """
            Utrecht, 10 maart 2026
            Uitnodiging
            Geachte heer Vos,
            Wij nodigen u uit voor een gesprek op 1 april 2026 om 11.00 uur op ons kantoor.
            """,
        ],
    )
    def test_warns_of_nothing_on_a_day_to_pay_or_to_talk(self, text: str) -> None:
        assert reading_of(text, sender="Woonvast").events == ()


class TestTheLastDayToObject:
    def test_is_read_with_its_words(self) -> None:
        reading = reading_of(
            """
            Utrecht, 10 maart 2026
            Aanslag gemeentelijke belastingen
            Geachte heer Vos,
            U betaalt € 634,18 uiterlijk 10 mei 2026 op NL91 ABNA 0417 1643 00.
            Bent u het niet eens met deze aanslag? Maak dan binnen zes weken na de dagtekening
            bezwaar bij de heffingsambtenaar.
            """,
            sender="Gemeente Utrecht",
        )

        assert (reading.due_on, reading.objection_on) == (date(2026, 5, 10), date(2026, 4, 21))

    def test_is_not_the_last_day_to_pay(self) -> None:
        reading = reading_of(
            """
            Utrecht, 10 maart 2026
            Herinnering
            Geachte heer Vos,
            U heeft geen bezwaar gemaakt. Betaal € 634,18 binnen zes weken na de dagtekening.
            """,
            sender="Woonvast",
        )

        assert reading.objection_on is None
