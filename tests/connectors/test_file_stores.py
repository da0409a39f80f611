"""What every store of sealed files promises."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from letterbox.people.models import Organisation
from letterbox.shared import scope
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import Supplies
from runtime.database import sessions_on
from tests.builders import BSN, DEMAND, OTHER_BSN, a_registration
from tests.rooms import acts

Letter = tuple[UUID, UUID]


@pytest.fixture
def sender(supplies: Supplies, owner: Engine) -> Organisation:
    with sessions_on(owner).begin() as session:
        return a_registration(session, name="De Wilg", now=supplies.clock())[0]


@pytest.fixture
def deliver(supplies: Supplies, sender: Organisation) -> Callable[[str], Letter]:
    return lambda bsn: (
        acts.a_mailbox(supplies, bsn),
        acts.deliver(supplies, sender, bsn=bsn).id,
    )


def fetched(supplies: Supplies, mailbox_id: UUID, letter_id: UUID) -> bytes:
    with supplies.sessions() as session:
        scope.enter(session, mailbox=mailbox_id)
        return supplies.files.get(session, mailbox_id, letter_id)


class TestFileStore:
    def test_gives_back_what_was_put(
        self, supplies: Supplies, deliver: Callable[[str], Letter]
    ) -> None:
        letter = deliver(BSN)

        assert fetched(supplies, *letter) == fetched(supplies, *letter)
        assert len(fetched(supplies, *letter)) > len(DEMAND)

    def test_holds_nothing_in_the_clear(
        self, supplies: Supplies, deliver: Callable[[str], Letter]
    ) -> None:
        assert b"Wilg" not in fetched(supplies, *deliver(BSN))

    def test_says_unavailable_when_the_file_is_not_there(
        self, supplies: Supplies, deliver: Callable[[str], Letter]
    ) -> None:
        mailbox, _ = deliver(BSN)

        with pytest.raises(Unavailable):
            fetched(supplies, mailbox, uuid4())

    def test_gives_no_file_of_another_mailbox(
        self, supplies: Supplies, deliver: Callable[[str], Letter]
    ) -> None:
        (mine, _), (_, theirs) = deliver(BSN), deliver(OTHER_BSN)

        with pytest.raises(Unavailable):
            fetched(supplies, mine, theirs)

    def test_keeps_nothing_when_the_transaction_fails(
        self, supplies: Supplies, deliver: Callable[[str], Letter], owner: Engine
    ) -> None:
        mailbox, letter = deliver(BSN)
        with owner.begin() as connection:
            connection.execute(text("DELETE FROM letter_files"))
        with supplies.sessions() as session:
            scope.enter(session, mailbox=mailbox)
            supplies.files.put(session, mailbox, letter, b"sealed")
            session.flush()
            session.rollback()

        with pytest.raises(Unavailable):
            fetched(supplies, mailbox, letter)
