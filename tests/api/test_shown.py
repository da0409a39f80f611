"""An overview at the JSON door: what counsellors' systems get of days, events and checks."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from api.shown import shown
from letterbox.consent.models import Consent
from letterbox.debts.facts import (
    Check,
    CheckSeverity,
    Debt,
    DebtEvent,
    DebtInstalment,
    DebtStatus,
    Settlement,
)
from letterbox.overview.rules import View, overview_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.api.listings import TODAY, a_debt

LETTER = UUID(int=5)
CONSENT = Consent(
    id=UUID(int=7),
    valid_until=datetime(2027, 1, 1, tzinfo=UTC),
    permissions=["overview"],
    purpose="Samen een overzicht maken.",
)


def at_the_door(*debts: Debt) -> dict[str, Any]:
    overview = overview_of(Settlement(debts), (), View(), as_of=TODAY)
    return shown(overview, CONSENT).model_dump(mode="json", by_alias=True)


class TestAnOverviewAtTheDoor:
    def test_names_events_as_deadlines_and_with_their_debt(self) -> None:
        on = TODAY + timedelta(days=9)
        debt = a_debt(stage=Kind.SUMMONS, events=(DebtEvent("hearing", on, LETTER),), due_on=None)

        overview = at_the_door(debt)

        (deadline,) = overview["deadlines"]
        assert (deadline["what"], deadline["daysLeft"], deadline["amount"]) == ("hearing", 9, None)
        assert deadline["severity"] == overview["debts"][0]["severity"] == "crisis"
        assert overview["debts"][0]["events"] == [
            {"what": "hearing", "on": on.isoformat(), "letterId": str(LETTER)}
        ]

    def test_names_every_instalment_and_the_next_as_a_deadline(self) -> None:
        days = [TODAY + timedelta(days=offset) for offset in (-30, 1, 31)]
        plan = a_debt(
            status=DebtStatus.PAYMENT_PLAN,
            due_on=days[0],
            instalments=tuple(DebtInstalment(day, Euro(2500), LETTER) for day in days),
        )

        overview = at_the_door(plan)

        (debt,) = overview["debts"]
        assert [each["on"] for each in debt["instalments"]] == [day.isoformat() for day in days]
        assert debt["overdue"] is False
        (deadline,) = overview["deadlines"]
        assert (deadline["what"], deadline["amount"]) == ("instalment", "25.00")

    def test_says_of_a_day_to_pay_that_has_passed_that_it_is_late(self) -> None:
        overview = at_the_door(a_debt(due_on=TODAY - timedelta(days=1)))

        assert overview["deadlines"] == []
        assert overview["debts"][0]["overdue"] is True

    def test_marks_what_is_for_counsellors_only(self) -> None:
        check = Check("maybe_time_barred", CheckSeverity.NOTICE, "Verjaard?", counsellor_only=True)

        (debt,) = at_the_door(a_debt(checks=(check,)))["debts"]

        assert [(x["code"], x["counsellorOnly"]) for x in debt["checks"]] == [
            ("maybe_time_barred", True)
        ]
