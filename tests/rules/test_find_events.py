"""A day on which something happens that is hard to undo, by the words around it."""

from datetime import date

import pytest

from letterbox.reading.finders.events import EventKind, find_events
from tests.rules.paper import a_layout

DAY = date(2026, 4, 1)


class TestFindEvents:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("Ik heb gedagvaard: de heer Vos, om op 1 april 2026 te 10.00 uur", EventKind.HEARING),
            ("Wij sluiten uw water af op 1 april 2026", EventKind.CUT_OFF),
            ("De monteur komt op 1 april 2026 de kraan dicht draaien.", EventKind.CUT_OFF),
            ("The operator will cut you off on 1 April 2026.", EventKind.CUT_OFF),
            ("De ontruiming is op 1 april 2026.", EventKind.EVICTION),
            ("De openbare verkoop is op 1 april 2026.", EventKind.SALE),
        ],
    )
    def test_says_what_happens_on_a_day(self, text: str, what: EventKind) -> None:
        found = find_events(a_layout(text), letter_on=date(2026, 3, 10))

        assert [(event.what, event.on) for event in found] == [(what, DAY)]

    @pytest.mark.parametrize(
        "text",
        ["Betaal uiterlijk 1 april 2026, anders sluiten wij af.", "Op 1 april 2026 belt u ons."],
    )
    def test_finds_nothing_on_a_day_to_pay_or_to_call(self, text: str) -> None:
        assert find_events(a_layout(text), letter_on=date(2026, 3, 10)) == []
