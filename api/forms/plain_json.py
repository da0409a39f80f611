"""Whatever the house knows as JSON, member by member: amounts as text, moments in UTC.

For a citizen's own copy of everything, where nothing is left out. What the JSON door promises is
in `schemas`.
"""

import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from pydantic.alias_generators import to_camel

from letterbox.shared.money import Euro

MEDIA_TYPE = "application/json"


def write_json(thing: object) -> bytes:
    """Return this and all that is in it as JSON that people can read, too."""
    return json.dumps(plain(thing), ensure_ascii=False, indent=2).encode()


def plain(thing: object) -> Any:
    """Return this and all that is in it as JSON knows it."""
    if is_dataclass(thing) and not isinstance(thing, Euro | type):
        return {to_camel(each.name): plain(getattr(thing, each.name)) for each in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(name): plain(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple | Set):
        listed = sorted(thing) if isinstance(thing, Set) else thing
        return [plain(each) for each in listed]
    return _alone(thing)


def _alone(thing: object) -> Any:
    match thing:
        case Enum():
            return thing.value
        case None | bool() | int() | float() | str():
            return thing
        case datetime():
            return thing.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return thing.isoformat()
        case bytes():
            return thing.hex()
        case Euro() | UUID():
            return str(thing)
    raise TypeError(f"{type(thing).__name__} has no form in JSON yet.")
