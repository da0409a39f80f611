"""What a letter carries besides its text: an e-invoice inside the PDF, a code to pay with.

The sender's own program wrote them, so they are right more often than any reading; but what
the pages say is what the citizen was told. Where the two differ both stay, and it is a question.
"""

from collections.abc import Iterator

from letterbox.reading.finders.e_invoice import EInvoice, read_e_invoice
from letterbox.reading.finders.epc_code import EpcCode, read_epc_code
from letterbox.reading.findings import Finding, Source
from letterbox.shared.paper import Code, Paper


def carried_in(paper: Paper) -> Iterator[Finding]:
    """Yield what e-invoices and codes in a letter state, one finding per field."""
    for attachment in paper.attachments:
        invoice = read_e_invoice(attachment.content)
        if invoice is not None:
            yield from _of_invoice(invoice)
    for code in paper.codes:
        transfer = read_epc_code(code.text)
        if transfer is not None:
            yield from _of_code(transfer, code)


def _of_invoice(invoice: EInvoice) -> Iterator[Finding]:
    amount = None if invoice.credit_note else invoice.due
    stated = {
        "creditor": invoice.seller,
        "letter_on": invoice.issued_on,
        "outstanding": amount,
        "payable_now": amount,
        "due_on": None if invoice.credit_note else invoice.due_on,
        "iban": invoice.iban,
        "payment_reference": invoice.payment_reference,
        "references": invoice.number,
    }
    for field, value in stated.items():
        if value is not None:
            yield Finding(field, str(value), Source.E_INVOICE, sure=True, confidence=0.95)


def _of_code(transfer: EpcCode, code: Code) -> Iterator[Finding]:
    stated = {
        "iban": transfer.iban,
        "payable_now": transfer.amount,
        "payment_reference": transfer.reference or transfer.text,
    }
    for field, value in stated.items():
        if value is not None:
            yield Finding(
                field,
                str(value),
                Source.QR,
                page=code.page,
                box=code.box,
                quote=f"QR: {value}",
                sure=True,
                confidence=0.95,
            )
