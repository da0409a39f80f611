"""An e-invoice in either of its languages says the same; anything else says nothing."""

from datetime import date

import pytest

from letterbox.reading.finders.e_invoice import EInvoice, read_e_invoice
from letterbox.shared.money import Euro

CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice
 xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocument><ram:ID>F26-0318</ram:ID><ram:TypeCode>380</ram:TypeCode>
  <ram:IssueDateTime>
   <udt:DateTimeString format="102">20260203</udt:DateTimeString></ram:IssueDateTime>
 </rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:ApplicableHeaderTradeAgreement><ram:BuyerReference>P-20117</ram:BuyerReference>
   <ram:SellerTradeParty><ram:Name>Stadswater  NV</ram:Name>
    <ram:SpecifiedLegalOrganization><ram:ID schemeID="0106">99000001</ram:ID>
    </ram:SpecifiedLegalOrganization></ram:SellerTradeParty>
  </ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeSettlement>
   <ram:PaymentReference>8000123456789012</ram:PaymentReference>
   <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>
    <ram:IBANID>NL49 ABNA 7719 2044 85</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
   </ram:SpecifiedTradeSettlementPaymentMeans>
   <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
    <udt:DateTimeString format="102">20260224</udt:DateTimeString></ram:DueDateDateTime>
   </ram:SpecifiedTradePaymentTerms>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    <ram:TaxTotalAmount currencyID="EUR">37.92</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>218.5</ram:GrandTotalAmount>
    <ram:TotalPrepaidAmount>18.50</ram:TotalPrepaidAmount>
    <ram:DuePayableAmount>200.0000</ram:DuePayableAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  </ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>"""

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:ID>F26-0318</cbc:ID><cbc:IssueDate>2026-02-03</cbc:IssueDate>
 <cbc:DueDate>2026-02-24</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
 <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cbc:BuyerReference>P-20117</cbc:BuyerReference>
 <cac:AccountingSupplierParty><cac:Party>
  <cac:PartyName><cbc:Name>Stadswater</cbc:Name></cac:PartyName>
  <cac:PartyLegalEntity><cbc:RegistrationName>Stadswater NV</cbc:RegistrationName>
   <cbc:CompanyID schemeID="0106">99000001</cbc:CompanyID></cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:PaymentMeans><cbc:PaymentID>8000123456789012</cbc:PaymentID>
  <cac:PayeeFinancialAccount><cbc:ID>NL49ABNA7719204485</cbc:ID></cac:PayeeFinancialAccount>
 </cac:PaymentMeans>
 <cac:LegalMonetaryTotal>
  <cbc:TaxInclusiveAmount currencyID="EUR">218.50</cbc:TaxInclusiveAmount>
  <cbc:PrepaidAmount currencyID="EUR">18.50</cbc:PrepaidAmount>
  <cbc:PayableAmount currencyID="EUR">200.00</cbc:PayableAmount>
 </cac:LegalMonetaryTotal>
</Invoice>"""

BOTH = pytest.mark.parametrize("xml", [CII, UBL], ids=["cii", "ubl"])


def read(xml: str) -> EInvoice:
    invoice = read_e_invoice(xml.encode())
    assert invoice is not None
    return invoice


class TestAnEInvoice:
    @BOTH
    def test_says_the_same_in_either_language(self, xml: str) -> None:
        assert read(xml) == EInvoice(
            seller="Stadswater NV",
            seller_id="99000001",
            number="F26-0318",
            issued_on=date(2026, 2, 3),
            due_on=date(2026, 2, 24),
            total=Euro(21850),
            due=Euro(20000),
            prepaid=Euro(1850),
            iban="NL49ABNA7719204485",
            payment_reference="8000123456789012",
            credit_note=False,
            buyer_reference="P-20117",
        )

    @BOTH
    def test_may_be_a_credit_note_by_its_type(self, xml: str) -> None:
        assert read(xml.replace(">380<", ">381<")).credit_note

    def test_may_be_a_credit_note_by_its_name(self) -> None:
        credit_note = read(
            UBL.replace("<Invoice ", "<CreditNote ")
            .replace("</Invoice>", "</CreditNote>")
            .replace("xsd:Invoice-2", "xsd:CreditNote-2")
            .replace("cbc:InvoiceTypeCode", "cbc:CreditNoteTypeCode")
            .replace(">380<", ">261<")
        )

        assert (credit_note.credit_note, credit_note.due) == (True, Euro(20000))

    @BOTH
    def test_may_be_negative(self, xml: str) -> None:
        assert read(xml.replace(">200.00", ">-200.00")).due == Euro(-20000)

    @BOTH
    @pytest.mark.parametrize(
        ("field", "old", "new"),
        [
            ("due", ">200.00", ">200,00"),
            ("due", ">200.00", ">veel"),
            ("due", ">200.00", ">200.005"),
            ("iban", "2044", "2045"),
            ("seller_id", '"0106"', '"0088"'),
            ("number", "F26-0318", "F" * 201),
        ],
    )
    def test_leaves_out_what_cannot_be_trusted(
        self, xml: str, field: str, old: str, new: str
    ) -> None:
        assert getattr(read(xml.replace(old, new)), field) is None

    def test_leaves_out_a_day_that_does_not_exist(self) -> None:
        assert read(UBL.replace("2026-02-24", "2026-02-30")).due_on is None

    def test_leaves_out_what_is_said_in_two_ways(self) -> None:
        terms = (
            "<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString>20260401"
            "</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>"
        )
        after = "</ram:SpecifiedTradePaymentTerms>"

        assert read(CII.replace(after, after + terms, 1)).due_on is None

    @BOTH
    def test_is_in_euros(self, xml: str) -> None:
        assert read_e_invoice(xml.replace(">EUR<", ">USD<").encode()) is None

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"<Invoice/>",
            b"<rsm:CrossIndustryInvoice/>",
            b"\xff\xfe\x00",
            UBL.encode()[:-9],
            UBL.encode("utf-16")[2:9],
            UBL.replace('encoding="UTF-8"', 'encoding="no-such"').encode(),
            UBL.replace("Stadswater NV", "Stadswater \xe9").encode("latin-1"),
            UBL.replace("<Invoice", "<!DOCTYPE a [<!ENTITY b 'c'>]><Invoice", 1).encode(),
            UBL.replace(
                "<Invoice",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><Invoice",
                1,
            ).encode(),
            b"<a>" * 200_000,
            (UBL + " " * 1024 * 1024).encode(),
        ],
    )
    def test_is_nothing_when_damaged_or_hostile(self, content: bytes) -> None:
        assert read_e_invoice(content) is None

    def test_is_read_in_other_encodings(self) -> None:
        xml = UBL.replace("UTF-8", "iso-8859-1").replace("Stadswater NV", "Stadswater Zoë")

        invoice = read_e_invoice(xml.encode("iso-8859-1"))

        assert invoice is not None
        assert invoice.seller == "Stadswater Zoë"
