"""Whatever was read, asking neither fails nor depends on the order of arrival."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from letterbox.debts.checks import with_checks_on
from letterbox.debts.facts import ReadLetter, from_json, to_json
from letterbox.debts.rules import settle
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.claims import DAY_ONE, a_letter

AMOUNTS = st.none() | st.sampled_from([-100, 0, 1, 5000, 14837, 99912, 10**12]).map(Euro)
DUE = st.none() | st.dates() | st.integers(-40, 40).map(lambda days: DAY_ONE + timedelta(days))
FIELDS = ("outstanding", "principal", "interest", "collection_costs", "increase", "due_on", "kind")
LETTERS = st.lists(
    st.builds(
        a_letter,
        st.integers(1, 400),
        creditor=st.sampled_from(["Fitclub", "Gemeente Zwolle", "CJIB", None]),
        collector=st.sampled_from([None, "Bureau Inning"]),
        kind=st.sampled_from(Kind),
        case=st.sampled_from([None, "F-200001", "F-200002"]),
        customer=st.sampled_from([None, "C-300001"]),
        quoting=st.sampled_from([None, "Q-100001", "Q-100002"]),
        letter_on=st.none() | st.dates(date(1999, 1, 1), date(2027, 3, 1)),
        outstanding=AMOUNTS,
        principal=AMOUNTS,
        interest=AMOUNTS,
        collection_costs=AMOUNTS,
        conditional_costs=AMOUNTS,
        increase=AMOUNTS,
        paid=AMOUNTS,
        due_on=DUE,
        iban=st.sampled_from([None, "NL91ABNA0417164300", "NL39ABNA6073118254"]),
        check=st.sets(st.sampled_from(FIELDS), max_size=2).map(lambda found: tuple(sorted(found))),
    ),
    unique_by=lambda letter: letter.letter_id,
    max_size=6,
)


class TestAsking:
    @given(LETTERS, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_arrival(
        self, letters: list[ReadLetter], random: object
    ) -> None:
        shuffled = list(letters)
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        assert settle(shuffled) == settle(letters)

    @given(LETTERS, st.dates(date(2026, 1, 1), date(2060, 1, 1)))
    def test_asks_in_two_languages(self, letters: list[ReadLetter], as_of: date) -> None:
        settlement = settle(letters)
        debts = [with_checks_on(debt, as_of=as_of) for debt in settlement.debts]
        checks = [check for debt in debts for check in debt.checks]
        assert all("?" in check.message and "?" in check.message_en for check in checks)
        assert from_json(to_json(settlement)) == settlement
