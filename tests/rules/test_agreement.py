"""Who is owed and who collects may be borne out by another letter about the same debt."""

from typing import Any

import pytest

from letterbox.debts.agreement import borne_out
from letterbox.debts.rules import settle
from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind
from tests.rules.claims import a_letter


def left_open(asked: dict[str, Any], other: dict[str, Any]) -> tuple[str, ...]:
    """Return what is asked about the first of two letters, all but the day of which is unsure."""
    unsure = ("creditor", "collector", "due_on")
    first = a_letter(1, **{"collector": "Grift Incasso", "check": unsure, **asked})
    second = a_letter(2, **{"collector": "Grift Incasso", **other})
    return borne_out([first, second])[0].reading.check


class TestALetter:
    def test_is_sure_of_whom_another_by_the_same_writer_names(self) -> None:
        assert left_open({}, {}) == ("due_on",)

    @pytest.mark.parametrize(
        ("asked", "other", "still"),
        [
            ({}, {"check": ("creditor",)}, "creditor"),
            ({}, {"creditor": "Gasworks"}, "creditor"),
            ({}, {"collector": "Haak & Vos"}, "collector"),
            ({}, {"collector": None}, "creditor"),
            ({"kind": Kind.TRANSFER_NOTICE}, {}, "creditor"),
            ({"check": ("creditor", "kind")}, {}, "creditor"),
            ({"creditor": None}, {"creditor": None}, "creditor"),
        ],
        ids=[
            *("which is unsure itself", "another is owed", "another collects"),
            *("another writes", "perhaps sold", "of what kind", "nobody is named"),
        ],
    )
    def test_is_asked_about_where_the_other_does_not_bear_it_out(
        self, asked: dict[str, Any], other: dict[str, Any], still: str
    ) -> None:
        assert still in left_open(asked, other)

    def test_is_sure_that_its_writer_is_owed_where_a_bailiff_says_so(self) -> None:
        of_himself = a_letter(1, check=("creditor", "collector"))
        of_bailiff = a_letter(2, creditor="Northern Waterworks", collector="Grift Incasso")
        assert borne_out([of_himself, of_bailiff])[0].reading.check == ("collector",)

    def test_is_asked_about_where_others_disagree(self) -> None:
        asked = a_letter(1, check=("creditor",), sender=Party("Post Office"))
        others = [
            a_letter(number, creditor=name, sender=Party("Post Office"))
            for number, name in enumerate(("Waterworks", "Gasworks"), start=2)
        ]

        assert borne_out([asked, *others])[0].reading.check == ("creditor",)

    def test_does_not_bear_itself_out(self) -> None:
        alone = a_letter(1, check=("creditor",))

        assert borne_out([alone])[0].reading.check == ("creditor",)


class TestADebt:
    def test_is_as_sure_as_its_letters_together(self) -> None:
        one = a_letter(1, case="F-26001", euros=10)
        other = a_letter(2, case="F-26001", euros=10, check=("creditor", "outstanding"))

        [debt] = settle([one, other]).debts

        assert debt.unsure == ("outstanding",)
        assert [line.check for line in debt.history] == [(), ("outstanding",)]
