from hypothesis import given
from hypothesis import strategies as st

from tests.letters.learning import Judged
from tests.letters.limits import NEVER, limits_of

SHARES = st.floats(0.01, 1.0)
JUDGED = st.builds(Judged, right=st.booleans(), share=SHARES, known=st.just(True))


def judged(*right: bool) -> list[Judged]:
    """Return choices of falling shares, from 1 on down."""
    return [Judged(right=so, share=1 - at / 1000, known=True) for at, so in enumerate(right)]


class TestLimits:
    @given(st.dictionaries(st.sampled_from("abcd"), st.lists(JUDGED, max_size=40)))
    def test_let_no_more_be_wrong_than_allowed(self, groups: dict[str, list[Judged]]) -> None:
        limits = limits_of(groups, most_wrong=0.1)

        sure = [
            each for name, held in groups.items() for each in held if each.share >= limits[name]
        ]
        assert sum(not each.right for each in sure) <= 0.1 * len(sure)

    def test_show_all_of_what_is_never_wrong(self) -> None:
        assert limits_of({"a": judged(*[True] * 50)}, most_wrong=0.005)["a"] <= 0.951

    def test_spend_mistakes_where_they_show_most(self) -> None:
        often, rarely = judged(*[True, False] * 20), judged(*[True] * 150, False, *[True] * 150)

        limits = limits_of({"often": often, "rarely": rarely}, most_wrong=0.004)

        assert limits["rarely"] <= 0.7
        assert limits["often"] > 0.99

    def test_show_the_better_end_of_what_is_wrong_too_often(self) -> None:
        both = judged(*[True] * 60, False, *[True] * 60, False, *[True] * 20)

        limits = limits_of({"a": both}, most_wrong=0.01)

        assert 0.87 < limits["a"] <= 0.9

    def test_never_show_what_is_not_known(self) -> None:
        unknown = [Judged(right=True, share=0.9)]
        assert limits_of({"a": unknown}, most_wrong=0.5) == {"a": NEVER}
