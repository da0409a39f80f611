"""What other fields say of a choice, however much it weighs: they cast doubt on it, or back it.

What weighs most is chosen field by field. A day to pay by without anything to pay, an agency to
which one owes money itself: one of the two is likely wrong, and it takes more weight to be sure
of either. Where all fits together less will do, and what the letter contradicts is never sure.
"""

from collections.abc import Collection

from letterbox.reading.adding_up import parts_in_table
from letterbox.reading.doubting import money, parties
from letterbox.reading.doubting.choices import Choices
from letterbox.reading.found import Found

LIMITS = ("value", "none", "backed", "doubted")
"""A limit for each: it has a value or none, other fields back it, or they cast doubt on it."""


def limits_to_reach(choices: Choices, found: Found, letter: Collection[str]) -> dict[str, str]:
    """Return by field which limit of its scale a choice must reach to be sure.

    Left out are fields that the letter itself contradicts, which no weight makes sure, and parts
    that a table tells, which need none.

    :param choices: by field, the increase and the parts left out
    :param letter: clues about the letter as a whole
    """
    refuted = contradicted(choices, found)
    told = parts_in_table(found.closings, choices["outstanding"].value)
    doubts, backs = doubted(choices, found, letter), backed(choices, found, letter)
    limits = {name: "none" if it.value is None else "value" for name, it in choices.items()}
    limits |= dict.fromkeys(backs & limits.keys(), "backed")
    limits |= dict.fromkeys(doubts & limits.keys(), "doubted")
    return {name: limit for name, limit in limits.items() if name not in {*refuted, *told}}


def contradicted(choices: Choices, found: Found) -> frozenset[str]:
    """Return the fields that cannot be right as they stand."""
    return frozenset([*money.contradicted(choices, found), *parties.contradicted(choices, found)])


def doubted(choices: Choices, found: Found, letter: Collection[str]) -> frozenset[str]:
    """Return the fields that need more weight than others, for the rest hardly fits them."""
    about_money = money.doubted(choices, found, letter)
    return frozenset([*about_money, *parties.doubted(choices, found, letter)])


def backed(choices: Choices, found: Found, letter: Collection[str]) -> frozenset[str]:
    """Return the fields that others confirm."""
    return frozenset([*money.backed(choices, found), *parties.backed(choices, found, letter)])
