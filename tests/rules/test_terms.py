from datetime import date

import pytest

from letterbox.reading.finders.terms import Counted, find_terms
from letterbox.reading.working_days import working_days_after, working_days_before
from tests.rules.paper import a_layout

LETTER_ON, RECEIVED_ON = date(2026, 3, 10), date(2026, 3, 12)


def terms_in(text: str) -> list[tuple[date | None, Counted]]:
    found = find_terms(a_layout(text), letter_on=LETTER_ON, received_on=RECEIVED_ON)
    return [(term.on, term.counted) for term in found]


class TestFindTerms:
    @pytest.mark.parametrize(
        ("text", "on"),
        [
            ("uiterlijk 1 april 2026", date(2026, 4, 1)),
            ("uiterlijk op 1 april 2026", date(2026, 4, 1)),
            ("uiterlijk zaterdag 4 april", date(2026, 4, 4)),
            ("voor of op 1 april 2026", date(2026, 4, 1)),
            ("vóór of op 1 april 2026", date(2026, 4, 1)),
            ("op of voor 1 april 2026", date(2026, 4, 1)),
            ("Betalen voor of op      1 april 2026", date(2026, 4, 1)),
            ("Betalen op of vóór      1 april 2026", date(2026, 4, 1)),
            ("vóór 1 april 2026", date(2026, 3, 31)),
            ("voor 1 april 2026", date(2026, 3, 31)),
            ("Vervaldatum: 01-04-2026", date(2026, 4, 1)),
            ("Uiterste betaaldatum: 2026-04-01", date(2026, 4, 1)),
            ("t/m 1 april 2026", date(2026, 4, 1)),
            ("Te betalen vóór      1 april 2026", date(2026, 3, 31)),
            ("Te betalen vóór      30114882 69,71 01-04-2026", date(2026, 3, 31)),
            ("by 1 April 2026", date(2026, 4, 1)),
            ("before April 1, 2026", date(2026, 3, 31)),
            ("Please pay €173.97before 1 April 2026", date(2026, 3, 31)),
            ("U moet dit hebben betaald op 1 april 2026", date(2026, 4, 1)),
            ("niet later dan 1 april 2026", date(2026, 4, 1)),
            ("op zijn laatst op 1 april 2026", date(2026, 4, 1)),
            ("uiterlijk aanstaande woensdag 1 april 2026", date(2026, 4, 1)),
            ("De laatste dag is 1-4-2026", date(2026, 4, 1)),
            ("Laatste betaaldag      01-04-2026", date(2026, 4, 1)),
            ("Deze factuur vervalt op 1 april 2026", date(2026, 4, 1)),
            ("Payment deadline: 1 April 2026", date(2026, 4, 1)),
            ("vóór de jaarafsluiting van 1 april 2026", date(2026, 3, 31)),
            ("Kan dat voor de ledenvergadering van 1 april 2026", date(2026, 3, 31)),
            ("Klaar vóór      01-04-2026", date(2026, 3, 31)),
            ("Als het maar vóór de vakantie binnen is, dat is 1 april 2026", date(2026, 3, 31)),
            ("Ineens? Dan vóór:      01-04-2026", date(2026, 3, 31)),
            ("Dat kan tot 1 april 2026; op die dag zelf bent u te laat", date(2026, 3, 31)),
            ("Verzonden op      4 maart 2026\nBetalen vóór      1 april 2026", date(2026, 3, 31)),
            ("Verzonden    Betalen vóór\n\n4 maart 2026 1 april 2026", date(2026, 3, 31)),
        ],
    )
    def test_reads_a_last_day(self, text: str, on: date) -> None:
        assert terms_in(text) == [(on, Counted.FIXED)]

    @pytest.mark.parametrize(
        ("text", "on", "counted"),
        [
            ("binnen 14 dagen na dagtekening", date(2026, 3, 24), Counted.LETTER),
            ("binnen veertien dagen na heden", date(2026, 3, 24), Counted.LETTER),
            ("binnen een week na dagtekening", date(2026, 3, 17), Counted.LETTER),
            ("binnen een maand na dagtekening", date(2026, 4, 10), Counted.LETTER),
            ("binnen 5 werkdagen na dagtekening", date(2026, 3, 17), Counted.LETTER),
            ("30 dagen na factuurdatum", date(2026, 4, 9), Counted.LETTER),
            ("14 dagen netto na faktuurdatum", date(2026, 3, 24), Counted.LETTER),
            ("binnen twee weken na de uitspraak", date(2026, 3, 24), Counted.LETTER),
            ("Terms: 21 days from issue", date(2026, 3, 31), Counted.LETTER),
            ("uiterlijk op de zevende dag na dagtekening", date(2026, 3, 17), Counted.LETTER),
            ("the tenth day after the date of this letter", date(2026, 3, 20), Counted.LETTER),
            ("de achtste dag na ontvangst", date(2026, 3, 20), Counted.DELIVERY),
            ("Zes dagen heeft u de tijd, gerekend vanaf heden", date(2026, 3, 16), Counted.LETTER),
            ("in two weeks from the day on this bill", date(2026, 3, 24), Counted.LETTER),
            ("within a week from today", date(2026, 3, 17), Counted.LETTER),
            ("within a fortnight of the date above", date(2026, 3, 24), Counted.LETTER),
            ("Betaalconditie: 14 dagen netto", date(2026, 3, 24), Counted.UNSAID),
            ("Betalingscondities: 14 dagen netto", date(2026, 3, 24), Counted.UNSAID),
            ("payment terms: net 14 days", date(2026, 3, 24), Counted.UNSAID),
            ("in de komende acht dagen", date(2026, 3, 18), Counted.UNSAID),
            ("acht dagen nadat deze brief in de bus viel", date(2026, 3, 20), Counted.DELIVERY),
            (
                "De rit is op 1 april 2026. Betaal uiterlijk de dag daarvoor.",
                date(2026, 3, 31),
                Counted.HANGING,
            ),
            ("vóór het einde van de maand", date(2026, 3, 31), Counted.HANGING),
            ("De betaaltermijn van acht dagen gaat in op heden", date(2026, 3, 18), Counted.LETTER),
            (
                "Je hebt acht dagen om dat te betalen, gerekend vanaf de dag dat je dit kreeg",
                date(2026, 3, 20),
                Counted.DELIVERY,
            ),
            ("acht dagen, en die tellen vanaf ontvangst", date(2026, 3, 20), Counted.DELIVERY),
            (
                "daar heeft u acht dagen voor. Die gaan in na ontvangst",
                date(2026, 3, 20),
                Counted.DELIVERY,
            ),
            ("Wij gunnen u nog acht dagen", date(2026, 3, 18), Counted.UNSAID),
            ("Er resteren u nog acht dagen", date(2026, 3, 18), Counted.UNSAID),
            ("within the next eight days", date(2026, 3, 18), Counted.UNSAID),
            ("binnen 48 uur na heden", date(2026, 3, 12), Counted.LETTER),
            ("binnen 8 d. na factuurdatum", date(2026, 3, 18), Counted.LETTER),
            ("within 14 days of the date of this letter", date(2026, 3, 24), Counted.LETTER),
            ("binnen 14 dagen na ontvangst van deze brief", date(2026, 3, 26), Counted.DELIVERY),
            (
                "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            (
                "binnen 15 dagen nadat deze brief bij u is bezorgd",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            (
                "U krijgt van ons nog 14 dagen. Die termijn begint op de dag nadat u dit ontvangt.",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            ("vijftien dagen na ontvangst van deze brief", date(2026, 3, 26), Counted.DELIVERY),
            (
                "U krijgt 14 dagen de tijd. Die dagen gaan in nadat je dit in huis hebt",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            (
                "een laatste termijn van veertien dagen. Deze vangt aan op de dag na bezorging",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            (
                "U heeft na ontvangst van deze aanmaning nog veertien dagen om te betalen.",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            (
                "Vanaf de dag nadat u deze brief krijgt, heeft u veertien dagen om te betalen.",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            (
                "Heden heb ik u het dwangbevel betekend. Betaal binnen twee dagen na betekening.",
                date(2026, 3, 12),
                Counted.LETTER,
            ),
            (
                "binnen 30 dagen na dagtekening te zijn ontvangen",
                date(2026, 4, 9),
                Counted.LETTER,
            ),
            (
                "BINNEN 8 DAGEN NA DATUM DEZES TE MOGEN ONTVANGEN",
                date(2026, 3, 18),
                Counted.LETTER,
            ),
            ("must be received within 14 days of today", date(2026, 3, 24), Counted.LETTER),
            (
                "binnen zes weken na de datum van deze brief hebben ontvangen",
                date(2026, 4, 21),
                Counted.LETTER,
            ),
            (
                "binnen zes weken na de datum waarop u deze brief ontving",
                date(2026, 4, 23),
                Counted.DELIVERY,
            ),
            ("14 days after today, be received by us", date(2026, 3, 24), Counted.LETTER),
            (
                "U heeft nog veertien dagen de tijd, te rekenen vanaf de dag na ontvangst hiervan",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            (
                "You have fourteen days for this, starting the day after this letter is delivered",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            (
                "You have 14 days, and these days start to run after the day it was delivered",
                date(2026, 3, 26),
                Counted.DELIVERY,
            ),
            ("14 dgn na factuurdatum", date(2026, 3, 24), Counted.LETTER),
            ("U hebt dus nog veertien dagen", date(2026, 3, 24), Counted.UNSAID),
            ("binnen twee dagen na betekening van dit vonnis", None, Counted.SERVICE),
            ("binnen 14 dagen", date(2026, 3, 24), Counted.UNSAID),
            ("per omgaande", None, Counted.AT_ONCE),
            ("per ommegaande", None, Counted.AT_ONCE),
        ],
    )
    def test_counts_days(self, text: str, on: date | None, counted: Counted) -> None:
        assert terms_in(text) == [(on, counted)]

    @pytest.mark.parametrize(
        ("text", "on"),
        [
            ("De zitting is op 2 april 2026. Betaal vóór de zittingsdag.", date(2026, 4, 1)),
            ("Op 2 april 2026 komen wij. Betaal vóór die dag.", date(2026, 4, 1)),
            ("Op 2 april 2026 komen wij. Betaal vóór de genoemde dag.", date(2026, 4, 1)),
            (
                "De ontruiming is op 7 april 2026. Wij willen het geld een werkdag vóór de "
                "ontruiming zien.",
                date(2026, 4, 2),
            ),
            (
                "Je abonnement stopt op 2 april 2026. Betaal vóór het einde van dat abonnement.",
                date(2026, 4, 1),
            ),
            ("The hearing is on 7 April 2026. Pay two days before the hearing.", date(2026, 4, 5)),
        ],
    )
    def test_counts_back_from_another_day(self, text: str, on: date) -> None:
        assert (on, Counted.HANGING) in terms_in(text)

    def test_does_not_choose_between_two_hearings(self) -> None:
        text = "De zitting is op 2 april 2026 of op 9 april 2026. Betaal vóór de zitting."
        assert terms_in(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "op 1 april 2026",
            "over 14 dagen praten wij verder",
            "sinds 1 mei 2025",
            "uiterlijk één werkdag vóór de zitting",
        ],
    )
    def test_finds_nothing_rather_than_guess(self, text: str) -> None:
        assert terms_in(text) == []

    def test_takes_the_last_day_of_a_shorter_month(self) -> None:
        [term] = find_terms(
            a_layout("binnen een maand na dagtekening"),
            letter_on=date(2026, 1, 31),
            received_on=date(2026, 2, 1),
        )
        assert term.on == date(2026, 2, 28)


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("day", "count", "later"),
        [
            (date(2026, 3, 13), 1, date(2026, 3, 16)),
            (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday, Easter
            (date(2026, 4, 24), 1, date(2026, 4, 28)),  # King's Day
            (date(2025, 4, 25), 1, date(2025, 4, 28)),  # King's Day on Saturday
            (date(2026, 5, 13), 1, date(2026, 5, 15)),  # Ascension Day
            (date(2026, 12, 24), 1, date(2026, 12, 28)),
        ],
    )
    def test_skip_weekends_and_holidays(self, day: date, count: int, later: date) -> None:
        assert working_days_after(day, count) == later
        assert working_days_before(later, count) <= day
