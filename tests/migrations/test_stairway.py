"""Every step of the foundations, up and down, in a database of its own."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from runtime.database import alembic_config, engine_for, migrate

STEPS = ScriptDirectory.from_config(alembic_config())
UPWARDS = [each.revision for each in reversed(list(STEPS.walk_revisions()))]
EVERYTHING = text(
    "SELECT 'relation ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    "UNION SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
    "UNION SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace "
    "UNION SELECT 'policy ' || polname || ' on ' || polrelid::regclass FROM pg_policy"
)


@pytest.fixture
def empty(owner: Engine) -> Iterator[Engine]:
    """The owner of an empty database, beside the one of the other tests."""
    always = owner.execution_options(isolation_level="AUTOCOMMIT")
    with always.connect() as connection:
        connection.execute(text("CREATE DATABASE stairs"))
    engine = engine_for(owner.url.set(database="stairs"), connections=2)
    yield engine
    engine.dispose()
    with always.connect() as connection:
        connection.execute(text("DROP DATABASE stairs"))


def standing(engine: Engine) -> set[str]:
    """Name all that a migration made, but for Alembic's own note of where it is."""
    with engine.connect() as connection:
        return {each for each in connection.scalars(EVERYTHING) if "alembic_version" not in each}


class TestTheStairs:
    def test_go_down_and_up_again_at_every_step(self, empty: Engine) -> None:
        for step in UPWARDS:
            before = standing(empty)
            migrate(empty, revision=step)
            after = standing(empty)

            migrate(empty, revision="-1")
            assert standing(empty) == before, f"{step} leaves something behind"
            migrate(empty, revision=step)
            assert standing(empty) == after, f"{step} does not come back whole"

    def test_lead_to_what_the_models_say(self, empty: Engine) -> None:
        migrate(empty)

        with empty.connect() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.check(config)

    def test_leave_nothing_behind_at_the_bottom(self, empty: Engine) -> None:
        migrate(empty)
        assert "relation letters" in standing(empty)

        migrate(empty, revision="base")

        assert standing(empty) == set()

    def test_change_nothing_the_second_time(self, empty: Engine) -> None:
        migrate(empty)
        before = standing(empty)

        migrate(empty)

        assert standing(empty) == before

    def test_go_all_the_way_or_not_at_all(self, empty: Engine) -> None:
        with empty.begin() as connection:
            connection.execute(text("CREATE TABLE snapshots ()"))

        with pytest.raises(Exception, match="snapshots"):
            migrate(empty)

        assert standing(empty) == {"relation snapshots", "type snapshots", "type _snapshots"}


class TestTheHistory:
    def test_is_one_line_without_branches(self) -> None:
        assert len(STEPS.get_heads()) == len(STEPS.get_bases()) == 1
        assert all(not step.is_branch_point for step in STEPS.walk_revisions())
        assert all(not step.is_merge_point for step in STEPS.walk_revisions())

    def test_is_numbered_in_order(self) -> None:
        assert [int(step) for step in UPWARDS] == list(range(1, len(UPWARDS) + 1))
