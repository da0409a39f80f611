"""PDFs of invoices pass through here and carry the same invoice for computers (Factur-X, CII)."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as Xml

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from tests.letters.bank import Letter
from tests.letters.draws import Drawn
from tests.letters.truths import Told

_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
_SPACES = {"rsm": _RSM, "ram": _RAM, "udt": _UDT}
_GUIDELINE = "urn:factur-x.eu:1p0:basicwl"
_INVOICE = "380"
_CREDIT_TRANSFER = "58"
_DAY = "102"


def attach_e_invoice(pdf: bytes, letter: Letter, drawn: Drawn, told: Told) -> bytes:
    """Return the PDF with `factur-x.xml` inside, which says the same as the letter.

    Factur-X 1.0, after Cross Industry Invoice D16B.
    """
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    attached = writer.add_attachment("factur-x.xml", e_invoice(letter, drawn, told))
    attached.associated_file_relationship = NameObject("/Alternative")
    file = attached.pdf_object.indirect_reference
    if file is not None:
        writer.root_object[NameObject("/AF")] = ArrayObject([file])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def e_invoice(letter: Letter, drawn: Drawn, told: Told) -> bytes:
    """Return the invoice as XML."""
    sent = drawn.values["sent"]
    assert isinstance(sent, date)
    root = Xml.Element(_named("rsm:CrossIndustryInvoice"))
    context = _put(root, "rsm:ExchangedDocumentContext")
    _put(context, "ram:GuidelineSpecifiedDocumentContextParameter/ram:ID", _GUIDELINE)
    document = _put(root, "rsm:ExchangedDocument")
    _put(document, "ram:ID", invoice_number(letter, drawn, told))
    _put(document, "ram:TypeCode", _INVOICE)
    _put_day(document, "ram:IssueDateTime", sent)
    deal = _put(root, "rsm:SupplyChainTradeTransaction")
    agreement = _put(deal, "ram:ApplicableHeaderTradeAgreement")
    _put(agreement, "ram:SellerTradeParty/ram:Name", letter.creditor)
    _put(agreement, "ram:BuyerTradeParty/ram:Name", drawn.citizen.name)
    _put(deal, "ram:ApplicableHeaderTradeDelivery")
    _put_settlement(_put(deal, "ram:ApplicableHeaderTradeSettlement"), told)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def invoice_number(letter: Letter, drawn: Drawn, told: Told) -> str:
    """Return the reference that is called the invoice, or the first of all."""
    called = filter(re.compile("invoice|factu|nota|bill").match, letter.truth.references)
    invoices = [str(drawn.values[name]) for name in called]
    return (*invoices, *told.references, told.payment_reference or "1")[0]


def _put_settlement(settlement: Xml.Element, told: Told) -> None:
    if told.payment_reference:
        _put(settlement, "ram:PaymentReference", told.payment_reference)
    _put(settlement, "ram:InvoiceCurrencyCode", "EUR")
    means = _put(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
    _put(means, "ram:TypeCode", _CREDIT_TRANSFER)
    _put(means, "ram:PayeePartyCreditorFinancialAccount/ram:IBANID", told.iban or "")
    if told.due_date:
        terms = _put(settlement, "ram:SpecifiedTradePaymentTerms")
        _put_day(terms, "ram:DueDateDateTime", told.due_date)
    sums = _put(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    amount = told.payable_now or Decimal(0)
    for name in ("ram:GrandTotalAmount", "ram:DuePayableAmount"):
        _put(sums, name, f"{amount:.2f}")


def _put_day(parent: Xml.Element, name: str, day: date) -> None:
    _put(parent, f"{name}/udt:DateTimeString", f"{day:%Y%m%d}").set("format", _DAY)


def _put(parent: Xml.Element, path: str, text: str = "") -> Xml.Element:
    for name in path.split("/"):
        parent = Xml.SubElement(parent, _named(name))
    parent.text = text or None
    return parent


def _named(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"
