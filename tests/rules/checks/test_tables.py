from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from letterbox.debts.checks.tables import (
    COLLECTION_COSTS,
    FINE_INCREASES,
    LIMITATION,
    STATUTORY_INTEREST,
    VAT,
    in_force,
    is_public,
)
from letterbox.letters.rules import Party


class TestTables:
    @pytest.mark.parametrize("rows", [STATUTORY_INTEREST.rate, VAT.rate])
    def test_run_from_old_to_new(self, rows: tuple[Any, ...]) -> None:
        assert len(rows) > 1
        assert all(one.since < other.since for one, other in pairwise(rows))

    def test_name_their_sources(self) -> None:
        every: tuple[Any, ...] = (
            *COLLECTION_COSTS.scale,
            *COLLECTION_COSTS.stacking,
            *VAT.rate,
            *STATUTORY_INTEREST.rate,
            *FINE_INCREASES.increase,
            *LIMITATION.term,
        )
        assert all(row.source for row in every)

    def test_mark_what_the_operator_has_to_confirm(self) -> None:
        doubted = [row.since for row in STATUTORY_INTEREST.rate if row.status != "confirmed"]
        assert {date(2025, 1, 1), date(2026, 1, 1)} <= set(doubted)

    def test_end_with_a_term_for_everything_else(self) -> None:
        last = LIMITATION.term[-1]
        assert (last.stages, last.words) == (frozenset(), ())

    def test_hold_from_their_first_day(self) -> None:
        rates = STATUTORY_INTEREST.rate
        assert in_force(rates, date(2009, 12, 31)) is None
        assert in_force(rates, date(2023, 6, 30)) == rates[4]
        assert in_force(rates, date(2023, 7, 1)) == rates[5]


class TestPublicBody:
    @pytest.mark.parametrize(
        "name",
        ["Gemeente Zwolle", "Waterschap Vechtstromen", "CJIB", "Dienst Toeslagen", "D.U.O. DUO"],
    )
    def test_is_known_by_a_word_in_its_name(self, name: str) -> None:
        assert is_public(Party(name))

    @pytest.mark.parametrize("name", ["Duomo Pizza", "Rijkman Schilders", "Kwikstaart Mode"])
    def test_is_known_by_whole_words(self, name: str) -> None:
        assert not is_public(Party(name))

    def test_has_a_name(self) -> None:
        assert not is_public(None)
