from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from letterbox.access import CitizenViewer, SenderViewer
from letterbox.logbook.queries import latest_lines
from letterbox.logbook.rules import Act, ActorKind, Entry, chained
from letterbox.logbook.service import first_broken_line
from letterbox.people.queries import mailbox_held
from letterbox.shared import scope
from letterbox.shared.ports import Supplies
from tests.fakes import NOON, FakeClock
from tests.rooms import acts

LINES = 5
WITHOUT_A_PERSON = "c77dd29cff900e85bc6d7569628b175816039ae383bf509b270f1973b17755c9"
"""The hash of a line as it was before lines could name a person."""
CHANGES = {
    "at": "at + interval '1 microsecond'",
    "act": "CASE act WHEN 'overview_seen' THEN 'claimed' ELSE 'overview_seen' END",
    "actor": "CASE actor WHEN 'citizen' THEN 'sender' ELSE 'citizen' END",
    "actor_id": "gen_random_uuid()",
    "consent_id": "gen_random_uuid()",
    "subject_id": "gen_random_uuid()",
    "person_id": "gen_random_uuid()",
    "hash": "sha256(hash)",
    "number": "number + 100",
}
NUMBERS = st.integers(1, LINES)
UNLIMITED = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def mailbox(supplies: Supplies, clock: FakeClock) -> UUID:
    """A mailbox with a logbook of five lines."""
    mailbox = acts.a_mailbox(supplies)
    viewers = CitizenViewer(mailbox), SenderViewer(uuid4(), mailbox)
    for number in range(LINES):
        clock.advance(minutes=1)
        acts.look(supplies, viewers[number % 2])
    return mailbox


@pytest.fixture
def tampering(owner: Engine) -> Iterator[Connection]:
    """The owner of the database, whose work is rolled back."""
    with owner.connect() as connection:
        yield connection


def broken(connection: Connection, mailbox_id: UUID) -> int | None:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        scope.enter(session, mailbox=mailbox_id)
        mailbox = mailbox_held(session, mailbox_id)
        assert mailbox is not None
        return first_broken_line(session, mailbox)


class TestTheChain:
    def test_holds_when_nobody_touched_it(self, mailbox: UUID, supplies: Supplies) -> None:
        assert acts.broken_line(supplies, mailbox) is None

    def test_holds_when_it_is_empty(self, supplies: Supplies) -> None:
        assert acts.broken_line(supplies, acts.a_mailbox(supplies)) is None

    def test_stays_whole_when_many_look_at_once(self, supplies: Supplies) -> None:
        mailbox = acts.a_mailbox(supplies)

        acts.at_once(8, lambda _: [acts.look(supplies, CitizenViewer(mailbox)) for _ in range(3)])

        assert [line.number for line in acts.logbook(supplies, mailbox)] == list(range(1, 25))
        assert acts.broken_line(supplies, mailbox) is None

    def test_is_read_newest_first_on_the_page(self, supplies: Supplies, mailbox: UUID) -> None:
        with supplies.sessions() as session:
            scope.enter(session, mailbox=mailbox)
            latest = latest_lines(session, mailbox, most=2)

        assert [line.number for line in latest] == [5, 4]


