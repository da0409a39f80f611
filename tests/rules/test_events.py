from datetime import date

from letterbox.debts.events import events_of, instalments_of
from letterbox.debts.rules import settle
from letterbox.reading.findings import Event, Instalment
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.claims import a_letter

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


class TestEvents:
    def test_are_those_of_the_newest_letter_that_names_one_of_the_sort(self) -> None:
        hearings = (Event("hearing", MAY), Event("hearing", JULY))
        letters = [
            a_letter(1, events=(Event("eviction", JULY), Event("hearing", JUNE))),
            a_letter(2, events=hearings, objection_on=JUNE),
            a_letter(3),
        ]

        found = events_of(letters)

        assert [(each.what, each.on, each.letter_id.int) for each in found] == [
            ("hearing", MAY, 2),
            ("objection", JUNE, 2),
            ("eviction", JULY, 1),
            ("hearing", JULY, 2),
        ]

    def test_are_none_in_letters_that_name_none(self) -> None:
        assert events_of([a_letter(1)]) == ()
        assert instalments_of([a_letter(1)]) == ()


class TestInstalments:
    def test_are_those_of_the_newest_plan_earliest_first(self) -> None:
        old = (Instalment(MAY, Euro(99)),)
        new = (Instalment(JULY, Euro(25)), Instalment(JUNE, Euro(30)))

        found = instalments_of([a_letter(1, instalments=old), a_letter(2, instalments=new)])

        assert [(each.on, each.amount, each.letter_id.int) for each in found] == [
            (JUNE, Euro(30), 2),
            (JULY, Euro(25), 2),
        ]


class TestADebt:
    def test_keeps_what_its_letters_announce(self) -> None:
        letter = a_letter(
            1,
            kind=Kind.SUMMONS,
            euros=100,
            events=(Event("hearing", MAY),),
            instalments=(Instalment(JUNE, Euro(25)),),
        )

        (debt,) = settle([letter]).debts

        assert [each.on for each in debt.events] == [MAY]
        assert [each.on for each in debt.instalments] == [JUNE]
