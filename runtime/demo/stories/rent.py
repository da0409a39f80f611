"""Two months of rent that went unpaid, from a friendly reminder to a summons."""

from datetime import date, timedelta

from letterbox.letters.rules import Claim
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from runtime.demo.cast import BAILIFF, COLLECTOR, HOUSING, YARA
from runtime.demo.shapes import DemoLetter, Due, Truth, message_id, posted

RENT = Euro(612_48)
TWO_MONTHS = Euro(1_224_96)
COSTS = Euro(183_74)
"""Fifteen per cent of two months: threatened first, claimed later."""
PART_PAID = Euro(150_00)

TENANT = "204.118.7"
FILE = "VS-2026-048813"
BAILIFF_FILE = "71530926"


def rent_story(today: date) -> list[DemoLetter]:
    """Return the letters of this story, dated back from today."""
    return [
        _reminder(posted(today, 250)),
        _final_notice(posted(today, 215)),
        _collection(posted(today, 150)),
        _demand(posted(today, 84)),
        _summons(posted(today, 16)),
        _newsletter(posted(today, 33)),
    ]


def _month_before(sent_on: date, days: int) -> date:
    return (sent_on - timedelta(days=days)).replace(day=1)


def _reminder(sent_on: date) -> DemoLetter:
    due = Due.before(sent_on + timedelta(days=15))
    return DemoLetter(
        message_id=message_id("rent-reminder", sent_on),
        sender=HOUSING.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Herinnering: huur nog niet ontvangen",
        template="letterhead_left",
        text="rent/reminder",
        values={"rent": RENT, "month": _month_before(sent_on, 12), "tenant": TENANT},
        claim=Claim(
            reference=TENANT,
            kind=Kind.REMINDER,
            outstanding=RENT,
            due_on=due.on,
            iban=HOUSING.account.iban,
        ),
        truth=Truth(Kind.REMINDER, HOUSING.key, outstanding=RENT, due=due),
    )


def _final_notice(sent_on: date) -> DemoLetter:
    second = _month_before(sent_on, 12)
    return DemoLetter(
        message_id=message_id("rent-final-notice", sent_on),
        sender=HOUSING.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Laatste mogelijkheid om zonder extra kosten te betalen",
        template="letterhead_left",
        text="rent/final_notice",
        values={
            "rent": RENT,
            "total": TWO_MONTHS,
            "costs": COSTS,
            "first": _month_before(second, 12),
            "second": second,
            "tenant": TENANT,
        },
        truth=Truth(
            Kind.DEMAND,
            HOUSING.key,
            outstanding=TWO_MONTHS,
            conditional_costs=COSTS,
            due=Due.after_delivery(14),
        ),
    )


def _collection(sent_on: date) -> DemoLetter:
    interest, total = Euro(8_62), Euro(1_417_32)
    due = Due.by(sent_on + timedelta(days=10), "short")
    return DemoLetter(
        message_id=message_id("rent-collection", sent_on),
        sender=COLLECTOR.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject=f"Incasso namens {HOUSING.name}, dossier {FILE}",
        template="two_columns",
        text="rent/collection",
        values={
            "principal": TWO_MONTHS,
            "interest": interest,
            "costs": COSTS,
            "total": total,
            "file": FILE,
            "tenant": TENANT,
        },
        on_behalf_of=HOUSING.party,
        claim=Claim(
            reference=FILE,
            kind=Kind.COLLECTION_NOTICE,
            outstanding=total,
            principal=TWO_MONTHS,
            interest=interest,
            collection_costs=COSTS,
            due_on=due.on,
            iban=COLLECTOR.payee.iban,
        ),
        truth=Truth(Kind.COLLECTION_NOTICE, HOUSING.key, outstanding=total, due=due),
    )


def _demand(sent_on: date) -> DemoLetter:
    total = Euro(1_276_10)
    return DemoLetter(
        message_id=message_id("rent-demand", sent_on),
        sender=BAILIFF.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject=f"Sommatie, dossier {BAILIFF_FILE}",
        template="letterhead_centre",
        text="rent/demand",
        values={
            "principal": TWO_MONTHS,
            "interest": Euro(17_40),
            "costs": COSTS,
            "paid": PART_PAID,
            "total": total,
            "file": BAILIFF_FILE,
            "collector": COLLECTOR.name,
            "earlier_file": FILE,
            "tenant": TENANT,
        },
        on_behalf_of=HOUSING.party,
        truth=Truth(
            Kind.COLLECTION_NOTICE,
            HOUSING.key,
            outstanding=total,
            due=Due.within(7, sent_on),
        ),
    )


def _summons(sent_on: date) -> DemoLetter:
    total = Euro(1_397_12)
    hearing = sent_on + timedelta(days=34)
    return DemoLetter(
        message_id=message_id("rent-summons", sent_on),
        sender=BAILIFF.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Afschrift dagvaarding kantonrechter",
        template="summons",
        text="rent/summons",
        values={
            "principal": TWO_MONTHS,
            "interest": Euro(26_05),
            "costs": COSTS,
            "writ": Euro(112_37),
            "paid": PART_PAID,
            "total": total,
            "rent": RENT,
            "hearing": hearing,
            "file": BAILIFF_FILE,
            "tenant": TENANT,
        },
        on_behalf_of=HOUSING.party,
        truth=Truth(
            Kind.SUMMONS,
            HOUSING.key,
            outstanding=total,
            due=Due.by(hearing - timedelta(days=3)),
        ),
    )


def _newsletter(sent_on: date) -> DemoLetter:
    return DemoLetter(
        message_id=message_id("rent-newsletter", sent_on),
        sender=HOUSING.key,
        recipient=YARA.key,
        sent_on=sent_on,
        subject="Bewonersnieuws: uw gebouw wordt geïsoleerd",
        template="newsletter",
        text="rent/newsletter",
        values={
            "saving": Euro(240_00),
            "works": sent_on + timedelta(days=70),
            "evening": sent_on + timedelta(days=47),
        },
        truth=Truth(Kind.OTHER, HOUSING.key),
    )
