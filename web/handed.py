"""A letter that someone fills in by hand: what was typed, the PDF, and what must be put right.

It comes in memory from someone who is known already, and goes back to their own browser: between
two pages nothing of it is kept here (`docs/decisions/0018-letters-sent-by-hand.md`).
"""

import re
from base64 import b32encode, b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from os import urandom
from typing import Self
from uuid import UUID

import msgspec
from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from api.doorstep import LARGEST_FILLED_IN
from letterbox.letters.rules import LARGEST_LETTER, Claim, Envelope, Incoming, compact_iban
from letterbox.people.rules import compact_bsn
from letterbox.shared.errors import Invalid
from web.typed import amount_in, clean, day_in
from web.uploads import NOT_A_FORM, form_in_memory

LARGEST_CARRIED = LARGEST_LETTER // 5
"""In bytes. What is larger is too slow to send to and fro on a thin line."""

MOST_PARTS = 20
LONGEST_AHEAD = timedelta(days=31)
LONGEST = {
    "bsn": 20,
    "sent_on": 20,
    "subject": 200,
    "reference": 60,
    "outstanding": 30,
    "due_on": 20,
    "iban": 50,
    "payment_reference": 100,
}
"""In characters, by field."""

NEEDED = ("bsn", "sent_on", "subject")
READ_BY: Mapping[str, tuple[Callable[[str], object], str]] = {
    "bsn": (compact_bsn, "not-a-bsn"),
    "sent_on": (day_in, "not-a-day"),
    "outstanding": (amount_in, "not-an-amount"),
    "due_on": (day_in, "not-a-day"),
    "iban": (compact_iban, "not-an-iban"),
}
"""What reads a field, and what is wrong where it cannot."""

_MARK = re.compile(r"[A-Z2-7]{8}", re.ASCII)


def new_mark() -> str:
    """Return what makes a form one letter, however often it is sent."""
    return b32encode(urandom(5)).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stood in the form, as it was typed.

    :ivar mark: made once with the form
    """

    mark: str
    bsn: str = ""
    sent_on: str = ""
    subject: str = ""
    reference: str = ""
    outstanding: str = ""
    due_on: str = ""
    iban: str = ""
    payment_reference: str = ""

    def mistakes(self, today: date) -> dict[str, str]:
        """Return what must be filled in differently, by field, in words for the template."""
        found = {field: "empty" for field in NEEDED if not getattr(self, field)}
        for field, (read, wrong) in READ_BY.items():
            if getattr(self, field) and not _can(read, getattr(self, field)):
                found[field] = wrong
        if "sent_on" not in found and day_in(self.sent_on) > today + LONGEST_AHEAD:
            found["sent_on"] = "too-far-ahead"
        if "bsn" not in found and compact_bsn(self.bsn).lstrip("0") in _digits(self.reference):
            # The register is not sealed: it must not say to whom a letter went. Older numbers are
            # often written without the nought in front.
            found["reference"] = "holds-bsn"
        return found | {
            field: "too-long" for field, most in LONGEST.items() if len(getattr(self, field)) > most
        }

    @property
    def message_id(self) -> str:
        """The name of this letter in the register: what the sender calls it, and the mark."""
        named = re.sub(r"[^\x21-\x7e]+", "-", self.reference).strip("-")
        return "-".join(filter(None, (named, self.mark)))

    @property
    def envelope(self) -> Envelope:
        """What goes with the PDF, when there are no mistakes in it."""
        claim = Claim(
            reference=self.reference or None,
            outstanding=amount_in(self.outstanding) if self.outstanding else None,
            due_on=day_in(self.due_on) if self.due_on else None,
            iban=compact_iban(self.iban) if self.iban else None,
            payment_reference=self.payment_reference or None,
        )
        return Envelope(
            message_id=self.message_id,
            subject=self.subject,
            sent_on=day_in(self.sent_on),
            claim=claim if claim != Claim() else None,
        )


@dataclass(frozen=True, slots=True)
class Handed:
    """A filled-in form with the PDF that came with it, if any.

    :ivar name: what the sender's computer calls the file; shown to them and not kept
    """

    typed: Typed
    pdf: bytes = b""
    name: str = ""

    @classmethod
    def of(cls, form: FormData, pdf: bytes) -> Self:
        """Return what was handed over.

        :param pdf: the file that was chosen now; without one, what an earlier page carries on
        """
        fields = {field: clean(form.get(field)) for field in (*LONGEST, "mark")}
        if not _MARK.fullmatch(fields["mark"]):
            raise HTTPException(400)
        chosen = form.get("document")
        named = chosen.filename if pdf and isinstance(chosen, UploadFile) else form.get("name")
        return cls(Typed(**fields), pdf or _carried(form.get("carried")), clean(named)[:100])

    @property
    def carried(self) -> str:
        """The PDF as the next page carries it on; nothing where it is too large for that."""
        return b64encode(self.pdf).decode() if len(self.pdf) <= LARGEST_CARRIED else ""

    def incoming_from(self, person_id: UUID) -> Incoming:
        """Return the letter as it comes in at the door, when there are no mistakes in it."""
        bsn, envelope = compact_bsn(self.typed.bsn), self.typed.envelope
        canonical = msgspec.json.encode((bsn, replace(envelope, message_id="")))
        return Incoming(bsn, envelope, self.pdf, canonical.decode(), person_id)


async def form_of(request: Request) -> tuple[FormData, bytes]:
    """Return a form, and the file that was chosen in it, if any.

    :raises HTTPException: 400 when it is no form
    """
    try:
        form = await form_in_memory(
            request,
            most_files=1,
            most_fields=MOST_PARTS,
            largest_field=LARGEST_FILLED_IN,
            largest=LARGEST_FILLED_IN,
        )
    except NOT_A_FORM as error:
        raise HTTPException(400) from error
    chosen = form.get("document")
    pdf = await chosen.read() if isinstance(chosen, UploadFile) else b""
    await form.close()
    return form, pdf


def _carried(encoded: object) -> bytes:
    try:
        return b64decode(encoded, validate=True) if isinstance(encoded, str) else b""
    except (NotBase64, ValueError):
        return b""


def _can(read: Callable[[str], object], typed: str) -> bool:
    try:
        read(typed)
    except (ValueError, Invalid):
        return False
    return True


def _digits(typed: str) -> str:
    return re.sub(r"\D", "", typed, flags=re.ASCII)
