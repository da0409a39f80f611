import json
from pathlib import Path
from tempfile import TemporaryDirectory

from runtime.embedded import embedded_postgres

NOBODY = 2**22 + 1
"""More than Linux ever numbers a process."""


class TestEmbeddedPostgres:
    def test_stops_with_its_last_user_even_if_an_earlier_one_was_killed(self) -> None:
        with TemporaryDirectory(prefix="lb-") as name:
            postgres = Path(name) / "postgres"
            with embedded_postgres(Path(name)):
                pass
            (postgres / ".handle_pids.json").write_text(json.dumps([NOBODY]))

            with embedded_postgres(Path(name)):
                assert (postgres / "postmaster.pid").exists()

            assert not (postgres / "postmaster.pid").exists()
