from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.consent import service
from letterbox.consent.models import Consent
from letterbox.consent.rules import (
    CODE_ALPHABET,
    LAPSES_AFTER,
    TEXT_VERSION,
    ConsentStatus,
    Permission,
    RequestStatus,
    compact_code,
    new_code,
    status_of_consent,
    status_of_request,
)
from letterbox.consent.service import NoSuchConsent, NoSuchRequest, TooWide
from letterbox.people.models import Organisation
from letterbox.shared.ports import Supplies
from tests.fakes import NOON, FakeClock
from tests.rooms import acts

INSTANT = timedelta(microseconds=1)
CODES = st.text(CODE_ALPHABET, min_size=8, max_size=8).map(lambda c: f"{c[:4]}-{c[4:]}")


@pytest.fixture
def mailbox(supplies: Supplies) -> UUID:
    return acts.a_mailbox(supplies)


class TestCode:
    def test_is_two_groups_of_four_without_lookalikes(self) -> None:
        codes = [new_code() for _ in range(200)]

        assert len(set(codes)) == 200
        assert all(compact_code(code) == code and len(code) == 9 for code in codes)
        assert not set("01OI") & set("".join(codes))

    @given(CODES, st.sampled_from(["", " ", "-", " - ", ".", "\t"]))
    def test_is_recognised_however_it_is_typed(self, code: str, between: str) -> None:
        typed = f" {code[:4].lower()}{between}{code[5:]} "

        assert compact_code(typed) == code

    @given(st.text())
    def test_is_never_a_crash_when_it_is_no_code(self, typed: str) -> None:
        assert set(compact_code(typed)) <= {*CODE_ALPHABET, "-"}

    @given(CODES, CODES)
    def test_is_not_taken_for_another_one(self, one: str, other: str) -> None:
        assert (compact_code(one) == compact_code(other)) == (one == other)


class TestStatus:
    @pytest.mark.parametrize(
        ("answer", "after", "status"),
        [
            (None, -INSTANT, RequestStatus.PENDING),
            (None, timedelta(0), RequestStatus.LAPSED),
            ("granted", -INSTANT, RequestStatus.GRANTED),
            ("granted", INSTANT, RequestStatus.GRANTED),
            ("declined", INSTANT, RequestStatus.DECLINED),
        ],
    )
    def test_of_a_request(
        self, answer: str | None, after: timedelta, status: RequestStatus
    ) -> None:
        assert status_of_request(answer, lapses_at=NOON, now=NOON + after) is status

    @pytest.mark.parametrize(
        ("until", "ended", "status"),
        [
            (INSTANT, None, ConsentStatus.ACTIVE),
            (timedelta(0), None, ConsentStatus.EXPIRED),
            (INSTANT, timedelta(0), ConsentStatus.REVOKED),
            (INSTANT, INSTANT, ConsentStatus.REVOKED),
            (-INSTANT, -2 * INSTANT, ConsentStatus.REVOKED),
        ],
    )
    def test_of_a_consent(
        self, until: timedelta, ended: timedelta | None, status: ConsentStatus
    ) -> None:
        ended_at = None if ended is None else NOON + ended

        assert status_of_consent(valid_until=NOON + until, ended_at=ended_at, now=NOON) is status


class TestRequest:
    def test_opens_with_its_code_until_it_lapses(
        self, supplies: Supplies, zuid: Organisation, clock: FakeClock
    ) -> None:
        request_id, code = acts.ask(supplies, zuid)
        clock.now += LAPSES_AFTER - INSTANT
        assert opened(supplies, code.lower()) == request_id
        clock.now += INSTANT

        with pytest.raises(NoSuchRequest):
            opened(supplies, code)

    @pytest.mark.parametrize("answer", ["grant", "decline"])
    def test_is_answered_once(
        self, answer: str, supplies: Supplies, zuid: Organisation, mailbox: UUID
    ) -> None:
        _, code = acts.ask(supplies, zuid)
        acts.grant(supplies, code, mailbox) if answer == "grant" else acts.decline(supplies, code)

        with pytest.raises(NoSuchRequest):
            acts.grant(supplies, code, mailbox)

    def test_is_granted_once_by_two_who_agree_at_the_same_moment(
        self, supplies: Supplies, zuid: Organisation, mailbox: UUID
    ) -> None:
        _, code = acts.ask(supplies, zuid)

        def agree(_: int) -> bool:
            try:
                return bool(acts.grant(supplies, code, mailbox))
            except NoSuchRequest:
                return False

        assert sorted(acts.at_once(2, agree)) == [False, True]

    def test_says_the_same_of_every_code_that_does_not_work(
        self, supplies: Supplies, zuid: Organisation, clock: FakeClock
    ) -> None:
        (_, declined), (_, lapsed) = acts.ask(supplies, zuid), acts.ask(supplies, zuid)
        acts.decline(supplies, declined)
        clock.now += LAPSES_AFTER

        said = {no_request(supplies, code) for code in (declined, lapsed, "2222-2222", "", "?")}

        assert len(said) == 1

    def test_is_only_seen_by_who_asked(
        self, supplies: Supplies, zuid: Organisation, wilg: Organisation
    ) -> None:
        request_id, _ = acts.ask(supplies, zuid)

        with supplies.sessions() as session:
            assert service.request_of(session, zuid.id, request_id).id == request_id
            with pytest.raises(NoSuchRequest):
                service.request_of(session, wilg.id, request_id)


