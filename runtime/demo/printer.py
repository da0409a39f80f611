"""Printing a demo letter: its text, its values and a layout become a PDF."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from runtime.demo.cast import Cast, Organisation
from runtime.demo.shapes import DemoLetter
from runtime.demo.wording import write

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
TEXTS = _HERE / "stories"


def print_letter(letter: DemoLetter, cast: Cast) -> bytes:
    """Return the letter as a PDF. The same letter gives the same bytes.

    :raises KeyError: the text asks for a value that the letter does not carry
    """
    pdf = _press(letter.template).compile(
        format="pdf",
        sys_inputs={"letter": json.dumps(_on_paper(letter, cast))},
        # Without a fixed moment the PDF would carry the time of printing.
        timestamp=0,
    )
    assert isinstance(pdf, bytes)
    return pdf


def _on_paper(letter: DemoLetter, cast: Cast) -> dict[str, object]:
    sender = cast.organisations[letter.sender]
    citizen = cast.citizens[letter.recipient]
    text = _fill_in(_text(letter.text), _values(letter, cast))
    return {
        "sender": _sender(sender),
        "recipient": [citizen.formal_name, citizen.street, citizen.place],
        **text,
    }


def _values(letter: DemoLetter, cast: Cast) -> dict[str, object]:
    sender = cast.organisations[letter.sender]
    citizen = cast.citizens[letter.recipient]
    return {
        "sender": sender,
        "citizen": citizen,
        "creditor": cast.organisations[letter.truth.creditor],
        "payee": sender.payee,
        "sent": letter.sent_on,
        "subject": letter.subject,
        "due": letter.truth.due.words if letter.truth.due else "",
        **letter.values,
    }


def _sender(sender: Organisation) -> dict[str, str]:
    return {
        "name": sender.name,
        "street": sender.street,
        "place": sender.place,
        "phone": sender.phone,
        "website": sender.website,
        "account": write("{iban:groups}", {"iban": sender.account.iban}),
        "number": sender.number,
    }


def _fill_in(text: Any, values: Mapping[str, object]) -> Any:
    if isinstance(text, str):
        return write(text, values)
    if isinstance(text, list):
        return [_fill_in(part, values) for part in text]
    return {name: _fill_in(part, values) for name, part in text.items()}


def _text(name: str) -> dict[str, Any]:
    story, letter = name.split("/")
    return _story(story)[letter]


@cache
def _story(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((TEXTS / f"{name}.toml").read_text("utf-8"))


@cache
def _press(template: str) -> typst.Compiler:
    # A compiler that is kept has its fonts loaded: 2 ms a letter in place of 80.
    return typst.Compiler(TEMPLATES / f"{template}.typ", root=TEMPLATES)
