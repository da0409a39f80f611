from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from letterbox.access import CitizenViewer, CounsellorViewer, open_mailbox
from letterbox.consent.rules import Permission
from letterbox.debts.citizen import Said
from letterbox.debts.facts import CorrectionKind
from letterbox.logbook.rules import Act
from letterbox.overview.remembering import look_again
from letterbox.overview.service import show_overview
from letterbox.people.models import Employee, Organisation
from letterbox.people.staff import recognise_employee
from letterbox.people.visits import IDLE, begin_staff_visit, begin_visit
from letterbox.shared.ports import StaffMember, Supplies
from runtime.database import LOGIN, metadata
from tests.builders import BSN, DEMAND, OTHER_BSN
from tests.rooms import acts
from tests.rooms.mailing import be_mailed, give_address

OF_A_CITIZEN = sorted(t.name for t in metadata.tables.values() if "mailbox_id" in t.columns)
PROTECTED = sorted([*OF_A_CITIZEN, "mailboxes", "consent_requests", "employees", "staff_visits"])
SCOPES = ("mailbox", "organisation", "recipient", "code", "visit", "calendar")
APPLICATION = ("letterbox_app", LOGIN)
THE_VISIT = "token"


@pytest.fixture
def mailbox(supplies: Supplies, wilg: Organisation, zuid: Organisation) -> UUID:
    """A mailbox with something in every table, beside another one like it."""
    a_full_mailbox(supplies, wilg, zuid, OTHER_BSN, visit="other token")
    return a_full_mailbox(supplies, wilg, zuid, BSN, visit=THE_VISIT)


def a_full_mailbox(
    supplies: Supplies, sender: Organisation, counsels: Organisation, bsn: str, *, visit: str
) -> UUID:
    mailbox = acts.a_mailbox(supplies, bsn)
    acts.read(supplies, mailbox, acts.deliver(supplies, sender, bsn=bsn).id)
    letter = acts.add(supplies, mailbox, DEMAND.encode())
    acts.look(supplies, CitizenViewer(mailbox), Act.LETTER_SEEN, subject_id=letter)
    acts.picture(supplies, CitizenViewer(mailbox), letter)
    acts.tell(supplies, sender, bsn=bsn)
    acts.settle(supplies, mailbox)
    [debt] = acts.debts_in(supplies, mailbox)
    acts.correct(supplies, mailbox, Said(CorrectionKind.DISPUTED, debt_id=debt.id))
    look_as_an_employee(supplies, counsels, acts.a_consent(supplies, counsels, mailbox).id)
    be_mailed(supplies, mailbox)
    give_address(supplies, mailbox)
    with supplies.sessions.begin() as session:
        begin_visit(session, visit, mailbox, now=supplies.clock())
        begin_staff_visit(
            session, visit, an_employee(supplies, session, counsels), now=supplies.clock()
        )
    return mailbox


def look_as_an_employee(supplies: Supplies, counsels: Organisation, consent_id: UUID) -> None:
    now = supplies.clock()
    with supplies.sessions.begin() as session:
        okafor = an_employee(supplies, session, counsels)
        viewer = CounsellorViewer(counsels.id, consent_id, Permission.OVERVIEW, okafor.id)
        key = open_mailbox(session, supplies.keys, viewer, Act.OVERVIEW_SEEN, now=now)
        overview = show_overview(session, key, now=now)
        look_again(session, key, okafor.id, overview, visit_began_at=now, now=now)


def an_employee(supplies: Supplies, session: Session, employer: Organisation) -> Employee:
    member = StaffMember(employer.number, "s.okafor", "S. Okafor")
    return recognise_employee(session, supplies.keys, member, now=supplies.clock())


@contextmanager
def within(engine: Engine, **scopes: object) -> Iterator[Connection]:
    """Open a transaction in these scopes."""
    with engine.connect() as connection:
        for name, value in scopes.items():
            entering = text("SELECT set_config(:name, :value, true)")
            connection.execute(entering, {"name": f"letterbox.{name}", "value": str(value)})
        yield connection