class TestGrant:
    def test_holds_from_now_on_as_it_was_narrowed(
        self, supplies: Supplies, zuid: Organisation, mailbox: UUID
    ) -> None:
        _, code = acts.ask(supplies, zuid, days=120)

        consent = acts.grant(supplies, code, mailbox, permissions=[Permission.OVERVIEW], days=7)

        assert consent.permissions == ["overview"]
        assert (consent.valid_from, consent.valid_until) == (NOON, NOON + timedelta(days=7))

    @pytest.mark.parametrize(
        ("asked", "days", "permissions", "granted_days"),
        [
            (["overview"], 30, acts.BOTH, 30),
            (acts.BOTH, 30, acts.BOTH, 31),
            (acts.BOTH, 30, acts.BOTH, 0),
            (acts.BOTH, 30, acts.BOTH, -1),
            (acts.BOTH, 30, (), 30),
            (acts.BOTH, 999, acts.BOTH, 366),
        ],
        ids=["more", "longer", "no time", "negative", "nothing", "over a year"],
    )
    def test_is_refused_when_it_widens(
        self,
        asked: tuple[Permission, ...],
        days: int,
        permissions: tuple[Permission, ...],
        granted_days: int,
        supplies: Supplies,
        zuid: Organisation,
        mailbox: UUID,
    ) -> None:
        request_id, code = acts.ask(supplies, zuid, permissions=asked, days=days)

        with pytest.raises(TooWide):
            acts.grant(supplies, code, mailbox, permissions=permissions, days=granted_days)

        assert opened(supplies, code) == request_id
        assert acts.logbook(supplies, mailbox) == []

    def test_gives_a_receipt_that_anyone_can_verify(
        self, supplies: Supplies, zuid: Organisation, mailbox: UUID
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)

        receipt = acts.verified(supplies, consent.receipt)

        assert receipt.header["typ"] == "consent-receipt+jwt"
        facts = receipt.claims
        assert facts["jti"] == str(consent.id)
        assert facts["recipient"] == {"name": zuid.name, "number": zuid.number}
        assert facts["personal_data"] == ["overview", "letters"]
        assert facts["valid_until"] == consent.valid_until.isoformat()
        assert (facts["purpose"], facts["notice_version"]) == (consent.purpose, TEXT_VERSION)


class TestEnd:
    def test_ends_it_once(
        self, supplies: Supplies, zuid: Organisation, mailbox: UUID, clock: FakeClock
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)
        clock.advance(hours=1)
        first = acts.revoke(supplies, mailbox, consent.id).ended_at
        clock.advance(hours=1)

        again = acts.revoke(supplies, mailbox, consent.id).ended_at

        assert first == again == NOON + timedelta(hours=1)

    def test_changes_nothing_when_it_expired(
        self, supplies: Supplies, zuid: Organisation, mailbox: UUID, clock: FakeClock
    ) -> None:
        consent = acts.a_consent(supplies, zuid, mailbox)
        clock.now = consent.valid_until

        assert acts.revoke(supplies, mailbox, consent.id).ended_at is None

    @pytest.mark.parametrize("whose", ["nobody's", "another citizen's"])
    def test_ends_nothing_of_others(
        self, whose: str, supplies: Supplies, zuid: Organisation, mailbox: UUID
    ) -> None:
        other = acts.a_consent(supplies, zuid, acts.a_mailbox(supplies, "other"))

        with pytest.raises(NoSuchConsent):
            acts.revoke(supplies, mailbox, other.id if whose != "nobody's" else uuid4())


class TestConsents:
    @pytest.fixture
    def given(
        self, supplies: Supplies, zuid: Organisation, mailbox: UUID, clock: FakeClock
    ) -> list[Consent]:
        def give(_: int) -> Consent:
            clock.advance(seconds=1)
            return acts.a_consent(supplies, zuid, mailbox)

        return [give(number) for number in range(3)]

    def test_are_listed_from_a_cursor_on(
        self, given: list[Consent], supplies: Supplies, zuid: Organisation
    ) -> None:
        with supplies.sessions() as session:
            first = service.consents_of(session, zuid.id, 0, limit=2)
            rest = service.consents_of(session, zuid.id, first[-1].sequence, limit=2)

        assert [each.id for each in [*first, *rest]] == [each.id for each in given]

    def test_are_only_seen_by_who_was_given_them(
        self, given: list[Consent], supplies: Supplies, wilg: Organisation, zuid: Organisation
    ) -> None:
        with supplies.sessions() as session:
            assert service.consent_of(session, zuid.id, given[0].id).id == given[0].id
            assert service.consents_of(session, wilg.id, 0, limit=9) == []
            with pytest.raises(NoSuchConsent):
                service.consent_of(session, wilg.id, given[0].id)


def opened(supplies: Supplies, code: str) -> UUID:
    with supplies.sessions() as session:
        return service.open_request(session, supplies.keys, code, now=supplies.clock()).id


def no_request(supplies: Supplies, code: str) -> str:
    with pytest.raises(NoSuchRequest) as caught:
        opened(supplies, code)
    return caught.value.detail
