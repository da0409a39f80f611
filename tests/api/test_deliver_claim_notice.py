"""News without a letter: the answer, the same notice twice, and what nobody may find out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine

from letterbox.logbook.rules import Act
from letterbox.shared.ports import Supplies
from tests.api.consenting import agreed, claim, close, logbook
from tests.api.tables import everything_in, row_counts
from tests.builders import BSN, OTHER_BSN, System, a_notice
from tests.fakes import FakeClock


class TestTheAnswer:
    def test_says_that_it_was_received(self, sender: System) -> None:
        answer = sender.tell(messageId="n-1")

        assert answer.status_code == 201
        assert answer.json() | {"id": "…"} == {
            "id": "…",
            "messageId": "n-1",
            "receivedAt": "2026-03-01T12:00:00Z",
            "status": "received",
        }

    def test_is_the_same_for_a_citizen_who_never_came_in(
        self, sender: System, supplies: Supplies
    ) -> None:
        sender.deliver(bsn=BSN)
        claim(supplies, bsn=BSN)

        known, unknown = sender.tell(bsn=BSN), sender.tell(bsn=OTHER_BSN)

        assert known.status_code == unknown.status_code == 201
        assert {*known.headers} == {*unknown.headers}
        assert known.json().keys() == unknown.json().keys()

    def test_is_in_the_logbook_of_the_citizen(self, sender: System, supplies: Supplies) -> None:
        told = sender.tell().json()

        (line,) = logbook(supplies)
        assert (line.act, line.actor_id) == (Act.NOTICE_DELIVERED, sender.organisation.id)
        assert str(line.subject_id) == told["id"]

    def test_changes_what_a_counsellor_sees(
        self, sender: System, counsellor: System, work: Callable[[], int]
    ) -> None:
        sender.deliver()
        sender.tell(amount="600.00")
        work()

        overview = counsellor.get(f"/v1/consents/{agreed(counsellor)}/overview").json()

        assert overview["totals"]["outstanding"] == "34.18"


class TestTheSameNoticeTwice:
    def test_is_one_notice(self, sender: System, owner: Engine, clock: FakeClock) -> None:
        first = sender.tell(messageId="n-1")
        clock.advance(days=3)
        again = sender.tell(messageId="n-1")

        assert (first.status_code, again.status_code) == (201, 200)
        assert again.headers["idempotent-replayed"] == "true"
        assert "idempotent-replayed" not in first.headers
        assert again.json() == first.json()
        assert row_counts(owner)["claim_notices"] == 1

    @pytest.mark.parametrize(
        "changes",
        [
            {"bsn": OTHER_BSN},
            {"reference": "HU-2026-0418"},
            {"type": "remitted"},
            {"amount": "100.01"},
            {"amount": None},
            {"on": "2026-02-26"},
            {"transferredTo": {"name": "Fonds"}},
        ],
        ids=lambda changes: next(iter(changes)),
    )
    def test_is_refused_when_anything_in_it_differs(
        self, sender: System, owner: Engine, changes: dict[str, Any]
    ) -> None:
        first = sender.tell(messageId="n-1").json()
        kept = row_counts(owner)

        answer = sender.tell(messageId="n-1", **changes)

        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/notice-id-taken"
        assert answer.json()["noticeId"] == first["id"]
        assert row_counts(owner) == kept

    def test_is_one_notice_when_both_arrive_at_once(self, sender: System, owner: Engine) -> None:
        with ThreadPoolExecutor(8) as senders:
            answers = [*senders.map(lambda _: sender.tell(messageId="n-1"), range(8))]

        assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
        counts = row_counts(owner)
        assert (counts["claim_notices"], counts["procrastinate_jobs"]) == (1, 1)

    def test_does_not_tell_that_the_mailbox_was_closed(
        self, sender: System, supplies: Supplies
    ) -> None:
        first = sender.tell(messageId="n-1").json()
        close(supplies)

        again = sender.tell(messageId="n-1")

        assert (again.status_code, again.json()) == (200, first)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "changes",
        [
            {"amount": "-1.00"},
            {"amount": 1},
            {"on": "2026-02-30"},
            {"type": "forgiven"},
            {"reference": ""},
            {"letter": "m-1"},
            {"bsn": "999990018"},
        ],
        ids=str,
    )
    def test_leaves_nothing_behind(
        self, sender: System, owner: Engine, changes: dict[str, Any]
    ) -> None:
        answer = sender.tell(**changes)

        assert answer.status_code == 400
        assert row_counts(owner)["claim_notices"] == row_counts(owner)["mailboxes"] == 0

    def test_names_the_place_of_a_wrong_number(self, sender: System) -> None:
        [mistake] = sender.tell(bsn="999990018").json()["errors"]

        assert mistake["pointer"] == "/recipient/value"

    def test_is_told_of_nobody_without_a_ground(self, connect: Callable[..., System]) -> None:
        answer = connect("Zonder grond", ground=None).tell()

        assert answer.status_code == 403
        assert answer.json()["type"] == "/problems/no-ground-for-bsn"


class TestWhatIsKept:
    def test_says_nothing_of_a_notice_in_the_clear(self, sender: System, owner: Engine) -> None:
        sender.tell(type="transferred", transferredTo={"name": "Zilverfonds"}, amount="634.18")

        everything = everything_in(owner)

        told = (a_notice()["reference"], "transferred", "Zilverfonds", "634.18", BSN)
        assert [each for each in told if each in everything] == []
