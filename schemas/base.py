"""What every shape at the door has in common."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.alias_generators import to_camel


class Incoming(BaseModel):
    """What a caller hands us. Unknown members are refused: they are mostly typing errors.

    Strict: a number is not a date, and a text is not a number, though it could be read as one.
    """

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True, strict=True)


class Outgoing(BaseModel):
    """What we hand out. Every member is always present, `null` where there is nothing."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        from_attributes=True,
        frozen=True,
        json_schema_serialization_defaults_required=True,
    )


Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""Anything but NUL, which the database does not take."""

Amount = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]{1,12}\.[0-9]{2}$",
        description="Euros with two decimals, as text so that no cent is lost.",
        examples=["1234.56"],
    ),
]

PositiveAmount = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{1,12}\.[0-9]{2}$",
        description="Euros with two decimals, as text, never with a minus.",
        examples=["50.00"],
    ),
]

Moment = Annotated[
    datetime,
    PlainSerializer(
        lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        when_used="json",
    ),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-20T09:30:00Z"]}),
]
"""RFC 3339, in UTC."""


def _as_day(value: object) -> object:
    # Only `2026-11-20`: Python also reads `20261120` and `2026-W47-5`.
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return date.fromisoformat(value)
    return value


Day = Annotated[date, BeforeValidator(_as_day)]
"""A day in a body that is only JSON: there the strict rules know no text that is a date."""

# A nullable date would become `anyOf`, in which the API rules do not find the format.
DateOrNone = Annotated[date | None, WithJsonSchema({"type": ["string", "null"], "format": "date"})]
