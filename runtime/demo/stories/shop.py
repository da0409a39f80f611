"""A web shop's bill in the hands of a collector, who has to correct itself; and a water bill."""

from datetime import date, timedelta

from letterbox.letters.rules import Claim
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.cast import COLLECTOR, WATER, WEBSHOP, YARA
from runtime.demo.numbers import payment_reference
from runtime.demo.shapes import DemoLetter, Due, Truth, message_id, posted

COSTS = Euro(40_00)
FILE = "VS-2026-052290"
ORDER = "PP-884120"

WATER_BILL = Euro(86_27)
WATER_CUSTOMER = "7701.33.90"
WATER_PAYMENT = payment_reference("770133900026093")


def shop_story(today: date) -> list[DemoLetter]:
    """Return the letters of this story, dated back from today."""
    first = _first_letter(posted(today, 75))
    return [
        first,
        _corrected(posted(today, 68), first),
        _water_reminder(posted(today, 54)),
    ]


def _first_letter(sent_on: date) -> DemoLetter:
    total = Euro(130_57)
    return DemoLetter(
        message_id=message_id("shop-first", sent_on),
        sender=COLLECTOR.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject=f"Incasso namens {WEBSHOP.name}, dossier {FILE}",
        template="two_columns",
        text="shop/first",
        values={
            "principal": Euro(89_95),
            "interest": Euro(62),
            "costs": COSTS,
            "total": total,
            "ordered": sent_on - timedelta(days=121),
            "file": FILE,
            "order": ORDER,
        },
        on_behalf_of=WEBSHOP.party,
        truth=Truth(
            Kind.COLLECTION_NOTICE,
            WEBSHOP.key,
            outstanding=total,
            due=Due.by(sent_on + timedelta(days=7)),
        ),
    )


def _corrected(sent_on: date, earlier: DemoLetter) -> DemoLetter:
    principal, interest, total = Euro(64_95), Euro(45), Euro(105_40)
    due = Due.by(sent_on + timedelta(days=14))
    return DemoLetter(
        message_id=message_id("shop-corrected", sent_on),
        sender=COLLECTOR.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject=f"Gecorrigeerde opgave, dossier {FILE}",
        template="two_columns",
        text="shop/corrected",
        values={
            "principal": principal,
            "interest": interest,
            "costs": COSTS,
            "total": total,
            "returned": Euro(25_00),
            "earlier": earlier.sent_on,
            "file": FILE,
            "order": ORDER,
        },
        on_behalf_of=WEBSHOP.party,
        claim=Claim(
            reference=FILE,
            kind=Kind.COLLECTION_NOTICE,
            outstanding=total,
            principal=principal,
            interest=interest,
            collection_costs=COSTS,
            due_on=due.on,
            iban=COLLECTOR.payee.iban,
        ),
        replaces=earlier.message_id,
        truth=Truth(Kind.COLLECTION_NOTICE, WEBSHOP.key, outstanding=total, due=due),
    )


def _water_reminder(sent_on: date) -> DemoLetter:
    due = Due.before(sent_on + timedelta(days=15), "slashes")
    return DemoLetter(
        message_id=message_id("water-reminder", sent_on),
        sender=WATER.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Herinnering waternota",
        template="payment_slip",
        text="shop/water_reminder",
        values={
            "bill": WATER_BILL,
            "billed": sent_on - timedelta(days=42),
            "customer": WATER_CUSTOMER,
            "payment": WATER_PAYMENT,
        },
        claim=Claim(
            outstanding=WATER_BILL,
            iban=WATER.account.iban,
            payment_reference=WATER_PAYMENT,
        ),
        truth=Truth(Kind.REMINDER, WATER.key, outstanding=WATER_BILL, due=due),
    )
