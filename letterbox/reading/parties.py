"""Organisations in a letter: when two names are one, and who is who."""

import re
import unicodedata
from functools import cache, lru_cache

from letterbox.reading.phrases import table

_LEGAL_FORM = re.compile(
    r"\b(?:b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|u\.?a\.?|cooperatie|stichting)(?=\W|$)", re.IGNORECASE
)
_PUBLIC = re.compile(
    r"(?i)\b(?:gemeente|waterschap|hoogheemraadschap|provincie|rijks\w*|dienst|ministerie|municipality)\b"
)
_OWNERS = re.compile(r"\bvereniging van eigenaa?r(?:s|en)\b", re.IGNORECASE)
_LEAST = 5  # letters that a name must have to be found inside another


@lru_cache(maxsize=4096)
def same_name(name: str) -> str:
    """Return what two ways of writing one organisation have in common.

    Without legal form, accents, capitals, spaces and marks; owners of flats are a `VvE`.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _OWNERS.sub("VvE", plain)
    return re.sub(r"[^a-z0-9]+", "", _LEGAL_FORM.sub(" ", plain).lower())


@cache
def _known_as() -> dict[str, str]:
    names = table("public_bodies")["names"]
    return {same_name(other): name for name, others in names.items() for other in (name, *others)}


def full_name(name: str) -> str:
    """Return the usual name of a public body, any other name as it is."""
    return _known_as().get(same_name(name), name)


def is_public_body(name: str) -> bool:
    """Say whether this is a public body, by its name."""
    return same_name(name) in _known_as() or bool(_PUBLIC.search(name))


def alike(one: str, other: str) -> bool:
    """Say whether two names are of one organisation, or one of them is short for the other."""
    return keys_alike(same_name(one), same_name(other))


def keys_alike(a: str, b: str) -> bool:
    """Say the same of what `same_name` returns for two names."""
    return bool(a and b) and (a == b or (min(len(a), len(b)) >= _LEAST and (a in b or b in a)))
