from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from sqlalchemy import Engine

from letterbox.consent.rules import Permission
from letterbox.logbook.rules import Act
from letterbox.overview import service
from letterbox.shared.ports import Supplies
from tests.api.consenting import agreed, close, logbook, withdraw
from tests.api.tables import row_counts
from tests.builders import OTHER_BSN, System
from tests.fakes import FakeClock

Work = Callable[[], int]
A_BILL = """%PDF-1.7
Bakkerij Korst
Factuurdatum: 10 januari 2026
Factuurnummer: F-2026-001
Factuur
Het totaalbedrag is € 99,00.
Betaal uiterlijk 24 januari 2026 op rekening NL91 ABNA 0417 1643 00
onder vermelding van F-2026-001.
"""
MEMBERS = {
    "asOf",
    "consent",
    "totals",
    "deadlines",
    "debts",
    "otherLetters",
    "unreadLetters",
    "unlinkedNotices",
}


class TestTheOverview:
    def test_shows_every_debt_with_its_letters(
        self, sender: System, counsellor: System, work: Work
    ) -> None:
        letter_id = sender.deliver().json()["id"]
        work()

        overview = pull(counsellor, agreed(counsellor)).json()

        assert overview.keys() == MEMBERS
        assert overview["asOf"] == "2026-03-01"
        (debt,) = overview["debts"]
        assert (debt["status"], debt["outstanding"]) == ("open", "634.18")
        assert debt["creditor"]["name"] == "De Wilg"
        assert [line["letterId"] for line in debt["history"]] == [letter_id]
        assert (overview["totals"]["debts"], overview["totals"]["outstanding"]) == (1, "634.18")

    def test_says_by_which_consent_it_is_shown(self, counsellor: System) -> None:
        consent_id = agreed(counsellor, days=30)

        assert pull(counsellor, consent_id).json()["consent"] == {
            "id": str(consent_id),
            "validUntil": "2026-03-31T12:00:00Z",
            "permissions": ["overview"],
            "purpose": "Samen een overzicht maken.",
        }

    def test_is_empty_and_whole_without_letters(self, counsellor: System) -> None:
        overview = pull(counsellor, agreed(counsellor)).json()

        assert overview.keys() == MEMBERS
        assert overview["debts"] == overview["deadlines"] == overview["unreadLetters"] == []
        assert overview["totals"] == {
            "outstanding": "0.00",
            "debts": 0,
            "payableNow": "0.00",
            "overdue": "0.00",
            "costsAndInterest": "0.00",
            "fieldsToCheck": 0,
        }

    def test_names_members_to_check_in_camel_case(
        self, sender: System, counsellor: System, work: Work
    ) -> None:
        sender.deliver(claim={"dueDate": "2026-04-01"})
        work()

        (debt,) = pull(counsellor, agreed(counsellor)).json()["debts"]
        assert "dueDate" in debt["unsure"]
        assert {*debt["unsure"]} <= debt.keys()

    def test_shows_a_letter_that_waits_until_it_is_settled(
        self, sender: System, counsellor: System, work: Work
    ) -> None:
        letter_id, consent_id = sender.deliver().json()["id"], agreed(counsellor)

        before = pull(counsellor, consent_id).json()
        work()
        after = pull(counsellor, consent_id).json()

        assert before["unreadLetters"] == [
            {
                "letterId": letter_id,
                "receivedOn": "2026-03-01",
                "sender": "De Wilg",
                "status": "received",
                "addedByCitizen": False,
            }
        ]
        assert (len(before["debts"]), len(after["debts"])) == (0, 1)
        assert after["unreadLetters"] == []

    def test_goes_on_showing_a_letter_that_cannot_be_read(
        self, sender: System, counsellor: System, work: Work
    ) -> None:
        sender.deliver("%PDF-1.7\n")
        work()

        (unread,) = pull(counsellor, agreed(counsellor)).json()["unreadLetters"]
        assert unread["status"] == "unreadable"

    def test_is_of_the_citizen_who_agreed_and_of_nobody_else(
        self, sender: System, counsellor: System, work: Work
    ) -> None:
        sender.deliver(bsn=OTHER_BSN)
        work()

        assert pull(counsellor, agreed(counsellor)).json()["debts"] == []
        assert len(pull(counsellor, agreed(counsellor, bsn=OTHER_BSN)).json()["debts"]) == 1


class TestNarrowing:
    @pytest.fixture
    def owed(self, sender: System, connect: Callable[..., System], work: Work) -> None:
        sender.deliver()
        connect("Bakkerij Korst").deliver(A_BILL)
        work()

    @pytest.mark.usefixtures("owed")
    @pytest.mark.parametrize(
        ("narrowing", "creditors"),
        [
            ({}, {"De Wilg", "Bakkerij Korst"}),
            ({"left_out": {"De Wilg"}}, {"Bakkerij Korst"}),
            ({"left_out": {"De Wilg", "Bakkerij Korst"}}, set()),
            ({"letters_from": date(2026, 2, 1)}, {"De Wilg"}),
            ({"letters_from": date(2026, 2, 1), "left_out": {"De Wilg"}}, set()),
        ],
        ids=["nothing", "one", "both", "by day", "by day and name"],
    )
    def test_leaves_out_what_the_citizen_left_out(
        self, counsellor: System, narrowing: dict[str, Any], creditors: set[str]
    ) -> None:
        overview = pull(counsellor, agreed(counsellor, **narrowing)).json()

        assert {debt["creditor"]["name"] for debt in overview["debts"]} == creditors
        assert overview["totals"]["debts"] == len(creditors)
        assert {each["debtId"] for each in overview["deadlines"]} <= {
            debt["id"] for debt in overview["debts"]
        }

    @pytest.mark.usefixtures("owed")
    def test_leaves_no_trace_of_what_was_left_out(self, counsellor: System) -> None:
        answer = pull(counsellor, agreed(counsellor, left_out={"De Wilg"}))

        assert not [word for word in ("De Wilg", "634.18", "HU-2026") if word in answer.text]

    def test_does_not_show_that_more_letters_wait(self, sender: System, counsellor: System) -> None:
        sender.deliver()

        answer = pull(counsellor, agreed(counsellor, left_out={"Bakkerij Korst"}))

        assert answer.json()["unreadLetters"] == []


