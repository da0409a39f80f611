from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from letterbox import access
from letterbox.access import CitizenViewer
from letterbox.letters import service
from letterbox.letters.models import Delivery
from letterbox.letters.rules import Receipt, fingerprint
from letterbox.letters.service import MessageIdTaken, NoGroundForBsn, NoSuchLetter
from letterbox.logbook.rules import Act
from letterbox.people.models import Organisation
from letterbox.shared.ports import PdfRefused, Supplies
from tests.builders import DEMAND, OTHER_BSN
from tests.rooms import acts
from tests.rooms.conftest import Register

ANOTHER = DEMAND.replace("634,18", "700,00")
TABLES = ("mailboxes", "letters", "letter_files", "deliveries", "procrastinate_jobs")


@pytest.fixture
def kept(owner: Engine) -> Callable[[], dict[str, int]]:
    """Count what the database holds."""

    def count() -> dict[str, int]:
        with owner.connect() as connection:
            counts = (text(f"SELECT count(*) FROM {table}") for table in TABLES)  # noqa: S608
            return {
                table: int(connection.scalar(rows) or 0)
                for table, rows in zip(TABLES, counts, strict=True)
            }

    return count


class TestDeliverLetter:
    def test_keeps_letter_file_register_and_job(
        self, supplies: Supplies, wilg: Organisation, kept: Callable[[], dict[str, int]]
    ) -> None:
        acts.deliver(supplies, wilg)

        assert kept() == dict.fromkeys(TABLES, 1)

    def test_gives_a_receipt_that_anyone_can_verify(
        self, supplies: Supplies, wilg: Organisation
    ) -> None:
        given = acts.deliver(supplies, wilg, message_id="m-1")

        receipt = acts.verified(supplies, given.receipt)

        assert receipt.header["typ"] == "delivery-receipt+jwt"
        assert receipt.claims["id"] == str(given.id)
        assert receipt.claims["sha256"] == given.sha256 == fingerprint(DEMAND.encode())
        assert receipt.claims["messageId"] == "m-1"

    @pytest.mark.parametrize("fails", ["jobs", "files", "refused", "no ground"])
    def test_keeps_nothing_when_it_fails(
        self,
        fails: str,
        supplies: Supplies,
        register: Register,
        kept: Callable[[], dict[str, int]],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        sender = register(ground=None if fails == "no ground" else "a law")
        if fails in ("jobs", "files"):
            port = getattr(supplies, fails)
            monkeypatch.setattr(port, "leave" if fails == "jobs" else "put", fall_over)
        pdf = "GIF89a" if fails == "refused" else DEMAND

        with pytest.raises((InterruptedError, PdfRefused, NoGroundForBsn)):
            acts.deliver(supplies, sender, pdf)

        assert kept() == dict.fromkeys(TABLES, 0)

    def test_keeps_nothing_of_the_letter_in_the_clear(
        self, supplies: Supplies, wilg: Organisation, owner: Engine
    ) -> None:
        acts.deliver(supplies, wilg, subject="Aanmaning huurachterstand")
        everything = b""
        with owner.connect() as connection:
            for table in TABLES:
                rows = connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
                everything += b"".join(
                    each if isinstance(each, bytes) else str(each).encode()
                    for row in rows
                    for each in row
                )

        assert b"huurachterstand" not in everything
        assert b"634,18" not in everything
        assert fingerprint(DEMAND.encode()).encode() not in everything


class TestTheSameMessage:
    def test_is_delivered_once(
        self, supplies: Supplies, wilg: Organisation, kept: Callable[[], dict[str, int]]
    ) -> None:
        first, again = (acts.deliver(supplies, wilg, message_id="m-1") for _ in range(2))

        assert (first.again, again.again) == (False, True)
        assert told(first) == told(again)
        assert kept() == dict.fromkeys(TABLES, 1)

    def test_is_delivered_once_when_it_comes_many_times_at_once(
        self, supplies: Supplies, wilg: Organisation, kept: Callable[[], dict[str, int]]
    ) -> None:
        receipts = acts.at_once(5, lambda _: acts.deliver(supplies, wilg, message_id="m-1"))

        assert sorted(receipt.again for receipt in receipts) == [False, True, True, True, True]
        assert len({told(receipt) for receipt in receipts}) == 1
        assert kept() == dict.fromkeys(TABLES, 1)

    @pytest.mark.parametrize(
        "changes",
        [{"pdf": ANOTHER}, {"subject": "Iets anders"}, {"bsn": OTHER_BSN}],
        ids=["another file", "another subject", "another recipient"],
    )
    def test_cannot_be_another_letter(
        self, changes: dict[str, str], supplies: Supplies, wilg: Organisation
    ) -> None:
        first = acts.deliver(supplies, wilg, message_id="m-1")

        with pytest.raises(MessageIdTaken) as caught:
            acts.deliver(supplies, wilg, message_id="m-1", **changes)

        assert caught.value.letter_id == first.id

    def test_is_another_letter_of_another_sender(
        self, supplies: Supplies, wilg: Organisation, zuid: Organisation
    ) -> None:
        ours, theirs = (acts.deliver(supplies, by, message_id="m-1") for by in (wilg, zuid))

        assert ours.id != theirs.id
        assert not theirs.again

    def test_does_not_tell_that_the_citizen_left(
        self, supplies: Supplies, wilg: Organisation
    ) -> None:
        first = acts.deliver(supplies, wilg, message_id="m-1")
        acts.close(supplies, acts.a_mailbox(supplies))

        again = acts.deliver(supplies, wilg, message_id="m-1")

        assert again.again
        assert told(again)[:-1] == told(first)[:-1]


class TestTheSameFile:
    def test_is_marked_for_the_sender_who_sent_it_twice(
        self, supplies: Supplies, wilg: Organisation
    ) -> None:
        first, second = acts.deliver(supplies, wilg), acts.deliver(supplies, wilg)

        assert (first.possible_duplicate_of, second.possible_duplicate_of) == (None, first.id)

    def test_is_not_marked_for_a_sender_who_should_not_know(
        self, supplies: Supplies, wilg: Organisation, zuid: Organisation
    ) -> None:
        acts.deliver(supplies, wilg)

        assert acts.deliver(supplies, zuid).possible_duplicate_of is None

    def test_is_marked_alike_whoever_else_brought_it_before(
        self, supplies: Supplies, wilg: Organisation, zuid: Organisation
    ) -> None:
        acts.add(supplies, acts.a_mailbox(supplies), DEMAND.encode())
        acts.deliver(supplies, zuid)

        first, second = acts.deliver(supplies, wilg), acts.deliver(supplies, wilg)

        assert (first.possible_duplicate_of, second.possible_duplicate_of) == (None, first.id)

    def test_is_not_marked_in_another_mailbox(self, supplies: Supplies, wilg: Organisation) -> None:
        acts.deliver(supplies, wilg)

        assert acts.deliver(supplies, wilg, bsn=OTHER_BSN).possible_duplicate_of is None


class TestTheRegister:
    def test_shows_a_sender_its_own_letters_only(
        self, supplies: Supplies, wilg: Organisation, zuid: Organisation
    ) -> None:
        ours, theirs = acts.deliver(supplies, wilg), acts.deliver(supplies, zuid)

        assert [each.letter_id for each in after(supplies, wilg, 0)] == [ours.id]
        with supplies.sessions() as session:
            assert service.delivery_of(session, wilg.id, ours.id).message_id == ours.message_id
            for letter_id in (theirs.id, uuid4()):
                with pytest.raises(NoSuchLetter):
                    service.delivery_of(session, wilg.id, letter_id)

    def test_waits_for_a_delivery_that_is_on_its_way(
        self, supplies: Supplies, wilg: Organisation, owner: Engine
    ) -> None:
        with ThreadPoolExecutor(1) as threads, supplies.sessions() as slow:
            first = service.deliver_letter(
                slow, acts.post_room(supplies), wilg, acts.incoming(), now=supplies.clock()
            )
            second = acts.deliver(supplies, wilg, bsn=OTHER_BSN)
            reading = threads.submit(after, supplies, wilg, 0)
            acts.until_someone_waits(owner, unless=reading)

            slow.commit()

            assert [each.letter_id for each in reading.result(10)] == [first.id, second.id]

    def test_skips_nothing_while_many_deliver(self, supplies: Supplies, wilg: Organisation) -> None:
        done, senders, each = Event(), 4, 6

        def follow() -> list[UUID]:
            seen: list[Delivery] = []
            while not done.is_set() or after(supplies, wilg, last(seen)):
                seen += after(supplies, wilg, last(seen))
            return [delivery.letter_id for delivery in seen]

        def send(number: int) -> list[UUID]:
            return [acts.deliver(supplies, wilg, bsn=f"{number}").id for _ in range(each)]

        with ThreadPoolExecutor(1) as threads:
            following = threads.submit(follow)
            try:
                sent = acts.at_once(senders, send)
            finally:
                done.set()

        seen = following.result(10)
        assert len(seen) == len(set(seen)) == senders * each
        assert set(seen) == {letter for letters in sent for letter in letters}


class TestAMailboxThatCloses:
    def test_does_not_take_a_letter_with_it_that_comes_at_that_moment(
        self, supplies: Supplies, wilg: Organisation, owner: Engine
    ) -> None:
        old = acts.a_mailbox(supplies)
        with ThreadPoolExecutor(1) as threads, supplies.sessions() as closing:
            access.close_mailbox(closing, supplies.keys, CitizenViewer(old), now=supplies.clock())
            closing.flush()
            delivering = threads.submit(acts.deliver, supplies, wilg)
            acts.until_someone_waits(owner, unless=delivering)

            closing.commit()

            assert not delivering.result(10).again
        fresh = acts.a_mailbox(supplies)
        assert fresh != old
        assert [line.act for line in acts.logbook(supplies, fresh)] == [Act.LETTER_DELIVERED]
        assert acts.look(supplies, CitizenViewer(fresh))


def told(receipt: Receipt) -> tuple[object, ...]:
    return receipt.id, receipt.message_id, receipt.received_at, receipt.sha256, receipt.receipt


def after(supplies: Supplies, sender: Organisation, sequence: int) -> list[Delivery]:
    with supplies.sessions() as session:
        return list(service.deliveries_after(session, sender.id, sequence, limit=5))


def last(seen: list[Delivery]) -> int:
    return seen[-1].sequence if seen else 0


def fall_over(*_: object, **__: object) -> None:
    raise InterruptedError
