"""What was chosen for every field of a letter, as those who doubt it look at it."""

from collections.abc import Mapping
from typing import Any

from letterbox.reading.candidates import Choice
from letterbox.shared.kinds import Kind

Choices = Mapping[str, Choice[Any]]

FROM_WHO_IS_OWED = frozenset(
    f"kind {kind.value}"
    for kind in (
        *(Kind.INVOICE, Kind.ASSESSMENT, Kind.FINE, Kind.RECLAIM, Kind.REMINDER, Kind.DEMAND),
        *(Kind.CREDIT_NOTE, Kind.STATEMENT, Kind.DISCONNECTION_NOTICE),
    )
)
"""Kinds of letter that hardly anybody else writes, as far as one can tell the kind."""
