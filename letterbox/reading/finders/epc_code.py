"""Reading a payment code: the text of a QR code that a banking app fills a transfer from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stdnum import bic, iban, iso11649
from stdnum.exceptions import ValidationError

from letterbox.shared.money import Euro

_BEGINS = ("BCD",)
_VERSIONS = ("001", "002")
_CHARACTER_SETS = frozenset("12345678")
_TRANSFER = "SCT"
_LINES = 12
_SMALLEST, _LARGEST = Euro(1), Euro(999_999_999_99)
_AMOUNT = re.compile(r"EUR(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)
_PURPOSE = re.compile(r"[A-Z0-9]{0,4}", re.ASCII)
_NAME, _REFERENCE, _TEXT = 70, 35, 140
"""Characters that the guideline allows."""


@dataclass(frozen=True, slots=True)
class EpcCode:
    """A transfer as the payment code asks for it.

    :ivar iban: whom to pay, without spaces; its check digits hold
    :ivar amount: None when the payer fills it in
    :ivar reference: a structured one, as printed after `RF`; its check digits hold
    :ivar text: an unstructured remittance; a code has this or the reference, never both
    """

    iban: str
    name: str
    amount: Euro | None = None
    bic: str | None = None
    purpose: str | None = None
    reference: str | None = None
    text: str | None = None


def read_epc_code(text: str) -> EpcCode | None:
    """Return the transfer, or None when this is no payment code or one that breaks the rules.

    Source: EPC069-12, Quick Response Code: Guidelines to Enable Data Capture for the Initiation
    of a SEPA Credit Transfer, versions 2 and 3.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").rstrip().split("\n")]
    if len(lines) > _LINES:
        return None
    lines += [""] * (_LINES - len(lines))
    tag, version, characters, kind = lines[:4]
    if tag not in _BEGINS or version not in _VERSIONS or kind != _TRANSFER:
        return None
    return _transfer(lines[4:]) if characters in _CHARACTER_SETS else None


def _transfer(lines: Sequence[str]) -> EpcCode | None:
    bank, name, account, amount, purpose, reference, remittance, _ = lines
    try:
        code = EpcCode(
            iban=iban.validate(account),
            name=name,
            amount=_euros(amount),
            bic=bic.validate(bank) if bank else None,
            purpose=purpose or None,
            reference=iso11649.validate(reference) if reference else None,
            text=remittance or None,
        )
    except (ValidationError, ValueError):
        return None
    return code if _keeps_the_rules(code) else None


def _euros(amount: str) -> Euro | None:
    """Return the amount, whose decimals may be left out: `EUR2028.3` is € 2.028,30."""
    if not amount:
        return None
    match = _AMOUNT.fullmatch(amount)
    if match is None:
        raise ValueError("no amount of euros")
    euros, cents = match.groups()
    return Euro(int(euros) * 100 + int((cents or "0").ljust(2, "0")))


def _keeps_the_rules(code: EpcCode) -> bool:
    return (
        0 < len(code.name) <= _NAME
        and (code.amount is None or _SMALLEST <= code.amount <= _LARGEST)
        and _PURPOSE.fullmatch(code.purpose or "") is not None
        and len(code.reference or "") <= _REFERENCE
        and len(code.text or "") <= _TEXT
        and not (code.reference and code.text)
    )
