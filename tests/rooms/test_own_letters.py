"""Letters that citizens add themselves."""

from uuid import UUID

import pytest
from sqlalchemy import Engine

from letterbox.access import CitizenViewer, MailboxClosed
from letterbox.debts.facts import Told
from letterbox.letters.own import NotOneLetter
from letterbox.letters.rules import Status
from letterbox.logbook.rules import Act
from letterbox.overview.letters import letters_shown
from letterbox.people.models import Organisation
from letterbox.shared.ports import PdfRefused, PhotoRefused, Supplies
from tests.api.tables import everything_in, row_counts
from tests.builders import DEMAND, work_off
from tests.fakes import A_PHOTO, FakeClock, FakeReader
from tests.rooms import acts

PDF = DEMAND.encode()
PAGES = [A_PHOTO + text.encode() for text in DEMAND.split("\n", 1)[1].split("Wij hebben")]


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


class TestAddLetter:
    def test_keeps_letter_file_and_job_and_writes_it_down(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        letter_id = acts.add(supplies, mailbox, PDF)

        counts = row_counts(owner)
        kept = ("letters", "own_letters", "letter_files", "procrastinate_jobs")
        assert [counts[table] for table in kept] == [1, 1, 1, 1]
        assert counts["deliveries"] == 0
        line = acts.logbook(supplies, mailbox)[-1]
        assert (line.act, line.actor, line.subject_id) == (Act.LETTER_ADDED, "citizen", letter_id)

    def test_keeps_nothing_in_the_clear(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        acts.add(supplies, mailbox, PDF)
        work_off(supplies, owner)

        kept = everything_in(owner)

        assert [word for word in ("634,18", "634.18", "Wilg", "HU-2026-0417") if word in kept] == []

    def test_becomes_a_debt_that_is_marked(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        acts.add(supplies, mailbox, PDF)
        work_off(supplies, owner)

        (debt,) = acts.debts_in(supplies, mailbox)

        assert str(debt.outstanding) == "634.18"
        (line,) = debt.history
        assert (line.source, line.added_by_citizen) == (Told.LETTER, True)
        assert line.sender is not None
        assert "Wilg" in line.sender

    def test_takes_photos_of_the_pages_in_their_order(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        acts.add(supplies, mailbox, *PAGES)
        work_off(supplies, owner)

        (debt,) = acts.debts_in(supplies, mailbox)

        assert debt.references == ("HU-2026-0417",)

    @pytest.mark.parametrize(
        ("files", "error", "code"),
        [
            ([], NotOneLetter, "no-file"),
            ([PDF, PDF], NotOneLetter, "more-than-one"),
            ([*PAGES, PDF], NotOneLetter, "more-than-one"),
            ([b"GIF89a"], PhotoRefused, "not-a-photo"),
            ([b" %PDF-1.7"], PdfRefused, "not-a-pdf"),
        ],
        ids=["nothing", "two letters", "a mixture", "no photo", "no good PDF"],
    )
    def test_refuses_what_is_no_letter_and_keeps_nothing(
        self,
        supplies: Supplies,
        mailbox: UUID,
        owner: Engine,
        files: list[bytes],
        error: type[NotOneLetter],
        code: str,
    ) -> None:
        with pytest.raises(error) as refused:
            acts.add(supplies, mailbox, *files)

        assert refused.value.code == code
        counts = row_counts(owner)
        assert counts["letters"] == counts["own_letters"] == counts["logbook_lines"] == 0

    def test_does_nothing_in_a_mailbox_that_was_closed(
        self, supplies: Supplies, mailbox: UUID
    ) -> None:
        acts.close(supplies, mailbox)

        with pytest.raises(MailboxClosed):
            acts.add(supplies, mailbox, PDF)


class TestTheSameLetter:
    @pytest.mark.parametrize("delivered_first", [True, False])
    def test_counts_once_when_a_sender_delivered_it_too(
        self,
        supplies: Supplies,
        mailbox: UUID,
        wilg: Organisation,
        owner: Engine,
        delivered_first: bool,
    ) -> None:
        if delivered_first:
            first, again = acts.deliver(supplies, wilg).id, acts.add(supplies, mailbox, PDF)
        else:
            first, again = acts.add(supplies, mailbox, PDF), acts.deliver(supplies, wilg).id
        work_off(supplies, owner)

        (debt,) = acts.debts_in(supplies, mailbox)

        assert str(debt.outstanding) == "634.18"
        assert {line.letter_id: line.duplicate_of for line in debt.history} == {
            first: None,
            again: first,
        }

    def test_counts_once_when_it_is_added_twice(
        self, supplies: Supplies, mailbox: UUID, owner: Engine
    ) -> None:
        first, again = (acts.add(supplies, mailbox, *PAGES) for _ in range(2))
        work_off(supplies, owner)

        (debt,) = acts.debts_in(supplies, mailbox)

        assert {line.letter_id: line.duplicate_of for line in debt.history} == {
            first: None,
            again: first,
        }

    def test_is_nothing_that_the_sender_hears_of(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation
    ) -> None:
        acts.add(supplies, mailbox, PDF)

        assert acts.deliver(supplies, wilg).possible_duplicate_of is None


class TestTheOverview:
    def test_names_it_until_it_is_read_and_settled(
        self,
        supplies: Supplies,
        mailbox: UUID,
        wilg: Organisation,
        owner: Engine,
        clock: FakeClock,
    ) -> None:
        delivered = acts.deliver(supplies, wilg, "%PDF-1.7\nHallo").id
        clock.advance(minutes=1)
        added = acts.add(supplies, mailbox, PDF)

        unread = acts.overview(supplies, CitizenViewer(mailbox)).unread

        assert [(x.letter_id, x.sender, x.added_by_citizen) for x in unread] == [
            (delivered, "De Wilg", False),
            (added, None, True),
        ]
        work_off(supplies, owner)
        assert acts.overview(supplies, CitizenViewer(mailbox)).unread == ()

    def test_keeps_naming_what_cannot_be_read(
        self, supplies: Supplies, mailbox: UUID, owner: Engine, reader: FakeReader
    ) -> None:
        added = acts.add(supplies, mailbox, b"%PDF-1.7\n")
        work_off(supplies, owner)

        (unread,) = acts.overview(supplies, CitizenViewer(mailbox)).unread

        assert (unread.letter_id, unread.status) == (added, Status.UNREADABLE)

    def test_leads_to_every_letter_once(
        self, supplies: Supplies, mailbox: UUID, wilg: Organisation, owner: Engine
    ) -> None:
        letters = [
            acts.deliver(supplies, wilg).id,
            acts.add(supplies, mailbox, PDF),
            acts.add(supplies, mailbox, b"%PDF-1.7\nHallo"),
        ]
        work_off(supplies, owner)
        letters.append(acts.add(supplies, mailbox, b"%PDF-1.7\nNog niet"))

        shown = letters_shown(acts.overview(supplies, CitizenViewer(mailbox)))

        assert sorted(each.letter_id for each in shown) == sorted(letters)
        assert [each.on for each in shown] == sorted((each.on for each in shown), reverse=True)
        assert [each.added_by_citizen for each in shown].count(True) == 3
