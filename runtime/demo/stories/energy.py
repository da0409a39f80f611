"""A yearly energy bill that grows into the threat of a disconnection."""

from datetime import date, timedelta

from letterbox.letters.rules import Claim
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.cast import ENERGY, YARA
from runtime.demo.numbers import payment_reference
from runtime.demo.shapes import DemoLetter, Due, Truth, message_id, posted

BILL = Euro(487_36)
RECONNECTING = Euro(94_00)
CUSTOMER = "3008 5521 74"
INVOICE = "JN-26-0091827"
PAYMENT = payment_reference("300855217400918")


def energy_story(today: date) -> list[DemoLetter]:
    """Return the letters of this story, dated back from today."""
    billed_on = posted(today, 202)
    return [
        _invoice(billed_on),
        _reminder(posted(today, 163), billed_on),
        _disconnection(posted(today, 22), billed_on),
    ]


def _invoice(sent_on: date) -> DemoLetter:
    due = Due.by(sent_on + timedelta(days=21), "numbers")
    return DemoLetter(
        message_id=message_id("energy-invoice", sent_on),
        sender=ENERGY.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Uw jaarnota stroom en gas",
        template="letterhead_right",
        text="energy/invoice",
        values={
            "used": Euro(2_147_36),
            "power": Euro(798_12),
            "gas": Euro(1_103_60),
            "network": Euro(245_64),
            "advance": Euro(1_660_00),
            "vat": Euro(372_68),
            "bill": BILL,
            "monthly": Euro(179_00),
            "from": sent_on - timedelta(days=379),
            "until": sent_on - timedelta(days=14),
            "customer": CUSTOMER,
            "invoice": INVOICE,
            "payment": PAYMENT,
        },
        claim=Claim(
            reference=INVOICE,
            kind=Kind.INVOICE,
            outstanding=BILL,
            payable_now=BILL,
            due_on=due.on,
            iban=ENERGY.account.iban,
            payment_reference=PAYMENT,
        ),
        truth=Truth(Kind.INVOICE, ENERGY.key, outstanding=BILL, due=due),
    )


def _reminder(sent_on: date, billed_on: date) -> DemoLetter:
    return DemoLetter(
        message_id=message_id("energy-reminder", sent_on),
        sender=ENERGY.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Betalingsherinnering jaarnota",
        template="letterhead_right",
        text="energy/reminder",
        values={
            "bill": BILL,
            "billed": billed_on,
            "customer": CUSTOMER,
            "invoice": INVOICE,
            "payment": PAYMENT,
        },
        truth=Truth(Kind.REMINDER, ENERGY.key, outstanding=BILL, due=Due.within(14, sent_on)),
    )


def _disconnection(sent_on: date, billed_on: date) -> DemoLetter:
    costs, interest, total = Euro(73_10), Euro(8_55), Euro(569_01)
    cut_off = sent_on + timedelta(days=33)
    due = Due.before(cut_off - timedelta(days=4))
    return DemoLetter(
        message_id=message_id("energy-disconnection", sent_on),
        sender=ENERGY.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Wij gaan uw stroom en gas afsluiten",
        template="letterhead_right",
        text="energy/disconnection",
        values={
            "bill": BILL,
            "billed": billed_on,
            "costs": costs,
            "interest": interest,
            "total": total,
            "cut_off": cut_off,
            "reconnect": RECONNECTING,
            "customer": CUSTOMER,
            "invoice": INVOICE,
            "payment": PAYMENT,
        },
        claim=Claim(
            reference=INVOICE,
            kind=Kind.DISCONNECTION_NOTICE,
            outstanding=total,
            principal=BILL,
            interest=interest,
            collection_costs=costs,
            due_on=due.on,
            iban=ENERGY.account.iban,
            payment_reference=PAYMENT,
        ),
        truth=Truth(
            Kind.DISCONNECTION_NOTICE,
            ENERGY.key,
            outstanding=total,
            conditional_costs=RECONNECTING,
            due=due,
        ),
    )
