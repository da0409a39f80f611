"""Claim notices: senders tell news about a claim that comes without a letter."""

from fastapi import APIRouter, Response

from api.dependencies import Deliverer, Now, SessionHere, SuppliesHere
from api.problems import problems
from letterbox.letters.notices import deliver_notice
from letterbox.letters.rules import IncomingNotice, Notice, NoticeReceived, NoticeType, Party
from letterbox.people.rules import compact_bsn
from letterbox.shared.money import Euro
from schemas.claim_notices import ClaimNoticeIn, ClaimNoticeOut

router = APIRouter(tags=["letters"])


@router.post(
    "/claim-notices",
    status_code=201,
    summary="Deliver a claim notice",
    operation_id="deliverClaimNotice",
    responses={
        **problems(409, 413),
        200: {
            "description": "Delivered before: the first answer again",
            "model": ClaimNoticeOut,
            "headers": {"Idempotent-Replayed": {"schema": {"type": "string", "const": "true"}}},
        },
    },
)
def deliver_claim_notice(
    told: ClaimNoticeIn,
    sender: Deliverer,
    session: SessionHere,
    supplies: SuppliesHere,
    response: Response,
    now: Now,
) -> ClaimNoticeOut:
    """Tell of a payment, a plan, a withdrawal or a transfer of a claim.

    The answer is the same whether or not the citizen ever looked, or had a letter about it. The
    same `messageId` with the same content counts once; with other content it is refused.
    """
    received = deliver_notice(
        session, supplies.keys, supplies.jobs, sender, _incoming(told), now=now
    )
    if received.again:
        response.status_code = 200
        response.headers["Idempotent-Replayed"] = "true"
    return _out(received)


def _incoming(told: ClaimNoticeIn) -> IncomingNotice:
    buyer = told.transferred_to
    notice = Notice(
        reference=told.reference,
        type=NoticeType(told.type),
        on=told.on,
        amount=Euro.parse(told.amount) if told.amount else None,
        transferred_to=Party(buyer.name, buyer.oin) if buyer else None,
    )
    canonical = told.model_dump_json(exclude={"message_id"})
    bsn = compact_bsn(told.recipient.value, pointer="/recipient/value")
    return IncomingNotice(bsn, told.message_id, notice, canonical)


def _out(received: NoticeReceived) -> ClaimNoticeOut:
    return ClaimNoticeOut(
        id=received.id,
        message_id=received.message_id,
        received_at=received.received_at,
        status="received",
    )
