"""What one letter about a debt leaves open and another by the same writer says surely.

Only who is owed and who collects: they stay the same from letter to letter, as amounts and days
do not. The same writer, because another may have owned the claim before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from letterbox.debts.facts import ReadLetter
from letterbox.debts.marks import alike
from letterbox.letters.rules import Party
from letterbox.reading.findings import Reading
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
    """Say whether letters by the same writer that are sure of a party all name the same."""
    meant = getattr(reading, party)
    named = [name for writer, name in said if alike(writer, reading.sender)]
    return bool(named) and all(alike(name, meant) for name in named)
