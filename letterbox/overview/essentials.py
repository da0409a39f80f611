"""Who supplies what nobody can do without: a home, energy, water, health insurance.

Recognised by the kind of letter that came, or else by words in the creditor's name, from
`tables/essentials.toml`. No letter says it for certain, so this decides on an order only.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from letterbox.debts.facts import Debt
from letterbox.letters.rules import Party
from letterbox.shared.kinds import Kind

_TABLE = Path(__file__).parent / "tables" / "essentials.toml"
_ENDS_SUPPLY = frozenset((Kind.EVICTION_NOTICE, Kind.DISCONNECTION_NOTICE))
"""Only who lets a home or supplies energy or water sends these."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How the names of one sort of supplier can be told."""

    words: frozenset[str]
    beginnings: tuple[str, ...]

    def fits(self, words: Sequence[str]) -> bool:
        """Test whether one of the words of a name tells it."""
        return any(word in self.words or word.startswith(self.beginnings) for word in words)


_ESSENTIALS = msgspec.toml.decode(_TABLE.read_bytes(), type=dict[str, Naming])


def is_essential(debt: Debt) -> bool:
    """Test whether a debt is for a home, energy, water or health insurance, as far as is known."""
    reached = {debt.stage, *(line.kind for line in debt.history)}
    return bool(reached & _ENDS_SUPPLY) or essential_of(debt.creditor) is not None


def essential_of(creditor: Party | None) -> str | None:
    """Return what a creditor supplies, by its name: a key of the table, such as `rent`."""
    if creditor is None:
        return None
    words = _words(creditor.name)
    return next((what for what, naming in _ESSENTIALS.items() if naming.fits(words)), None)


def _words(name: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", bare.lower())
