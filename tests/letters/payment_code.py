"""What a payment app scans: the QR code of the European Payments Council (EPC069-12)."""

import zxingcpp
from PIL import Image

from tests.letters.truths import Told


def payment_code(told: Told, payee: str) -> str:
    """Return the content of the code that pays what the letter asks.

    Version 002: the bank of the payee may be left out. A reference that is structured (ISO 11649)
    has a line of its own, any other goes into the free text.
    """
    reference = told.payment_reference or ""
    structured = reference if reference.startswith("RF") else ""
    lines = (
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        payee[:70],
        told.iban or "",
        f"EUR{told.payable_now}",
        "",
        structured,
        "" if structured else reference,
    )
    return "\n".join(lines).rstrip("\n")


def draw_as_svg(content: str) -> str:
    """Return the code as a drawing."""
    barcode = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(zxingcpp.write_barcode_to_svg(barcode))


def draw_as_picture(content: str) -> Image.Image:
    """Return the code as dots, four to a module."""
    barcode = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=4))
