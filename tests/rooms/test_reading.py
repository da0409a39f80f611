from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from letterbox import access
from letterbox.access import CitizenViewer, MailboxClosed
from letterbox.debts import queries as debts
from letterbox.letters.rules import Claim, Status
from letterbox.letters.service import NoSuchLetter
from letterbox.logbook.rules import Act
from letterbox.people.models import Organisation
from letterbox.reading import queries
from letterbox.reading.contradictions import Contradiction, contradictions_in
from letterbox.reading.findings import Finding, Reading, Source
from letterbox.reading.service import SentLetter, give_up, sent_letter
from letterbox.shared.money import Euro
from letterbox.shared.ports import Supplies, Unreadable
from tests.builders import OTHER_BSN
from tests.fakes import FakeReader
from tests.rooms import acts

SCAN = "%PDF-1.7\n"
SAID = (b"634,18", b"63418", b"634.18", b"Wilg", b"NL91")  # long enough to be no chance in a seal


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


@pytest.fixture
def letter(supplies: Supplies, mailbox: UUID, wilg: Organisation) -> UUID:
    return acts.deliver(supplies, wilg).id


class TestReadLetter:
    def test_keeps_what_was_read_and_leaves_the_mailbox_to_be_settled(
        self, supplies: Supplies, mailbox: UUID, letter: UUID, owner: Engine
    ) -> None:
        status = acts.read(supplies, mailbox, letter)

        assert status is Status.READ
        assert reading_of(supplies, mailbox, letter).outstanding == Euro(634_18)
        assert waiting(owner) == ["read_letter", "settle_mailbox"]

    def test_gives_the_same_again(
        self, supplies: Supplies, mailbox: UUID, letter: UUID, owner: Engine
    ) -> None:
        acts.read(supplies, mailbox, letter)
        first = reading_of(supplies, mailbox, letter)

        acts.read(supplies, mailbox, letter)

        assert reading_of(supplies, mailbox, letter) == first
        with owner.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM readings")) == 1

    def test_keeps_why_it_cannot_be_read(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        scan = acts.deliver(supplies, wilg, SCAN).id

        status = acts.read(supplies, mailbox, scan)

        assert status is Status.UNREADABLE
        sent = asked(supplies, wilg, scan)
        assert (sent.delivery.status, sent.reading) == ("unreadable", None)
        assert sent.reason == "needs OCR: the letter is a scan without text"

    def test_reads_what_could_not_be_read_before(
        self,
        supplies: Supplies,
        mailbox: UUID,
        letter: UUID,
        reader: FakeReader,
        wilg: Organisation,
    ) -> None:
        reader.failure = Unreadable("reading it takes too long")
        acts.read(supplies, mailbox, letter)
        reader.failure = None

        acts.read(supplies, mailbox, letter)

        sent = asked(supplies, wilg, letter)
        assert (sent.delivery.status, sent.reason) == ("read", None)
        assert sent.reading is not None

    def test_leaves_nothing_behind_when_it_fails(
        self,
        supplies: Supplies,
        mailbox: UUID,
        letter: UUID,
        reader: FakeReader,
        wilg: Organisation,
        owner: Engine,
    ) -> None:
        reader.failure = MemoryError()

        with pytest.raises(MemoryError):
            acts.read(supplies, mailbox, letter)

        sent = asked(supplies, wilg, letter)
        assert (sent.delivery.status, sent.reading, sent.reason) == ("received", None, None)
        assert waiting(owner) == ["read_letter"]

    def test_reads_nothing_in_a_mailbox_that_was_closed(
        self, supplies: Supplies, mailbox: UUID, letter: UUID
    ) -> None:
        acts.close(supplies, mailbox)

        with pytest.raises(MailboxClosed):
            acts.read(supplies, mailbox, letter)

    def test_writes_no_line_as_nobody_looks(
        self, supplies: Supplies, mailbox: UUID, letter: UUID
    ) -> None:
        acts.read(supplies, mailbox, letter)

        assert [line.act for line in acts.logbook(supplies, mailbox)] == [Act.LETTER_DELIVERED]

    def test_keeps_nothing_in_the_clear(
        self, supplies: Supplies, mailbox: UUID, letter: UUID, owner: Engine
    ) -> None:
        acts.read(supplies, mailbox, letter)
        acts.settle(supplies, mailbox)

        with owner.connect() as connection:
            sealed = connection.scalars(
                text("SELECT sealed FROM readings UNION ALL SELECT sealed FROM snapshots")
            ).all()

        assert len(sealed) == 2
        assert not any(word in each for each in sealed for word in SAID)


class TestGiveUp:
    def test_keeps_the_letter_as_unreadable_and_shows_it(
        self, supplies: Supplies, mailbox: UUID, letter: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        with supplies.sessions.begin() as session:
            give_up(session, supplies.keys, supplies.jobs, mailbox, letter, now=supplies.clock())

        assert asked(supplies, wilg, letter).reason == "a mistake of ours"
        [unread] = acts.overview(supplies, CitizenViewer(mailbox)).unread
        assert (unread.letter_id, unread.status) == (letter, "unreadable")
        assert waiting(owner) == ["read_letter", "settle_mailbox"]


class TestSentLetter:
    def test_shows_where_the_letter_says_something_else_than_was_declared(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        letter = acts.deliver(supplies, wilg, claim=Claim(outstanding=Euro(999_00))).id
        acts.read(supplies, mailbox, letter)

        [contradiction] = asked(supplies, wilg, letter).contradictions

        assert (contradiction.field, contradiction.declared) == ("outstanding", "999.00")
        assert (contradiction.read, contradiction.page) == ("634.18", 1)

    def test_is_not_for_another_sender(
        self, supplies: Supplies, letter: UUID, zuid: Organisation
    ) -> None:
        for letter_id in (letter, uuid4()):
            with pytest.raises(NoSuchLetter):
                asked(supplies, zuid, letter_id)

    def test_is_in_the_logbook(
        self, supplies: Supplies, mailbox: UUID, letter: UUID, wilg: Organisation
    ) -> None:
        asked(supplies, wilg, letter)

        line = acts.logbook(supplies, mailbox)[-1]
        assert (line.act, line.subject_id) == (Act.LETTER_STATUS_ASKED, letter)
        assert line.actor_id == wilg.id

    def test_does_not_tell_that_the_citizen_left(
        self, supplies: Supplies, mailbox: UUID, letter: UUID, wilg: Organisation
    ) -> None:
        acts.read(supplies, mailbox, letter)
        acts.close(supplies, mailbox)

        sent = asked(supplies, wilg, letter)

        assert (sent.delivery.status, sent.reading) == ("read", None)


class TestAReading:
    def test_opens_in_its_own_mailbox_only(
        self, supplies: Supplies, mailbox: UUID, letter: UUID
    ) -> None:
        acts.read(supplies, mailbox, letter)
        other = acts.a_mailbox(supplies, OTHER_BSN)

        with supplies.sessions() as session:
            key = access.open_for_machine(session, supplies.keys, other)
            assert queries.readings_in(session, key) == {}
            assert queries.reading_of(session, key, letter) is None
            assert queries.why_unreadable(session, key, letter) is None
            assert debts.snapshot_in(session, key) is None

    def test_and_its_reason_are_kept_apart(
        self, supplies: Supplies, mailbox: UUID, letter: UUID, wilg: Organisation
    ) -> None:
        scan = acts.deliver(supplies, wilg, SCAN).id
        for each in (letter, scan):
            acts.read(supplies, mailbox, each)

        with supplies.sessions() as session:
            key = access.open_for_machine(session, supplies.keys, mailbox)
            assert set(queries.readings_in(session, key)) == {letter}
            assert queries.reading_of(session, key, scan) is None
            assert queries.why_unreadable(session, key, letter) is None


class TestContradictions:
    DECLARED = Finding("outstanding", "10.00", Source.DECLARED)

    @pytest.mark.parametrize(
        "read",
        [
            (),
            (Finding("outstanding", "10.00", Source.TEXT),),
            (Finding("interest", "1.00", Source.TEXT),),
            (
                Finding("outstanding", "9.00", Source.TEXT, confidence=0.9),
                Finding("outstanding", "10.00", Source.QR, confidence=0.1),
            ),
        ],
        ids=["nothing read", "the same", "another field", "one of them is the same"],
    )
    def test_are_none_when_the_letter_does_not_say_otherwise(
        self, read: tuple[Finding, ...]
    ) -> None:
        assert contradictions_in(Reading(findings=(self.DECLARED, *read))) == ()

    def test_quote_what_was_read_with_most_confidence(self) -> None:
        doubtful = Finding("outstanding", "8.00", Source.TEXT, confidence=0.2)
        clear = Finding("outstanding", "9.00", Source.TEXT, page=2, quote="€ 9,00", confidence=0.9)

        found = contradictions_in(Reading(findings=(self.DECLARED, doubtful, clear)))

        assert found == (Contradiction("outstanding", "10.00", "9.00", 2, "€ 9,00"),)

    def test_are_not_about_references_of_which_a_letter_has_many(self) -> None:
        declared = Finding("references", "A-1", Source.DECLARED)
        read = Finding("references", "B-2", Source.TEXT)

        assert contradictions_in(Reading(findings=(declared, read))) == ()


def reading_of(supplies: Supplies, mailbox_id: UUID, letter_id: UUID) -> Reading:
    with supplies.sessions() as session:
        key = access.open_for_machine(session, supplies.keys, mailbox_id)
        reading = queries.reading_of(session, key, letter_id)
    assert reading is not None
    return reading


def asked(supplies: Supplies, sender: Organisation, letter_id: UUID) -> SentLetter:
    with supplies.sessions.begin() as session:
        return sent_letter(session, supplies.keys, sender.id, letter_id, now=supplies.clock())


def waiting(owner: Engine) -> list[str]:
    with owner.connect() as connection:
        return list(
            connection.scalars(text("SELECT task_name FROM procrastinate_jobs ORDER BY id"))
        )
