"""Words by which letters are understood, as data: one way of writing per line."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_HERE = Path(__file__).parent


class Phrase(NamedTuple):
    """A way of writing, and how much it weighs."""

    pattern: re.Pattern[str]
    weight: float


@cache
def table(name: str) -> dict[str, Any]:
    """Return the phrases of `name.toml` as they stand there.

    :raises FileNotFoundError: there is no such table
    """
    return tomllib.loads((_HERE / f"{name}.toml").read_text("utf-8"))


@cache
def weighed(name: str, weights: tuple[tuple[str, float], ...]) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases of every section of `name.toml`, each with the weight of its list.

    Patterns are for `Layout.plain`: small letters, no accents, one block per line.
    """
    return {
        section: tuple(
            Phrase(re.compile(phrase, re.MULTILINE), weight)
            for strength, weight in weights
            for phrase in lists.get(strength, ())
        )
        for section, lists in table(name).items()
    }


def either(phrases: Iterable[str]) -> str:
    """Return one pattern for all these ways of writing."""
    return f"(?:{'|'.join(phrases)})"


def any_of(name: str, section: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return what matches any phrase of a section, capital or small, between two patterns."""
    return re.compile(f"(?i){before}{either(table(name)[section])}{after}")
