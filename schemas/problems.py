"""How we say no, after RFC 9457 (`application/problem+json`)."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class Mistake(BaseModel):
    """One thing that is wrong with what was sent."""

    pointer: Annotated[str, Field(description="JSON pointer, empty for the whole request.")]
    code: Annotated[str, Field(description="A stable word for a program.")]
    detail: Annotated[str, Field(description="What is wrong. Never what was sent.")]
    page: Annotated[int | None, Field(description="Page of the PDF, if it is about one.")] = None


class Problem(BaseModel):
    """What went wrong, in words for a person and in a `type` for a program."""

    type: Annotated[str, Field(examples=["/problems/no-such-letter"])]
    title: str
    status: int
    detail: str
    instance: Annotated[str | None, Field(description="Quote this when you ask for help.")] = None
    errors: list[Mistake] | None = None
    error: Annotated[
        Literal["invalid_client", "invalid_scope", "invalid_request"] | None,
        Field(description="At the token endpoint only: the word of RFC 6749, section 5.2."),
    ] = None
    letter_id: Annotated[
        str | None,
        Field(alias="letterId", description="With `message-id-taken`: the first letter."),
    ] = None
    notice_id: Annotated[
        str | None,
        Field(alias="noticeId", description="With `notice-id-taken`: the first claim notice."),
    ] = None
