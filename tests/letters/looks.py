"""How one printing of a letter looks: a number passes through here and becomes a choice of all."""

from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from tests.letters.bank import Letter
from tests.letters.styles import pick
from tests.letters.truths import Told

_PRODUCERS = {"typst": 62, "platypus": 18, "stream": 12, "scatter": 8}
LAYOUTS = {
    "typst": ("left", "right", "centre", "bottom", "side", "boxed", "typewriter"),
    "platypus": ("rows", "columns"),
    "stream": ("mainframe",),
    "scatter": ("words",),
    "chromium": ("modern", "office"),
}
_SHARE_OF_CHROMIUM = 0.25
_SHARE_OF_SCANS = 0.06
_SHARE_OF_SLIPS = 0.15
_SHARE_OF_CODES = 0.10
_SHARE_OF_E_INVOICES = 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """All choices about paper that say nothing about the claim.

    :ivar producer: the program that makes the PDF
    :ivar details: the block of references as rows, columns, one line or a box
    :ivar window: the side of the address
    :ivar table: whether tables have lines: none, rows, grid or total
    :ivar size: of the letters, in points
    :ivar roomy: printed so wide that it takes more pages
    :ivar slip: a payment slip at the bottom; `code` a payment code (QR)
    :ivar e_invoice: a file for computers inside the PDF
    :ivar scanned: only a picture of the page, without text
    :ivar grain: a number for whatever else has to be shuffled
    """

    producer: str
    layout: str
    details: str
    window: str
    table: str
    font: str
    size: float
    justified: bool
    roomy: bool
    slip: bool
    code: bool
    e_invoice: bool
    scanned: bool
    grain: int

    @property
    def name(self) -> str:
        """What it is called in reports: `typst/left`, `scan of typst/left`."""
        return f"{'scan of ' if self.scanned else ''}{self.producer}/{self.layout}"

    def for_template(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def draw_look(
    letter: Letter, told: Told, seed: int, *, chromium: bool = False, scans: bool = False
) -> Look:
    """Return the look of one printing.

    :param chromium: whether the slow browser may print as well
    :param scans: whether some are to be only a picture
    """
    chance = Random(f"look/{letter.id}/{seed}")  # noqa: S311
    browser, scanned = chance.random(), chance.random()
    producer = pick(chance, _PRODUCERS)
    if chromium and browser < _SHARE_OF_CHROMIUM:
        producer = "chromium"
    asks = bool(told.iban and told.payable_now)
    return Look(
        producer=producer,
        layout=chance.choice(LAYOUTS[producer]),
        details=pick(chance, {"rows": 4, "columns": 3, "line": 1, "box": 2}),
        window=chance.choice(("left", "left", "right")),
        table=pick(chance, {"none": 4, "rows": 2, "grid": 2, "total": 2}),
        font=pick(chance, {"sans": 5, "serif": 3, "modern": 1, "mono": 1}),
        size=chance.choice((9, 9.5, 10, 10.5, 11, 12)),
        justified=chance.random() < 0.25,
        roomy=chance.random() < 0.12,
        slip=chance.random() < _SHARE_OF_SLIPS and asks and not has_own_slip(letter),
        code=chance.random() < _SHARE_OF_CODES and asks,
        e_invoice=chance.random() < _SHARE_OF_E_INVOICES and is_plain_invoice(letter, told),
        scanned=scans and scanned < _SHARE_OF_SCANS,
        grain=chance.randrange(10**9),
    )


def has_own_slip(letter: Letter) -> bool:
    """Say whether the text of a letter ends in a payment slip already."""
    return any("strook" in text or "acceptgiro" in text.lower() for text in letter.texts)


def is_plain_invoice(letter: Letter, told: Told) -> bool:
    """Say whether all that the letter claims fits in an e-invoice."""
    plain = letter.kind == "invoice" and letter.creditor == letter.sender
    return plain and bool(told.iban) and told.payable_now == told.outstanding
