"""What one letter about a debt leaves open and another by the same writer says surely.

Only who is owed and who collects: they stay the same from letter to letter, as amounts and days
do not. The same writer, because another may have owned the claim before.
"""

from collections.abc import Sequence
from dataclasses import replace

from letterbox.debts.facts import ReadLetter
from letterbox.debts.marks import alike
from letterbox.shared.kinds import Kind

_PARTIES = ("creditor", "collector")


def borne_out(letters: Sequence[ReadLetter]) -> list[ReadLetter]:
    """Return the letters of one debt, sure of what others among them bear out."""
    return [
        replace(letter, reading=replace(letter.reading, check=_left_open(letter, letters)))
        for letter in letters
    ]


def _left_open(letter: ReadLetter, letters: Sequence[ReadLetter]) -> tuple[str, ...]:
    check = letter.reading.check
    if letter.reading.kind is Kind.TRANSFER_NOTICE or "kind" in check:
        return check  # who writes has perhaps sold the claim
    by_the_same = [x for x in letters if alike(x.reading.sender, letter.reading.sender)]
    return tuple(
        field
        for field in check
        if field not in _PARTIES or not _is_borne_out(letter, field, by_the_same)
    )


def _is_borne_out(letter: ReadLetter, party: str, letters: Sequence[ReadLetter]) -> bool:
    """Say whether letters that are sure of a party name the same, and there are such."""
    meant = getattr(letter.reading, party)
    named = [getattr(x.reading, party) for x in letters if party not in x.reading.check]
    return bool(named) and all(alike(each, meant) for each in named)