class TestAskingAgain:
    def test_is_answered_shortly_when_nothing_changed(self, counsellor: System) -> None:
        consent_id = agreed(counsellor)
        tag = pull(counsellor, consent_id).headers["etag"]

        again = pull(counsellor, consent_id, **{"If-None-Match": f'"other", {tag}'})

        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert "api-version" in again.headers

    def test_is_answered_in_full_when_something_changed(
        self, sender: System, counsellor: System, work: Work
    ) -> None:
        consent_id = agreed(counsellor)
        tag = pull(counsellor, consent_id).headers["etag"]
        sender.deliver()
        work()

        assert pull(counsellor, consent_id, **{"If-None-Match": tag}).status_code == 200

    def test_is_in_the_logbook_each_time(self, counsellor: System, supplies: Supplies) -> None:
        consent_id = agreed(counsellor)
        tag = pull(counsellor, consent_id).headers["etag"]
        pull(counsellor, consent_id, **{"If-None-Match": tag})

        lines = [line for line in logbook(supplies) if line.act == Act.OVERVIEW_SEEN]
        assert [line.consent_id for line in lines] == [consent_id] * 2
        assert {line.actor_id for line in lines} == {counsellor.organisation.id}

    def test_is_no_way_around_a_consent_that_ended(
        self, counsellor: System, supplies: Supplies
    ) -> None:
        consent_id = agreed(counsellor)
        tag = pull(counsellor, consent_id).headers["etag"]
        withdraw(supplies, consent_id)

        assert pull(counsellor, consent_id, **{"If-None-Match": tag}).status_code == 404


class TestAccept:
    @pytest.mark.parametrize(
        "accept",
        [
            "application/json",
            "*/*",
            "application/*",
            "text/html, application/json;q=0.5",
            "APPLICATION/JSON",
        ],
    )
    def test_takes_json_in_many_words(self, counsellor: System, accept: str) -> None:
        answer = pull(counsellor, agreed(counsellor), Accept=accept)

        assert answer.headers["content-type"] == "application/json"

    @pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/jsonp"])
    def test_refuses_what_we_do_not_make_before_anyone_looked(
        self, counsellor: System, supplies: Supplies, accept: str
    ) -> None:
        answer = pull(counsellor, agreed(counsellor), Accept=accept)

        assert answer.status_code == 406
        assert answer.json()["type"] == "/problems/not-acceptable"
        assert Act.OVERVIEW_SEEN not in {line.act for line in logbook(supplies)}


class TestAClosedDoor:
    """Whatever the reason, it looks the same as if there had never been a consent."""

    def test_is_expiry_to_the_second(self, counsellor: System, clock: FakeClock) -> None:
        consent_id = agreed(counsellor, days=30)

        clock.advance(days=30, seconds=-1)
        assert pull(counsellor, consent_id).status_code == 200
        clock.advance(seconds=1)
        assert_closed(counsellor, consent_id)

    def test_is_revocation_at_once(self, counsellor: System, supplies: Supplies) -> None:
        consent_id = agreed(counsellor)
        withdraw(supplies, consent_id)

        assert_closed(counsellor, consent_id)

    def test_is_a_permission_that_was_not_given(self, counsellor: System) -> None:
        assert_closed(counsellor, agreed(counsellor, permissions=(Permission.LETTERS,)))

    def test_is_the_consent_of_another_organisation(
        self, counsellor: System, sender: System
    ) -> None:
        assert_closed(sender, agreed(counsellor))

    def test_is_a_mailbox_that_was_closed(self, counsellor: System, supplies: Supplies) -> None:
        consent_id = agreed(counsellor)
        close(supplies)

        assert_closed(counsellor, consent_id)

    def test_leaves_no_line_in_the_logbook(
        self, counsellor: System, sender: System, supplies: Supplies
    ) -> None:
        pull(sender, agreed(counsellor))

        assert [line.act for line in logbook(supplies)] == [Act.CONSENT_GRANTED]


class TestTheLogbookLine:
    def test_is_there_only_when_the_overview_was_shown(
        self, counsellor: System, owner: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        consent_id = agreed(counsellor)
        before = row_counts(owner)
        monkeypatch.setattr(service, "shown_in", fall_over)

        assert pull(counsellor, consent_id).status_code == 500
        assert row_counts(owner) == before


def pull(system: System, consent_id: UUID, **headers: str) -> httpx2.Response:
    return system.get(f"/v1/consents/{consent_id}/overview", headers=headers)


def assert_closed(system: System, consent_id: UUID) -> None:
    real, imagined = pull(system, consent_id), pull(system, uuid4())
    assert real.status_code == imagined.status_code == 404
    assert real.json() == imagined.json()
    assert real.json()["type"] == "/problems/mailbox-closed"
    assert {*real.headers} == {*imagined.headers}


def fall_over(*_: object) -> None:
    raise RuntimeError("A surprise, with a secret in its words.")
