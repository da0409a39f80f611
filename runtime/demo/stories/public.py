"""Public bodies: a local tax that is remitted, and an allowance that is paid back in parts."""

from datetime import date, timedelta

from letterbox.letters.rules import Claim
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.cast import ALLOWANCES, MUNICIPALITY, YARA
from runtime.demo.numbers import payment_reference
from runtime.demo.shapes import DemoLetter, Due, Truth, message_id, posted

LOCAL_TAX = Euro(450_36)
TAX_BILL = "2026.04.118237"
TAX_PAYMENT = payment_reference("202604118237001")

RECLAIMED = Euro(1_068_00)
MONTHLY = Euro(44_50)
DECISION = "WT-25-330918"
DECISION_PAYMENT = payment_reference("253309180000244")


def public_story(today: date) -> list[DemoLetter]:
    """Return the letters of this story, dated back from today."""
    taxed_on, reclaimed_on = posted(today, 292), posted(today, 238)
    return [
        _assessment(taxed_on),
        _remission(posted(today, 180), taxed_on),
        _reclaim(reclaimed_on),
        _plan(posted(today, 199), reclaimed_on),
    ]


def _assessment(sent_on: date) -> DemoLetter:
    due = Due.by(sent_on + timedelta(days=60))
    return DemoLetter(
        message_id=message_id("tax-assessment", sent_on),
        sender=MUNICIPALITY.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Gecombineerde aanslag gemeentelijke heffingen",
        template="assessment",
        text="public/assessment",
        values={
            "waste": Euro(302_16),
            "sewer": Euro(148_20),
            "total": LOCAL_TAX,
            "value": Euro(231_000_00),
            "bill": TAX_BILL,
            "payment": TAX_PAYMENT,
        },
        claim=Claim(
            reference=TAX_BILL,
            kind=Kind.ASSESSMENT,
            outstanding=LOCAL_TAX,
            due_on=due.on,
            iban=MUNICIPALITY.account.iban,
            payment_reference=TAX_PAYMENT,
        ),
        truth=Truth(Kind.ASSESSMENT, MUNICIPALITY.key, outstanding=LOCAL_TAX, due=due),
    )


def _remission(sent_on: date, taxed_on: date) -> DemoLetter:
    return DemoLetter(
        message_id=message_id("tax-remission", sent_on),
        sender=MUNICIPALITY.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Uw verzoek om kwijtschelding is toegewezen",
        template="assessment",
        text="public/remission",
        values={
            "total": LOCAL_TAX,
            "left": Euro(0),
            "taxed": taxed_on,
            "asked": sent_on - timedelta(days=44),
            "bill": TAX_BILL,
        },
        truth=Truth(Kind.WITHDRAWAL, MUNICIPALITY.key, outstanding=Euro(0)),
    )


def _reclaim(sent_on: date) -> DemoLetter:
    due = Due.by(sent_on + timedelta(weeks=6), "numbers")
    return DemoLetter(
        message_id=message_id("allowance-reclaim", sent_on),
        sender=ALLOWANCES.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Terugvordering woontoeslag",
        template="typewriter",
        text="public/reclaim",
        values={
            "received": Euro(3_204_00),
            "entitled": Euro(2_136_00),
            "total": RECLAIMED,
            "income": Euro(27_850_00),
            "year": str(sent_on.year - 1),
            "decision": DECISION,
            "payment": DECISION_PAYMENT,
        },
        truth=Truth(Kind.RECLAIM, ALLOWANCES.key, outstanding=RECLAIMED, due=due),
    )


def _plan(sent_on: date, reclaimed_on: date) -> DemoLetter:
    due = Due.by((sent_on + timedelta(days=45)).replace(day=28), "numbers")
    return DemoLetter(
        message_id=message_id("allowance-plan", sent_on),
        sender=ALLOWANCES.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Bevestiging betalingsregeling woontoeslag",
        template="typewriter",
        text="public/plan",
        values={
            "total": RECLAIMED,
            "monthly": MONTHLY,
            "reclaimed": reclaimed_on,
            "decision": DECISION,
            "payment": DECISION_PAYMENT,
        },
        claim=Claim(
            reference=DECISION,
            kind=Kind.PAYMENT_PLAN,
            outstanding=RECLAIMED,
            payable_now=MONTHLY,
            due_on=due.on,
            iban=ALLOWANCES.account.iban,
            payment_reference=DECISION_PAYMENT,
        ),
        truth=Truth(
            Kind.PAYMENT_PLAN,
            ALLOWANCES.key,
            outstanding=RECLAIMED,
            payable_now=MONTHLY,
            due=due,
        ),
    )
