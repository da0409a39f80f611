"""A filled letter and its look pass through here and become what every printer prints."""

from dataclasses import dataclass
from typing import Any

from tests.letters.bank import Letter, Table
from tests.letters.draws import Iban, Reference
from tests.letters.filling import Filled
from tests.letters.looks import Look
from tests.letters.payment_code import payment_code
from tests.letters.styles import Style, write_amount, write_value
from tests.letters.truths import Told

_SLIP = {
    "nl": ("Bedrag", "Betalingskenmerk", "Op rekening", "Ten name van", "Betaler"),
    "en": ("Amount", "Payment reference", "To account", "Payee", "Payer"),
}


@dataclass(frozen=True, slots=True)
class Slip:
    """A payment slip: the same facts as the letter, in boxes."""

    names: tuple[str, ...]
    amount: tuple[str, str]
    reference: str
    iban: str
    payee: str
    payer: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Its fields with their names."""
        values = ("  ".join(self.amount), self.reference, self.iban, self.payee, self.payer)
        return list(zip(self.names, values, strict=True))


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that goes on paper, and how it is to look.

    :ivar code: the content of a payment code
    """

    filled: Filled
    look: Look
    slip: Slip | None
    code: str | None

    def for_template(self) -> dict[str, Any]:
        """Return it as plain values, without the payment code."""
        filled = self.filled
        return {
            "language": filled.language,
            "address": list(filled.address),
            "head": list(filled.head),
            "details": [list(pair) for pair in filled.details],
            "subject": filled.subject,
            "body": [_plain(part) for part in filled.body],
            "footer": list(filled.footer),
            "look": self.look.for_template(),
            "slip": {**_slip(self.slip)} if self.slip else None,
        }


def lay_out(letter: Letter, filled: Filled, told: Told, style: Style, look: Look) -> Sheet:
    """Return the sheet of one printing."""
    return Sheet(
        filled=filled,
        look=look,
        slip=_fill_slip(letter, filled, told, style) if look.slip else None,
        code=payment_code(told, letter.sender) if look.code else None,
    )


def _fill_slip(letter: Letter, filled: Filled, told: Told, style: Style) -> Slip:
    assert told.payable_now is not None and told.iban is not None
    digits = write_amount(told.payable_now, "bare", Style(points=False))
    euros, cents = digits.split(",")
    return Slip(
        names=_SLIP[letter.language],
        amount=(euros, cents),
        reference=write_value(Reference(told.payment_reference or ""), "", style),
        iban=write_value(Iban(told.iban), "", style),
        payee=letter.sender,
        payer=filled.address[0],
    )


def _slip(slip: Slip) -> dict[str, Any]:
    names = ("names", "amount", "reference", "iban", "payee", "payer")
    return {name: getattr(slip, name) for name in names}


def _plain(part: str | Table) -> dict[str, Any]:
    if isinstance(part, str):
        return {"text": part}
    return {"rows": [list(row) for row in part.rows], "header": list(part.header)}
