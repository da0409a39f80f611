"""Reading an e-invoice: the XML that some senders put inside the PDF of an invoice.

Two languages say the same (EN 16931-1): the Cross Industry Invoice of UN/CEFACT D16B, in which
Factur-X and ZUGFeRD are written, and the Universal Business Language 2.1 of OASIS. The names
of the terms below, such as BT-115, are those of EN 16931-1.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from stdnum import iban
from stdnum.exceptions import ValidationError

from letterbox.shared.money import Euro

_LARGEST = 1024 * 1024
_LONGEST = 200
"""Characters of a name or number. What is longer is no name."""
_KVK, _OIN = "0106", "0190"
"""Of the Electronic Address Scheme list: the Dutch chamber of commerce, and public bodies."""
_CREDIT_NOTES = frozenset(("81", "83", "261", "381", "396", "532"))
"""Of UNTDID 1001, as far as EN 16931-1 lets an invoice be one."""
_AMOUNT = re.compile(r"\s*([+-]?)(\d{1,11})(?:\.(\d{1,2})0*)?\s*", re.ASCII)

_CII = "urn:un:unece:uncefact:data:standard:"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_NAMES = {
    "rsm": _CII + "CrossIndustryInvoice:100",
    "ram": _CII + "ReusableAggregateBusinessInformationEntity:100",
    "udt": _CII + "UnqualifiedDataType:100",
    "cac": _UBL + "CommonAggregateComponents-2",
    "cbc": _UBL + "CommonBasicComponents-2",
}


@dataclass(frozen=True, slots=True)
class EInvoice:
    """What an e-invoice says. None is what it leaves out, or says in a way we cannot trust.

    :ivar seller_id: number at the chamber of commerce, or OIN
    :ivar due_on: the last day to pay (BT-9)
    :ivar total: with VAT (BT-112)
    :ivar due: what is left to pay (BT-115)
    :ivar prepaid: what was paid before (BT-113)
    :ivar payment_reference: what to quote with the payment (BT-83)
    :ivar credit_note: the seller owes this, not the buyer
    :ivar buyer_reference: BT-10
    """

    seller: str | None
    seller_id: str | None
    number: str | None
    issued_on: date | None
    due_on: date | None
    total: Euro | None
    due: Euro | None
    prepaid: Euro | None
    iban: str | None
    payment_reference: str | None
    credit_note: bool
    buyer_reference: str | None
    currency: str = "EUR"


def read_e_invoice(content: bytes) -> EInvoice | None:
    """Return what the XML says, or None when it is no invoice in euros, damaged or hostile.

    Source: EN 16931-1; UN/CEFACT Cross Industry Invoice D16B (Factur-X 1.0, ZUGFeRD 2);
    OASIS UBL 2.1, Invoice and CreditNote.
    """
    if len(content) > _LARGEST:
        return None
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return None
    reader = _READERS.get(root.tag)
    return reader(root) if reader else None


def _from_cii(root: Element) -> EInvoice | None:
    trade = "rsm:SupplyChainTradeTransaction"
    agreement, settlement = f"{trade}/ram:ApplicableHeaderTradeAgreement", _SETTLEMENT
    sums = f"{settlement}/ram:SpecifiedTradeSettlementHeaderMonetarySummation"
    if _text(root, f"{settlement}/ram:InvoiceCurrencyCode") != "EUR":
        return None
    seller = f"{agreement}/ram:SellerTradeParty"
    document = "rsm:ExchangedDocument"
    means = f"{settlement}/ram:SpecifiedTradeSettlementPaymentMeans"
    return EInvoice(
        seller=_text(root, f"{seller}/ram:Name"),
        seller_id=_id(root, f"{seller}/ram:SpecifiedLegalOrganization/ram:ID")
        or _id(root, f"{seller}/ram:GlobalID"),
        number=_text(root, f"{document}/ram:ID"),
        issued_on=_day(root, f"{document}/ram:IssueDateTime/udt:DateTimeString"),
        due_on=_day(
            root,
            f"{settlement}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString",
        ),
        total=_euro(root, f"{sums}/ram:GrandTotalAmount"),
        due=_euro(root, f"{sums}/ram:DuePayableAmount"),
        prepaid=_euro(root, f"{sums}/ram:TotalPrepaidAmount"),
        iban=_account(root, f"{means}/ram:PayeePartyCreditorFinancialAccount/ram:IBANID"),
        payment_reference=_text(root, f"{settlement}/ram:PaymentReference"),
        credit_note=_text(root, f"{document}/ram:TypeCode") in _CREDIT_NOTES,
        buyer_reference=_text(root, f"{agreement}/ram:BuyerReference"),
    )


_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"


def _from_ubl(root: Element) -> EInvoice | None:
    if _text(root, "cbc:DocumentCurrencyCode") != "EUR":
        return None
    seller, sums = "cac:AccountingSupplierParty/cac:Party", "cac:LegalMonetaryTotal"
    means = "cac:PaymentMeans"
    kind = _text(root, "cbc:InvoiceTypeCode") or _text(root, "cbc:CreditNoteTypeCode")
    return EInvoice(
        seller=_text(root, f"{seller}/cac:PartyLegalEntity/cbc:RegistrationName")
        or _text(root, f"{seller}/cac:PartyName/cbc:Name"),
        seller_id=_id(root, f"{seller}/cac:PartyLegalEntity/cbc:CompanyID")
        or _id(root, f"{seller}/cbc:EndpointID")
        or _id(root, f"{seller}/cac:PartyIdentification/cbc:ID"),
        number=_text(root, "cbc:ID"),
        issued_on=_day(root, "cbc:IssueDate"),
        # A credit note has no due date of its own, only one of its means of payment.
        due_on=_day(root, "cbc:DueDate") or _day(root, f"{means}/cbc:PaymentDueDate"),
        total=_euro(root, f"{sums}/cbc:TaxInclusiveAmount"),
        due=_euro(root, f"{sums}/cbc:PayableAmount"),
        prepaid=_euro(root, f"{sums}/cbc:PrepaidAmount"),
        iban=_account(root, f"{means}/cac:PayeeFinancialAccount/cbc:ID"),
        payment_reference=_text(root, f"{means}/cbc:PaymentID"),
        credit_note=root.tag.endswith("}CreditNote") or kind in _CREDIT_NOTES,
        buyer_reference=_text(root, "cbc:BuyerReference"),
    )


_READERS: dict[str, Callable[[Element], EInvoice | None]] = {
    f"{{{_NAMES['rsm']}}}CrossIndustryInvoice": _from_cii,
    f"{{{_UBL}Invoice-2}}Invoice": _from_ubl,
    f"{{{_UBL}CreditNote-2}}CreditNote": _from_ubl,
}


def _only(root: Element, path: str) -> Element | None:
    """Return what stands there. Where several differ, none: which one counts is a guess."""
    found = root.findall(path, _NAMES)
    return found[0] if len({each.text for each in found}) == 1 else None


def _text(root: Element, path: str) -> str | None:
    found = _only(root, path)
    said = " ".join((found.text or "").split()) if found is not None else ""
    return said if 0 < len(said) <= _LONGEST else None


def _id(root: Element, path: str) -> str | None:
    for found in root.findall(path, _NAMES):
        said = (found.text or "").strip()
        if found.get("schemeID") in (_KVK, _OIN) and said.isdigit() and len(said) <= _LONGEST:
            return said
    return None


def _day(root: Element, path: str) -> date | None:
    said = (_text(root, path) or "")[:10]
    for form in ("%Y-%m-%d", "%Y%m%d"):
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def _euro(root: Element, path: str) -> Euro | None:
    amounts = [
        each for each in root.findall(path, _NAMES) if each.get("currencyID", "EUR") == "EUR"
    ]
    said = {each.text for each in amounts}
    match = _AMOUNT.fullmatch(said.pop() or "") if len(said) == 1 else None
    if match is None:
        return None
    sign, euros, cents = match.groups()
    amount = Euro(int(euros) * 100 + int((cents or "0").ljust(2, "0")))
    return -amount if sign == "-" else amount


def _account(root: Element, path: str) -> str | None:
    try:
        return iban.validate(_text(root, path) or "")
    except ValidationError:
        return None
