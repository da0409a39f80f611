"""Health insurance: premiums in arrears, wrongly declared, and an own-risk bill that was paid."""

from datetime import date, timedelta

from letterbox.letters.rules import Claim
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.cast import HEALTH, YARA
from runtime.demo.numbers import payment_reference
from runtime.demo.shapes import DemoLetter, Due, Truth, message_id, posted

PREMIUM = Euro(158_75)
ARREARS = Euro(317_50)
ARREARS_MISTYPED = Euro(371_50)
"""What the insurer declares by mistake: two digits changed places. The letter says otherwise."""
OWN_RISK = Euro(214_19)

RELATION = "60.442.118"
NOTE = "ER-26-7710345"
PREMIUM_PAYMENT = payment_reference("604421180026061")
OWN_RISK_PAYMENT = payment_reference("604421187710345")


def health_story(today: date) -> list[DemoLetter]:
    """Return the letters of this story, dated back from today."""
    return [
        _own_risk(posted(today, 97)),
        _arrears(posted(today, 61)),
        _confirmation(posted(today, 41)),
    ]


def _own_risk(sent_on: date) -> DemoLetter:
    due = Due.by(sent_on + timedelta(days=30))
    return DemoLetter(
        message_id=message_id("health-own-risk", sent_on),
        sender=HEALTH.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Nota eigen risico",
        template="summary_box",
        text="health/own_risk",
        values={
            "total": OWN_RISK,
            "treatment": Euro(171_00),
            "medicine": Euro(43_19),
            "yearly": Euro(385_00),
            "treated": sent_on - timedelta(days=58),
            "relation": RELATION,
            "note": NOTE,
            "payment": OWN_RISK_PAYMENT,
        },
        claim=Claim(
            reference=NOTE,
            kind=Kind.INVOICE,
            outstanding=OWN_RISK,
            due_on=due.on,
            iban=HEALTH.account.iban,
            payment_reference=OWN_RISK_PAYMENT,
        ),
        truth=Truth(Kind.INVOICE, HEALTH.key, outstanding=OWN_RISK, due=due),
    )


def _arrears(sent_on: date) -> DemoLetter:
    due = Due.within(10, sent_on)
    first = (sent_on.replace(day=1) - timedelta(days=40)).replace(day=1)
    return DemoLetter(
        message_id=message_id("health-arrears", sent_on),
        sender=HEALTH.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Aanmaning: betalingsachterstand zorgpremie",
        template="summary_box",
        text="health/arrears",
        values={
            "premium": PREMIUM,
            "total": ARREARS,
            "first": first,
            "second": (first + timedelta(days=31)).replace(day=1),
            "debit": (sent_on.replace(day=28) + timedelta(days=8)).replace(day=1),
            "relation": RELATION,
            "payment": PREMIUM_PAYMENT,
        },
        claim=Claim(
            reference=RELATION,
            kind=Kind.DEMAND,
            outstanding=ARREARS_MISTYPED,
            due_on=due.on,
            iban=HEALTH.account.iban,
            payment_reference=PREMIUM_PAYMENT,
        ),
        truth=Truth(Kind.DEMAND, HEALTH.key, outstanding=ARREARS, due=due),
    )


def _confirmation(sent_on: date) -> DemoLetter:
    return DemoLetter(
        message_id=message_id("health-confirmation", sent_on),
        sender=HEALTH.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Uw betaling is ontvangen",
        template="summary_box",
        text="health/confirmation",
        values={
            "total": OWN_RISK,
            "left": Euro(0),
            "received": sent_on - timedelta(days=4),
            "relation": RELATION,
            "note": NOTE,
        },
        truth=Truth(Kind.PAYMENT_CONFIRMATION, HEALTH.key, outstanding=Euro(0)),
    )
