"""Requests for consent and consents, as counselling organisations see them."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Incoming, Moment, Outgoing, Text

Permission = Literal["overview", "letters"]


class CounsellorIn(Incoming):
    """The person the citizen will see: a name, not only an office."""

    name: Annotated[Text, Field(min_length=1, max_length=120, examples=["S. Okafor"])]
    role: Annotated[Text, Field(min_length=1, max_length=120, examples=["schuldhulpverlener"])]


class ConsentRequestIn(Incoming):
    """What a counsellor asks of a citizen, in words the citizen will read."""

    purpose: Annotated[
        Text,
        Field(
            min_length=10,
            max_length=280,
            description="Why, in plain words: the citizen reads this before agreeing.",
            examples=["Samen een overzicht van uw schulden maken."],
        ),
    ]
    permissions: Annotated[list[Permission], Field(min_length=1, max_length=2)]
    days: Annotated[int, Field(ge=1, le=365, examples=[120])]
    counsellor: CounsellorIn
    client_reference: Annotated[
        Text | None,
        Field(max_length=100, description="Your own file number. No personal data, please."),
    ] = None


class ConsentRequestOut(Outgoing):
    """A request that was made. The code is shown this once."""

    id: UUID
    code: Annotated[str, Field(examples=["7KQM-P2XD"])]
    url: Annotated[str, Field(description="The page where the citizen answers.")]
    lapses_at: Moment


class ConsentRequestStatusOut(Outgoing):
    """Where a request stands."""

    id: UUID
    status: Literal["pending", "granted", "declined", "lapsed"]
    client_reference: str | None
    asked_at: Moment
    lapses_at: Moment
    consent_id: UUID | None


class ConsentOut(Outgoing):
    """A consent this organisation was given."""

    id: UUID
    status: Literal["active", "expired", "revoked"]
    permissions: list[Permission]
    purpose: str
    counsellor_name: str
    valid_from: Moment
    valid_until: Moment
    ended_at: Moment | None
    receipt: Annotated[str, Field(description="JWS; fields after ISO/IEC TS 27560:2023.")]


class ConsentsOut(Outgoing):
    """A page of consents, oldest first."""

    consents: list[ConsentOut]
    next: Annotated[str | None, Field(description="Hand this back as `after` for what came later.")]
