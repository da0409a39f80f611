"""Pictures of the pages of a letter: drawn once, for those who are looking at it."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from sqlalchemy import Engine, create_engine, text

from letterbox.access import LOOK_LASTS, CitizenViewer, CounsellorViewer, MailboxClosed, Viewer
from letterbox.consent.rules import Permission
from letterbox.letters.pictures import Easel, NoSuchPage, picture_of
from letterbox.logbook.rules import Act
from letterbox.people.models import Organisation
from letterbox.shared.ports import Supplies
from runtime.database import sessions_on
from tests.api.tables import everything_in, row_counts
from tests.builders import DEMAND, OTHER_BSN
from tests.fakes import FakeClock, FakeReader
from tests.rooms import acts

PDF = DEMAND.encode()


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


@pytest.fixture
def letter(supplies: Supplies, mailbox: UUID) -> UUID:
    return acts.add(supplies, mailbox, PDF)


@pytest.fixture
def citizen(supplies: Supplies, mailbox: UUID, letter: UUID) -> Viewer:
    """The citizen, looking at the letter."""
    viewer = CitizenViewer(mailbox)
    acts.look(supplies, viewer, Act.LETTER_SEEN, subject_id=letter)
    return viewer


@pytest.fixture
def drawn(reader: FakeReader, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note down which pages are drawn."""
    pages: list[int] = []
    draw: Callable[..., bytes] = reader.preview

    def note(pdf: bytes, *, page: int) -> bytes:
        pages.append(page)
        return draw(pdf, page=page)

    monkeypatch.setattr(reader, "preview", note)
    return pages


@pytest.fixture
def one_connection(application: Engine) -> Iterator[Engine]:
    """The database as web and worker reach it, while all connections but one are taken."""
    engine = create_engine(application.url, pool_size=1, max_overflow=0, pool_timeout=1)
    yield engine
    engine.dispose()


class TestAPicture:
    def test_takes_no_second_connection_beside_that_of_its_request(
        self, supplies: Supplies, citizen: Viewer, letter: UUID, one_connection: Engine
    ) -> None:
        sessions = sessions_on(one_connection)
        easel = Easel(sessions, supplies.keys, supplies.files, supplies.reader)

        with sessions() as request:
            # As the page does, to know who is looking.
            request.execute(text("SELECT 1"))
            picture = picture_of(request, easel, citizen, letter, 1, now=supplies.clock())
            request.commit()

        assert picture == acts.picture(supplies, citizen, letter)

    def test_is_drawn_once_and_kept(
        self, supplies: Supplies, citizen: Viewer, letter: UUID, drawn: list[int]
    ) -> None:
        first, again = (acts.picture(supplies, citizen, letter) for _ in range(2))

        assert first == again
        assert first.startswith(b"RIFF")
        assert drawn == [1]

    def test_is_kept_sealed(
        self, supplies: Supplies, citizen: Viewer, letter: UUID, owner: Engine
    ) -> None:
        acts.picture(supplies, citizen, letter)

        assert row_counts(owner)["page_pictures"] == 1
        assert "RIFF" not in everything_in(owner)

    def test_belongs_to_its_page(
        self, supplies: Supplies, citizen: Viewer, letter: UUID, owner: Engine
    ) -> None:
        acts.picture(supplies, citizen, letter)
        with owner.begin() as connection:
            connection.execute(text("UPDATE page_pictures SET page = 2"))

        with pytest.raises(Exception, match="seal"):
            acts.picture(supplies, citizen, letter, page=2)

    def test_is_part_of_the_look_that_is_in_the_logbook(
        self, supplies: Supplies, mailbox: UUID, citizen: Viewer, letter: UUID
    ) -> None:
        before = len(acts.logbook(supplies, mailbox))

        acts.picture(supplies, citizen, letter)

        assert len(acts.logbook(supplies, mailbox)) == before

    @pytest.mark.parametrize("page", [0, 2])
    def test_of_a_page_that_is_not_there_is_none(
        self, supplies: Supplies, citizen: Viewer, letter: UUID, page: int, owner: Engine
    ) -> None:
        with pytest.raises(NoSuchPage):
            acts.picture(supplies, citizen, letter, page=page)

        assert row_counts(owner)["page_pictures"] == 0

    def test_is_drawn_while_nobody_waits_for_the_mailbox(
        self,
        supplies: Supplies,
        mailbox: UUID,
        citizen: Viewer,
        letter: UUID,
        reader: FakeReader,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        draw = reader.preview

        def draw_slowly(pdf: bytes, *, page: int) -> bytes:
            # Would wait for ever if drawing held the mailbox.
            acts.look(supplies, CitizenViewer(mailbox))
            return draw(pdf, page=page)

        monkeypatch.setattr(reader, "preview", draw_slowly)

        assert acts.picture(supplies, citizen, letter)

    def test_drawn_twice_at_once_is_kept_once(
        self, supplies: Supplies, citizen: Viewer, letter: UUID, owner: Engine
    ) -> None:
        pictures = acts.at_once(4, lambda _: acts.picture(supplies, citizen, letter))

        assert len({*pictures}) == 1
        assert row_counts(owner)["page_pictures"] == 1


class TestWhoDoesNotLook:
    def test_at_this_letter_gets_no_picture(
        self, supplies: Supplies, mailbox: UUID, letter: UUID
    ) -> None:
        acts.look(supplies, CitizenViewer(mailbox), Act.OVERVIEW_SEEN)

        with pytest.raises(MailboxClosed):
            acts.picture(supplies, CitizenViewer(mailbox), letter)

    def test_any_more_gets_no_picture(
        self, supplies: Supplies, citizen: Viewer, letter: UUID, clock: FakeClock
    ) -> None:
        clock.now += LOOK_LASTS
        assert acts.picture(supplies, citizen, letter)
        clock.advance(seconds=1)

        with pytest.raises(MailboxClosed):
            acts.picture(supplies, citizen, letter)

    def test_at_the_mailbox_of_another_gets_no_picture(
        self, supplies: Supplies, citizen: Viewer, letter: UUID
    ) -> None:
        stranger = CitizenViewer(acts.a_mailbox(supplies, OTHER_BSN))

        with pytest.raises(MailboxClosed):
            acts.picture(supplies, stranger, letter)

    def test_by_a_consent_of_their_own_gets_no_picture(
        self, supplies: Supplies, mailbox: UUID, citizen: Viewer, letter: UUID, zuid: Organisation
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)
        counsellor = CounsellorViewer(zuid.id, consent.id, Permission.LETTERS)

        with pytest.raises(MailboxClosed):
            acts.picture(supplies, counsellor, letter)

    def test_by_a_consent_that_was_ended_gets_no_picture(
        self, supplies: Supplies, mailbox: UUID, letter: UUID, zuid: Organisation
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)
        counsellor = CounsellorViewer(zuid.id, consent.id, Permission.LETTERS)
        acts.look(supplies, counsellor, Act.LETTER_SEEN, subject_id=letter)
        assert acts.picture(supplies, counsellor, letter)
        acts.revoke(supplies, mailbox, consent.id)

        with pytest.raises(MailboxClosed):
            acts.picture(supplies, counsellor, letter)
