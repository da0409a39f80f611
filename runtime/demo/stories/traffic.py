"""A parking fine and what a missed term adds to it."""

from datetime import date, timedelta

from letterbox.letters.rules import Claim
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.cast import FINES, YARA
from runtime.demo.numbers import payment_reference
from runtime.demo.shapes import DemoLetter, Due, Truth, message_id, posted

SANCTION = Euro(120_00)
HANDLING = Euro(9_00)
FINE = Euro(129_00)
INCREASE = Euro(60_00)
RAISED = Euro(189_00)
"""The sanction and half of it again; the handling costs do not rise along."""

NUMBER = payment_reference("062519400733812")


def traffic_story(today: date) -> list[DemoLetter]:
    """Return the letters of this story, dated back from today."""
    fined_on = posted(today, 118)
    return [_fine(fined_on), _raised(posted(today, 19), fined_on)]


def _fine(sent_on: date) -> DemoLetter:
    due = Due.by(sent_on + timedelta(weeks=8), "numbers")
    return DemoLetter(
        message_id=message_id("traffic-fine", sent_on),
        sender=FINES.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Beschikking verkeersboete",
        template="form",
        text="traffic/fine",
        values={
            "sanction": SANCTION,
            "handling": HANDLING,
            "fine": FINE,
            "offence": sent_on - timedelta(days=23),
            "number": NUMBER,
        },
        claim=Claim(
            reference=NUMBER,
            kind=Kind.FINE,
            outstanding=FINE,
            principal=FINE,
            due_on=due.on,
            iban=FINES.account.iban,
            payment_reference=NUMBER,
        ),
        truth=Truth(Kind.FINE, FINES.key, outstanding=FINE, due=due),
    )


def _raised(sent_on: date, fined_on: date) -> DemoLetter:
    return DemoLetter(
        message_id=message_id("traffic-raised", sent_on),
        sender=FINES.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Eerste aanmaning verkeersboete",
        template="form",
        text="traffic/raised",
        values={
            "sanction": SANCTION,
            "handling": HANDLING,
            "increase": INCREASE,
            "raised": RAISED,
            "fined": fined_on,
            "number": NUMBER,
        },
        truth=Truth(Kind.DEMAND, FINES.key, outstanding=RAISED, due=Due.within_weeks(4, sent_on)),
    )
