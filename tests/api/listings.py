"""Overviews to write down, large and small. Only name what the test is about."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from letterbox.debts.facts import (
    Check,
    CheckSeverity,
    Debt,
    DebtStatus,
    Evidence,
    HistoryLine,
    OtherLetter,
    Settlement,
)
from letterbox.letters.rules import Party
from letterbox.overview.listing import Listing, Occasion, listing_of
from letterbox.overview.rules import Unread, View, overview_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro

TODAY = date(2026, 11, 22)
CONSENT = Occasion(
    UUID(int=7), "Samen een overzicht maken.", datetime(2027, 3, 22, 11, 0, tzinfo=UTC)
)
CREDITORS = (
    "Woonstichting Zilverlinde",
    "Energiebedrijf Noordlicht",
    "Zorgverzekeraar De Brug",
    "CJIB",
    "Belastingdienst",
    "Waterbedrijf Klaarbron",
    "Telecom Vliegwiel",
    "Webwinkel 't Kastje",
)
KINDS = (
    Kind.EVICTION_NOTICE,
    Kind.COLLECTION_NOTICE,
    Kind.WRIT,
    Kind.FINE,
    Kind.DEMAND,
    Kind.REMINDER,
    Kind.INVOICE,
)


def a_debt(number: int = 1, *, letters: int = 1, **facts: Any) -> Debt:
    """Return a debt of which everything is known, but for what is said otherwise."""
    owed = Euro(63418 + 7919 * number % 250_000)
    stage = KINDS[number % len(KINDS)]
    known: dict[str, Any] = {
        "id": UUID(int=number),
        "status": DebtStatus.OPEN,
        "stage": stage,
        "creditor": Party(CREDITORS[number % len(CREDITORS)], f"0000009900000{number:03d}0000"),
        "collector": Party("Incassobureau Valk") if number % 3 == 0 else None,
        "outstanding": owed,
        "payable_now": owed,
        "principal": owed - Euro(5_000),
        "interest": Euro(1_000),
        "collection_costs": Euro(4_000),
        "balance_on": TODAY - timedelta(days=10 + number),
        "due_on": TODAY + timedelta(days=number - 3),
        "iban": "NL91ABNA0417164300",
        "payment_reference": f"000012345678{number:04d}",
        "references": (f"HU-2026-{number:04d}", f"K{number:06d}"),
        "first_letter_on": TODAY - timedelta(days=200),
        "last_letter_on": TODAY - timedelta(days=10),
        "history": tuple(a_line(number, each, stage, owed) for each in range(letters)),
    }
    return Debt(**known | facts)


def a_line(number: int, letter: int, kind: Kind, owed: Euro) -> HistoryLine:
    return HistoryLine(
        UUID(int=number * 1000 + letter),
        TODAY - timedelta(days=200 - letter),
        kind,
        owed,
        owed,
        TODAY + timedelta(days=letter),
    )


def a_check(message: str = "Kloppen de bedragen?", *, quote: str = "€ 634,18") -> Check:
    place = Evidence(UUID(int=1000), 1, (0.0, 0.0, 10.0, 10.0), quote)
    source = "Besluit vergoeding voor buitengerechtelijke incassokosten, Stb. 2012, 141"
    return Check("amounts_do_not_add_up", CheckSeverity.NOTICE, message, source, (place,))


def a_listing(*debts: Debt, occasion: Occasion | None = CONSENT, **more: Any) -> Listing:
    """Return these debts, written down in rows."""
    unread, other = more.pop("unread", ()), more.pop("other_letters", ())
    overview = overview_of(Settlement(debts, other), unread, View(), as_of=TODAY)
    return listing_of(overview, occasion, **more)


def a_full_listing(debts: int = 60, letters: int = 10) -> Listing:
    """Return a cupboard full of debts, some of them read with doubt, with all that can be."""
    return a_listing(
        *(
            a_debt(
                number,
                letters=letters,
                unsure=("outstanding", "due_on") if number % 4 == 0 else (),
                checks=(a_check(),) if number % 5 == 0 else (),
                status=DebtStatus.PAID if number % 11 == 0 else DebtStatus.OPEN,
            )
            for number in range(1, debts + 1)
        ),
        unread=[Unread(UUID(int=1), TODAY, "De Wilg", "unreadable")],
        other_letters=(OtherLetter(UUID(int=2), TODAY, Kind.STATEMENT, Party("Bank")),),
    )
