from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from letterbox import access
from letterbox.access import (
    CitizenViewer,
    CounsellorViewer,
    MailboxClosed,
    MailboxKey,
    OperatorViewer,
    SenderViewer,
    Viewer,
)
from letterbox.consent import service as consents
from letterbox.consent.rules import Permission
from letterbox.letters import queries as letters
from letterbox.logbook.rules import Act, ActorKind
from letterbox.people.models import Organisation
from letterbox.shared.ports import Supplies
from letterbox.shared.sealing import BrokenSeal
from tests.builders import BSN, OTHER_BSN
from tests.fakes import FakeClock
from tests.rooms import acts

INSTANT = timedelta(microseconds=1)
VIEWERS: dict[ActorKind, Callable[[UUID, UUID], Viewer]] = {
    ActorKind.CITIZEN: lambda mailbox, _: CitizenViewer(mailbox),
    ActorKind.SENDER: lambda mailbox, organisation: SenderViewer(organisation, mailbox),
    ActorKind.OPERATOR: lambda mailbox, _: OperatorViewer(mailbox),
}


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


class TestOpenMailbox:
    @pytest.mark.parametrize("kind", VIEWERS)
    def test_opens_and_writes_down_who_it_was(
        self, kind: ActorKind, supplies: Supplies, mailbox: UUID
    ) -> None:
        organisation = uuid4()

        key = acts.look(supplies, VIEWERS[kind](mailbox, organisation))

        [line] = acts.logbook(supplies, mailbox)
        assert key.mailbox_id == line.mailbox_id == mailbox
        assert line.entry.actor is kind
        assert line.entry.actor_id == (organisation if kind is ActorKind.SENDER else None)
        assert line.entry.at == supplies.clock()

    def test_opens_for_a_counsellor_by_a_consent(
        self, supplies: Supplies, mailbox: UUID, zuid: Organisation
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)

        key = acts.look(supplies, CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW))

        line = acts.logbook(supplies, mailbox)[-1]
        assert key.mailbox_id == mailbox
        assert key.consent is not None and key.consent.id == line.consent_id == consent.id
        assert (line.actor, line.actor_id) == (ActorKind.COUNSELLOR, zuid.id)

    def test_writes_a_line_for_every_opening(self, supplies: Supplies, mailbox: UUID) -> None:
        for _ in range(3):
            acts.look(supplies, CitizenViewer(mailbox))

        assert [line.number for line in acts.logbook(supplies, mailbox)] == [1, 2, 3]

    def test_writes_no_line_when_the_transaction_fails(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        def fail() -> None:
            with supplies.sessions.begin() as session:
                viewer, now = CitizenViewer(mailbox), supplies.clock()
                access.open_mailbox(session, supplies.keys, viewer, Act.OVERVIEW_SEEN, now=now)
                session.flush()
                raise InterruptedError

        with pytest.raises(InterruptedError):
            fail()

        assert acts.logbook(supplies, mailbox) == []
        assert acts.broken_line(supplies, mailbox) is None

    def test_stays_closed_when_the_line_cannot_be_written(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        with owner.begin() as connection:
            connection.execute(text("REVOKE INSERT ON logbook_lines FROM letterbox_app"))
        try:
            with pytest.raises(Exception, match="logbook_lines"):
                acts.look(supplies, CitizenViewer(mailbox))
        finally:
            with owner.begin() as connection:
                connection.execute(text("GRANT INSERT ON logbook_lines TO letterbox_app"))


class TestConsent:
    @pytest.fixture
    def see(
        self, supplies: Supplies, mailbox: UUID, zuid: Organisation
    ) -> Callable[..., MailboxKey]:
        consent = acts.a_consent(supplies, zuid, mailbox, permissions=[Permission.OVERVIEW])
        viewer = CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW)
        return lambda **changes: acts.look(supplies, replace(viewer, **changes))

    def test_closes_the_mailbox_at_the_very_moment_it_ends(
        self, see: Callable[..., MailboxKey], clock: FakeClock
    ) -> None:
        clock.now += timedelta(days=30) - INSTANT
        assert see()
        clock.now += INSTANT

        with pytest.raises(MailboxClosed):
            see()

    def test_does_not_open_it_before_it_begins(
        self, see: Callable[..., MailboxKey], clock: FakeClock
    ) -> None:
        clock.now -= INSTANT

        with pytest.raises(MailboxClosed):
            see()

    def test_closes_the_mailbox_at_the_very_moment_it_is_revoked(
        self, supplies: Supplies, mailbox: UUID, zuid: Organisation, clock: FakeClock
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)
        viewer = CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW)
        clock.advance(hours=1)
        assert acts.look(supplies, viewer)
        acts.revoke(supplies, mailbox, consent.id)

        with pytest.raises(MailboxClosed):
            acts.look(supplies, viewer)

    def test_once_revoked_opens_for_nobody_who_was_still_waiting(
        self,
        supplies: Supplies,
        mailbox: UUID,
        zuid: Organisation,
        clock: FakeClock,
        owner: Engine,
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)
        viewer = CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW)
        with ThreadPoolExecutor(1) as threads, supplies.sessions() as ending:
            citizen, later = CitizenViewer(mailbox), clock.now + timedelta(seconds=1)
            access.open_mailbox(ending, supplies.keys, citizen, Act.CONSENT_ENDED, now=later)
            consents.end(ending, mailbox, consent.id, reason=None, now=later)
            looking = threads.submit(acts.look, supplies, viewer)
            acts.until_someone_waits(owner, unless=looking)

            ending.commit()

            with pytest.raises(MailboxClosed):
                looking.result(10)

    @pytest.mark.parametrize(
        "changes",
        [
            {"permission": Permission.LETTERS},
            {"organisation_id": uuid4()},
            {"consent_id": uuid4()},
        ],
        ids=["missing permission", "another organisation", "unknown consent"],
    )
    def test_opens_nothing_more(
        self, see: Callable[..., MailboxKey], changes: dict[str, object]
    ) -> None:
        with pytest.raises(MailboxClosed):
            see(**changes)

    def test_leaves_no_line_when_it_does_not_open(
        self, supplies: Supplies, mailbox: UUID, see: Callable[..., MailboxKey]
    ) -> None:
        before = len(acts.logbook(supplies, mailbox))

        with pytest.raises(MailboxClosed):
            see(permission=Permission.LETTERS)

        assert len(acts.logbook(supplies, mailbox)) == before


