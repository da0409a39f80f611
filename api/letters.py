"""Letters: senders deliver them and hear what became of them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from api.dependencies import Deliverer, Now, SessionHere, SuppliesHere
from api.problems import problems
from api.shown import contradiction_out, read_out
from api.uploads import BODY, UploadHere
from letterbox.letters import service
from letterbox.letters.models import Delivery
from letterbox.letters.rules import Claim, Envelope, Incoming, Party, Receipt, compact_iban
from letterbox.people.rules import compact_bsn
from letterbox.reading import service as reading
from letterbox.reading.service import SentLetter
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from schemas.letters import (
    ClaimIn,
    DeliveriesOut,
    DeliveryOut,
    LetterIn,
    LetterOut,
    MessageId,
    ReceiptOut,
)

router = APIRouter(tags=["letters"])


@router.post(
    "/letters",
    status_code=201,
    summary="Deliver a letter",
    operation_id="deliverLetter",
    openapi_extra=BODY,
    responses={
        **problems(409, 413, 415),
        200: {
            "description": "Delivered before: the first receipt again",
            "model": ReceiptOut,
            "headers": {"Idempotent-Replayed": {"schema": {"type": "string", "const": "true"}}},
        },
        201: {"headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}},
    },
)
def deliver_letter(
    sender: Deliverer,
    upload: UploadHere,
    session: SessionHere,
    supplies: SuppliesHere,
    response: Response,
    now: Now,
) -> ReceiptOut:
    """Put a copy of a letter in a citizen's mailbox.

    The answer is the same whether or not the citizen ever looked. The same `messageId` with
    the same content is delivered once; with other content it is refused.
    """
    post = service.PostRoom(
        supplies.keys, supplies.files, supplies.reader, supplies.signer, supplies.jobs
    )
    receipt = service.deliver_letter(
        session, post, sender, _incoming(upload.letter, upload.document), now=now
    )
    response.headers["Location"] = f"/v1/letters/{receipt.id}"
    if receipt.again:
        response.status_code = 200
        response.headers["Idempotent-Replayed"] = "true"
    return _receipt_out(receipt)


@router.get(
    "/letters",
    summary="List the letters you delivered",
    operation_id="listLetters",
    responses=problems(),
)
def list_letters(
    sender: Deliverer,
    session: SessionHere,
    message_id: Annotated[MessageId | None, Query(alias="messageId")] = None,
    after: Annotated[str | None, Query(pattern=r"^\d{1,18}$")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> DeliveriesOut:
    """List your own deliveries, oldest first: one by `messageId`, or all from a cursor on."""
    if message_id is not None:
        one = service.delivery_by_message(session, sender.id, message_id)
        return DeliveriesOut(letters=[_delivery_out(one)] if one else [], next=None)
    found = service.deliveries_after(session, sender.id, int(after or 0), limit=limit)
    return DeliveriesOut(
        letters=[_delivery_out(delivery) for delivery in found],
        next=str(found[-1].sequence) if found else after,
    )


@router.get(
    "/letters/{letterId}",
    summary="Show one letter you delivered",
    operation_id="showLetter",
    responses=problems(404),
)
def show_letter(
    letter_id: Annotated[UUID, Path(alias="letterId")],
    sender: Deliverer,
    session: SessionHere,
    supplies: SuppliesHere,
    now: Now,
) -> LetterOut:
    """Show what was read in a letter of yours, and where that contradicts your claim.

    Never whether the citizen looked.
    """
    return _letter_out(reading.sent_letter(session, supplies.keys, sender.id, letter_id, now=now))


def _incoming(letter: LetterIn, pdf: bytes) -> Incoming:
    creditor = letter.on_behalf_of
    envelope = Envelope(
        message_id=letter.message_id,
        subject=letter.subject,
        sent_on=letter.sent_on,
        on_behalf_of=Party(creditor.name, creditor.oin) if creditor else None,
        claim=_claim(letter.claim) if letter.claim else None,
        replaces=letter.replaces,
    )
    canonical = letter.model_dump_json(exclude={"message_id"})
    return Incoming(compact_bsn(letter.recipient.value), envelope, pdf, canonical)


def _claim(claim: ClaimIn) -> Claim:
    return Claim(
        reference=claim.reference,
        kind=Kind(claim.kind) if claim.kind else None,
        outstanding=_euro(claim.outstanding),
        payable_now=_euro(claim.payable_now),
        principal=_euro(claim.principal),
        interest=_euro(claim.interest),
        collection_costs=_euro(claim.collection_costs),
        paid=_euro(claim.paid),
        due_on=claim.due_date,
        iban=compact_iban(claim.iban) if claim.iban else None,
        payment_reference=claim.payment_reference,
    )


def _euro(amount: str | None) -> Euro | None:
    return Euro.parse(amount) if amount is not None else None


def _receipt_out(receipt: Receipt) -> ReceiptOut:
    return ReceiptOut(
        id=receipt.id,
        message_id=receipt.message_id,
        received_at=receipt.received_at,
        sha256=receipt.sha256,
        bytes=receipt.byte_count,
        pages=receipt.pages,
        status="received",
        possible_duplicate_of=receipt.possible_duplicate_of,
        receipt=receipt.receipt,
    )


def _delivery_facts(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.letter_id,
        "message_id": delivery.message_id,
        "received_at": delivery.received_at,
        "bytes": delivery.byte_count,
        "pages": delivery.pages,
        "status": delivery.status,
        "possible_duplicate_of": delivery.possible_duplicate_of,
    }


def _delivery_out(delivery: Delivery) -> DeliveryOut:
    return DeliveryOut(**_delivery_facts(delivery))


def _letter_out(sent: SentLetter) -> LetterOut:
    return LetterOut(
        **_delivery_facts(sent.delivery),
        read=read_out(sent.reading) if sent.reading else None,
        contradictions=[contradiction_out(each) for each in sent.contradictions],
        reason=sent.reason,
    )
