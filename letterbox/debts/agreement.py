"""What one letter about a debt leaves open and another says surely.

Only who is owed and who collects: they stay the same from letter to letter, as amounts and days
do not. Another by the same writer, because somebody else may have owned the claim before; but
that who writes is owed himself, a bailiff or a court may bear out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from letterbox.debts.facts import ReadLetter
from letterbox.debts.marks import alike
from letterbox.letters.rules import Party
from letterbox.reading.findings import Reading
from letterbox.reading.parties import alike as means
from letterbox.shared.kinds import Kind

_PARTIES = ("creditor", "collector")
_Said = frozenset[tuple[Party | None, Party | None]]
"""Who writes, and whom such a letter surely names: the same of most letters, so few."""


def borne_out(letters: Sequence[ReadLetter]) -> list[ReadLetter]:
    """Return the letters of one debt, sure of what others among them bear out."""
    readings = [letter.reading for letter in letters]
    said = {party: _surely_said(readings, party) for party in _PARTIES}
    return [
        replace(letter, reading=replace(letter.reading, check=_left_open(letter.reading, said)))
        for letter in letters
    ]


def _surely_said(readings: Iterable[Reading], party: str) -> _Said:
    return frozenset((r.sender, getattr(r, party)) for r in readings if party not in r.check)


def _left_open(reading: Reading, said: Mapping[str, _Said]) -> tuple[str, ...]:
    if reading.kind is Kind.TRANSFER_NOTICE or "kind" in reading.check:
        return reading.check  # who writes has perhaps sold the claim
    return tuple(
        field
        for field in reading.check
        if field not in said or not _is_borne_out(reading, field, said[field])
    )


def _is_borne_out(reading: Reading, party: str, said: _Said) -> bool:
    """Say whether letters by the same writer that are sure of a party all name the same, or
    those of anybody that he is owed himself."""
    meant = getattr(reading, party)
    by_the_writer = [name for writer, name in said if alike(writer, reading.sender)]
    for_himself = party == "creditor" and alike(meant, reading.sender)
    return _all_mean(meant, by_the_writer) or (
        for_himself and _all_mean(meant, [name for _, name in said])
    )


def _all_mean(meant: Party | None, named: Sequence[Party | None]) -> bool:
    return bool(named) and all(_are_one(name, meant) for name in named)


def _are_one(one: Party | None, other: Party | None) -> bool:
    """Say whether they are one, in letters that are joined already: a name may be short."""
    if one is None or other is None or (one.number and other.number):
        return alike(one, other)
    return means(one.name, other.name)