class TestMailboxClosed:
    def test_says_the_same_of_what_is_unknown_and_what_is_not_yours(
        self,
        supplies: Supplies,
        mailbox: UUID,
        zuid: Organisation,
        register: Callable[..., Organisation],
    ) -> None:
        consent, other = acts.a_consent(supplies, zuid, mailbox), register("Noord")
        viewers: list[Viewer] = [
            CounsellorViewer(other.id, consent.id, Permission.OVERVIEW),
            CounsellorViewer(other.id, uuid4(), Permission.OVERVIEW),
            CitizenViewer(uuid4()),
            SenderViewer(other.id, uuid4()),
        ]

        assert len({refusal(supplies, viewer) for viewer in viewers}) == 1


class TestMailboxKey:
    def test_seals_for_one_row_of_one_table_of_one_mailbox(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        key = acts.look(supplies, CitizenViewer(mailbox))
        other = acts.look(supplies, CitizenViewer(acts.a_mailbox(supplies, OTHER_BSN)))
        row = uuid4()

        sealed = key.seal("letters", row, b"what it says")

        assert key.unseal("letters", row, sealed) == b"what it says"
        for unseal, table, where in (
            (other.unseal, "letters", row),
            (key.unseal, "readings", row),
            (key.unseal, "letters", uuid4()),
        ):
            with pytest.raises(BrokenSeal):
                unseal(table, where, sealed)

    def test_does_not_show_what_it_is_made_of(self, supplies: Supplies, mailbox: UUID) -> None:
        assert "data_key" not in repr(acts.look(supplies, CitizenViewer(mailbox)))

    @pytest.mark.parametrize("bsn", [BSN, OTHER_BSN], ids=["same mailbox", "other mailbox"])
    def test_does_not_open_a_letter_that_was_moved_here(
        self, bsn: str, supplies: Supplies, wilg: Organisation, owner: Engine
    ) -> None:
        mailbox = acts.a_mailbox(supplies)
        here = acts.deliver(supplies, wilg).id
        from_there = acts.deliver(supplies, wilg, bsn=bsn).id
        with owner.begin() as connection:
            for table, row, sealed in (
                ("letters", "id", "sealed_envelope"),
                ("letter_files", "letter_id", "sealed"),
            ):
                connection.execute(
                    text(
                        f"UPDATE {table} SET {sealed} = "  # noqa: S608
                        f"(SELECT {sealed} FROM {table} WHERE {row} = :there) WHERE {row} = :here"
                    ),
                    {"here": here, "there": from_there},
                )

        with pytest.raises(BrokenSeal):
            acts.read(supplies, mailbox, here)
        with supplies.sessions.begin() as session:
            key = access.open_for_machine(session, supplies.keys, mailbox)
            letter = letters.letter_in(session, key, here)
            assert letter is not None
            with pytest.raises(BrokenSeal):
                letters.kept_with(key, letter)


def refusal(supplies: Supplies, viewer: Viewer) -> tuple[str, str]:
    with pytest.raises(MailboxClosed) as caught:
        acts.look(supplies, viewer)
    return caught.value.title, caught.value.detail
