"""Claim notices: what senders tell about a claim without a letter."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Day, Incoming, Moment, Outgoing, PositiveAmount
from schemas.letters import BsnRecipient, MessageId, PartyIn

NoticeType = Literal[
    "payment_received",
    "paid_in_full",
    "withdrawn",
    "remitted",
    "payment_plan_agreed",
    "transferred",
    "disputed_upheld",
]


class ClaimNoticeIn(Incoming):
    """News about a claim of which the citizen had a letter before, or will have one."""

    message_id: MessageId
    recipient: BsnRecipient
    reference: Annotated[
        str,
        Field(
            min_length=1,
            max_length=100,
            description="The reference of the claim, as your letters write it.",
            examples=["HU-2026-0417"],
        ),
    ]
    type: NoticeType
    amount: Annotated[
        PositiveAmount | None,
        Field(
            description="What was paid, withdrawn or remitted; never what is left. "
            "Without it, all of the claim."
        ),
    ] = None
    on: Annotated[Day, Field(description="The day it happened.", examples=["2026-11-20"])]
    transferred_to: Annotated[
        PartyIn | None, Field(description="With `transferred`: to whom it is owed from now on.")
    ] = None


class ClaimNoticeOut(Outgoing):
    """A claim notice that was taken in: the same answer for every citizen."""

    id: UUID
    message_id: str
    received_at: Moment
    status: Literal["received"]