def filled(connection: Connection) -> list[str]:
    """Return the protected tables in which this transaction sees something."""
    anything = "SELECT EXISTS (SELECT FROM {})"
    return [each for each in PROTECTED if connection.scalar(text(anything.format(each)))]


def test_it_is_about_the_tables_that_matter() -> None:
    # Looking at nothing proves nothing.
    known = {"recipients", "visits", "logbook_lines", "consents", "letters", "letter_files"}
    of_debts = {"readings", "snapshots", "claim_notices", "corrections"}
    assert known | {"deliveries"} | of_debts <= set(OF_A_CITIZEN)
    assert {"own_letters", "page_pictures"} <= set(OF_A_CITIZEN)


class TestEveryProtectedTable:
    def test_shows_nothing_outside_of_every_scope(
        self, mailbox: UUID, application: Engine, owner: Engine
    ) -> None:
        with application.connect() as seen, owner.connect() as there:
            assert filled(there) == PROTECTED
            assert filled(seen) == []

    def test_shows_nothing_in_the_scopes_of_others(
        self, mailbox: UUID, application: Engine
    ) -> None:
        with within(application, **{scope: uuid4() for scope in SCOPES}) as connection:
            assert filled(connection) == []

    def test_shows_what_is_there_in_the_right_scope_for_as_long_as_the_transaction(
        self, mailbox: UUID, application: Engine, zuid: Organisation
    ) -> None:
        scopes = {"mailbox": mailbox, "organisation": zuid.id, "visit": THE_VISIT}

        with within(application, **scopes) as connection:
            assert filled(connection) == PROTECTED
            connection.commit()
            assert filled(connection) == []

    def test_shows_the_rows_of_one_mailbox_in_the_scope_of_a_mailbox(
        self, mailbox: UUID, application: Engine
    ) -> None:
        whose = " UNION ".join(
            f"SELECT mailbox_id FROM {table}"  # noqa: S608
            for table in OF_A_CITIZEN
        )

        with within(application, mailbox=mailbox) as connection:
            assert connection.scalars(text(whose)).all() == [mailbox]

    def test_forces_it_on_its_owner_too(self, owner: Engine) -> None:
        forced = text(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity "
            "AND relname = ANY(:tables)"
        )

        with owner.connect() as connection:
            assert sorted(connection.scalars(forced, {"tables": PROTECTED})) == PROTECTED

    @pytest.mark.parametrize("table", PROTECTED)
    def test_does_not_let_the_application_turn_it_off(
        self, table: str, application: Engine
    ) -> None:
        with application.connect() as connection:
            connection.execute(text("SET LOCAL row_security = off"))

            refused(connection, f"SELECT FROM {table}", "row-level security")


