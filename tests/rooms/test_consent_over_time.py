"""Random lives of requests and consents, on the real database, against a simple model."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from letterbox.access import CounsellorViewer, MailboxClosed
from letterbox.consent import service
from letterbox.consent.rules import LAPSES_AFTER, ConsentStatus, Permission, RequestStatus
from letterbox.consent.service import NoSuchRequest, TooWide
from letterbox.people.models import Organisation
from letterbox.shared.ports import Supplies
from tests.fakes import FakeClock
from tests.rooms import acts
from tests.rooms.conftest import Register

INSTANT = timedelta(microseconds=1)
PERMISSIONS = st.sets(st.sampled_from(Permission), min_size=1).map(frozenset)
DAYS = st.integers(1, 3)


@dataclass
class Asked:
    """What the model knows of a request."""

    id: UUID
    code: str
    by: Organisation
    permissions: frozenset[Permission]
    days: int
    lapses_at: datetime
    answer: RequestStatus | None = None

    def status(self, now: datetime) -> RequestStatus:
        lapsed = now >= self.lapses_at
        return self.answer or (RequestStatus.LAPSED if lapsed else RequestStatus.PENDING)


@dataclass
class Given:
    """What the model knows of a consent."""

    id: UUID
    to: Organisation
    permissions: frozenset[Permission]
    since: datetime
    until: datetime
    ended_at: datetime | None = field(default=None)

    def status(self, now: datetime) -> ConsentStatus:
        if self.ended_at is not None and now >= self.ended_at:
            return ConsentStatus.REVOKED
        return ConsentStatus.ACTIVE if now < self.until else ConsentStatus.EXPIRED


class ConsentLives(RuleBasedStateMachine):
    """A citizen, two counselling organisations, and time that only goes on."""

    asked = Bundle("asked")
    given = Bundle("given")

    def __init__(
        self, supplies: Supplies, clock: FakeClock, organisations: list[Organisation]
    ) -> None:
        super().__init__()
        self.supplies, self.clock, self.organisations = supplies, clock, organisations
        self.mailbox, self.lines = UUID(int=0), 0

    @initialize()
    def begin(self) -> None:
        self.mailbox = acts.a_mailbox(self.supplies, uuid4().hex)

    @rule(target=asked, by=st.integers(0, 1), permissions=PERMISSIONS, days=DAYS)
    def ask(self, by: int, permissions: frozenset[Permission], days: int) -> Asked:
        organisation = self.organisations[by]
        id_, code = acts.ask(self.supplies, organisation, permissions=permissions, days=days)
        lapses_at = self.clock.now + LAPSES_AFTER
        return Asked(id_, code, organisation, permissions, days, lapses_at)

    @rule(target=given, request=asked, permissions=PERMISSIONS, days=DAYS)
    def grant(self, request: Asked, permissions: frozenset[Permission], days: int) -> object:
        pending = request.status(self.clock.now) is RequestStatus.PENDING
        narrower = permissions <= request.permissions and days <= request.days
        try:
            consent = acts.grant(
                self.supplies, request.code, self.mailbox, permissions=permissions, days=days
            )
        except NoSuchRequest:
            assert not pending
            return multiple()
        except TooWide:
            assert pending and not narrower
            return multiple()
        assert pending and narrower
        request.answer, self.lines = RequestStatus.GRANTED, self.lines + 1
        until = self.clock.now + timedelta(days=days)
        return Given(consent.id, request.by, permissions, self.clock.now, until)

    @rule(request=asked)
    def decline(self, request: Asked) -> None:
        pending = request.status(self.clock.now) is RequestStatus.PENDING
        try:
            acts.decline(self.supplies, request.code)
        except NoSuchRequest:
            assert not pending
            return
        assert pending
        request.answer = RequestStatus.DECLINED

    @rule(consent=given, by=st.integers(0, 1), permission=st.sampled_from(Permission))
    def look(self, consent: Given, by: int, permission: Permission) -> None:
        organisation, now = self.organisations[by], self.clock.now
        may = (
            organisation.id == consent.to.id
            and permission in consent.permissions
            and consent.status(now) is ConsentStatus.ACTIVE
        )
        try:
            acts.look(self.supplies, CounsellorViewer(organisation.id, consent.id, permission))
        except MailboxClosed:
            assert not may
            return
        assert may
        self.lines += 1

    @rule(consent=given)
    def revoke(self, consent: Given) -> None:
        if consent.status(self.clock.now) is ConsentStatus.ACTIVE:
            consent.ended_at = self.clock.now
        acts.revoke(self.supplies, self.mailbox, consent.id)
        self.lines += 1

    @rule(period=st.sampled_from([INSTANT, timedelta(hours=1), timedelta(days=1), LAPSES_AFTER]))
    def wait(self, period: timedelta) -> None:
        self.clock.now += period

    @rule(consent=given, just_before=st.booleans())
    def wait_until_it_expires(self, consent: Given, just_before: bool) -> None:
        self._wait_until(consent.until - (INSTANT if just_before else timedelta(0)))

    @rule(request=consumes(asked), just_before=st.booleans())
    def wait_until_it_lapses(self, request: Asked, just_before: bool) -> None:
        self._wait_until(request.lapses_at - (INSTANT if just_before else timedelta(0)))
        self.decline(request)

    @rule(request=asked, consent=given)
    def ask_how_it_stands(self, request: Asked, consent: Given) -> None:
        now = self.clock.now
        with self.supplies.sessions() as session:
            seen = service.request_of(session, request.by.id, request.id)
            lent = service.consent_of(session, consent.to.id, consent.id)
            assert service.status_of(lent, now) is consent.status(now)
        assert (seen.answer, seen.lapses_at) == (request.answer, request.lapses_at)

    @invariant()
    def every_opening_left_one_line(self) -> None:
        assert len(acts.logbook(self.supplies, self.mailbox)) == self.lines

    def teardown(self) -> None:
        assert acts.broken_line(self.supplies, self.mailbox) is None

    def _wait_until(self, moment: datetime) -> None:
        self.clock.now = max(self.clock.now, moment)


def test_lives_of_consents_go_as_they_should(
    supplies: Supplies, clock: FakeClock, register: Register
) -> None:
    organisations = [register("Zuid"), register("Noord")]

    class Lives(ConsentLives):
        def __init__(self) -> None:
            super().__init__(supplies, clock, organisations)

    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
