"""Money in whole cents, so that no amount is ever rounded by accident."""

import re
from dataclasses import dataclass
from typing import Self

_PLAIN = re.compile(r"(-?)(\d{1,12})\.(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Euro:
    """An amount of euros. `Euro(1250)` is twelve euros and fifty cents."""

    cents: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the amount written the way the door writes it: `"1234.56"`.

        :raises ValueError: anything else
        """
        match = _PLAIN.fullmatch(text)
        if match is None:
            raise ValueError("an amount is written with two decimals and a point")
        sign, euros, cents = match.groups()
        return cls((int(euros) * 100 + int(cents)) * (-1 if sign else 1))

    def __add__(self, other: "Euro") -> "Euro":
        return Euro(self.cents + other.cents)

    def __sub__(self, other: "Euro") -> "Euro":
        return Euro(self.cents - other.cents)

    def __neg__(self) -> "Euro":
        return Euro(-self.cents)

    def __str__(self) -> str:
        """Return the amount as the door writes it: `1234.56`."""
        euros, cents = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}{euros}.{cents:02d}"

    @property
    def dutch(self) -> str:
        """The amount as people in the Netherlands write it: `€ 1.234,56`."""
        euros, cents = divmod(abs(self.cents), 100)
        thousands = f"{euros:,}".replace(",", ".")
        return f"{'-' if self.cents < 0 else ''}€ {thousands},{cents:02d}"