class TestTheApplication:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE logbook_lines SET act = 'overview_seen'",
            "DELETE FROM logbook_lines",
            "TRUNCATE logbook_lines",
            "UPDATE letters SET sealed_envelope = ''",
            "DELETE FROM letters",
            "UPDATE letter_files SET sealed = ''",
            "DELETE FROM letter_files",
            "DELETE FROM own_letters",
            "UPDATE page_pictures SET sealed = ''",
            "UPDATE claim_notices SET sealed = ''",
            "DELETE FROM claim_notices",
            "DELETE FROM corrections",
            "DELETE FROM consents",
            "DELETE FROM mailboxes",
            "INSERT INTO organisations SELECT * FROM organisations",
            "UPDATE organisations SET suspended_at = NULL",
            "DELETE FROM organisations",
            "CREATE TABLE loot (stolen text)",
            "CREATE SCHEMA loot",
            "CREATE ROLE loot",
            "ALTER TABLE letters DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE letters NO FORCE ROW LEVEL SECURITY",
            "DROP POLICY scope ON letters",
            "ALTER ROLE letterbox_web BYPASSRLS",
            "SET ROLE postgres",
            "SET SESSION AUTHORIZATION postgres",
            "COPY letters TO PROGRAM 'cat'",
        ],
    )
    def test_may_not(self, statement: str, application: Engine) -> None:
        with application.connect() as connection:
            refused(connection, statement, "permission denied|must be (able|owner)")

    @pytest.mark.parametrize("role", APPLICATION)
    def test_has_no_special_powers(self, role: str, application: Engine) -> None:
        powers = text(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication "
            "FROM pg_roles WHERE rolname = :role"
        )

        with application.connect() as connection:
            assert connection.scalar(powers, {"role": role}) is False

    @pytest.mark.parametrize(
        ("catalogue", "column"),
        [
            ("pg_class", "relowner"),
            ("pg_proc", "proowner"),
            ("pg_type", "typowner"),
            ("pg_namespace", "nspowner"),
            ("pg_database", "datdba"),
        ],
    )
    def test_owns_nothing(self, catalogue: str, column: str, application: Engine) -> None:
        owned = text(
            f"SELECT count(*) FROM {catalogue} JOIN pg_roles ON pg_roles.oid = {column} "  # noqa: S608
            "WHERE rolname = ANY(:roles)"
        )

        with application.connect() as connection:
            assert connection.scalar(owned, {"roles": list(APPLICATION)}) == 0

    def test_adds_nothing_to_a_mailbox_that_it_did_not_enter(
        self, mailbox: UUID, application: Engine
    ) -> None:
        adding = f"INSERT INTO snapshots VALUES ('{uuid4()}', 1, now(), '')"  # noqa: S608

        with within(application, mailbox=mailbox) as connection:
            refused(connection, adding, "row-level security")

    def test_moves_nothing_to_another_mailbox(self, mailbox: UUID, application: Engine) -> None:
        moving = f"UPDATE readings SET mailbox_id = '{uuid4()}'"  # noqa: S608

        with within(application, mailbox=mailbox) as connection:
            refused(connection, moving, "row-level security")


class TestTheEmployees:
    def test_are_shown_to_a_citizen_only_when_they_looked(
        self, supplies: Supplies, zuid: Organisation, wilg: Organisation, application: Engine
    ) -> None:
        looked, other = acts.a_mailbox(supplies, BSN), acts.a_mailbox(supplies, OTHER_BSN)
        with supplies.sessions.begin() as session:
            okafor = an_employee(supplies, session, zuid)
            an_employee(supplies, session, wilg)
        consent = acts.a_consent(supplies, zuid, looked)
        acts.a_consent(supplies, zuid, other)
        viewer = CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW, okafor.id)
        acts.look(supplies, viewer)

        shown = text("SELECT id FROM employees")
        with within(application, mailbox=looked) as connection:
            assert connection.scalars(shown).all() == [okafor.id]
        with within(application, mailbox=other) as connection:
            assert connection.scalars(shown).all() == []


@pytest.mark.parametrize("table", ["visits", "staff_visits"])
class TestSweeping:
    def test_deletes_what_is_over_and_shows_nothing_of_it(
        self, mailbox: UUID, table: str, application: Engine, supplies: Supplies
    ) -> None:
        deleting = text(f"DELETE FROM {table}")  # noqa: S608
        begun = supplies.clock()

        with within(application, over=begun - IDLE) as connection:
            assert connection.execute(deleting).rowcount == 0
        with within(application, over=begun) as connection:
            assert table not in filled(connection)
            assert connection.execute(deleting).rowcount == 2

    def test_deletes_nothing_when_no_time_is_said(
        self, mailbox: UUID, table: str, application: Engine
    ) -> None:
        with within(application, over="") as connection:
            assert connection.execute(text(f"DELETE FROM {table}")).rowcount == 0  # noqa: S608


def refused(connection: Connection, statement: str, why: str) -> None:
    with pytest.raises(ProgrammingError, match=why):
        connection.execute(text(statement))
