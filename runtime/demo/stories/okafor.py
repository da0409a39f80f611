"""A second citizen with a few letters, two of them in English."""

from datetime import date, timedelta

from letterbox.letters.rules import Claim
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.cast import DANIEL, ENERGY, FINES, HEALTH
from runtime.demo.numbers import payment_reference
from runtime.demo.shapes import DemoLetter, Due, Truth, message_id, posted

PREMIUMS = Euro(1_270_00)
RELATION = "60.887.402"
PREMIUM_PAYMENT = payment_reference("608874020026080")
ENERGY_LEFT = Euro(236_18)
FINE_NUMBER = payment_reference("062520110984416")
FINE = Euro(319_00)


def okafor_story(today: date) -> list[DemoLetter]:
    """Return the letters of this story, dated back from today."""
    return [
        _premiums(posted(today, 103)),
        _final_bill(posted(today, 64)),
        _fine(posted(today, 26)),
    ]


def _premiums(sent_on: date) -> DemoLetter:
    due = Due.by(sent_on + timedelta(days=14), "english")
    return DemoLetter(
        message_id=message_id("okafor-premiums", sent_on),
        sender=HEALTH.key,
        recipient=DANIEL.key,
        sent_on=sent_on,
        subject="Your health insurance premium is overdue",
        template="english",
        text="okafor/premiums",
        values={
            "premium": Euro(158_75),
            "total": PREMIUMS,
            "relation": RELATION,
            "payment": PREMIUM_PAYMENT,
        },
        claim=Claim(
            reference=RELATION,
            kind=Kind.DEMAND,
            outstanding=PREMIUMS,
            due_on=due.on,
            iban=HEALTH.account.iban,
            payment_reference=PREMIUM_PAYMENT,
        ),
        truth=Truth(Kind.DEMAND, HEALTH.key, outstanding=PREMIUMS, due=due),
    )


def _final_bill(sent_on: date) -> DemoLetter:
    return DemoLetter(
        message_id=message_id("okafor-final-bill", sent_on),
        sender=ENERGY.key,
        recipient=DANIEL.key,
        sent_on=sent_on,
        subject="Your final energy bill",
        template="english",
        text="okafor/final_bill",
        values={
            "used": Euro(401_18),
            "advance": Euro(165_00),
            "total": ENERGY_LEFT,
            "moved": sent_on - timedelta(days=27),
            "customer": "3011 0472 60",
            "invoice": "EN-26-0044106",
        },
        truth=Truth(
            Kind.INVOICE,
            ENERGY.key,
            outstanding=ENERGY_LEFT,
            due=Due.by(sent_on + timedelta(days=30), "english"),
        ),
    )


def _fine(sent_on: date) -> DemoLetter:
    return DemoLetter(
        message_id=message_id("okafor-fine", sent_on),
        sender=FINES.key,
        recipient=DANIEL.key,
        sent_on=sent_on,
        subject="Beschikking verkeersboete",
        template="form",
        text="okafor/fine",
        values={
            "sanction": Euro(310_00),
            "handling": Euro(9_00),
            "fine": FINE,
            "offence": sent_on - timedelta(days=19),
            "number": FINE_NUMBER,
        },
        truth=Truth(
            Kind.FINE,
            FINES.key,
            outstanding=FINE,
            due=Due.by(sent_on + timedelta(weeks=8), "numbers"),
        ),
    )
