"""One letter of a bank and a number pass through here and become a PDF with its truth."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.letters.bank import Letter
from tests.letters.citizens import Citizen
from tests.letters.draws import draw_values
from tests.letters.e_invoice import attach_e_invoice
from tests.letters.filling import draw_habits, fill_letter
from tests.letters.flowing import print_flowing
from tests.letters.looks import Look, draw_look
from tests.letters.press import print_with_typst
from tests.letters.scanning import scan
from tests.letters.sheets import Sheet, lay_out
from tests.letters.streams import print_scattered, print_stream
from tests.letters.truths import Told, tell

Printer = Callable[[Sheet], bytes]

PRINTERS: dict[str, Printer] = {
    "typst": print_with_typst,
    "platypus": print_flowing,
    "stream": print_stream,
    "scatter": print_scattered,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter on paper, and what a careful reader would note down about it."""

    letter: Letter
    seed: int
    citizen: Citizen
    sent: date
    received: date
    told: Told
    look: Look
    pdf: bytes


def print_letter(
    letter: Letter, seed: int, *, browser: Printer | None = None, scans: bool = False
) -> Printed:
    """Return one printing of a letter. The same letter and seed give the same bytes.

    :param browser: prints those that Chromium is to print (their bytes differ each time)
    :param scans: whether some are to be only a picture
    :raises BankProblem: the letter cannot be printed as it stands
    """
    drawn = draw_values(letter, seed)
    told = tell(letter, drawn.values)
    look = draw_look(letter, told, seed, chromium=browser is not None, scans=scans)
    style = draw_habits(letter, seed)
    sheet = lay_out(letter, fill_letter(letter, drawn, style), told, style, look)
    sent, received = drawn.values["sent"], drawn.values["received"]
    assert isinstance(sent, date) and isinstance(received, date)
    printer = browser if look.producer == "chromium" and browser else PRINTERS[look.producer]
    pdf = printer(sheet)
    if look.e_invoice:
        pdf = attach_e_invoice(pdf, letter, drawn, told)
    if look.scanned:
        pdf = scan(pdf, look.grain)
    return Printed(letter, seed, drawn.citizen, sent, received, told, look, pdf)
