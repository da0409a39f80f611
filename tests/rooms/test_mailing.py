"""E-mail to citizens: to an address that is theirs, once, and without a word about them."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from letterbox.mailing.addresses import CODE_HOLDS, MOST_CODES, MOST_TRIES, TooManyMails
from letterbox.overview.near_days import look_at_days
from letterbox.people.models import Organisation
from letterbox.preferences.queries import mailboxes_that_want
from letterbox.preferences.rules import MailKind, NotAnAddress
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import MailRefused, Supplies
from runtime import worker
from tests.builders import BSN, DEMAND, OTHER_BSN
from tests.fakes import FakeClock, FakeMail
from tests.rooms import acts
from tests.rooms.mailing import (
    ADDRESS,
    be_mailed,
    code_in,
    confirm,
    give_address,
    sent_to,
    want,
)

Work = Callable[[], int]
NEW_LETTER, NEAR_DAY = MailKind.NEW_LETTER, MailKind.NEAR_DAY


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


@pytest.fixture
def asked(supplies: Supplies, mailbox: UUID, mail: FakeMail, work: Work) -> str:
    """The code that was mailed to an address."""
    give_address(supplies, mailbox)
    work()
    return code_in(mail)


class TestAnAddress:
    def test_is_mailed_a_code_and_confirmed_with_it(
        self, supplies: Supplies, mailbox: UUID, mail: FakeMail, asked: str
    ) -> None:
        assert [to for to, _, _ in mail.sent] == [ADDRESS]
        assert confirm(supplies, mailbox, f" {asked[:3]} {asked[3:]} ")

    def test_is_not_confirmed_with_another_code(
        self, supplies: Supplies, mailbox: UUID, asked: str
    ) -> None:
        assert not confirm(supplies, mailbox, wrong(asked))
        assert not confirm(supplies, mailbox, "")

    def test_is_not_confirmed_with_the_right_code_after_five_wrong_ones(
        self, supplies: Supplies, mailbox: UUID, asked: str
    ) -> None:
        for _ in range(MOST_TRIES):
            confirm(supplies, mailbox, wrong(asked))

        assert not confirm(supplies, mailbox, asked)

    def test_is_confirmed_up_to_ten_minutes_later(
        self, supplies: Supplies, mailbox: UUID, clock: FakeClock, asked: str
    ) -> None:
        clock.now += CODE_HOLDS

        assert not confirm(supplies, mailbox, asked)

    def test_is_not_confirmed_twice_with_one_code(
        self, supplies: Supplies, mailbox: UUID, asked: str
    ) -> None:
        assert confirm(supplies, mailbox, asked)
        assert not confirm(supplies, mailbox, asked)

    def test_is_not_confirmed_by_the_code_for_another_address(
        self, supplies: Supplies, mailbox: UUID, mail: FakeMail, work: Work, asked: str
    ) -> None:
        give_address(supplies, mailbox, "ander@post.example")
        work()

        assert mail.sent[-1][0] == "ander@post.example"
        assert asked == code_in(mail) or not confirm(supplies, mailbox, asked)

    def test_is_not_mailed_code_after_code(self, supplies: Supplies, mailbox: UUID) -> None:
        for _ in range(MOST_CODES):
            give_address(supplies, mailbox)

        with pytest.raises(TooManyMails):
            give_address(supplies, mailbox)

    @pytest.mark.parametrize(
        "typed",
        ["", "x", "x@y", "x@y.nl, z@y.nl", "x y@z.nl", "x@y.nl\nBcc: z@y.nl", "<x@y.nl>", "é@y.nl",
         "x@" + "y" * 250 + ".nl", "=?utf-8?q?z=40y.nl=2C?=@x.nl", "x@\N{KELVIN SIGN}.nl"],
    )  # fmt: skip
    def test_must_look_like_one(self, supplies: Supplies, mailbox: UUID, typed: str) -> None:
        with pytest.raises(NotAnAddress):
            give_address(supplies, mailbox, typed)

    def test_is_nowhere_in_the_clear(
        self, supplies: Supplies, mailbox: UUID, owner: Engine, asked: str
    ) -> None:
        with owner.connect() as connection:
            kept = connection.execute(text("SELECT p::text, sealed_address FROM preferences p"))
            jobs = connection.scalars(text("SELECT args::text FROM procrastinate_jobs")).all()
            [(row, sealed)] = kept.all()

        assert ADDRESS not in f"{row}{jobs}"
        assert ADDRESS.encode() not in sealed
        assert asked.encode() not in sealed


class TestANewLetter:
    @pytest.fixture(autouse=True)
    def wanted(self, supplies: Supplies, mailbox: UUID) -> None:
        be_mailed(supplies, mailbox)

    def test_is_told_of_once_a_day(
        self,
        supplies: Supplies,
        wilg: Organisation,
        mail: FakeMail,
        work: Work,
        clock: FakeClock,
        mailbox: UUID,
    ) -> None:
        for day in range(2):
            for _ in range(3):
                acts.deliver(supplies, wilg)
                work()
            assert len(mail.sent) == day + 1
            clock.advance(days=1)

        assert [(each.kind, each.status) for each in sent_to(supplies, mailbox)] == [
            ("new_letter", "delivered")
        ] * 2

    def test_is_told_of_without_a_word_about_it(
        self, supplies: Supplies, wilg: Organisation, mail: FakeMail, work: Work
    ) -> None:
        acts.deliver(supplies, wilg)
        work()

        [(to, subject, body)] = mail.sent
        assert to == ADDRESS
        assert "nieuwe brief" in subject
        assert f"{supplies.public_url}/me/settings" in body
        for secret in ("Wilg", "634", "aanmaning", BSN, "HU-2026", ADDRESS):
            assert secret.lower() not in f"{subject}{body}".lower()

    def test_is_told_of_though_no_machine_can_read_it(
        self, supplies: Supplies, wilg: Organisation, mail: FakeMail, work: Work
    ) -> None:
        acts.deliver(supplies, wilg, "%PDF-1.7\n")
        work()

        assert len(mail.sent) == 1

    def test_is_not_told_of_when_it_is_read_once_more(
        self,
        supplies: Supplies,
        wilg: Organisation,
        mail: FakeMail,
        work: Work,
        mailbox: UUID,
        clock: FakeClock,
    ) -> None:
        letter = acts.deliver(supplies, wilg)
        work()
        clock.advance(days=1)

        acts.read(supplies, mailbox, letter.id)
        work()

        assert len(mail.sent) == 1

    def test_is_not_told_of_to_who_did_not_ask(
        self, supplies: Supplies, wilg: Organisation, mail: FakeMail, work: Work, mailbox: UUID
    ) -> None:
        want(supplies, mailbox, NEAR_DAY)
        acts.deliver(supplies, wilg)
        acts.deliver(supplies, wilg, bsn=OTHER_BSN)
        work()

        assert mail.sent == []

    def test_is_told_of_once_by_workers_at_the_same_time(
        self, supplies: Supplies, wilg: Organisation, mail: FakeMail, mailbox: UUID, work: Work
    ) -> None:
        letters = [acts.deliver(supplies, wilg).id for _ in range(4)]

        acts.at_once(4, lambda number: acts.read(supplies, mailbox, letters[number]))
        work()

        assert len(mail.sent) == 1


class TestSending:
    @pytest.fixture(autouse=True)
    def waiting(self, supplies: Supplies, mailbox: UUID, wilg: Organisation) -> None:
        be_mailed(supplies, mailbox)
        acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)

    def send(self, supplies: Supplies, mailbox: UUID) -> None:
        [notice] = sent_to(supplies, mailbox)
        with supplies.sessions.begin() as session:
            ids = {"mailbox_id": mailbox, "notice_id": notice.id}
            worker.JOBS["send_notice"](session, supplies, ids)

    def status(self, supplies: Supplies, mailbox: UUID) -> str:
        [notice] = sent_to(supplies, mailbox)
        return notice.status

    def test_happens_once_however_often_it_is_tried(
        self, supplies: Supplies, mailbox: UUID, mail: FakeMail
    ) -> None:
        for _ in range(3):
            self.send(supplies, mailbox)

        assert len(mail.sent) == 1

    def test_is_tried_again_when_the_server_was_away(
        self, supplies: Supplies, mailbox: UUID, mail: FakeMail
    ) -> None:
        mail.failure = Unavailable("away")
        with pytest.raises(Unavailable):
            self.send(supplies, mailbox)
        assert self.status(supplies, mailbox) == "waiting"

        mail.failure = None
        self.send(supplies, mailbox)

        assert len(mail.sent) == 1
        assert self.status(supplies, mailbox) == "delivered"

    def test_is_not_tried_again_when_nobody_knows_whether_it_left(
        self, supplies: Supplies, mailbox: UUID, mail: FakeMail
    ) -> None:
        mail.failure = RuntimeError("a crash at the worst moment")
        with pytest.raises(RuntimeError):
            self.send(supplies, mailbox)
        mail.failure = None

        self.send(supplies, mailbox)

        assert mail.sent == []
        assert self.status(supplies, mailbox) == "begun"

    def test_is_not_tried_again_when_the_address_is_refused(
        self, supplies: Supplies, mailbox: UUID, mail: FakeMail
    ) -> None:
        mail.failure = MailRefused("no")

        self.send(supplies, mailbox)

        assert self.status(supplies, mailbox) == "failed"

    def test_stops_with_the_wish_for_it(
        self, supplies: Supplies, mailbox: UUID, mail: FakeMail
    ) -> None:
        want(supplies, mailbox)

        self.send(supplies, mailbox)

        assert mail.sent == []
        assert self.status(supplies, mailbox) == "failed"

    def test_leaves_no_line_in_the_logbook(self, supplies: Supplies, mailbox: UUID) -> None:
        before = len(acts.logbook(supplies, mailbox))

        self.send(supplies, mailbox)

        assert len(acts.logbook(supplies, mailbox)) == before

    def test_stops_when_the_mailbox_is_closed(
        self, supplies: Supplies, mailbox: UUID, mail: FakeMail, owner: Engine
    ) -> None:
        acts.close(supplies, mailbox)

        with supplies.sessions() as session:
            assert mailboxes_that_want(session, NEW_LETTER, after=None, most=10) == []
        with owner.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM preferences")) == 0


class TestADayThatComesNear:
    """The demand is due on 6 March; today it is the first."""

    @pytest.fixture(autouse=True)
    def owing(self, supplies: Supplies, mailbox: UUID, wilg: Organisation, work: Work) -> None:
        be_mailed(supplies, mailbox, [NEAR_DAY])
        acts.deliver(supplies, wilg)
        work()

    def look(self, supplies: Supplies, mailbox: UUID) -> None:
        with supplies.sessions.begin() as session:
            look_at_days(session, supplies.keys, supplies.jobs, mailbox, now=supplies.clock())

    def test_is_told_of_once_and_three_days_before(
        self, supplies: Supplies, mailbox: UUID, clock: FakeClock, mail: FakeMail, work: Work
    ) -> None:
        told = []
        for _ in range(7):
            self.look(supplies, mailbox)
            work()
            told.append(len(mail.sent))
            clock.advance(days=1)

        assert told == [0, 0, 1, 1, 1, 1, 1]

    def test_is_told_of_later_when_a_round_was_missed(
        self, supplies: Supplies, mailbox: UUID, clock: FakeClock, mail: FakeMail, work: Work
    ) -> None:
        clock.advance(days=4)

        self.look(supplies, mailbox)
        work()

        assert len(mail.sent) == 1
        assert not any(each in mail.sent[0][2] for each in ("6 maart", "634", "Wilg"))

    def test_is_told_of_together_with_the_others(
        self,
        supplies: Supplies,
        mailbox: UUID,
        wilg: Organisation,
        clock: FakeClock,
        mail: FakeMail,
        work: Work,
    ) -> None:
        other = DEMAND.replace("HU-2026-0417", "HU-2026-0999").replace("6 maart", "5 maart")
        acts.deliver(supplies, wilg, other)
        work()
        clock.advance(days=3)

        self.look(supplies, mailbox)
        work()

        assert len(mail.sent) == 1
        assert len(sent_to(supplies, mailbox)) == 1

    def test_is_noted_without_the_day_itself(
        self, supplies: Supplies, mailbox: UUID, clock: FakeClock, owner: Engine
    ) -> None:
        clock.advance(days=3)
        self.look(supplies, mailbox)

        with owner.connect() as connection:
            [occasion] = connection.scalars(text("SELECT occasion FROM sent_notices"))

        assert len(occasion) == 64


class TestTheRound:
    def test_looks_at_the_days_of_those_who_want_it(
        self, supplies: Supplies, owner: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(worker, "BATCH", 2)
        numbers = [f"{number:09}" for number in range(7)]
        mailboxes = [acts.a_mailbox(supplies, number) for number in numbers]
        for mailbox in mailboxes[:5]:
            be_mailed(supplies, mailbox, [NEAR_DAY])
        be_mailed(supplies, mailboxes[5], [NEW_LETTER])

        assert worker.leave_round(supplies) == 5

        jobs = text("SELECT args->>'mailbox_id' FROM procrastinate_jobs WHERE task_name = :name")
        with owner.connect() as connection:
            left = connection.scalars(jobs, {"name": "look_at_days"}).all()
        assert sorted(left) == sorted(map(str, mailboxes[:5]))

    def test_shows_the_application_ids_and_nothing_else(
        self, supplies: Supplies, mailbox: UUID, application: Engine
    ) -> None:
        be_mailed(supplies, mailbox)

        with application.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM preferences")) == 0
            asked = text("SELECT mailboxes_that_want('near_day', NULL, 10)")
            assert connection.scalars(asked).all() == [mailbox]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"