class TestTampering:
    @UNLIMITED
    @given(column=st.sampled_from(sorted(CHANGES)), number=NUMBERS)
    def test_by_changing_a_line_is_found(
        self, mailbox: UUID, tampering: Connection, column: str, number: int
    ) -> None:
        change = f"UPDATE logbook_lines SET {column} = {CHANGES[column]}"  # noqa: S608

        carry_out(tampering, f"{change} WHERE number = {number}")

        assert found(tampering, mailbox) == number

    @UNLIMITED
    @given(first=NUMBERS, last=NUMBERS)
    @example(first=1, last=LINES)
    @example(first=LINES, last=LINES)
    def test_by_deleting_lines_is_found(
        self, mailbox: UUID, tampering: Connection, first: int, last: int
    ) -> None:
        last = max(first, last)

        carry_out(tampering, f"DELETE FROM logbook_lines WHERE number BETWEEN {first} AND {last}")  # noqa: S608

        assert found(tampering, mailbox) == first

    @UNLIMITED
    @given(one=NUMBERS, other=NUMBERS)
    def test_by_swapping_two_lines_is_found(
        self, mailbox: UUID, tampering: Connection, one: int, other: int
    ) -> None:
        if one == other:
            return
        for old, new in ((one, -1), (other, one), (-1, other)):
            carry_out(tampering, f"UPDATE logbook_lines SET number = {new} WHERE number = {old}")  # noqa: S608

        assert found(tampering, mailbox) == min(one, other)

    @UNLIMITED
    @given(number=NUMBERS)
    def test_by_putting_a_line_between_is_found(
        self, mailbox: UUID, tampering: Connection, number: int
    ) -> None:
        columns = "at, act, actor, actor_id, consent_id, subject_id, hash"
        for make_room in (
            f"UPDATE logbook_lines SET number = -number - 1 WHERE number >= {number}",  # noqa: S608
            "UPDATE logbook_lines SET number = -number WHERE number < 0",
        ):
            carry_out(tampering, make_room)

        carry_out(
            tampering,
            f"INSERT INTO logbook_lines (mailbox_id, number, {columns}) "  # noqa: S608
            f"SELECT mailbox_id, {number}, {columns} "
            f"FROM logbook_lines WHERE number = {number} + 1",
        )

        assert found(tampering, mailbox) == number + 1

    def test_by_adding_a_line_that_fits_is_found(
        self, mailbox: UUID, tampering: Connection, supplies: Supplies
    ) -> None:
        head = acts.logbook(supplies, mailbox)[-1].hash
        entry = Entry(NOON, Act.OVERVIEW_SEEN, ActorKind.CITIZEN)
        tampering.execute(
            text(
                "INSERT INTO logbook_lines (mailbox_id, number, at, act, actor, hash) "
                "VALUES (:mailbox, 6, :at, 'overview_seen', 'citizen', :hash)"
            ),
            {"mailbox": mailbox, "at": NOON, "hash": chained(head, LINES + 1, entry)},
        )

        assert found(tampering, mailbox) == LINES + 2

    def test_by_a_word_that_nobody_writes_is_found(
        self, mailbox: UUID, tampering: Connection
    ) -> None:
        carry_out(tampering, "UPDATE logbook_lines SET act = 'nothing' WHERE number = 2")

        assert found(tampering, mailbox) == 2

    def test_by_moving_lines_to_another_mailbox_is_found(
        self, mailbox: UUID, tampering: Connection, supplies: Supplies
    ) -> None:
        other = acts.a_mailbox(supplies, "other")

        carry_out(tampering, f"UPDATE logbook_lines SET mailbox_id = '{other}'")  # noqa: S608

        assert broken(tampering, other) == LINES + 1
        assert found(tampering, mailbox) == 1


class TestChained:
    @given(
        st.builds(
            Entry,
            at=st.integers(0, 10**6).map(lambda us: NOON + timedelta(microseconds=us)),
            act=st.sampled_from(Act),
            actor=st.sampled_from(ActorKind),
            actor_id=st.none() | st.uuids(),
            consent_id=st.none() | st.uuids(),
            subject_id=st.none() | st.uuids(),
            person_id=st.none() | st.uuids(),
        ),
        st.integers(1),
        st.binary(min_size=32, max_size=32),
    )
    def test_depends_on_everything(self, entry: Entry, number: int, before: bytes) -> None:
        here = chained(before, number, entry)

        assert here == chained(before, number, entry)
        assert here != chained(before, number + 1, entry)
        assert here != chained(bytes(32 - len(before)) + before[::-1] + b"0", number, entry)

    def test_of_a_line_without_a_person_is_what_it_always_was(self) -> None:
        entry = Entry(NOON, Act.OVERVIEW_SEEN, ActorKind.COUNSELLOR, UUID(int=1), UUID(int=2))

        assert chained(b"before", 7, entry).hex() == WITHOUT_A_PERSON

    def test_of_a_line_with_a_person_depends_on_who_it_is(self) -> None:
        line = Entry(NOON, Act.OVERVIEW_SEEN, ActorKind.COUNSELLOR, UUID(int=1), UUID(int=2))
        people = (None, UUID(int=3), UUID(int=4))

        hashes = {chained(b"before", 7, replace(line, person_id=person)) for person in people}

        assert len(hashes) == 3


def carry_out(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))


def found(connection: Connection, mailbox_id: UUID) -> int | None:
    """Return the line that does not hold, and undo the tampering for the next try."""
    line = broken(connection, mailbox_id)
    connection.rollback()
    return line
