"""Asking for an overview takes no longer because other people have a mailbox as well."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from benchmarks.overview_growth import NOISE
from letterbox.access import CitizenViewer, CounsellorViewer, Viewer
from letterbox.consent.rules import Permission
from letterbox.people.models import Organisation
from letterbox.shared.ports import Supplies
from tests.rooms import acts

MAILBOXES = 5000
GROWING = {
    "mailboxes",
    "recipients",
    "snapshots",
    "letters",
    "deliveries",
    "consents",
    "consent_requests",
    "logbook_lines",
}
Statement = tuple[str, Any]


@pytest.fixture
def viewers(
    supplies: Supplies, owner: Engine, wilg: Organisation, zuid: Organisation
) -> Mapping[str, Viewer]:
    """A citizen and a counsellor who may look at one mailbox out of many."""
    mailbox = acts.a_mailbox(supplies)
    acts.read(supplies, mailbox, acts.deliver(supplies, wilg).id)
    acts.settle(supplies, mailbox)
    acts.deliver(supplies, wilg, "%PDF-1.7\nBelangrijk")
    consent = acts.a_consent(supplies, zuid, mailbox)
    fill(owner, zuid)
    return {
        "citizen": CitizenViewer(mailbox),
        "counsellor": CounsellorViewer(zuid.id, consent.id, Permission.OVERVIEW),
    }


def fill(owner: Engine, organisation: Organisation) -> None:
    with owner.begin() as connection:
        for statement in NOISE:
            named = {"mailboxes": MAILBOXES, "organisation": organisation.id}
            connection.execute(text(statement), named)
        connection.execute(text("DROP TABLE noise, noise_letters"))
        connection.execute(text(f"ANALYZE {', '.join(sorted(GROWING))}"))


@contextmanager
def heard(engine: Engine) -> Iterator[list[Statement]]:
    """Listen to what the database is asked."""
    asked: list[Statement] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scans_in(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield how each table is looked at."""
    if "Relation Name" in plan:
        yield str(plan["Relation Name"]), str(plan["Node Type"])
    for part in plan.get("Plans", ()):
        yield from scans_in(part)


@pytest.mark.parametrize("who", ["citizen", "counsellor"])
class TestAnOverview:
    def test_looks_through_no_table_that_grows(
        self, who: str, viewers: Mapping[str, Viewer], supplies: Supplies, application: Engine
    ) -> None:
        with heard(application) as asked:
            acts.overview(supplies, viewers[who])

        looked_at = set[tuple[str, str]]()
        with application.connect() as connection:
            for statement, parameters in asked:
                plans = connection.exec_driver_sql(
                    f"EXPLAIN (FORMAT JSON) {statement}", parameters
                ).scalar_one()
                looked_at |= {scan for plan in plans for scan in scans_in(plan["Plan"])}

        assert {"mailboxes", "snapshots", "deliveries"} <= {table for table, _ in looked_at}
        assert [
            (table, how) for table, how in looked_at if how == "Seq Scan" and table in GROWING
        ] == []

    def test_asks_as_often_whatever_is_in_it(
        self, who: str, viewers: Mapping[str, Viewer], supplies: Supplies, application: Engine
    ) -> None:
        with heard(application) as asked:
            acts.overview(supplies, viewers[who])

        assert len(asked) <= 6
