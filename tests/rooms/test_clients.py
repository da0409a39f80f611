"""The list of clients, as the room makes it for two people at once."""

from uuid import UUID

import pytest

from letterbox.access import CounsellorViewer, MailboxClosed, open_for_list
from letterbox.consent.queries import clients_of
from letterbox.consent.rules import Permission
from letterbox.logbook.rules import Act
from letterbox.overview.clients import clients_at_a_glance
from letterbox.people.models import Organisation
from letterbox.people.staff import recognise_employee
from letterbox.shared import scope
from letterbox.shared.ports import StaffMember, Supplies
from tests.builders import BSN, OTHER_BSN
from tests.fakes import FakeClock
from tests.rooms import acts


@pytest.fixture
def mailboxes(supplies: Supplies, zuid: Organisation) -> list[UUID]:
    """Two citizens who share with the same organisation."""
    found = [acts.a_mailbox(supplies, bsn) for bsn in (BSN, OTHER_BSN)]
    for mailbox in found:
        acts.a_consent(supplies, zuid, mailbox)
    return found


def employee(supplies: Supplies, organisation: Organisation, name: str) -> UUID:
    member = StaffMember(organisation.number, name, name)
    with supplies.sessions.begin() as session:
        return recognise_employee(session, supplies.keys, member, now=supplies.clock()).id


def listed(
    supplies: Supplies, organisation: Organisation, person: UUID, *, backwards: bool = False
) -> int:
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        scope.enter(session, organisation=organisation.id)
        found = clients_of(session, organisation.id, now=now, counsellor=None, limit=10)
        shown = found[::-1] if backwards else found
        return len(clients_at_a_glance(session, supplies.keys, shown, employee_id=person, now=now))


def listings(supplies: Supplies, mailbox: UUID) -> list[UUID | None]:
    lines = acts.logbook(supplies, mailbox)
    return [line.person_id for line in lines if line.act == Act.CLIENTS_LISTED]


class TestTheList:
    def test_is_made_for_many_at_once_whatever_the_order(
        self, supplies: Supplies, zuid: Organisation, mailboxes: list[UUID]
    ) -> None:
        people = [employee(supplies, zuid, f"person {number}") for number in range(6)]

        counted = acts.at_once(
            6, lambda n: listed(supplies, zuid, people[n], backwards=bool(n % 2))
        )

        assert counted == [2] * 6
        for mailbox in mailboxes:
            assert sorted(map(str, listings(supplies, mailbox))) == sorted(map(str, people))
            assert acts.broken_line(supplies, mailbox) is None

    def test_is_another_line_on_the_next_dutch_day(
        self, supplies: Supplies, zuid: Organisation, mailboxes: list[UUID], clock: FakeClock
    ) -> None:
        okafor = employee(supplies, zuid, "S. Okafor")
        # It is 13:00 there; the day ends an hour earlier than in UTC.
        for hours in (0, 10, 0.98, 0.04):
            clock.advance(hours=hours)
            listed(supplies, zuid, okafor)

        assert len(listings(supplies, mailboxes[0])) == 2

    def test_needs_a_consent_in_force(
        self, supplies: Supplies, zuid: Organisation, wilg: Organisation, mailboxes: list[UUID]
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailboxes[0])
        acts.revoke(supplies, mailboxes[0], consent.id)

        for organisation in (zuid, wilg):
            viewer = CounsellorViewer(organisation.id, consent.id, Permission.OVERVIEW)
            with supplies.sessions.begin() as session, pytest.raises(MailboxClosed):
                open_for_list(session, supplies.keys, viewer, now=supplies.clock())
        assert listings(supplies, mailboxes[0]) == []
