"""What a caller would like best of what we make: `Accept` and `Accept-Language` (RFC 9110, 12.5).

A header that cannot be understood counts for nothing; a caller who names nothing we make
gets nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeVar

Language = Literal["nl", "en"]
Choice = TypeVar("Choice", bound=str)
LANGUAGES: tuple[Language, ...] = ("nl", "en")
"""The first is for those who do not say."""

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


def best_type(accept: Sequence[str] | None, made: Sequence[str]) -> str | None:
    """Return the media type that suits best, the earlier of two that suit as well.

    :param accept: the lines of the header, or nothing when it was not sent
    :param made: media types without parameters, in order of our own preference
    :returns: nothing when none of them will do
    """
    wanted = list(_weighed(accept or ()))
    if not wanted:
        return made[0]
    return _best(made, {each: _quality_of_type(each, wanted) for each in made})


def best_language(accept_language: Sequence[str] | None) -> Language:
    """Return the language that suits best. One of ours is better than no answer at all."""
    wanted = [(range_.partition("-")[0], weight) for range_, weight in _weighed(accept_language)]
    anything = max((weight for name, weight in wanted if name == "*"), default=0.0)
    suits = {
        each: max((weight for name, weight in wanted if name == each), default=anything)
        for each in LANGUAGES
    }
    return _best(LANGUAGES, suits) or LANGUAGES[0]


def _best(made: Sequence[Choice], suits: dict[Choice, float]) -> Choice | None:
    best = max(made, key=lambda each: suits[each])
    return best if suits[best] > 0 else None


def _weighed(lines: Iterable[str] | None) -> Iterator[tuple[str, float]]:
    for part in ",".join(lines or ()).lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        if name:
            yield name, _weight(parameters)


def _weight(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _QUALITY.fullmatch(value.strip()) else 0.0
    return 1.0


def _quality_of_type(made: str, wanted: Iterable[tuple[str, float]]) -> float:
    """Weigh by the range that fits most closely: `text/csv;q=0, */*` means anything but CSV."""
    closest = (made, f"{made.partition('/')[0]}/*", "*/*")
    fitting = [(closest.index(name), weight) for name, weight in wanted if name in closest]
    nearest = min((rank for rank, _ in fitting), default=None)
    return max((weight for rank, weight in fitting if rank == nearest), default=0.0)
